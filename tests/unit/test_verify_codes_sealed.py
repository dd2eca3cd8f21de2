"""What no sealing can hold, though all digests are right: each has its own code."""

from typing import Final

import pytest
from attrs import evolve

from ssj_core.canonical import digest
from ssj_core.rules.effective import EffectiveRules
from ssj_core.verify import verify_draw
from tests.unit.finished import (
    NAME,
    Change,
    Files,
    check_sentences,
    drawn,
    file,
    findings,
    finished,
    record,
    rehashed,
    rows,
    sealed,
    text,
)
from tests.unit.spoiling import ID, OFFICER, SUBJECT, Place, crlf, reversed_rows

# What no sealing can hold


def other_digest(files: Files) -> Files:
    """Another table, which the record knows and the sealed rules do not."""
    made = text(SUBJECT, "对象0", "对象九")(files)
    return record(lambda r: r["tables"].update({SUBJECT: digest(made[SUBJECT])}))(made)


SEALED: Final[dict[str, tuple[Change, str, Place]]] = {
    "a rule nobody sealed": (
        lambda _: drawn(excluded=(evolve(sealed().excluded[0], rule="t.friend"),)), "SSJ-V060",
        ("excluded.csv", 2, "规则"),
    ),
    "an exclusion for no reason": (
        lambda _: drawn(excluded=(evolve(sealed().excluded[0], reason=""),)), "SSJ-V238", ("excluded.csv", 2, "原因"),
    ),
    "a recusal nobody sealed": (
        lambda _: drawn(recusals=(evolve(sealed().recusals[0], rule="t.friend"),)), "SSJ-V061",
        ("recusals.csv", 2, "规则"),
    ),
    "a recusal of a stranger": (
        lambda _: drawn(recusals=(evolve(sealed().recusals[0], subject="test:9999"),)), "SSJ-V062",
        ("recusals.csv", 2, "检查对象"),
    ),
    "an id that is none": (
        lambda _: drawn(excluded=(evolve(sealed().excluded[0], id="0011"),)), "SSJ-V063", ("excluded.csv", 2, ID),
    ),
    "a stratum twice": (
        rehashed(text("rules.toml", '    "全部",\n', '    "全部",\n    "全部",\n')), "SSJ-V053",
        ("rules.toml", None, "ratio.classes"),
    ),
    "a stratum nobody knows": (rehashed(text(SUBJECT, "全部", "别的")), "SSJ-V054", (SUBJECT, 2, "分层")),
    "a team of one": (
        rehashed(text("rules.toml", "size = 2", "size = 1")), "SSJ-V055", ("rules.toml", None, "team.size"),
    ),
    "less than nothing": (
        rehashed(text("rules.toml", "at_least = 0", "at_least = -1")), "SSJ-V055",
        ("rules.toml", None, "ratio.classes[1].at_least"),
    ),
    "a shared total of several roundings": (
        lambda _: drawn(rules=two_roundings()), "SSJ-V056", ("rules.toml", None, "ratio.classes"),
    ),
    "classes out of order": (
        lambda _: drawn(rules=two_classes("—")), "SSJ-V064", ("rules.toml", None, "ratio.classes"),
    ),
    "a class twice": (lambda _: drawn(rules=two_classes("全部")), "SSJ-V064", ("rules.toml", None, "ratio.classes")),
    "strata of another class": (
        rehashed(text("rules.toml", '    "全部",\n', '    "部",\n')), "SSJ-V066",
        ("rules.toml", None, "ratio.classes[1].strata"),
    ),
    "a shared total and a least number": (
        lambda _: drawn(rules=shared_with_limits()), "SSJ-V065", ("rules.toml", None, "ratio.classes[1]"),
    ),
    "somebody twice": (
        rehashed(text("excluded.csv", "test:0011", "test:0008")), "SSJ-V057", ("excluded.csv", 2, ID),
    ),
    "somebody gone": (rehashed(rows(SUBJECT, lambda lines: lines[1:])), "SSJ-V058", (SUBJECT, None, "")),
    "no such unit": (
        rehashed(text("excluded.csv", "\n检查对象", "\n路人")), "SSJ-V059", ("excluded.csv", 2, "类别"),
    ),
    "another table than sealed": (other_digest, "SSJ-V051", (SUBJECT, None, "")),
    "rows out of order": (rehashed(rows(OFFICER, reversed_rows)), "SSJ-V036", (OFFICER, None, "")),
    "a form that is not prescribed": (rehashed(file(OFFICER, crlf)), "SSJ-V032", (OFFICER, None, "")),
    "a list in another form": (rehashed(file("drawn.csv", crlf)), "SSJ-V032", ("drawn.csv", None, "")),
}  # fmt: skip
"""By somebody who makes all digests right."""


def two_roundings() -> EffectiveRules:
    """A class nobody is in, rounded otherwise."""
    rules = sealed().rules
    one = rules.ratio.classes[0]
    other = evolve(one, id="另一类", strata=("另一类",), rounding="down")
    return evolve(rules, ratio=evolve(rules.ratio, total="shared", classes=(one, other)))


def shared_with_limits() -> EffectiveRules:
    """A shared total, and a least number for one class."""
    rules = sealed().rules
    one = evolve(rules.ratio.classes[0], at_least=1)
    return evolve(rules, ratio=evolve(rules.ratio, total="shared", classes=(one,)))


def two_classes(name: str) -> EffectiveRules:
    """Another class that nobody is in, after the first."""
    rules = sealed().rules
    one = rules.ratio.classes[0]
    other = evolve(one, id=name, strata=(f"{name}2",))
    return evolve(rules, ratio=evolve(rules.ratio, classes=(one, other)))


@pytest.mark.parametrize("name", SEALED)
def test_what_no_sealing_can_hold_is_named(name: str) -> None:
    change, code, place = SEALED[name]
    report = verify_draw(change(dict(finished())), NAME)
    found = findings(report)
    assert report.arithmetic == "fails"
    assert (code, *place) in [(p.code, p.file, p.row, p.field) for p in found]
    assert not {"SSJ-V021", "SSJ-V022", "SSJ-V002"} & {p.code for p in found}
    check_sentences(found)
