"""Bad replacements: events no office may register, and other outcomes than the rules give; all digests are right."""

import tomllib
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

import tomli_w
from attrs import define, evolve

from ssj_core.canonical import digest
from ssj_core.commitment import NO_LEDGER
from ssj_core.entropy import chain
from ssj_core.entropy.model import Evidence
from ssj_core.record import closed
from ssj_core.replacement.asked import Asked
from ssj_core.replacement.event import FILE as EVENT
from ssj_core.replacement.event import Event, encode_event, event_commitment
from ssj_core.replacement.record import FILE
from ssj_core.rules.effective import SealedEntropy, SealedReplacement
from ssj_core.seed import seed
from ssj_core.standing import path
from ssj_core.tables import TeamRow, decode_table, encode_table
from tests.replacing import Replacing
from tests.vectors.spoiled.base import WITNESSED, case, data, last_digit, other, put
from tests.vectors.spoiled.goods import by_chain, led, needy, officer, unsure, whoever
from tests.vectors.spoiled.ledgers import Lines, again, written
from tests.vectors.spoiled.vector import NAME, Files, Vector, bad

ASK_OS: Final = (SealedEntropy(source="os"),)
Lie = Callable[[Replacing], Event]


def vectors() -> Iterator[tuple[str, Vector]]:
    """Name and vector."""
    yield from _subjects()
    yield from _officers()
    yield from _files()
    yield from _keys()
    yield from _outcomes()
    yield from _chain()
    yield from _levels()
    yield from _nobody_left()
    yield from _whoever()
    yield from _ledger()


def _bad(about: str, musts: str, code: str, files: Files, number: int = 1, **more: Any) -> Vector:
    return bad(about, musts, "replacement", code, files, of=f"{NAME}+{number}", **more)


def _carried_out(lie: Lie) -> Files:
    """The event carried out to the end, whatever it says."""
    r = Replacing(case("os"))
    r.carry_out(lie(r))
    return r.files


def _subject(reason: str = "closed", **change: Any) -> Lie:
    def made(r: Replacing) -> Event:
        asked = Asked(unit=r.standing.rows[-1].subject, reason=reason, document="登记查询单 3 号", by="办公室")
        return evolve(r.decided(asked), **change)

    return made


def _officer(**change: Any) -> Lie:
    def made(r: Replacing) -> Event:
        most = max(sorted({p.officer for p in r.standing.rows}), key=lambda o: len(r.standing.visits_of(o)))
        event = r.decided(Asked(unit=most, reason="leave", document="请假条", by="办公室"))
        return evolve(event, **change)

    return made


def _released(r: Replacing) -> Event:
    """The place that would be released, were there need."""
    event = _officer()(r)
    row = min((p for p in r.standing.rows if p.officer != event.unit), key=lambda p: (p.subject, p.place))
    return evolve(event, released=(f"{row.subject}#{row.place}",))


def _subjects() -> Iterator[tuple[str, Vector]]:
    made: dict[str, tuple[str, str, str, Lie]] = {
        "no-document": ("no evidence is named", "13.1", "SSJ-V208", _subject(document="")),
        "no-decider": ("nobody decided", "13.1", "SSJ-V208", _subject(by="")),
        "judged-and-foreseeable": (
            "a reason the office judges, and the next of the reserve steps in", "13.7", "SSJ-V210",
            _subject(mode="R1", entropy=()),
        ),
        "objective-and-by-lot": (
            "an objective reason, and yet by lot", "13.7", "SSJ-V210", _subject("moved", mode="R3", entropy=ASK_OS),
        ),
        "round-without-a-chain": ("a round where there is no chain", "13.7", "SSJ-V210", _subject(round=1)),
        "needless-entropy": (
            "entropy where nothing is left to chance", "13.9", "SSJ-V211", _subject("moved", entropy=ASK_OS),
        ),
        "entropy-twice": ("two numbers where the plan names one", "13.9", "SSJ-V211", _subject(entropy=ASK_OS * 2)),
        "another-source": (
            "another source than the draw's", "13.9", "SSJ-V211", _subject(entropy=(SealedEntropy(source="text"),)),
        ),
        "subject-that-was-not-drawn": ("a subject that does not stand", "13.4", "SSJ-V209", _undrawn),
        "subject-with-visits": (
            "a subject that leaves a team", "13.2 13.4", "SSJ-V209",
            lambda r: _subject(visits=(r.standing.rows[-1].subject,))(r),
        ),
        "subject-that-withdraws": ("a subject that withdraws", "13.2 13.4", "SSJ-V209", _subject(withdraws=True)),
    }  # fmt: skip
    for reason, name in (("unreachable", "unknown-reason"), ("leave", "an-officers-reason")):
        made[name] = (f"the reason is `{reason}`", "13.1", "SSJ-V208", _for(reason))
    for name, (about, musts, code, lie) in made.items():
        yield f"replacement-{name}", _bad(about, musts, code, _carried_out(lie))


