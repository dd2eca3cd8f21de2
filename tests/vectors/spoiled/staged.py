"""Draws with weights and with a second stage: true ones, and what is wrong with theirs (SPEC §7.3, §7.4)."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Final

from attrs import evolve

from ssj_core.canonical import digest
from ssj_core.rules.effective import encode_rules
from ssj_core.sealed import Sealed
from ssj_core.tables import TicketsRow, encode_table
from tests.vectors.spoiled.base import Small, case, forged, recorded, sealed, text
from tests.vectors.spoiled.vector import Vector, bad, good

FAILS: Final = "all digests right"
TICKETS: Final = {"东股": 3, "西股": 1}


@cache
def weighed() -> Sealed:
    """Three tickets for each of 东股, one for each of 西股."""
    made = case.__wrapped__("text", weights=TICKETS, weigh="section").planned().seal()
    assert made.rules.weights is not None
    return _plain(evolve(made, rules=evolve(made.rules, weights=evolve(made.rules.weights, basis=()))))


@cache
def staged() -> Sealed:
    """Three sites of one subject, one of another; one site of a subject that is closed."""
    start = case("text", sites=1)
    subjects = list(start.subjects)
    for n, owner in ((5, "0008"), (6, "0008"), (7, "对象1"), (8, "0008")):
        subjects[n] = evolve(subjects[n], kind="项目", parent=owner)
    made = Small(office=start.office, subjects=tuple(subjects), officers=start.officers).planned().seal()
    assert made.rules.second_stage is not None
    return _plain(evolve(made, rules=evolve(made.rules, second_stage=evolve(made.rules.second_stage, basis=()))))


def _plain(made: Sealed) -> Sealed:
    rules = evolve(made.rules, stated=())
    return evolve(made, rules=rules, rules_data=encode_rules(rules))


def vectors() -> Iterator[tuple[str, Vector]]:
    """Name and vector."""
    yield "good-weights", good("a draw in which some have three tickets", "7.6 7.7", forged(weighed()), "E2")
    yield "good-sites", good("a draw of subjects, then of their sites", "7.8 7.9", forged(staged()), "E2")
    yield from _tickets()
    yield from _sites()


def _tickets() -> Iterator[tuple[str, Vector]]:
    whole = weighed()
    first, *rest = whole.tickets
    more = encode_table(TicketsRow, [evolve(first, tickets=3 if first.tickets == 1 else 1), *rest])
    made: dict[str, tuple[str, str, dict[str, bytes]]] = {
        "tickets-more-than-its-class": ("another number than that of its class", "SSJ-V068", {"tickets.csv": more}),
        "tickets-one-missing": (
            "a subject without a number of tickets", "SSJ-V067", {"tickets.csv": encode_table(TicketsRow, rest)},
        ),
    }  # fmt: skip
    for name, (about, code, tables) in made.items():
        yield name, bad(f"{about}, {FAILS}", "7.7", 3, code, forged(whole, tables=tables))
    exchanged = encode_table(TicketsRow, [whole.tickets[n] for n in (2, 1, 0, 3, 4, 5, 6)])
    about = f"two subjects of one class in another order, {FAILS}"
    files = forged(whole, tables={"tickets.csv": exchanged})
    yield "tickets-exchanged", bad(about, "7.7", 3, "SSJ-V067", files)
    weights = whole.rules.weights
    assert weights is not None
    weights = evolve(weights, classes={**weights.classes, "东股": 65})
    all_65 = tuple(evolve(row, tickets=65) if row.tickets == 3 else row for row in whole.tickets)
    many = forged(_plain(evolve(whole, tickets=all_65, rules=evolve(whole.rules, weights=weights))))
    yield "tickets-sixty-five", bad(f"a class of 65 tickets, {FAILS}", "7.7", 3, "SSJ-V055", many)
    weights = evolve(weights, classes={**weights.classes, "东股": 0})
    none = tuple(evolve(row, tickets=0) if row.tickets == 3 else row for row in whole.tickets)
    few = forged(_plain(evolve(whole, tickets=none, rules=evolve(whole.rules, weights=weights))))
    yield "tickets-none", bad(f"a class of no tickets, {FAILS}", "7.7", 3, "SSJ-V055", few)
    bare = evolve(whole, tickets=())
    silent = forged(bare, tables={"tickets.csv": whole.tables["tickets.csv"]})
    yield (
        "tickets-not-in-the-line",
        bad("roster lines without the numbers of tickets", "5.1 7.7", 4, "SSJ-V070", silent),
    )


def _sites() -> Iterator[tuple[str, Vector]]:
    whole = staged()
    site, subject = whole.sites[0], whole.subjects[0]
    stranger = evolve(whole, sites=(evolve(site, subject="test:9999"), *whole.sites[1:]))
    yield "site-of-an-outsider", bad(f"a site of nobody in the pool, {FAILS}", "7.8", 3, "SSJ-V069", forged(stranger))
    twice = _rows(evolve(whole, sites=(evolve(site, id=subject.id), *whole.sites)))
    yield "site-is-a-subject", bad(f"a site that is a subject, {FAILS}", "7.8 9.7", 3, "SSJ-V057", forged(twice))
    other: dict[str, Callable[[bytes], bytes]] = {"site_draws.csv": _exchanged}
    yield (
        "site-another",
        bad("another site of the same subject is drawn", "7.9", 8, "SSJ-V079", forged(whole, outcome=other)),
    )
    none = forged(whole, rules=text("count = 1", "count = 0"))
    yield "sites-none-of-each", bad(f"a second stage that draws nobody, {FAILS}", "7.9", 3, "SSJ-V055", none)
    one = sealed()
    excluded = tuple(evolve(row, rule="core.no_subject") if n == 0 else row for n, row in enumerate(one.excluded))
    yield (
        "excluded-for-no-second-stage",
        bad(
            f"excluded as a site where there are none, {FAILS}",
            "9.10",
            3,
            "SSJ-V060",
            forged(evolve(one, excluded=excluded)),
        ),
    )
    spare = forged(whole)["site_draws.csv"]

    def said(body: dict[str, Any]) -> None:
        body["tables"]["site_draws.csv"] = digest(spare)

    files = recorded({**forged(one), "site_draws.csv": spare}, said)
    about = f"a table of sites in a draw of one stage, {FAILS}"
    yield "site-draws-not-asked-for", bad(about, "7.9 9.1", 3, "SSJ-V024", files)


def _exchanged(table: bytes) -> bytes:
    rows = [row.split(",") for row in table.decode().split("\n")]
    n = next(n for n, row in enumerate(rows[1:], start=1) if row[1:3] == ["2", "递补"])
    rows[n - 1][3:], rows[n][3:] = rows[n][3:], rows[n - 1][3:]
    return "\n".join(",".join(row) for row in rows).encode()


def _rows(made: Sealed) -> Sealed:
    pins = tuple(evolve(p, rows=p.rows + (p.role == "subjects")) for p in made.rules.rosters)
    return evolve(made, rules=evolve(made.rules, rosters=pins))
