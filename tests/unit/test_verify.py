"""Each step of a verification finds its own lie: what an attacker gets wrong even if he recomputes every digest."""

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import pytest
import tomli_w
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from ssj_core import ledger as ledgers
from ssj_core.canonical import digest
from ssj_core.ledger import Event, Ledger
from ssj_core.record import FILE, decode_record
from ssj_core.rules.effective import decode_rules, encode_rules
from ssj_core.sealed import RULES_FILE
from ssj_core.tables import FILES, DrawnRow, ExcludedRow, OfficerRow, SubjectRow, TeamRow, decode_table, encode_table
from ssj_core.verify import Report, verify_draw, verify_folder
from ssj_core.workspace import evidence_data
from tests.strategies import DRAWN_AT, SEALED_AT, plan_bytes, small_case
from tests.vectors.spoiled.base import put

NAME = "p-b-1"
Files = dict[str, bytes]


@cache
def finished() -> Mapping[str, bytes]:
    return small_case().files()


def closed(body: Mapping[str, Any]) -> bytes:
    """A record with this content and the closing digest an honest one would have."""
    text = tomli_w.dumps({k: v for k, v in body.items() if k != "closing"})
    return f'{text}\n[closing]\nsha256 = "{digest(text.encode())}"\n'.encode()


def content(files: Mapping[str, bytes]) -> dict[str, Any]:
    return tomllib.loads(files[FILE].decode())


def digested(files: Mapping[str, bytes]) -> Files:
    """The digests of all files made right again: in the rules, in the record, at its end."""
    made = dict(files)
    rules = decode_rules(made[RULES_FILE], RULES_FILE)
    tables = {name: digest(made[name]) for name in rules.tables}
    made[RULES_FILE] = encode_rules(evolve(rules, tables=tables))
    body = content(made)
    body["tables"] = {name: digest(made[name]) for name in body["tables"]}
    return {**made, FILE: closed(body)}


def rewritten(change: Callable[[dict[str, Any]], object]) -> Files:
    """The draw with another record, closed as if it were honest."""
    body = content(finished())
    change(body)
    return {**finished(), FILE: closed(body)}


def failing(report: Report) -> list[int]:
    """Numbers of the steps that fail."""
    return [int(s.title.zh.split()[0]) for s in report.steps if s.status == "fails"]


def table(name: str, change: Callable[[list[Any]], object]) -> Files:
    """The draw with another table, all digests made right."""
    row_type = FILES[name]
    rows: list[Any] = list(decode_table(row_type, finished()[name]))
    change(rows)
    return digested({**finished(), name: encode_table(row_type, rows)})


def swap(rows: list[Any]) -> None:
    rows[0], rows[1] = rows[1], rows[0]


def rename(rows: list[Any]) -> None:
    rows[0] = evolve(rows[0], name="另一个")


def friend_spared(rows: list[DrawnRow]) -> None:
    """The first drawn and the first reserve change places; each keeps its rank's words."""
    first, reserve = rows[0], next(r for r in rows if r.outcome == "递补")
    rows[rows.index(reserve)] = evolve(first, rank=reserve.rank, outcome=reserve.outcome)
    rows[0] = evolve(reserve, rank=first.rank, outcome=first.outcome)


def other_officer(rows: list[TeamRow]) -> None:
    outside = next(r for r in rows if r.officer not in {x.officer for x in rows if x.subject == rows[0].subject})
    rows[0] = evolve(rows[0], officer=outside.officer, officer_name=outside.officer_name, section=outside.section)


def test_honest_changes_of_form_would_hold() -> None:
    """The helpers of this file change nothing by themselves."""
    assert verify_draw(rewritten(lambda body: None), NAME).arithmetic == "holds"  # noqa: ARG005
    assert digested(finished()) == finished()