def _undrawn(r: Replacing) -> Event:
    stand = {row.subject for row in r.standing.rows}
    other = next(s for s in r.sealed.subjects if s.id not in stand)
    return evolve(_subject()(r), unit=other.id, name=other.name)


def _for(reason: str) -> Lie:
    """A reason that cannot be asked for."""
    return lambda r: evolve(_subject()(r), reason=reason)


def _officers() -> Iterator[tuple[str, Vector]]:
    made: dict[str, tuple[str, str, Lie]] = {
        "withdraws-from-some": ("an officer withdraws and stays in a team", "13.2", _half),
        "officer-who-leaves-nothing": (
            "an officer leaves no team",
            "13.4",
            _officer(visits=(), withdraws=False, entropy=()),
        ),
        "officer-with-a-round": ("an officer's event with a round", "13.2", _officer(round=1)),
        "officer-with-a-mode": ("an officer's event with a mode", "13.2", _officer(mode="R3")),
        "visits-exchanged": ("the teams he leaves in another order", "13.2", _turned),
        "officer-not-in-the-team": ("an officer leaves a team he is not in", "13.4", _stranger),
    }
    for name, (about, musts, lie) in made.items():
        yield f"replacement-{name}", _bad(about, musts, "SSJ-V209", _carried_out(lie))
    about = "another place is drawn again although nothing asks for it"
    yield "replacement-places-released", _bad(about, "13.14", "SSJ-V220", _carried_out(_released))
    for name, about, places in (
        ("more-released", "two places are drawn again where one would do", ("test:0008#1", "test:0010#1")),
        ("another-released", "a place is drawn again where one before it would do", ("test:0010#1",)),
    ):
        event, r = needy()[0], Replacing(needy()[1].case)
        r.carry_out(evolve(event, released=places))
        yield f"replacement-{name}", _bad(about, "13.14", "SSJ-V220", r.files)


def _half(r: Replacing) -> Event:
    event = _officer()(r)
    assert len(event.visits) > 1
    return evolve(event, visits=event.visits[:1])


def _turned(r: Replacing) -> Event:
    event = _officer()(r)
    return evolve(event, visits=event.visits[::-1], withdraws=False)


def _stranger(r: Replacing) -> Event:
    event = _officer()(r)
    his = r.standing.rows[0].subject
    other = next(o for o in r.sealed.officers if his not in r.standing.visits_of(o.id))
    return evolve(event, unit=other.id, name=other.name, visits=(his,), withdraws=False)


def _spoiled(
    record: Callable[[dict[str, Any]], object] = lambda _: None,
    rows: Callable[[list[Any]], object] = lambda _: None,
    *,
    event: Callable[[bytes], bytes] = lambda content: content,
    r: Replacing | None = None,
) -> Files:
    """A good replacement with another record, event or other teams; commitment, digests and closing made right."""
    files = dict((r or officer()).files)
    place, teams = path(1, FILE), path(1, "teams.csv")
    found: list[Any] = list(decode_table(TeamRow, files[teams]))
    rows(found)
    files[teams] = encode_table(TeamRow, found)
    sealed, said = path(1, EVENT), files[path(1, EVENT)]
    body = tomllib.loads(files[place].decode())
    body["tables"]["teams.csv"] = digest(files[teams])
    if (changed := event(said)) != said:
        files[sealed] = changed
        body["tables"][EVENT] = digest(changed)
        parts = body["commitment"]
        value = event_commitment(body["id"], parts["parent"], changed, parts["previous_head"])
        body["commitment"] |= {"event_digest": digest(changed), "value": value}
        if body.get("entropy"):
            body["seed"] = seed(value, [f"{e['source']}:{e['canonical']}" for e in body["entropy"]])
    record(body)
    body.pop("closing", None)
    files[place] = closed(tomli_w.dumps(body))
    return files


