"""Explanations: who is meant, what is said of each kind of subject and officer, and how plausible a cut is."""

import re
import subprocess
from collections.abc import Sequence
from fractions import Fraction
from math import comb

import pytest
from attrs import evolve

from ssj_core.draw import ticket
from ssj_core.explain import Part, Story, explain, find, read_story
from ssj_core.explain.plausible import (
    TICKETS,
    judge_cut,
    judge_weighted,
    percent,
    plausibility,
    root,
    weighted_plausibility,
)
from ssj_core.explain.subject import commands
from ssj_core.matching import Try
from ssj_core.problems import InputError
from ssj_core.rules.model import ClassRatio
from ssj_core.tables import DRAWN
from ssj_core.text import Lang
from tests.strategies import SECTIONS, Case, make_office, make_officer, make_subject, small_case

LANGS: Sequence[Lang] = ("zh", "en")


@pytest.fixture(scope="module")
def story() -> Story:
    return read_story(small_case().files())


def told(story: Story, who: str, lang: Lang = "zh") -> str:
    parts = explain(story, find(story.sealed, who))
    return "\n".join(line for p in parts for line in (p.heading(lang), *(t(lang) for t in p.lines), *p.commands))


def by_rank(story: Story) -> list[str]:
    return sorted((s.id for s in story.sealed.subjects), key=lambda i: ticket(story.key, i))


# --- who is meant


@pytest.mark.parametrize(
    "wanted", ["test:S005", "S005", "s005", " Ｓ００５ ", "对象5", "TEST:S005", "象5"]
)  # fmt: skip
def test_a_subject_is_found_by_id_code_and_name(story: Story, wanted: str) -> None:
    assert find(story.sealed, wanted).id == "test:S005"


@pytest.mark.parametrize(("wanted", "who"), [("O01", "officer:O01"), ("人员1", "officer:O01"), ("对象3", "test:S003")])
def test_officers_and_the_excluded_are_found(story: Story, wanted: str, who: str) -> None:
    assert find(story.sealed, wanted).id == who


@pytest.mark.parametrize(
    ("wanted", "code", "near"),
    [
        ("test:S0055", "SSJ-X003", "test:S005 对象5"), ("对象99", "SSJ-X003", "对象"), ("S00", "SSJ-X003", "test:S00"),
        ("st:S00", "SSJ-X003", "test:S000"), ("对象", "SSJ-X004", "test:S000 对象0"), ("象1", "SSJ-X004", "test:S010"),
        ("", "SSJ-X003", ""), ("  ", "SSJ-X003", ""), ("某甲公司", "SSJ-X003", ""),
    ],
)  # fmt: skip
def test_nobody_or_more_than_one_is_refused_with_the_nearest(story: Story, wanted: str, code: str, near: str) -> None:
    with pytest.raises(InputError) as error:
        find(story.sealed, wanted)
    (found,) = error.value.problems
    assert found.code == code
    for lang in LANGS:
        assert near in found.remedy(lang)


def test_a_subject_and_an_officer_of_one_code_are_told_apart() -> None:
    case = small_case()
    twin = evolve(make_subject(1), id="regno:O00")
    sealed = evolve(case, subjects=(*case.subjects, twin)).seal()
    with pytest.raises(InputError, match="SSJ-X004"):
        find(sealed, "O00")
    assert find(sealed, "officer:O00").officer
    assert not find(sealed, "regno:O00").officer


# --- subjects


@pytest.mark.parametrize("lang", LANGS)
def test_every_subject_is_told_ticket_rank_cut_and_digests(story: Story, lang: Lang) -> None:
    order = by_rank(story)
    (stratum,) = story.record.stratum
    assert stratum.quota == 3
    for rank, who in enumerate(order, start=1):
        text = told(story, who, lang)
        for part in (
            who, story.subjects[who].name, ticket(story.key, who), stratum.cut, story.record.commitment.value,
            story.record.commitment.subjects_root, story.record.seed, f"printf '%s%s' {story.key} {who} | sha256sum",
        ):  # fmt: skip
            assert part in text
        assert (f"排第 {rank} 位，共 11 个" if lang == "zh" else f"rank {rank} of 11") in text