ALONE: dict[str, tuple[Callable[[], Files], list[int]]] = {
    "the closing digest": (lambda: {**finished(), FILE: finished()[FILE][:-4] + b'0"\n'}, [1]),
    "a digest of a table": (lambda: rewritten(put("tables", "drawn.csv", value="0" * 64)), [2]),
    "the bureau": (lambda: rewritten(put("bureau", value="别的局")), [3]),
    "the title": (lambda: rewritten(put("title", value="别的抽查")), [3]),
    "the count of the commitment": (lambda: rewritten(put("commitment", "subjects_count", value=1)), [4]),
    "the commitment": (lambda: rewritten(put("commitment", "value", value="0" * 64)), [4]),
    "what the entropy was before it was made plain": (lambda: rewritten(put("entropy", 0, "raw", value="1")), [5]),
    "the seed": (lambda: rewritten(put("seed", value="0" * 64)), [6]),
    "a quota": (lambda: rewritten(put("stratum", 0, "quota", value=1)), [7]),
    "a cut": (lambda: rewritten(put("stratum", 0, "cut", value="f" * 64)), [7]),
    "a stratum too many": (lambda: rewritten(lambda b: b["stratum"].append(dict(b["stratum"][0], stratum="x"))), [7]),
    "the key of the matching": (lambda: rewritten(put("matching", "key", value="0" * 64)), [10]),
    "the share of an officer": (lambda: rewritten(put("matching", "share", 0, "low", value=9)), [10]),
    "the order of the drawn": (lambda: table("drawn.csv", swap), [8]),
    "a name among the drawn": (lambda: table("drawn.csv", rename), [8]),
    "a friend spared": (lambda: table("drawn.csv", friend_spared), [8]),
    "a reserve left out": (lambda: table("drawn.csv", lambda rows: rows.pop()), [8]),
    "nobody drawn": (lambda: table("drawn.csv", lambda rows: rows.clear()), [8]),
    "an officer of a team": (lambda: table("teams.csv", other_officer), [9]),
    "a team left out": (lambda: table("teams.csv", lambda rows: [rows.pop(), rows.pop()]), [9]),
}


@pytest.mark.parametrize("lie", ALONE)
def test_a_single_lie_fails_at_its_own_step_and_at_no_other(lie: str) -> None:
    make, steps = ALONE[lie]
    assert failing(verify_draw(make(), NAME)) == steps


AFTERWARDS: dict[str, Callable[[], Files]] = {
    "a subject taken out": lambda: table("subjects.csv", lambda rows: rows.pop(0)),
    "a subject put in": lambda: table(
        "subjects.csv", lambda rows: rows.append(evolve(rows[-1], id="test:S999", name="新来的"))
    ),
    "a subject in another stratum": lambda: table(
        "subjects.csv", lambda rows: rows.__setitem__(0, evolve(rows[0], stratum="别的"))
    ),
    "an officer taken out": lambda: table("officers.csv", lambda rows: rows.pop(0)),
    "an officer who may come more often": lambda: table(
        "officers.csv", lambda rows: rows.__setitem__(0, evolve(rows[0], cap=99))
    ),
    "an officer of another field": lambda: table(
        "officers.csv", lambda rows: rows.__setitem__(0, evolve(rows[0], fields=()))
    ),
    "a recusal removed": lambda: table("recusals.csv", lambda rows: rows.clear()),
    "a reason of exclusion": lambda: table(
        "excluded.csv", lambda rows: rows.__setitem__(0, evolve(rows[0], reason="别的原因"))
    ),
    "the address of a subject": lambda: table(
        "subjects.csv", lambda rows: rows.__setitem__(0, evolve(rows[0], address="别处"))
    ),
    "the plan": lambda: digested({**finished(), "plan.toml": b"# another plan\n"}),
    "the head of the ledger": lambda: rewritten(put("commitment", "previous_head", value="1" * 64)),
    "the entropy": lambda: rewritten(
        lambda b: b["entropy"].__setitem__(0, {**b["entropy"][0], "raw": "0" * 64, "canonical": "0" * 64})
    ),
    "the rules": lambda: digested(
        {**finished(), RULES_FILE: finished()[RULES_FILE].replace(b'ratio = "25%"', b'ratio = "50%"')}
    ),
}


@pytest.mark.parametrize("lie", AFTERWARDS)
def test_what_was_sealed_cannot_be_changed_afterwards_even_with_all_digests_made_right(lie: str) -> None:
    """The digests are satisfied; the commitment, and with it the seed, are not (or a stratum nobody knows is)."""
    files = AFTERWARDS[lie]()
    assert files != finished()
    steps = failing(verify_draw(files, NAME))
    assert set(steps) & {3, 4, 6}
    assert not set(steps) & {1, 2}


def test_an_attacker_who_makes_the_commitment_right_too_forgets_the_number_of_rows() -> None:
    """He takes a friend out of the pool and recomputes digests and commitment: the roster had one row more."""
    files = AFTERWARDS["a subject taken out"]()
    for _ in range(2):
        report = verify_draw(files, NAME)
        details = next((s.details for s in report.steps if s.title.zh.startswith("4 ")), ())
        body = content(files)
        for detail in details:
            key = detail.field.removeprefix("commitment.")
            body["commitment"][key] = type(body["commitment"][key])(detail.params["found"])
        files = {**files, FILE: closed(body)}
    steps = failing(verify_draw(files, NAME))
    assert steps == [3]