def _files() -> Iterator[tuple[str, Vector]]:
    event = path(1, "event.toml")
    changed = {**officer().files, event: data("材料一份", "材料两份")(officer().files[event])}
    yield "replacement-event-changed", _bad("the evidence of the event was changed", "13.13", "SSJ-V205", changed)
    teams = path(1, "teams.csv")
    changed = {**officer().files, teams: data(",1,", ",01,")(officer().files[teams])}
    yield "replacement-teams-form", _bad("teams.csv in another form", "9.2 13.13", "SSJ-V203", changed)
    listed = _spoiled(lambda b: b["tables"].update({EVENT: "0" * 64}))
    yield "replacement-digest-of-the-event", _bad("another digest of event.toml", "13.13", "SSJ-V205", listed)
    rings = _spoiled(event=data("材料一份", "\\u0007材料一份"), r=_alone(1))
    yield "replacement-event-that-rings", _bad("evidence that rings", "9.6", "SSJ-V011", rings)
    place = path(1, FILE)
    changed = {**officer().files, place: data("T09:05", "T09:06")(officer().files[place])}
    yield "replacement-closing", _bad("the record was changed and not closed", "9.4 13.13", "SSJ-V002", changed)
    for name in ("event.toml", FILE, "teams.csv"):
        files = {file: content for file, content in officer().files.items() if file != path(1, name)}
        yield (
            f"replacement-without-{name.partition('.')[0]}",
            _bad(f"no {name}: it cannot be told", "11.1", "SSJ-V202", files, verdict="unknown"),
        )
    yield (
        "replacement-id",
        _bad("the record of another replacement", "13.2", "SSJ-V206", _spoiled(put("id", value=f"{NAME}+5"))),
    )
    for field in ("parent", "event_digest", "previous_head", "value"):
        files = _spoiled(lambda b, field=field: b["commitment"].update({field: last_digit(b["commitment"][field])}))  # type: ignore[misc]
        yield f"replacement-{field.replace('_', '-')}", _bad(f"another {field}", "13.2", "SSJ-V207", files)
    about = "a head that is no digest, and the commitment made with it"
    yield "replacement-previous-head-in-capitals", _bad(about, "2.1", "SSJ-V207", _spelt())


def _spelt() -> Files:
    """The next of the reserve steps in: nothing is drawn from the commitment."""
    r = Replacing(case("os"))
    r.ask(r.standing.rows[-1].subject, "moved")
    assert not r.done[0][0].entropy
    head = NO_LEDGER[:-1] + "A"

    def change(body: dict[str, Any]) -> None:
        parts = body["commitment"]
        value = event_commitment(body["id"], parts["parent"], r.files[path(1, EVENT)], head)
        parts |= {"previous_head": head, "value": value}

    return _spoiled(change, r=r)


def _keys() -> Iterator[tuple[str, Vector]]:
    """Keys and values that no event and no record of a replacement has, and those of a newer version."""
    named: dict[str, tuple[str, str, str, str, str]] = {
        "unknown-field": ("a field that no event has", "SSJ-V006", "follows = 0", "follows = 0\ncolour = 1", "fails"),
        "missing-field": ("no `follows`", "SSJ-V007", "follows = 0\n", "", "fails"),
        "wrong-type": ("`withdraws` is text", "SSJ-V008", "withdraws = true", 'withdraws = "true"', "fails"),
        "newer": ("a newer version wrote the event", "SSJ-V005", "ssj-replace/1", "ssj-replace/2", "unknown"),
    }
    for name, (about, code, old, new, verdict) in named.items():
        files = _spoiled(event=data(old, new))
        must = "9.3" if verdict == "fails" else "11.9"
        yield f"replacement-event-{name}", _bad(about, must, code, files, verdict=verdict)
    made: dict[str, tuple[str, str, Callable[[dict[str, Any]], object], str]] = {
        "unknown-field": ("a field that no record has", "SSJ-V006", lambda b: b.update(colour=1), "fails"),
        "missing-field": ("no `drawn_at`", "SSJ-V007", lambda b: b.pop("drawn_at"), "fails"),
        "wrong-type": (
            "a range that is text",
            "SSJ-V008",
            lambda b: b["matching"]["share"][0].update(low="0"),
            "fails",
        ),
        "newer": ("a newer version wrote the record", "SSJ-V005", put("format", value="ssj-replacement/2"), "unknown"),
        "newer-spec": ("of a later specification", "SSJ-V005", put("spec", value="SSJ-DRAW/2"), "unknown"),
    }
    for name, (about, code, change, verdict) in made.items():
        must = "9.3" if verdict == "fails" else "11.9"
        yield f"replacement-record-{name}", _bad(about, must, code, _spoiled(change), verdict=verdict)
    r = Replacing(case("os"))
    for place in (0, -1):
        r.ask(r.standing.rows[place].subject, "deregistered")
    files = {name: content for name, content in r.files.items() if name != path(1, EVENT)}
    yield (
        "replacement-of-an-unknown-one",
        _bad("it builds on one whose event is not there", "11.1", "SSJ-V202", files, verdict="unknown"),
    )


