"""Bad outcomes of good events: another seed, successor or team, a link of the chain out of turn, weak witnesses."""

import tomllib
from collections.abc import Callable, Iterator
from typing import Any

from attrs import define, evolve

from ssj_core.canonical import digest
from ssj_core.entropy import chain
from ssj_core.entropy.model import Evidence
from ssj_core.replacement.asked import Asked
from ssj_core.replacement.event import Event
from ssj_core.replacement.record import FILE
from ssj_core.rules.effective import SealedReplacement
from ssj_core.standing import path
from ssj_core.tables import TeamRow, decode_table
from tests.replacing import Replacing
from tests.vectors.spoiled.base import WITNESSED, case, other, put
from tests.vectors.spoiled.goods import by_chain, officer
from tests.vectors.spoiled.ledgers import again, written
from tests.vectors.spoiled.replaced import ASK_OS, alone, bad_one, respelt, subject
from tests.vectors.spoiled.vector import NAME, Files, Vector


def vectors() -> Iterator[tuple[str, Vector]]:
    """Name and vector."""
    yield from _outcomes()
    yield from _chain()
    yield from _levels()


def _outcomes() -> Iterator[tuple[str, Vector]]:
    r = officer()
    subject = r.sealed.subjects[0]
    officer_record = tomllib.loads(r.files[path(1, FILE)].decode())
    stepped_in = {"id": subject.id, "stratum": subject.stratum, "ticket": "0" * 64}
    made: dict[str, tuple[str, str, str, Files]] = {
        "another-seed": ("another seed", "13.9", "SSJ-V214", respelt(put("seed", value="0" * 64))),
        "without-a-seed": ("entropy, and no seed", "13.9", "SSJ-V214", respelt(put("seed", value=""))),
        "other-entropy": (
            "other entropy than the seed was made from", "13.9", "SSJ-V214",
            respelt(lambda b: b["entropy"][0].update(canonical="0" * 64, raw="0" * 64)),
        ),
        "entropy-missing": ("the entropy is not there", "13.9", "SSJ-V211", respelt(lambda b: b["entropy"].clear())),
        "needless-successor": (
            "somebody steps in for an officer", "13.5", "SSJ-V215",
            respelt(lambda b: b.update(successor=stepped_in)),
        ),
        "matching-key": (
            "another key of the matching", "13.8", "SSJ-V216", respelt(put("matching", "key", value="0" * 64)),
        ),
        "needless-evidence": (
            "evidence that the event does not ask for", "13.9", "SSJ-V211",
            respelt(lambda b: b.update(entropy=officer_record["entropy"]), r=alone(1)),
        ),
        "another-name": ("an officer's name", "13.8", "SSJ-V217", respelt(rows=other(0, officer_name="别人"))),
        "matching-missing": ("no matching", "13.8", "SSJ-V216", respelt(lambda b: b.pop("matching"))),
        "another-officer": ("another officer put in", "13.8", "SSJ-V217", respelt(rows=_another_officer(r))),
        "kept-place-changed": ("a place that was not free is another's", "13.8", "SSJ-V217", respelt(rows=_kept)),
        "team-gone": ("a team is gone", "13.8", "SSJ-V217", respelt(rows=lambda found: found.pop())),
        "rows-exchanged": ("rows in another order", "13.8", "SSJ-V217", respelt(rows=lambda found: found.reverse())),
    }  # fmt: skip
    for name, (about, musts, code, files) in made.items():
        yield f"replacement-{name}", bad_one(about, musts, code, files)
    for mode, number in (("next", 1), ("lot", 2)):
        only = alone(number)
        yield f"replacement-wrong-successor-by-{mode}", bad_one(
            "another of the same stratum steps in, with team and ticket", "13.5 13.13", "SSJ-V215",
            _another_steps_in(only),
        )  # fmt: skip


def _another_steps_in(r: Replacing) -> Files:
    """A friend of the same stratum, with ticket and team of the one who should."""
    made = r.done[-1][1]
    chosen = made.successor
    assert chosen is not None
    drawn = {row.subject for row in Replacing(case("os")).standing.rows}
    friend = next(s for s in r.sealed.subjects if s.stratum == made.stratum and s.id not in drawn and s.id != chosen.id)

    def rows(found: list[Any]) -> None:
        found[:] = [
            evolve(row, subject=friend.id, name=friend.name) if row.subject == chosen.id else row for row in found
        ]

    return respelt(lambda b: b["successor"].update(id=friend.id), rows, r=r)


def _another_officer(r: Replacing) -> Callable[[list[Any]], None]:
    """In the first place that the replacement gave."""
    before = {(row.subject, row.place): row.officer for row in decode_table(TeamRow, r.files["teams.csv"])}

    def change(found: list[Any]) -> None:
        at = next(n for n, row in enumerate(found) if before[row.subject, row.place] != row.officer)
        gone = before[found[at].subject, found[at].place]
        mates = {row.officer for row in found if row.subject == found[at].subject}
        other = next(o for o in r.sealed.officers if o.id not in mates and o.id != gone)
        found[at] = evolve(found[at], officer=other.id, officer_name=other.name, section=other.section)

    return change


