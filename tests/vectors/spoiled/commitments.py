"""Bad commitments (step 4) and seeds (step 6)."""

from collections.abc import Iterator
from typing import Any, Final

from attrs import evolve

from ssj_core.commitment import NO_LEDGER
from ssj_core.entropy.model import Evidence
from ssj_core.record import FILE, decode_record
from ssj_core.tables import SubjectRow, encode_table
from tests.vectors.spoiled.base import WITNESSED, forged, honest, last_digit, put, recorded, sealed
from tests.vectors.spoiled.vector import Files, Vector, bad

ROOTS: Final = ("subjects_root", "officers_root", "plan_digest", "rules_digest", "value")
COUNTS: Final = ("subjects_count", "officers_count")


def vectors() -> Iterator[tuple[str, Vector]]:
    """Name and vector."""
    for name in (*ROOTS, *COUNTS):

        def change(body: dict[str, Any], name: str = name) -> None:
            told = body["commitment"][name]
            body["commitment"][name] = told + 1 if name in COUNTS else last_digit(told)

        files = recorded(honest(), change)
        yield (
            f"commitment-{name.replace('_', '-')}",
            bad(f"another {name} in the commitment of the record", "5.4 5.5", 4, "SSJ-V070", files),
        )
    head = recorded(honest(), put("commitment", "previous_head", value=last_digit(NO_LEDGER)))
    yield "commitment-previous-head", bad("another previous head in the record", "5.4 5.5", 4, "SSJ-V070", head)
    spelt = forged(evolve(sealed(), previous_head=NO_LEDGER[:-1] + "A"))
    yield "commitment-previous-head-in-capitals", bad("a head that is no digest", "2.1", 4, "SSJ-V070", spelt)
    yield (
        "roster-edited-after-the-seed",
        bad("a firm has another name, and rules and record its digest", "5.5 5.6", 4, "SSJ-V070", _edited()),
    )
    yield from _seeds()


def _edited() -> Files:
    """Every digest made right, but for the commitment, which was published."""
    old = sealed().subjects
    table = encode_table(SubjectRow, (evolve(old[0], name="别的对象"), *old[1:]))
    forged_one = forged(tables={"subjects.csv": table})
    value = decode_record(honest()[FILE]).commitment
    files = {**honest(), **{name: forged_one[name] for name in ("subjects.csv", "rules.toml")}}
    made = recorded(files)
    assert decode_record(made[FILE]).commitment == value
    return made


def _seeds() -> Iterator[tuple[str, Vector]]:
    line = recorded(honest(), put("seed", value="f" * 64))
    yield (
        "seed-another",
        bad("another seed; the draw is that of the right one", "6.3", 6, "SSJ-V075", line),
    )
    files = forged(evidence=[_by_a_seed_with_a_zero()])
    short = recorded(files, lambda body: body.update(seed=body["seed"].removeprefix("0")))
    yield "seed-lost-zero", bad("the seed without its leading zero", "2.1 6.3", 6, "SSJ-V074", short)
    other = evolve(WITNESSED, raw="9123 0456 0789 0123", canonical="9123 0456 0789 0123")
    told = recorded(forged(evidence=[other]), put("entropy", 0, "raw", value=WITNESSED.raw))
    told = recorded(told, put("entropy", 0, "canonical", value=WITNESSED.canonical))
    yield "seed-of-other-entropy", bad("drawn from other words than were recorded", "6.3", 6, "SSJ-V076", told)


def _by_a_seed_with_a_zero() -> Evidence:
    for number in range(1000):
        words = f"{WITNESSED.raw} {number}"
        evidence = evolve(WITNESSED, raw=words, canonical=words)
        if decode_record(forged(evidence=[evidence])[FILE]).seed.startswith("0"):
            return evidence
    raise AssertionError
