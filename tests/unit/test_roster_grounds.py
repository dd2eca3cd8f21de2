"""The grounds of recusals, as offices write them."""

import pytest

from ssj_core.model import GROUNDS
from ssj_core.readers import ssj_roster_readers
from ssj_core.roster import RosterSpec, read_officers, read_subjects, resolve_recusals
from ssj_core.roster.grounds import apart, ground

READERS = ssj_roster_readers()


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("近亲属", "kin"), ("配偶在该公司任职", "kin"), ("三代以内旁系血亲", "kin"), ("近 姻 亲", "kin"),
        ("直接利害关系", "interest"), ("持有该公司股权", "interest"),
        ("当事人申请", "party"), ("企业申请回避", "party"), ("本人申请", "applied"), ("自行回避", "applied"),
        ("本人申请（妻子任职）", "kin"), ("曾在该单位任职", "other"), ("其他", "other"),
        ("", ""), ("看着办", ""), ("有限公司", ""),
    ],
)  # fmt: skip
def test_words_mean_a_ground(words: str, name: str) -> None:
    assert ground(words) == name


@pytest.mark.parametrize("name", GROUNDS)
def test_the_word_of_a_ground_means_it(name: str) -> None:
    assert ground(GROUNDS[name]) == name


def test_a_note_stands_at_the_end() -> None:
    assert apart("甲公司（近亲属）") == ("甲公司", "近亲属")
    assert apart("甲（集团）公司(亲属)") == ("甲（集团）公司", "亲属")
    assert apart("甲（集团）公司") == ("甲（集团）公司", "")


def resolved(cell: str, why: str = "") -> tuple[dict[str, str], list[str]]:
    """Whom an officer with this cell is recused from, with the grounds; and what is told."""
    officers = f"姓名,执法证号,有效期止,执法领域,回避对象,回避理由\n赵甲,1,长期,x,{cell},{why}\n"
    subjects = "施工许可证号,名称,监管类别\nS1,甲公司,x\nS2,乙（集团）,x\nS3,丙（近亲属）,x\n"
    first = read_subjects(subjects.encode(), RosterSpec(file="s.csv"), READERS)
    second = read_officers(officers.encode(), RosterSpec(file="o.csv"), READERS)
    _, found, problems = resolve_recusals(first, second)
    (one,) = found.rows
    return (
        {s[-2:]: one.recused_for.get(s, "") for s in one.recused},
        [p.code for p in (*second.problems, *problems)],
    )


@pytest.mark.parametrize(
    ("cell", "why", "found", "codes"),
    [
        ("甲公司", "", {"S1": ""}, []),
        ("甲公司（近亲属）；乙（集团）", "", {"S1": "kin", "S2": ""}, []),
        ("甲公司；乙（集团）(利害关系)", "当事人申请", {"S1": "party", "S2": "interest"}, []),
        ("S1（亲属）", "", {"S1": "kin"}, []),
        ("甲公司（说不清）", "", {"S1": "other"}, ["SSJ-R082"]),
        ("甲公司", "说不清", {"S1": "other"}, ["SSJ-R082"]),
        ("丙（近亲属）", "", {"S3": ""}, []),
        ("丁公司（近亲属）", "", {}, ["SSJ-R034"]),
        ("甲公司；S1（近亲属）", "", {"S1": "kin"}, []),
    ],
)
def test_a_ground_behind_the_name_or_in_a_column(cell: str, why: str, found: dict[str, str], codes: list[str]) -> None:
    assert resolved(cell, why) == (found, codes)