def test_the_drawn_the_reserve_and_the_others_are_told_apart(story: Story) -> None:
    one, _, last, first_reserve, second, sixth, *_ = by_rank(story)
    assert re.search(r"\n抽中\n(.*\n)+.*小于界线\n检查组：主办 人员.（..），协办 人员.（..）\n", told(story, one))
    assert "它的签号就是界线" in told(story, last)
    assert "没有抽中，是递补第 1 位" in told(story, first_reserve)
    assert "递补第 2 位" in told(story, second)
    assert "抽中的有 2 个因故无法检查时，才轮到它" in told(story, second)
    assert "递补" not in told(story, sixth)
    assert "自己的签号大于界线，有 5 个的签号比它小，只抽 3 个" in told(story, sixth)
    assert "its ticket is larger than the cut; 5 have smaller ones" in told(story, sixth, "en")
    assert "team: lead 人员" in told(story, one, "en")
    drawn = [r.id for r in story.outcome.drawn if r.outcome == DRAWN]
    assert [i for i in story.subjects if "\n抽中\n" in told(story, i)] == sorted(drawn)


@pytest.mark.parametrize("lang", LANGS)
def test_the_excluded_are_told_the_rule_and_the_reason(story: Story, lang: Lang) -> None:
    text = told(story, "test:S003", lang)
    row = next(e for e in story.sealed.excluded if e.id == "test:S003")
    assert row.rule in text
    assert row.reason in text
    assert "printf" not in text
    assert "rank" not in text


def test_the_lines_for_the_shell_give_key_and_ticket() -> None:
    """Also for ids that a shell would read otherwise."""
    case = small_case()
    odd = ["test:a'b", "test:$HOME", "test:`id`", "test:甲厂", "test:%s\\n", 'test:";&(', "test:-n"]
    subjects = (*case.subjects, *(evolve(make_subject(1), id=i) for i in odd))
    told_of = read_story(evolve(case, subjects=subjects).files())
    for who in told_of.subjects:
        key, own = (
            subprocess.run(["sh", "-c", c], capture_output=True, text=True, check=True).stdout
            for c in commands(told_of, who)
        )
        assert key == told_of.key + "\n"
        assert own == ticket(told_of.key, who) + "  -\n"


RATIO = ClassRatio(ratio=Fraction(1, 4), bound="exact", rounding="half-up")


@pytest.mark.parametrize(
    ("office", "sentences"),
    [
        (make_office(), ["比例 25%，向上取整，得 3 个", "界线在全部可能签号的"]),
        (make_office(ratio=evolve(RATIO, at_least=4)), ["四舍五入，至少 4 个，得 4 个"]),
        (make_office(ratio=evolve(RATIO, small_below=20, small_take=2)), ["少于 20 个，按小类规则抽 2 个"]),
        (make_office(ratio=evolve(RATIO, small_below=20, small_take="none")), ["应抽 0 个", "这一层不抽"]),
        (make_office(ratio=evolve(RATIO, ratio=Fraction(1))), ["应抽 12 个", "这一层全部抽中，界线不起作用"]),
        (make_office(ratio=RATIO, total="shared"), ["各类合计后四舍五入再分摊，得 3 个"]),
        (make_office(coverage_first=True), ["本年未抽过的先抽：全部/未抽过 3 个、全部/已抽过 0 个"]),
    ],
    ids=["plain", "at-least", "small", "none", "all", "shared", "coverage"],
)
def test_where_the_quota_comes_from(office: object, sentences: list[str]) -> None:
    subjects = tuple(make_subject(n) for n in range(12))
    case = Case(office=office, subjects=subjects, officers=tuple(map(make_officer, range(6))))  # type: ignore[arg-type]
    told_of = read_story(case.files())
    text = told(told_of, "test:S001")
    for sentence in sentences:
        assert sentence in text, text
    assert told(told_of, "test:S001", "en")


def test_no_chinese_where_english_is_spoken(story: Story) -> None:
    for who in (*story.subjects, "test:S003", *story.officers):
        for part in explain(story, find(story.sealed, who)):
            assert not re.search("[，。：；（）]", "".join(t.en for t in (part.heading, *part.lines)))
            assert not re.search("[\u3400-\u9fff]", part.heading.en)


# --- officers