@pytest.mark.parametrize("name", ["subjects.csv", "excluded.csv"])
def test_a_table_that_is_not_in_canonical_form_fails_even_with_its_digest_made_right(name: str) -> None:
    crlf = digested({**finished(), name: finished()[name].replace(b"\n", b"\r\n")})
    assert 3 in failing(verify_draw(crlf, NAME))


@pytest.mark.parametrize(
    ("file", "data"),
    [
        (RULES_FILE, b""), (RULES_FILE, b"\xff"), (RULES_FILE, b"x = ["), ("subjects.csv", b""), (FILE, b""),
        (FILE, b"[[["), (FILE, b"a = " + b"[" * 5000), (FILE, b"seed = " + b"9" * 5000), (RULES_FILE, b"y = 1e400"),
    ],
)  # fmt: skip
def test_rubbish_fails_and_nothing_is_raised(file: str, data: bytes) -> None:
    assert verify_draw({**finished(), file: data}, NAME).arithmetic == "fails"


def test_rubbish_with_a_right_closing_fails_and_says_where() -> None:
    report = verify_draw({**finished(), FILE: closed({"format": "ssj-record/1"})}, NAME)
    assert failing(report) == [1]
    first = report.steps[-1].details[0]
    assert (first.code, first.file, first.row) == ("SSJ-V007", FILE, 1)


def test_nothing_at_all_cannot_be_told() -> None:
    assert verify_draw({}, NAME).arithmetic == "unknown"
    assert verify_draw({"会议纪要.txt": b""}, NAME).arithmetic == "unknown"


