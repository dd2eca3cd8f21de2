"""Bad outcomes: steps 7 to 10, everything sealed is honest and the draw is another; all digests are right."""

from collections.abc import Callable, Iterator
from typing import Any

from attrs import evolve

from ssj_core.rules.effective import encode_rules, table_digests
from ssj_core.sealed import Sealed
from tests.vectors.spoiled.base import forged, honest, last_digit, other, put, recorded, rows, sealed
from tests.vectors.spoiled.vector import Files, Vector, bad


def vectors() -> Iterator[tuple[str, Vector]]:
    """Name and vector."""
    yield from _strata()
    yield from _drawn()
    yield from _teams()
    yield from _matching()


def _strata() -> Iterator[tuple[str, Vector]]:
    for name in ("size", "quota"):
        files = recorded(honest(), lambda r, name=name: r["stratum"][0].update({name: r["stratum"][0][name] + 1}))  # type: ignore[misc]
        yield f"stratum-{name}", bad(f"another {name} in the record", "11.3", 7, "SSJ-V078", files)
    cut = recorded(honest(), lambda r: r["stratum"][0].update(cut=last_digit(r["stratum"][0]["cut"])))
    yield "stratum-cut", bad("another cut in the record", "7.3 11.3", 7, "SSJ-V078", cut)
    turned = recorded(honest(), lambda r: r["stratum"].reverse())
    yield "stratum-order", bad("the strata in another order", "11.3", 7, "SSJ-V078", turned)
    yield (
        "one-drawn-too-many",
        bad("drawn, matched and recorded with one more than the rules give", "4.3 7.2", 7, "SSJ-V078", _too_many()),
    )


def _too_many() -> Files:
    """Sealed honestly, drawn with another ratio."""
    honest_rules = evolve(sealed().rules, tables=table_digests(sealed().tables))
    first, *others = honest_rules.ratio.classes
    taken = sum(q.quota for q in sealed().quotas if q.stratum in first.strata)
    ratio = evolve(honest_rules.ratio, classes=(evolve(first, at_least=taken + 1), *others))
    more: Sealed = evolve(sealed(), rules=evolve(honest_rules, ratio=ratio))
    return forged(more, rules=lambda _: encode_rules(honest_rules).decode())


def _drawn() -> Iterator[tuple[str, Vector]]:
    table = rows("drawn.csv", lambda _: None)
    assert table(honest()["drawn.csv"]) == honest()["drawn.csv"]
    made: dict[str, tuple[str, Callable[[bytes], bytes], str]] = {
        "another-subject": ("a friend's place is another's", rows("drawn.csv", _friend), "SSJ-V079"),
        "rows-exchanged": ("two rows exchanged", rows("drawn.csv", _exchange), "SSJ-V082"),
        "reserve-exchanged": ("the reserve in another order", rows("drawn.csv", _reserve), "SSJ-V079"),
        "reserve-missing": ("the reserve left out", rows("drawn.csv", _no_reserve), "SSJ-V081"),
        "lost-zero": ("ids without their leading zeros", lambda d: d.replace(b"test:00", b"test:"), "SSJ-V079"),
        "another-ticket": ("another ticket", rows("drawn.csv", _ticket), "SSJ-V079"),
    }
    for name, (about, change, code) in made.items():
        files = forged(outcome={"drawn.csv": change})
        yield f"drawn-{name}", bad(f"drawn.csv: {about}", "7.2 11.3", 8, code, files)


def _friend(found: list[Any]) -> None:
    """Who was drawn stands for the first of the reserve, and the other way round."""
    after = next(n for n, row in enumerate(found) if row.outcome == "递补")
    one, two = found[0], found[after]
    found[0] = evolve(one, id=two.id, name=two.name)
    found[after] = evolve(two, id=one.id, name=one.name)


def _exchange(found: list[Any]) -> None:
    found[0], found[1] = found[1], found[0]


def _reserve(found: list[Any]) -> None:
    after = next(n for n, row in enumerate(found) if row.outcome == "递补")
    one, two = found[after : after + 2]
    found[after : after + 2] = [evolve(two, rank=one.rank), evolve(one, rank=two.rank)]


def _no_reserve(found: list[Any]) -> None:
    found[:] = [row for row in found if row.outcome == "抽中"]


def _ticket(found: list[Any]) -> None:
    found[0] = evolve(found[0], ticket=last_digit(found[0].ticket))


def _teams() -> Iterator[tuple[str, Vector]]:
    made: dict[str, tuple[str, Callable[[list[Any]], object], str]] = {
        "another-officer": ("another officer in a place", _another_officer, "SSJ-V080"),
        "rows-exchanged": ("two rows exchanged", _exchange, "SSJ-V082"),
        "another-name": ("an officer called otherwise", other(0, officer_name="别人"), "SSJ-V080"),
        "row-missing": ("a team without its member", lambda found: found.pop(), "SSJ-V081"),
    }
    for name, (about, change, code) in made.items():
        files = forged(outcome={"teams.csv": rows("teams.csv", change)})
        yield f"teams-{name}", bad(f"teams.csv: {about}", "8.4 11.3", 9, code, files)


def _another_officer(found: list[Any]) -> None:
    team = {row.officer for row in found if row.subject == found[0].subject}
    free = next(o for o in sealed().officers if o.id not in team)
    found[0] = evolve(found[0], officer=free.id, officer_name=free.name, section=free.section)


def _matching() -> Iterator[tuple[str, Vector]]:
    for name, about in (("input_digest", "input digest"), ("key", "key")):
        files = recorded(honest(), lambda r, name=name: r["matching"].update({name: last_digit(r["matching"][name])}))  # type: ignore[misc]
        yield f"matching-{name.replace('_', '-')}", bad(f"another {about}", "8.1 8.7", 10, "SSJ-V083", files)
    for name in ("low", "places"):
        files = recorded(honest(), put("matching", "share", 0, name, value=9))
        yield f"matching-{name}", bad(f"another value of {name} for one officer", "8.3 8.7", 10, "SSJ-V083", files)
    fewer = recorded(honest(), lambda r: r["matching"]["share"].pop())
    yield "matching-officer-missing", bad("an officer without a range", "8.7", 10, "SSJ-V083", fewer)
