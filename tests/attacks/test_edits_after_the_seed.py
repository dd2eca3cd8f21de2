"""One line of a roster, or of the plan, is changed after the seed; every verifier says which file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from attrs import evolve

from ssj_core.canonical import digest
from ssj_core.record import FILE
from ssj_core.sealed import PLAN_FILE, RULES_FILE
from ssj_core.tables import OFFICER, SUBJECT, ExcludedRow, RecusalRow, SubjectRow, decode_table, encode_table
from ssj_core.verify import verify_draw
from tests.attacks.forger import Files, closed, content, digested, failing, honest, other, rows, why
from tests.attacks.office import DRAW
from tests.verifiers.independent import SSJ


def swapped(found: list[Any]) -> None:
    found[0], found[1] = found[1], found[0]


def drawn_first() -> str:
    """The id of the first who was drawn."""
    return str(honest()["drawn.csv"].decode().splitlines()[1].split(",")[3])


def friend_excluded() -> Files:
    """Who was drawn is moved to the excluded, as if a rule had said so."""
    friend = drawn_first()
    files = rows("subjects.csv", lambda r: r.remove(next(s for s in r if s.id == friend)))
    excluded = list(decode_table(ExcludedRow, honest()["excluded.csv"]))
    excluded.append(ExcludedRow(unit=SUBJECT, id=friend, name="对象", rule="t.open", reason="已注销"))
    return {**files, "excluded.csv": encode_table(ExcludedRow, sorted(excluded, key=lambda e: (e.unit, e.id)))}


def renamed() -> Files:
    """The first drawn has another name in the roster."""
    friend = drawn_first()
    place = [s.id for s in decode_table(SubjectRow, honest()["subjects.csv"])].index(friend)
    return rows("subjects.csv", other(place, name="另一家"))


def replaced(name: str, old: bytes, new: bytes) -> Callable[[], Files]:
    def change() -> Files:
        assert honest()[name].count(old) == 1
        return {**honest(), name: honest()[name].replace(old, new)}

    return change


EDITS: Final[dict[str, tuple[Callable[[], Files], str, str, bool]]] = {
    # what: the edit; the file that is named; what is named once its digests are right again; whether SQL can see it
    "subject-flipped": (
        lambda: rows("subjects.csv", other(-1, id="test:S19A")), "subjects.csv", "subjects_root", False,
    ),
    "subject-added": (
        lambda: rows("subjects.csv", lambda r: r.append(evolve(r[-1], id="test:S999"))), "subjects.csv", "roster", True,
    ),
    "subject-deleted": (lambda: rows("subjects.csv", lambda r: r.pop()), "subjects.csv", "roster", True),
    "subjects-reordered": (lambda: rows("subjects.csv", swapped), "subjects.csv", "subjects.csv", False),
    "subject-restratified": (
        lambda: rows("subjects.csv", other(0, stratum="另一层")), "subjects.csv", "另一层", True,
    ),
    "subject-renamed": (renamed, "subjects.csv", "rules_digest", True),
    "officer-flipped": (
        lambda: rows("officers.csv", other(0, id="officer:O0A")), "officers.csv", "officers.csv", False,
    ),
    "officer-of-another-section": (
        lambda: rows("officers.csv", other(0, section="西股")), "officers.csv", "officers_root", False,
    ),
    "officer-added": (
        lambda: rows("officers.csv", lambda r: r.append(evolve(r[-1], id="officer:O99"))), "officers.csv", "roster",
        False,
    ),
    "officer-deleted": (lambda: rows("officers.csv", lambda r: r.pop()), "officers.csv", "roster", False),
    "officers-reordered": (lambda: rows("officers.csv", swapped), "officers.csv", "officers.csv", False),
    "officer-who-may-come-less": (
        lambda: rows("officers.csv", other(0, cap=0)), "officers.csv", "officers_root", False,
    ),
    "friend-excluded": (friend_excluded, "excluded.csv", "subjects_root", True),
    "exclusion-undone": (lambda: rows("excluded.csv", lambda r: r.clear()), "excluded.csv", "roster", False),
    "exclusion-with-another-reason": (
        lambda: rows("excluded.csv", other(0, reason="停业")), "excluded.csv", "rules_digest", False,
    ),
    "officer-excluded": (
        lambda: rows("excluded.csv", lambda r: r.insert(
            0, ExcludedRow(unit=OFFICER, id="officer:X", name="x", rule="t.able", reason="休假"))),
        "excluded.csv", "roster", False,
    ),
    "recusal-removed": (lambda: rows("recusals.csv", lambda r: r.clear()), "recusals.csv", "rules_digest", False),
    "recusal-added": (
        lambda: rows("recusals.csv", lambda r: r.append(
            RecusalRow(subject="test:S199", officer="officer:O00", rule="t.declared", reason="x"))),
        "recusals.csv", "rules_digest", False,
    ),
    "recusal-of-another": (
        lambda: rows("recusals.csv", other(0, officer="officer:O01")), "recusals.csv", "rules_digest", False,
    ),
    "ratio-four-percent": (replaced(RULES_FILE, b'ratio = "3%"', b'ratio = "4%"'), RULES_FILE, "rules_digest", False),
    "rounding-down": (
        replaced(RULES_FILE, b'rounding = "up"', b'rounding = "down"'), RULES_FILE, "rules_digest", False,
    ),
    "reserve-longer": (replaced(RULES_FILE, b"reserve = 2", b"reserve = 3"), RULES_FILE, "rules_digest", True),
    "teams-of-three": (replaced(RULES_FILE, b"size = 2", b"size = 3"), RULES_FILE, "rules_digest", False),
    "plan-of-another-day": (
        replaced(PLAN_FILE, b"end = 2021-04-30", b"end = 2021-04-29"), PLAN_FILE, "plan_digest", False,
    ),
    "a-byte-of-the-plan": (replaced(PLAN_FILE, b"# ", b"#  "), PLAN_FILE, "plan_digest", False),
}  # fmt: skip


def test_unchanged_both_hold() -> None:
    assert verify_draw(honest(), DRAW).arithmetic == "holds"
    assert {verdict for verdict, _, _ in SSJ.verify_draw(honest(), DRAW)} == {"holds"}
    assert digested(honest()) == honest()


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_is_noticed_and_the_file_named(edit: str) -> None:
    """Nothing else is touched: the digest in the record says which file it was."""
    make, file, _, _ = EDITS[edit]
    files = make()
    assert files != honest()
    report = verify_draw(files, DRAW)
    assert 2 in failing(report)
    assert any(line.startswith("2 ") and file in line for line in why(report).splitlines())
    found = [(title, said) for verdict, title, said in SSJ.verify_draw(files, DRAW) if verdict == "fails"]
    assert any(title.startswith("2 ") and file in said for title, said in found)


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_with_all_digests_made_right_is_noticed_and_the_field_named(edit: str) -> None:
    """What no digest can repair: the commitment, the order of rows, the number of rows the roster file had."""
    make, _, named, _ = EDITS[edit]
    files = digested(make())
    report = verify_draw(files, DRAW)
    assert failing(report)
    assert not {1, 2} & set(failing(report))
    assert named in why(report)
    assert "fails" in {verdict for verdict, _, _ in SSJ.verify_draw(files, DRAW)}


@pytest.mark.parametrize("edit", [name for name, (_, file, _, _) in EDITS.items() if file.endswith(".csv")])
def test_an_edit_of_which_the_record_alone_was_made_to_know_is_not_what_was_sealed(edit: str) -> None:
    """The rules, and so the commitment, are left as they were: they have the digests of the tables that were sealed."""
    made = EDITS[edit][0]()
    body = content(made)
    body["tables"] = {name: digest(made[name]) for name in body["tables"]}
    files = {**made, FILE: closed(body)}
    assert 3 in failing(verify_draw(files, DRAW))
    assert any(title.startswith("3 ") for verdict, title, _ in SSJ.verify_draw(files, DRAW) if verdict == "fails")


@pytest.mark.parametrize("edit", [name for name, (_, _, _, visible) in EDITS.items() if visible])
def test_an_edit_that_the_selection_shows_is_a_row_of_the_sql_script(edit: str, tmp_path: Path) -> None:
    assert by_sql(EDITS[edit][0](), tmp_path) != []


def test_unchanged_the_sql_script_has_nothing_to_say(tmp_path: Path) -> None:
    assert by_sql(dict(honest()), tmp_path) == []


def by_sql(files: Files, place: Path) -> list[Any]:
    from tests.verifiers.test_sql import differences, filled_in  # here, for it skips where there is no DuckDB

    for name, data in files.items():
        (place / name).write_bytes(data)
    found = differences(place, filled_in(place))
    for name in files:
        (place / name).unlink()
    return found


def test_a_whole_table_of_another_draw_is_noticed() -> None:
    """Not only lines: every sealed file taken from another draw of the same office."""
    for name in ("subjects.csv", "officers.csv", "excluded.csv", "recusals.csv", PLAN_FILE, RULES_FILE, FILE):
        files = {**honest(), name: shifted(honest()[name])}
        assert verify_draw(files, DRAW).arithmetic == "fails", name


def shifted(data: bytes) -> bytes:
    """The same file with its digits moved on, but for 0 and 1: a format of version 2 would be one yet unknown."""
    return data.translate(bytes.maketrans(b"23456789", b"34567892"))