def _outcomes() -> Iterator[tuple[str, Vector]]:
    r = officer()
    subject = r.sealed.subjects[0]
    officer_record = tomllib.loads(r.files[path(1, FILE)].decode())
    stepped_in = {"id": subject.id, "stratum": subject.stratum, "ticket": "0" * 64}
    made: dict[str, tuple[str, str, str, Files]] = {
        "another-seed": ("another seed", "13.9", "SSJ-V214", _spoiled(put("seed", value="0" * 64))),
        "without-a-seed": ("entropy, and no seed", "13.9", "SSJ-V214", _spoiled(put("seed", value=""))),
        "other-entropy": (
            "other entropy than the seed was made from", "13.9", "SSJ-V214",
            _spoiled(lambda b: b["entropy"][0].update(canonical="0" * 64, raw="0" * 64)),
        ),
        "entropy-missing": ("the entropy is not there", "13.9", "SSJ-V211", _spoiled(lambda b: b["entropy"].clear())),
        "needless-successor": (
            "somebody steps in for an officer", "13.5", "SSJ-V215",
            _spoiled(lambda b: b.update(successor=stepped_in)),
        ),
        "matching-key": (
            "another key of the matching", "13.8", "SSJ-V216", _spoiled(put("matching", "key", value="0" * 64)),
        ),
        "needless-evidence": (
            "evidence that the event does not ask for", "13.9", "SSJ-V211",
            _spoiled(lambda b: b.update(entropy=officer_record["entropy"]), r=_alone(1)),
        ),
        "another-name": ("an officer's name", "13.8", "SSJ-V217", _spoiled(rows=other(0, officer_name="别人"))),
        "matching-missing": ("no matching", "13.8", "SSJ-V216", _spoiled(lambda b: b.pop("matching"))),
        "another-officer": ("another officer put in", "13.8", "SSJ-V217", _spoiled(rows=_another_officer(r))),
        "kept-place-changed": ("a place that was not free is another's", "13.8", "SSJ-V217", _spoiled(rows=_kept)),
        "team-gone": ("a team is gone", "13.8", "SSJ-V217", _spoiled(rows=lambda found: found.pop())),
        "rows-exchanged": ("rows in another order", "13.8", "SSJ-V217", _spoiled(rows=lambda found: found.reverse())),
    }  # fmt: skip
    for name, (about, musts, code, files) in made.items():
        yield f"replacement-{name}", _bad(about, musts, code, files)
    for mode, number in (("next", 1), ("lot", 2)):
        only = _alone(number)
        yield f"replacement-wrong-successor-by-{mode}", _bad(
            "another of the same stratum steps in, with team and ticket", "13.5 13.13", "SSJ-V215",
            _another_steps_in(only),
        )  # fmt: skip