def every_path(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if isinstance(value, dict):
        return [p for k, v in value.items() for p in every_path(v, (*path, k))]
    if isinstance(value, list):
        return [p for n, v in enumerate(value) for p in every_path(v, (*path, n))]
    return [path]


REMARKS = {"sealed_at", "drawn_at", "software", "closing"}
"""Nothing is computed from these; only the ledger vouches for them, by the digest of the record."""


def test_every_value_of_the_record_is_checked_but_for_the_remarks() -> None:
    """Each single value changed, the closing made right: some step fails; format and spec are now of later versions."""
    body = content(finished())
    unnoticed = []
    for path in every_path(body):
        if path[0] in REMARKS or path[-1] in ("who", "where", "when", "details"):
            continue
        place: Any = content(finished())
        whole = place
        for part in path[:-1]:
            place = place[part]
        old = place[path[-1]]
        place[path[-1]] = old + 1 if isinstance(old, int) else old + "0"
        if verify_draw({**finished(), FILE: closed(whole)}, NAME).arithmetic != "fails":
            unnoticed.append(path)
    assert unnoticed == [("format",), ("spec",)]


@pytest.mark.parametrize("extra", ["note", "remark"])
def test_a_key_nobody_knows_is_refused(extra: str) -> None:
    assert failing(verify_draw(rewritten(lambda b: b.__setitem__(extra, "1")), NAME)) == [1]
    assert failing(verify_draw(rewritten(lambda b: b["commitment"].__setitem__(extra, "1")), NAME)) == [1]


def test_entropy_of_a_source_this_version_does_not_know_cannot_be_told() -> None:
    case = small_case()
    plan = evolve(case.office.plan, entropy=(evolve(case.office.plan.entropy[0], source="x.y"),))
    office = evolve(case.office, plan=plan, plan_bytes=plan_bytes(plan))
    files = evolve(case, office=office, evidence=(evolve(case.evidence[0], source="x.y"),)).files()
    report = verify_draw(files, NAME)
    assert report.arithmetic == "unknown"
    assert report.level == "E0"
    assert [s.title.zh[0] for s in report.steps if s.status == "unknown"] == ["5"]


# ── the folder ─────────────────────────────────────────────────────────


def ledger(*events: tuple[str, dict[str, Any]], draw: str = NAME) -> bytes:
    """A ledger of these events, its chain in order."""
    chain, out = Ledger(), b""
    for kind, data in events:
        event: Event = chain.next(kind, draw, SEALED_AT if kind == "commit" else DRAWN_AT, data)  # type: ignore[arg-type]
        out += event.encode() + b"\n"
        chain = ledgers.read(out)
    return out


def honest() -> dict[str, dict[str, Any]]:
    record = decode_record(finished()[FILE])
    return {
        "commit": {"commitment": record.commitment.value, "policy": "t/b", "year": 2021},
        "entropy": {
            "commitment": record.commitment.value,
            "evidence": evidence_data([e.evidence() for e in record.entropy]),
        },
        "draw": {"record": digest(finished()[FILE]), "year": 2021, "seed": record.seed},
    }


def verdict(**data: Any) -> str:
    events = {kind: {**told, **data.get(kind, {})} for kind, told in honest().items()}
    reports = verify_folder({NAME: finished()}, ledger(*((k, events[k]) for k in ("commit", "entropy", "draw"))))
    return max((r.arithmetic for r in reports), key=["holds", "unknown", "fails"].index)


def test_a_folder_whose_ledger_agrees_holds() -> None:
    assert verdict() == "holds"


@pytest.mark.parametrize(
    "lie",
    [
        {"commit": {"commitment": "0" * 64}},
        {"commit": {"commitment": None}},
        {"draw": {"record": "0" * 64}},
        {"draw": {"record": None}},
        {"draw": {"seed": "0" * 64}},
        {"draw": {"year": 2020}},
        {"commit": {"year": 2020}},
        {"commit": {"policy": "t/c"}},
        {"entropy": {"commitment": "0" * 64}},
        {"entropy": {"evidence": []}},
        {"entropy": {"evidence": "os"}},
        {"entropy": {"evidence": [1, None]}},
        {"entropy": {"evidence": None}},
    ],
)
def test_a_ledger_that_says_otherwise_fails_and_nothing_is_raised(lie: dict[str, Any]) -> None:
    """Its chain is in order: whoever keeps it wrote it again from the first line."""
    assert verdict(**lie) == "fails"


def test_testimony_that_the_ledger_does_not_know_fails() -> None:
    """Witnesses added to the record afterwards, record and ledger digested again."""
    entropy = honest()["entropy"]["evidence"][0]
    files = rewritten(lambda b: b["entropy"].__setitem__(0, {**b["entropy"][0], "who": ["甲", "乙"], "where": "x"}))
    events = {**honest(), "draw": {**honest()["draw"], "record": digest(files[FILE])}}
    reports = verify_folder({NAME: files}, ledger(*((k, events[k]) for k in ("commit", "entropy", "draw"))))
    assert entropy["who"] == []
    assert [r.arithmetic for r in reports] == ["holds", "fails"]


def test_what_was_sealed_and_never_drawn_is_shown() -> None:
    """An office that did not like what came must not be able to let it lie unseen."""
    (report,) = verify_folder({}, ledger(("commit", honest()["commit"]), draw="p-c-1"))
    assert report.arithmetic == "holds"
    assert "p-c-1 已封存，还没有抽取" in [d.message("zh") for s in report.steps for d in s.details]


@given(st.binary(max_size=80), st.booleans())
@settings(max_examples=60)
def test_any_bytes_for_a_ledger_are_judged_and_nothing_is_raised(data: bytes, append: bool) -> None:
    good = ledger(*honest().items())
    reports = verify_folder({NAME: finished()}, good + data if append else data)
    assert reports[0].arithmetic in ("holds", "fails")


@given(st.integers(0, 2_000), st.integers(1, 255))
@settings(max_examples=60)
def test_a_changed_byte_of_the_ledger_fails_unless_it_is_in_the_time_of_its_last_line(place: int, change: int) -> None:
    """That time is a remark, and no later line vouches for it yet."""
    good = ledger(*honest().items())
    place %= len(good)
    bad = good[:place] + bytes([good[place] ^ change]) + good[place + 1 :]
    statuses = [r.arithmetic for r in verify_folder({NAME: finished()}, bad)]
    assert "fails" in statuses or place > good.rindex(b'"time":"')


def test_the_draws_are_reported_in_the_order_of_the_ledger_then_the_others() -> None:
    reports = verify_folder({"a-strange-one": {}, NAME: finished()}, ledger(*honest().items()))
    assert [r.draw_id for r in reports] == ["ledger.jsonl", NAME, "a-strange-one"]


def test_row_types_are_those_of_the_files() -> None:
    assert [FILES[n] for n in ("subjects.csv", "officers.csv", "excluded.csv")] == [SubjectRow, OfficerRow, ExcludedRow]