@pytest.mark.parametrize("who", [f"officer:O0{n}" for n in range(5)])
def test_an_officer_is_told_range_visits_and_mates(story: Story, who: str) -> None:
    share = next(s for s in story.outcome.matching.officers if s.id == who)
    rows = [r for r in story.outcome.teams if r.officer == who]
    zh, en = told(story, who), told(story, who, "en")
    assert f"公平的次数是 {share.low} 至 {share.high} 次；实际 {share.places} 次" in zh
    assert f"the fair range is {share.low} to {share.high} visits; drawn: {share.places}" in en
    assert f"派往 {len(rows)} 个检查对象" in zh
    for row in rows:
        assert f"{row.role}：{row.name}（{row.subject}），同组 " in zh
        assert f"{row.name} ({row.subject}), with " in en


def test_an_officer_is_told_recusals(story: Story) -> None:
    assert "回避 1 条" in told(story, "officer:O00")
    assert "对象1（test:S001）" in told(story, "officer:O00")
    assert "回避" not in told(story, "officer:O04")


def test_an_excluded_officer_is_told_why() -> None:
    case = small_case()
    officers = (*case.officers, evolve(make_officer(9), available=False))
    told_of = read_story(evolve(case, officers=officers).files())
    row = next(e for e in told_of.sealed.excluded if e.id == "officer:O09")
    for lang in LANGS:
        assert row.reason in told(told_of, "officer:O09", lang)
        assert row.rule in told(told_of, "officer:O09", lang)


def test_an_officer_outside_the_fields_or_sections_is_told_so() -> None:
    office = make_office(team="own-section")
    subjects = tuple(make_subject(n) for n in range(12))
    officers = (*map(make_officer, range(4)), make_officer(7, section=SECTIONS[1]), make_officer(8, fields=("乙类",)))
    told_of = read_story(Case(office=office, subjects=subjects, officers=officers).files())
    assert "没有哪一席能轮到这名人员" in told(told_of, "officer:O07")
    assert "抽中的 3 个里有 3 个与执法领域（s1）不符" in told(told_of, "officer:O08")
    assert "3 of the 3 drawn lie outside the officer's fields" in told(told_of, "officer:O08", "en")


def test_an_officer_is_told_where_the_draw_passed_over() -> None:
    """Each attempt that the matching holds against the officer, with its kind of reason."""
    case = evolve(small_case(), subjects=tuple(make_subject(n) for n in range(60)), office=make_office())
    told_of = read_story(case.files())
    for officer in told_of.officers:
        over = [
            (v.id, p.number)
            for v in told_of.outcome.matching.visits
            for p in v.places
            for t in p.tries
            if isinstance(t, Try) and t.officer == officer and not t.taken
        ]
        text = told(told_of, officer)
        assert (f"抽到号但顺延 {len(over)} 次" in text) == bool(over)
        for visit, number in over:
            assert re.search(rf"（{visit}）第 {number} 席第 \d+ 次抽号：.*(公平区间的上限|只能由|公平区间的下限)", text)
    assert any("顺延" in told(told_of, o) for o in told_of.officers)


# --- the cut


@pytest.mark.parametrize(("quota", "size"), [(1, 1), (1, 10), (7, 20), (20, 20), (30_000, 1_000_000)])
def test_mean_and_variance_are_those_of_the_order_statistic(quota: int, size: int) -> None:
    found = judge_cut("80" + "0" * 62, quota, size)
    a, b = quota, size - quota + 1
    assert found.mean == Fraction(a, a + b)
    assert found.variance == Fraction(a * b, (a + b) ** 2 * (a + b + 1))


def test_mean_and_variance_agree_with_counting_all_small_cases() -> None:
    """Second smallest of four among k equally likely tickets without ties: its mean tends to 2/5."""
    k, quota, size = 60, 2, 4
    ways = [comb(m, quota - 1) * comb(k - m - 1, size - quota) for m in range(k)]
    mean = Fraction(sum(w * (2 * m + 1) for m, w in enumerate(ways)), 2 * k * sum(ways))
    assert abs(mean - judge_cut("0" * 64, quota, size).mean) < Fraction(1, 100)


def cut_at(place: Fraction) -> str:
    return f"{int(place * TICKETS):064x}"