def _kept(found: list[Any]) -> None:
    """Lead and member of the first team exchanged."""
    one, two = found[:2]
    keys = ("officer", "officer_name", "section")
    found[0] = evolve(one, **{key: getattr(two, key) for key in keys})
    found[1] = evolve(two, **{key: getattr(one, key) for key in keys})


def _chain() -> Iterator[tuple[str, Vector]]:
    link = tomllib.loads(by_chain(2).files[path(2, FILE)].decode())["entropy"][0]["canonical"]
    files = respelt(lambda b: b["entropy"][0].update(raw=link, canonical=link), r=by_chain(1))
    yield "replacement-another-link", bad_one("the link of another round", "13.6", "SSJ-C013", files)
    r: Replacing = _OfAnotherChain(by_chain(0).case)
    r.ask(r.standing.rows[-1].subject, "closed")
    yield "replacement-another-chain", bad_one("the link of a chain nobody sealed", "13.6", "SSJ-C013", r.files)
    anchor = digest(b"ssj.chain.1\nabc\n")
    r = _OfAnotherChain(
        case("os").planned(replacement=SealedReplacement(mode="R2", anchor=anchor, rounds=1)), link="abc"
    )
    r.ask(r.standing.rows[-1].subject, "closed")
    yield "replacement-link-that-is-none", bad_one("a link of three letters", "13.6", "SSJ-C013", r.files)
    r = by_chain(2)
    event = by_chain(1).decided(Asked(unit=r.standing.rows[0].subject, reason="closed", document="件", by="人"))
    third = evolve(event.entropy[0], appointed={**event.entropy[0].appointed, "round": "3"})
    r.carry_out(evolve(event, id=f"{NAME}+3", follows=2, round=3, entropy=(third,)))
    yield "replacement-round-more", bad_one("a round more than the chain has", "13.7", "SSJ-V210", r.files, 3)
    r = by_chain(0)
    event = subject()(r)
    second = evolve(event.entropy[0], appointed={**event.entropy[0].appointed, "round": "2"})
    r.carry_out(evolve(event, entropy=(second,)))
    yield "replacement-round-said-otherwise", bad_one("another round is appointed", "13.6", "SSJ-V210", r.files)
    files = respelt(lambda b: b["entropy"][0].update(source="text"), r=by_chain(1))
    yield "replacement-link-of-another-source", bad_one("a link that is said to be words", "13.6", "SSJ-V211", files)
    r = by_chain(0)
    event = subject()(r)
    r.carry_out(evolve(event, mode="R3", round=0, entropy=ASK_OS))
    yield (
        "replacement-past-the-chain",
        bad_one(
            "new entropy although links of the chain are left",
            "13.7",
            "SSJ-V210",
            r.files,
            ledger=written(again(r.ledger)),
        ),
    )
    alone = "new entropy although links of the chain are left, as far as one sees without the ledger"
    yield "replacement-past-the-chain-alone", bad_one(alone, "13.7", "SSJ-V221", r.files, verdict="unknown")
    r = by_chain(1)
    event = subject()(r)
    same = {**event.entropy[0].appointed, "round": "1"}
    r.carry_out(evolve(event, round=1, entropy=(evolve(event.entropy[0], appointed=same),)))
    yield "replacement-round-again", bad_one("a round that was revealed before", "13.6", "SSJ-V210", r.files, 2)


@define
class _OfAnotherChain(Replacing):
    """A keeper who takes another link than the anchor binds him to."""

    link: str = "c" * 64

    def _evidence(self, event: Event, source: str, salt: str) -> Evidence:
        assert (source, salt) == (chain.NAME, "")
        assert [e.source for e in event.entropy] == [source]
        return Evidence(source=source, raw=self.link, canonical=self.link)


def _levels() -> Iterator[tuple[str, Vector]]:
    strict = evolve(case("text").planned(assurance="E2"), evidence=(WITNESSED,))
    for name, about, change, musts in (
        ("one-witness", "one witness only", {"who": ("甲",)}, "13.9 11.7"),
        ("before-the-event", "the witnesses spoke before the event", {"when": "2021-03-01T08:59:59"}, "6.9 13.9"),
    ):
        r = Replacing(strict)
        r.said = evolve(WITNESSED, **change)
        r.carry_out(subject()(r))
        yield f"replacement-{name}", bad_one(f"the plan requires E2: {about}", musts, "SSJ-E012", r.files)
    r = Replacing(evolve(case("text"), evidence=(WITNESSED,)))
    r.said = evolve(WITNESSED, raw="12", canonical="12")
    r.carry_out(subject()(r))
    yield "replacement-too-short", bad_one("words of six bits", "6.2 13.9", "SSJ-E004", r.files)
