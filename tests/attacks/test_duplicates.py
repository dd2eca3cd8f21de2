"""A firm that stands twice, or under two numbers, would have two chances; so would a friend's rival."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from attrs import evolve

from ssj_core.problems import InputError, errors
from ssj_core.readers import ssj_roster_readers
from ssj_core.roster import RosterSpec, read_officers, read_subjects
from ssj_core.tables import SubjectRow, decode_table, encode_table
from ssj_core.verify import verify_draw
from tests.attacks.forger import digested, failing, honest, rows
from tests.attacks.office import DRAW, SUBJECTS, sealing
from tests.verifiers.independent import SSJ

READERS: Final = ssj_roster_readers()
A: Final = "91610528MA6Y2AAA23"
HEADER: Final = "统一社会信用代码,施工许可证号,企业名称\n"


def told(text: str) -> list[str]:
    """Codes of the errors and warnings of a roster."""
    found = read_subjects((HEADER + text).encode(), RosterSpec(file="s.csv"), READERS).problems
    return [p.code for p in found if p.severity != "note"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"{A},,甲\n{A},,乙\n", "SSJ-R015"),
        (f"{A},,甲\n{A.lower()},,乙\n", "SSJ-R015"),
        (f"{A},,甲\n{A[:9]} {A[9:]},,乙\n", "SSJ-R015"),
        (f"{A},,甲\n{A}\u200b,,乙\n", "SSJ-R015"),
        (f"{A},,甲\n９１{A[2:]},,乙\n", "SSJ-R015"),
        (",SG-1,甲\n,sg-1,乙\n", "SSJ-R015"),
        (",SG〔1〕,甲\n,SG〔１〕,乙\n", "SSJ-R015"),
        (",SG-1,甲\n,\u0405G-1,乙\n", "SSJ-R049"),
        (",SG-1,甲\n,SG\u20131,乙\n", "SSJ-R050"),
        (f"{A},,甲（县）公司\n,SG-1,甲(县) 公司\n", "SSJ-R016"),
    ],
)
def test_a_firm_under_one_number_twice_or_under_two_is_told(text: str, code: str) -> None:
    assert code in told(text)


def test_an_officer_twice_is_refused_too() -> None:
    data = "执法证号,有效期止,执法领域,姓名\n27001,长期,安全,赵甲\n２７００１,长期,安全,钱乙\n".encode()
    found = read_officers(data, RosterSpec(file="o.csv"), READERS).problems
    assert [p.code for p in errors(found)] == ["SSJ-R015"]


def test_the_pipeline_refuses_what_no_reader_stopped() -> None:
    with pytest.raises(InputError, match=r"SSJ-R015.*S007"):
        assert sealing(subjects=[*SUBJECTS, SUBJECTS[7]]).commitment


def test_a_twin_in_the_published_table_fails_whatever_was_digested_again() -> None:
    twin = rows("subjects.csv", lambda found: found.insert(0, found[0]))
    assert verify_draw(twin, DRAW).arithmetic == "fails"
    files = digested(twin)
    assert not {1, 2} & set(failing(verify_draw(files, DRAW)))
    assert 3 in failing(verify_draw(files, DRAW))
    assert "fails" in {verdict for verdict, _, _ in SSJ.verify_draw(files, DRAW)}


def test_one_firm_among_the_drawn_and_the_excluded_fails() -> None:
    subjects = list(decode_table(SubjectRow, honest()["subjects.csv"]))
    excluded = rows("excluded.csv", lambda found: found.append(evolve(found[-1], id=subjects[-1].id)))
    files = digested({**excluded, "subjects.csv": encode_table(SubjectRow, subjects)})
    assert 3 in failing(verify_draw(files, DRAW))


PROGRAM: Final = """
import sys
from ssj_core.problems import InputError
from tests.attacks.office import DRAW, SUBJECTS, sealing
from tests.attacks.forger import digested, rows
from tests.verifiers.independent import SSJ
from ssj_core.verify import verify_draw
assert sys.argv[1] == "with", "assertions are off"
try:
    print("sealed", sealing(subjects=[*SUBJECTS, SUBJECTS[7]]).commitment.value)
except InputError:
    print("refused")
twin = digested(rows("subjects.csv", lambda found: found.insert(0, found[0])))
print(verify_draw(twin, DRAW).arithmetic, sorted({verdict for verdict, _, _ in SSJ.verify_draw(twin, DRAW)}))
"""


@pytest.mark.parametrize("options", [["with"], ["without"]])
def test_without_assertions_too(options: list[str]) -> None:
    """`python -O`: the best known sampler loses its check there and draws one ballot twice."""
    root = Path(__file__).parents[2]
    paths = [str(root), *(str(Path(p).resolve()) for p in sys.path if p)]
    done = subprocess.run(
        [sys.executable, *(["-O"] if options == ["without"] else []), "-c", PROGRAM, *options],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    assert done.stdout.splitlines() == ["refused", "fails ['fails', 'holds', 'unknown']"]
