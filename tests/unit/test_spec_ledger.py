"""SPEC §10 and §11: what must follow from the ledger, from earlier draws and from the rules that were sealed."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from attrs import evolve

from ssj_core import ledger as ledgers
from ssj_core.canonical import digest
from ssj_core.entropy.model import Evidence
from ssj_core.pipeline import draw
from ssj_core.record import decode_record, make_record
from ssj_core.sealed import Sealed
from ssj_core.tables import (
    DRAWN,
    DrawnRow,
    decode_table,
)
from ssj_core.verify import verify_draw, verify_folder
from ssj_core.workspace import evidence_data
from tests.sealed_folder import EVIDENCE, FOLDER, PLAN, SEALED, bound, closed, failing, made_folder, rebound, with_file


def test_who_was_drawn_before_follows_from_the_ledger() -> None:
    """A second draw with coverage first: who stands among those drawn before is recomputed from the first."""
    plan = PLAN.replace("batch = [", 'batch = [{ id = "c", policy = "c", start = 2026-03-01, end = 2026-03-31 }, ')
    first = bound(SEALED.rules, plan)
    files = made_folder(first, EVIDENCE)
    drawn = {row.id for row in decode_table(DrawnRow, files["drawn.csv"]) if row.outcome == DRAWN}
    kind = evolve(SEALED.rules.ratio.classes[0], strata=("B/未抽过", "B/已抽过"))
    ratio = evolve(SEALED.rules.ratio, coverage_first=True, classes=(kind,))
    rules = evolve(SEALED.rules, draw_id="p-c-1", batch="c", policy="c", ratio=ratio)

    def verdict(before: set[str], *, void: bool = False, gone: bool = False) -> str:
        held, made = ledgers.Ledger(), b""

        def add(kind: str, name: str, data: dict[str, object]) -> None:
            nonlocal held, made
            made += held.next(kind, name, "", data).encode() + b"\n"  # type: ignore[arg-type]
            held = ledgers.read(made)

        def finish(name: str, sealed: Sealed, folder: dict[str, bytes]) -> None:
            value, record = sealed.commitment.value, folder["record.toml"]
            add("entropy", name, {"commitment": value, "evidence": evidence_data([EVIDENCE])})
            seed = decode_record(record).seed
            add("draw", name, {"record": digest(record), "seed": seed, "year": sealed.rules.year})

        add("commit", "p-b-1", {"commitment": first.commitment.value, "policy": "r/b", "year": 2026})
        finish("p-b-1", first, files)
        if void:
            add("void", "p-b-1", {"reason": "x"})
        strata = tuple(
            evolve(s, stratum="B/已抽过" if s.id in before else "B/未抽过") for s in bound(rules, plan).subjects
        )
        second = rebound(evolve(bound(rules, plan), subjects=strata, previous_head=held.head))
        later = made_folder(second, EVIDENCE)
        add("commit", "p-c-1", {"commitment": second.commitment.value, "policy": "r/c", "year": 2026})
        finish("p-c-1", second, later)
        draws = {"p-c-1": later} if gone else {"p-b-1": files, "p-c-1": later}
        report = verify_folder(draws, made)[-1]
        assert report.draw_id == "p-c-1"
        assert failing(evolve(report, steps=report.steps[:10])) == []
        return report.steps[-1].status

    assert verdict(drawn) == "holds"
    assert verdict(drawn - {min(drawn)}) == "fails"
    assert verdict({f"test:{n}" for n in range(1, 8)}) == "fails"
    assert verdict(set()) == "fails"
    assert verdict(set(), void=True) == "holds"
    assert verdict(drawn, void=True) == "fails"
    assert verdict(drawn, gone=True) == "unknown"


def test_the_level_follows_from_the_evidence() -> None:
    os_value = Evidence(source="os", raw="5" * 64, canonical="5" * 64)
    lone = evolve(EVIDENCE, who=("甲",))
    for evidence, level, arithmetic in (
        ((EVIDENCE,), "E2", "holds"),
        ((lone,), "E0", "holds"),
        ((evolve(EVIDENCE, where=""),), "E0", "holds"),
        ((evolve(EVIDENCE, raw="other"),), "E0", "fails"),
        ((evolve(EVIDENCE, raw="12", canonical="12"),), "E0", "fails"),
        ((os_value,), "E0", "fails"),
        ((EVIDENCE, os_value), "E0", "fails"),
    ):
        report = verify_draw(made_folder(SEALED, *evidence), "p-b-1")
        assert (report.level, report.arithmetic) == (level, arithmetic), evidence
        assert len(report.unproved) >= 2


DECODED = decode_record(FOLDER["record.toml"])


def chain(record: bytes, spoil: Callable[[dict[str, object]], object] = lambda _: None) -> bytes:
    value = SEALED.commitment.value
    evidence = evidence_data([EVIDENCE])
    held, made = ledgers.Ledger(), b""
    events: dict[str, dict[str, object]] = {
        "commit": {"commitment": value, "policy": "r/b", "year": 2026},
        "entropy": {"commitment": value, "evidence": evidence},
        "draw": {"record": digest(record), "seed": DECODED.seed, "year": 2026},
    }
    spoil(events)  # type: ignore[arg-type]
    for kind, data in events.items():
        made += held.next(kind, "p-b-1", "", data).encode() + b"\n"  # type: ignore[arg-type]
        held = ledgers.read(made)
    return made


def arithmetic(ledger: bytes | None, **draws: dict[str, bytes]) -> list[str]:
    named = {name.replace("_", "-"): files for name, files in draws.items()}
    return [report.arithmetic for report in verify_folder(named, ledger)]


def test_a_record_the_ledger_has_otherwise_fails() -> None:
    good = chain(FOLDER["record.toml"])
    assert arithmetic(good, p_b_1=FOLDER) == ["holds", "holds"]
    assert arithmetic(good) == ["unknown"]
    assert arithmetic(None, p_b_1=FOLDER) == ["unknown", "holds"]
    assert arithmetic(b"", p_b_1=FOLDER) == ["holds", "fails"]
    assert arithmetic(chain(b"another record"), p_b_1=FOLDER) == ["holds", "fails"]
    assert arithmetic(b"rubbish\n", p_b_1=FOLDER)[0] == "fails"
    for spoil in (
        lambda e: e["commit"].update(commitment="f" * 64),
        lambda e: e["commit"].update(policy="r/c"),
        lambda e: e["commit"].update(year=2025),
        lambda e: e["entropy"].update(evidence=[]),
        lambda e: e["entropy"]["evidence"][0].update(canonical="x"),
        lambda e: e["entropy"].update(commitment="f" * 64),
        lambda e: e["draw"].update(seed="f" * 64),
    ):
        assert arithmetic(chain(FOLDER["record.toml"], spoil), p_b_1=FOLDER) == ["holds", "fails"]


def test_times_that_the_ledger_has_otherwise_fail() -> None:
    sealed_at, drawn_at = "2026-02-01T09:00:00+08:00", "2026-03-01T10:00:00+08:00"
    record = make_record(
        SEALED, [EVIDENCE], draw(SEALED, [EVIDENCE]), sealed_at=sealed_at, drawn_at=drawn_at, software={}
    )
    good = [sealed_at, drawn_at, "whenever"]
    for times, verdict in (
        (good, "holds"),
        (["", "", ""], "holds"),
        ([drawn_at, drawn_at, ""], "fails"),
        ([sealed_at, sealed_at, ""], "fails"),
    ):
        held, made = ledgers.Ledger(), b""
        for event, time in zip(ledgers.read(chain(record)).events, times, strict=True):
            made += held.next(event.event, event.draw, time, event.data).encode() + b"\n"
            held = ledgers.read(made)
        assert arithmetic(made, p_b_1={**FOLDER, "record.toml": record})[1] == verdict


def test_one_commitment_is_sealed_once() -> None:
    made = chain(FOLDER["record.toml"])
    data = {"commitment": SEALED.commitment.value, "policy": "r/other", "year": 2026}
    other = ledgers.read(made).next("commit", "q-b-1", "", data)
    assert arithmetic(made + other.encode() + b"\n", p_b_1=FOLDER) == ["fails", "holds"]
    third = evolve(other, data={**data, "commitment": "f" * 64})
    assert arithmetic(made + third.encode() + b"\n", p_b_1=FOLDER) == ["holds", "holds"]


def test_nobody_is_excluded_or_recused_by_a_rule_that_was_not_sealed() -> None:
    row, kin = SEALED.excluded[0], SEALED.recusals[0]
    for change, steps in (
        ({"excluded": (evolve(row, rule="core.other_sector"),)}, []),
        ({"excluded": (evolve(row, rule="r.x"),)}, []),
        ({"excluded": (evolve(row, rule="r.kin"),)}, [3]),
        ({"excluded": (evolve(row, rule="r.leave2"),)}, [3]),
        ({"excluded": (evolve(row, rule="core.not_qualified"),)}, [3]),
        ({"recusals": (evolve(kin, rule="r.leave"),)}, [3]),
        ({"recusals": (evolve(kin, rule="core.other_sector"),)}, [3]),
        ({"rules": evolve(SEALED.rules, recusal=())}, [3]),
    ):
        assert failing(verify_draw(made_folder(rebound(evolve(SEALED, **change)), EVIDENCE), "p-b-1")) == steps


def test_recusals_and_exclusions_name_whom_they_may() -> None:
    row, kin = SEALED.excluded[0], SEALED.recusals[0]
    for change in (
        {"excluded": (evolve(row, id="130624001"),)},
        {"excluded": (evolve(row, id="person:9"),)},
        {"recusals": (evolve(kin, subject="test:99"),)},
    ):
        assert 3 in failing(verify_draw(made_folder(rebound(evolve(SEALED, **change)), EVIDENCE), "p-b-1"))
    found = []
    for n in range(2, 8):  # nobody notices who does not match officers to this subject
        stranger = evolve(kin, subject=f"test:{n}", officer="officer:9")
        with suppress(ValueError):
            files = made_folder(rebound(evolve(SEALED, recusals=(kin, stranger))), EVIDENCE)
            found.append(failing(verify_draw(files, "p-b-1")))
    assert found
    assert all(steps == [3] for steps in found)


@pytest.mark.parametrize(
    ("name", "old", "new", "steps"),
    [
        ("record.toml", "ssj-record/1", "ssj-record/2", "1"),
        ("record.toml", "SSJ-DRAW/1", "SSJ-DRAW/12", "1"),
        ("rules.toml", "ssj-rules/1", "ssj-rules/2", "3"),
        ("rules.toml", "SSJ-DRAW/1", "SSJ-DRAW/2", "3"),
        ("rules.toml", "ssj-match/1", "ssj-match/2", "3"),
        ("plan.toml", "ssj-plan/1", "ssj-plan/2", "3"),
    ],
)
def test_what_a_newer_version_wrote_cannot_be_told(name: str, old: str, new: str, steps: str) -> None:
    if name == "plan.toml":
        files = made_folder(bound(SEALED.rules, PLAN.replace(old, new)), EVIDENCE)
    else:
        data = FOLDER[name].replace(old.encode(), new.encode())
        files = {**FOLDER, name: closed(data.decode())} if name == "record.toml" else with_file(name, data)
    report = verify_draw(files, "p-b-1")
    assert (report.arithmetic, failing(report)) == ("unknown", [])
    assert [s.title.en.split()[0] for s in report.steps if s.status == "unknown"] == [steps]
    family = old.rpartition("/")[0]
    for odd in ("x/2", f"{family}/0", f"{family}/-2", f"{family}/02", f"{family}/2x", f"x{family}/2"):
        made = FOLDER[name].replace(old.encode(), odd.encode())
        assert failing(verify_draw({**FOLDER, name: made}, "p-b-1"))