def test_the_limit_is_at_five_standard_deviations() -> None:
    mean, deviation = Fraction(30_000, 1_000_001), root(judge_cut("0" * 64, 30_000, 1_000_000).variance)
    for tenths, plausible in ((0, True), (49, True), (51, False), (-49, True), (-51, False)):
        found = judge_cut(cut_at(mean + deviation * Fraction(tenths, 10)), 30_000, 1_000_000)
        assert found.plausible == plausible
        assert found.tenths in (abs(tenths), abs(tenths) - 1)


def test_hiding_a_thousand_low_tickets_of_a_million_shows() -> None:
    """30 000 drawn, but the 1000 smallest kept back: the cut is where the 31 000th would be."""
    cut = cut_at(Fraction(31_000, 1_000_001))
    assert "很不寻常" in "".join(t.zh for t in plausibility(cut, 30_000, 1_000_000))
    assert "very unusual" in "".join(t.en for t in plausibility(cut, 30_000, 1_000_000))
    assert "看起来正常" in "".join(t.zh for t in plausibility(cut_at(Fraction(30_010, 1_000_001)), 30_000, 1_000_000))


def test_it_is_said_that_this_is_no_proof_and_weak_when_few_are_drawn() -> None:
    few, many = plausibility("1" * 64, 5, 100), plausibility("1" * 64, 50, 1000)
    assert any("检验很弱" in t.zh and "test is weak" in t.en for t in few)
    assert not any("检验很弱" in t.zh for t in many)
    assert all(any("不是证明" in t.zh and "proves nothing" in t.en for t in lines) for lines in (few, many))


@pytest.mark.parametrize(("quota", "size"), [(0, 5), (6, 5), (0, 0), (-1, 5)])
def test_without_a_cut_there_is_nothing_to_judge(quota: int, size: int) -> None:
    with pytest.raises(ValueError, match="no cut"):
        judge_cut("0" * 64, quota, size)


def test_with_weights_those_below_the_cut_are_counted() -> None:
    """One ticket each, a half of all below the cut: binomial. Two tickets: three quarters."""
    half = f"{(TICKETS >> 1) - 1:064x}"
    one, two = judge_weighted(half, 5, [1] * 20), judge_weighted(half, 5, [1] * 20 + [2] * 16)
    assert (one.mean, one.variance) == (Fraction(10), Fraction(5))
    assert (two.mean, two.variance) == (Fraction(22), Fraction(8))
    with pytest.raises(ValueError, match="no cut"):
        judge_weighted(half, 3, [1, 1])


def test_a_cut_with_weights_is_unusual_where_many_small_tickets_were_hidden() -> None:
    counts = [2] * 1000 + [8] * 1000
    due = next(
        cut for cut in (cut_at(Fraction(n, 1000)) for n in range(1000)) if judge_weighted(cut, 1, counts).mean > 300
    )
    assert "看起来正常" in "".join(t.zh for t in weighted_plausibility(due, 300, counts))
    hidden = "".join(t.en for t in weighted_plausibility(due, 200, counts))
    assert "very unusual" in hidden
    assert "2000 with 10000 tickets" in hidden


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(0), "0.0000%"), (Fraction(1), "100.0000%"), (Fraction(1, 3), "33.3333%"),
        (Fraction(2, 3), "66.6667%"),
        (Fraction(1, 2_000_000), "0.0001%"), (Fraction(1, 2_000_001), "0.0000%"), (Fraction(3, 100), "3.0000%"),
    ],
)  # fmt: skip
def test_percentages_are_rounded_exactly(value: Fraction, text: str) -> None:
    assert percent(value) == text


def test_everybody_is_told_what_was_sealed_of_him(story: Story) -> None:
    sealed, tables = story.sealed.commitment, story.sealed.rules.tables
    out = {row.unit: row.id for row in story.sealed.excluded}
    for one, own in (
        (story.sealed.subjects[0].id, sealed.subjects_root),
        (story.sealed.officers[0].id, sealed.officers_root),
        *((i, tables["excluded.csv"]) for i in out.values()),
    ):
        text = told(story, one)
        assert all(d in text for d in (sealed.value, own, sealed.rules_digest, sealed.plan_digest))
    assert out


def test_parts_are_told_in_order(story: Story) -> None:
    parts: tuple[Part, ...] = explain(story, find(story.sealed, by_rank(story)[0]))
    assert [p.heading.en.split(" ")[0] for p in parts] == ["it", "it", "compute", "digests", "is", "how", "compute"]