def _alone(number: int) -> Replacing:
    r = Replacing(case("os"))
    r.ask(r.standing.rows[-1].subject, "deregistered" if number == 1 else "closed")
    return r


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

    return _spoiled(lambda b: b["successor"].update(id=friend.id), rows, r=r)


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
    files = _spoiled(lambda b: b["entropy"][0].update(raw=link, canonical=link), r=by_chain(1))
    yield "replacement-another-link", _bad("the link of another round", "13.6", "SSJ-C013", files)
    r: Replacing = _OfAnotherChain(by_chain(0).case)
    r.ask(r.standing.rows[-1].subject, "closed")
    yield "replacement-another-chain", _bad("the link of a chain nobody sealed", "13.6", "SSJ-C013", r.files)
    anchor = digest(b"ssj.chain.1\nabc\n")
    r = _OfAnotherChain(
        case("os").planned(replacement=SealedReplacement(mode="R2", anchor=anchor, rounds=1)), link="abc"
    )
    r.ask(r.standing.rows[-1].subject, "closed")
    yield "replacement-link-that-is-none", _bad("a link of three letters", "13.6", "SSJ-C013", r.files)
    r = by_chain(2)
    event = by_chain(1).decided(Asked(unit=r.standing.rows[0].subject, reason="closed", document="件", by="人"))
    third = evolve(event.entropy[0], appointed={**event.entropy[0].appointed, "round": "3"})
    r.carry_out(evolve(event, id=f"{NAME}+3", follows=2, round=3, entropy=(third,)))
    yield "replacement-round-more", _bad("a round more than the chain has", "13.7", "SSJ-V210", r.files, 3)
    r = by_chain(0)
    event = _subject()(r)
    second = evolve(event.entropy[0], appointed={**event.entropy[0].appointed, "round": "2"})
    r.carry_out(evolve(event, entropy=(second,)))
    yield "replacement-round-said-otherwise", _bad("another round is appointed", "13.6", "SSJ-V210", r.files)
    files = _spoiled(lambda b: b["entropy"][0].update(source="text"), r=by_chain(1))
    yield "replacement-link-of-another-source", _bad("a link that is said to be words", "13.6", "SSJ-V211", files)
    r = by_chain(0)
    event = _subject()(r)
    r.carry_out(evolve(event, mode="R3", round=0, entropy=ASK_OS))
    yield (
        "replacement-past-the-chain",
        _bad(
            "new entropy although links of the chain are left",
            "13.7",
            "SSJ-V210",
            r.files,
            ledger=written(again(r.ledger)),
        ),
    )
    alone = "new entropy although links of the chain are left, as far as one sees without the ledger"
    yield "replacement-past-the-chain-alone", _bad(alone, "13.7", "SSJ-V221", r.files, verdict="unknown")
    r = by_chain(1)
    event = _subject()(r)
    same = {**event.entropy[0].appointed, "round": "1"}
    r.carry_out(evolve(event, round=1, entropy=(evolve(event.entropy[0], appointed=same),)))
    yield "replacement-round-again", _bad("a round that was revealed before", "13.6", "SSJ-V210", r.files, 2)


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
        r.carry_out(_subject()(r))
        yield f"replacement-{name}", _bad(f"the plan requires E2: {about}", musts, "SSJ-E012", r.files)
    r = Replacing(evolve(case("text"), evidence=(WITNESSED,)))
    r.said = evolve(WITNESSED, raw="12", canonical="12")
    r.carry_out(_subject()(r))
    yield "replacement-too-short", _bad("words of six bits", "6.2 13.9", "SSJ-E004", r.files)


def _nobody_left() -> Iterator[tuple[str, Vector]]:
    """Two officers are left and are in every team; then one of them drops out."""
    r = Replacing(case("os"))
    first, second, third, *_ = r.sealed.officers
    for one in (first, second):
        r.ask(one.id, "leave")
    number = len(r.done) + 1
    event = evolve(
        r.done[-1][0],
        id=f"{NAME}+{number}",
        follows=number - 1,
        unit=third.id,
        name=third.name,
        visits=r.standing.visits_of(third.id),
    )
    yield "replacement-nobody-left", _bad(
        "an officer drops out although nobody is left for his places", "13.10", "SSJ-M002",
        {**r.files, **_registered(r, event)}, number,
    )  # fmt: skip


