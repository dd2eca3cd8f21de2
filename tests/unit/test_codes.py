"""The list of codes that is published is the catalogue."""

from ssj_core.problems import CATALOGUE
from tests.codes import FAMILIES, TARGET, page


def test_the_published_list_is_up_to_date() -> None:
    assert TARGET.read_text(encoding="utf-8") == page(), "run: python -m tests.codes"


def test_every_code_and_its_sentences_are_in_it() -> None:
    rows = [line for line in page().splitlines() if line.startswith("| SSJ-")]
    assert sorted(row.split(" | ")[0][2:] for row in rows) == sorted(CATALOGUE)
    assert {code[4] for code in CATALOGUE} == set(FAMILIES)
    for row in rows:
        assert row.count(" | ") == 3