def _whoever() -> Iterator[tuple[str, Vector]]:
    """Who steps in is drawn by lot, and what is released would not do for whoever might."""
    r = unsure("test:0008", lambda r: evolve(whoever(r, "test:0010"), released=("test:0009#2", "test:0010#2")))
    yield (
        "replacement-released-for-one-only",
        _bad(
            "the places released are those of who stepped in, not of whoever might have",
            "13.10 13.14",
            "SSJ-V220",
            r.files,
        ),
    )
    start = partial(led, "officer:0005", s2="3 4")
    for name, about, into, released in (
        ("unnamed", "a place released has the name of who steps in, whom nobody knew", "test:0010", ("test:0010#2",)),
        ("none-for-whoever", "nothing is released, and not whoever might step in could be visited", "test:0008", ()),
    ):
        r = unsure(into, lambda r, places=released: evolve(whoever(r, "test:0016"), released=places), start)  # type: ignore[misc]
        code = "SSJ-V220" if released else "SSJ-M002"
        yield f"replacement-released-{name}", _bad(about, "13.10 13.14", code, r.files)
    event = Event(
        format="ssj-replace/1", id=f"{NAME}+1", follows=0, kind="subject", unit="test:0014", name="企业6",
        reason="closed", document="材料一份", by="办公室", mode="R3", entropy=ASK_OS,
    )  # fmt: skip
    r = unsure("test:0010", lambda _: event, partial(led, s0="2 5", s8="2 5"))
    yield (
        "replacement-hopeless-for-another",
        _bad(
            "whatever is released, another who might have stepped in could not be visited", "13.10", "SSJ-M001", r.files
        ),
    )


def _registered(r: Replacing, event: Event) -> Files:
    """Files of a replacement that has no outcome, with the teams and the matching of the one before."""
    number = len(r.done) + 1
    content = encode_event(event)
    body = tomllib.loads(r.files[path(number - 1, FILE)].decode())
    teams = r.files[path(number - 1, "teams.csv")]
    value = event_commitment(event.id, r.parent, content, r.ledger.head)
    body |= {
        "id": event.id,
        "commitment": {
            "parent": r.parent, "event_digest": digest(content), "previous_head": r.ledger.head, "value": value,
        },
        "seed": seed(value, [f"{e['source']}:{e['canonical']}" for e in body["entropy"]]),
        "tables": {EVENT: digest(content), "teams.csv": digest(teams)},
    }  # fmt: skip
    body.pop("closing")
    record = closed(tomli_w.dumps(body))
    return {path(number, EVENT): content, path(number, FILE): record, path(number, "teams.csv"): teams}


def _ledger() -> Iterator[tuple[str, Vector]]:
    last = f"{NAME}+1"
    made: dict[str, tuple[str, str, dict[str, Any]]] = {
        "unit": ("replace", "somebody else dropped out", {"unit": "test:9999"}),
        "reason": ("replace", "another reason", {"reason": "other"}),
        "document": ("replace", "other evidence", {"document": "另一件"}),
        "decider": ("replace", "somebody else decided", {"by": "另一人"}),
        "entropy": ("entropy", "other entropy", {"evidence": []}),
        "record": ("replaced", "another record", {"record": "0" * 64}),
        "time": ("replace", "another time of registration", {}),
    }
    r = officer()
    for name, (kind, about, change) in made.items():
        lines: Lines = [
            (k, draw, "2021-03-01T12:00:00+08:00" if not change else time, {**told, **change})
            if (k, draw) == (kind, last)
            else (k, draw, time, told)
            for k, draw, time, told in again(r.ledger)
        ]
        yield (
            f"ledger-replacement-another-{name}",
            _bad(f"the ledger has {about}", "11.4 13.13", "SSJ-V219", r.files, ledger=written(lines)),
        )
    short = [line for line in again(r.ledger) if line[1] != last]
    yield (
        "ledger-without-the-replacement",
        _bad("the ledger does not have the last replacement", "11.4 13.13", "SSJ-V218", r.files, ledger=written(short)),
    )
    gone = {name: content for name, content in r.files.items() if not name.startswith("replacements/1/")}
    yield "ledger-replacement-without-folder", _bad(
        "a replacement of the ledger is not there: it cannot be told", "11.1", "SSJ-V202", gone,
        ledger=written(again(r.ledger)), verdict="unknown",
    )  # fmt: skip
    follows = _follows_the_wrong_one()
    yield "replacement-follows-another", _bad(
        "built on the draw although a replacement stands", "13.11 13.13", "SSJ-V204", follows.files, 2,
        ledger=written(again(follows.ledger)),
    )  # fmt: skip


def _follows_the_wrong_one() -> Replacing:
    r = Replacing(case("os"))
    standing, parent = r.standing, r.parent
    r.ask(r.standing.rows[0].subject, "deregistered")
    r.standing, r.parent, r.follows = standing, parent, 0
    r.ask(r.standing.rows[-1].subject, "closed")
    return r
