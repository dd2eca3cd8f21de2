"""Replacements verified: the true ones hold, every changed byte and every lie is noticed by both programs."""

import tomllib
from collections.abc import Callable
from typing import Any

import pytest
import tomli_w
from attrs import evolve

from ssj_core import ledger as ledgers
from ssj_core.canonical import digest
from ssj_core.ledger import Ledger
from ssj_core.record import closed
from ssj_core.replacement.asked import Asked
from ssj_core.replacement.event import Event
from ssj_core.rules.effective import SealedEntropy, SealedReplacement
from ssj_core.standing import path
from ssj_core.tables import TeamRow, decode_table, encode_table
from ssj_core.verify import verify_folder
from ssj_core.verify.dropped import drop_rate
from ssj_core.verify.replaced import replacement_reports
from ssj_core.verify.report import Report, worst
from tests.replacing import LINKS, Replacing
from tests.strategies import SECTIONS, Case, evolve_plan, make_office, make_officer, make_subject
from tests.verifiers.independent import SSJ


def case(ways: SealedReplacement | None = None) -> Case:
    plain = Case(
        office=make_office(entropy=("os",)),
        subjects=tuple(make_subject(n, section=SECTIONS[n % 2]) for n in range(14)),
        officers=tuple(make_officer(n, section=SECTIONS[n % 2]) for n in range(7)),
    )
    return evolve_plan(plain, replacement=ways or SealedReplacement())


def all_kinds() -> Replacing:
    """The next ticket, new entropy, an officer of one team, an officer of all."""
    r = Replacing(case())
    r.ask(r.standing.rows[0].subject, "deregistered")
    r.ask(r.standing.rows[2].subject, "closed")
    officer = r.standing.rows[0].officer
    r.ask(officer, "recusal", r.standing.visits_of(officer)[:1])
    r.ask(r.standing.rows[1].officer, "leave")
    return r


def reports(r: Replacing, ledger: bool = True) -> tuple[Report, ...]:
    return replacement_reports(r.files, r.name, r.ledger if ledger else None)


def verdict(r: Replacing, ledger: bool = True) -> str:
    """What the core says; the independent program must say the same."""
    ours = worst(report.arithmetic for report in reports(r, ledger))
    events = [dict(zip(FIELDS, (getattr(e, f) for f in FIELDS), strict=True)) for e in r.ledger.events]
    theirs = SSJ.worst(SSJ.verify_replacements(r.files, r.name, events if ledger else None))
    assert ours == theirs, [(s.title.en, s.status, s.details) for one in reports(r, ledger) for s in one.steps]
    return ours


FIELDS = ("number", "previous", "event", "draw", "time", "data")


def test_what_is_true_holds() -> None:
    r = all_kinds()
    assert verdict(r) == verdict(r, ledger=False) == "holds"
    found = reports(r)
    assert [one.draw_id for one in found] == [f"p-b-1+{n}" for n in range(1, 5)]
    assert [one.level for one in found] == [None, "E0", "E0", "E0"]
    said = "\n".join(text.zh for one in found for text in one.summary)
    for event, _ in r.done:
        assert event.unit in said
        assert f"{event.document}；决定人：{event.by}" in said
    rate = drop_rate(r.files)
    assert rate is not None
    assert rate.zh == "替换率 50.00%：抽中 4 个，替换 2 个，其中 1 个的理由由抽取单位自己认定"


def test_the_folder_tells_who_was_dropped() -> None:
    r = all_kinds()
    ledger = b"".join(e.encode() + b"\n" for e in r.ledger.events)
    found = verify_folder({r.name: r.files}, ledger)
    assert worst(one.arithmetic for one in found) == "holds"
    assert [one.draw_id for one in found][2:] == [f"p-b-1+{n}" for n in range(1, 5)]
    assert any("替换率" in text.zh for one in found for text in one.summary)


def test_by_the_chain_it_holds_too() -> None:
    r = Replacing(case(SealedReplacement(mode="R2", anchor=LINKS[-1], rounds=2)))
    for _ in range(3):
        r.ask(r.standing.rows[0].subject, "closed")
    assert verdict(r) == verdict(r, ledger=False) == "holds"
    early = Replacing(case(SealedReplacement(mode="R2", anchor=LINKS[-1], rounds=2)))
    for _ in range(2):
        early.ask(early.standing.rows[0].subject, "closed")
    asked = Asked(unit=early.standing.rows[0].subject, reason="closed", document="件", by="人")
    early = Replacing(early.case)
    event = early.decided(evolve(asked, unit=early.standing.rows[0].subject))
    early.carry_out(evolve(event, mode="R3", round=0, entropy=(SealedEntropy(source="os"),)))
    assert verdict(early) == "fails"  # the ledger shows that no round was used
    assert verdict(early, ledger=False) == "unknown"
    assert "SSJ-V221" in codes(reports(early, ledger=False))


def test_a_round_left_out_or_used_twice_is_noticed() -> None:
    for number, status in ((2, "holds"), (1, "fails")):
        r = Replacing(case(SealedReplacement(mode="R2", anchor=LINKS[-1], rounds=3)))
        r.ask(r.standing.rows[0].subject, "moved")
        asked = Asked(unit=r.standing.rows[0].subject, reason="moved", document="件", by="人")
        link = SealedEntropy(source="chain", appointed={"anchor": LINKS[-1], "round": str(number)})
        r.carry_out(evolve(r.decided(asked), round=number, entropy=(link,)))
        assert verdict(r) == status


def test_what_cannot_be_recomputed_fails_with_its_own_code() -> None:
    r = all_kinds()
    r.files[path(4, "teams.csv")] = r.files[path(4, "teams.csv")].replace(b",1,", b",01,", 1)
    assert "SSJ-V203" in codes(reports(r))
    r = all_kinds()
    r.files[path(4, "event.toml")] = r.files[path(4, "event.toml")].replace(b"follows = 3", b"follows = 7")
    assert {"SSJ-V204", "SSJ-V205"} <= codes(reports(r))
    unknown = Replacing(case())
    asked = Asked(unit=unknown.standing.rows[0].subject, reason="closed", document="件", by="人")
    event = unknown.decided(asked)
    unknown.carry_out(evolve(event, entropy=(SealedEntropy(source="elsewhere.beacon"),)))
    assert "SSJ-V212" in codes(reports(unknown))
    nothing = Replacing(case())
    nothing.carry_out(event)
    data = nothing.files[path(1, "event.toml")]
    nothing.files[path(1, "event.toml")] = data[: data.index(b"entropy")] + b"entropy = []\n"
    assert "SSJ-V213" in codes(reports(nothing))


def test_what_builds_on_one_that_cannot_be_told_cannot_be_told() -> None:
    for spoil in (None, b"ssj-replace/3"):
        r = all_kinds()
        event = r.files.pop(path(2, "event.toml"))
        if spoil:
            r.files[path(2, "event.toml")] = event.replace(b"ssj-replace/1", spoil)
        found = reports(r)
        assert [one.arithmetic for one in found] == ["holds", "unknown", "unknown", "unknown"]
        assert codes(found[1:2]) == {"SSJ-V005" if spoil else "SSJ-V202"}
        assert codes(found[2:]) == {"SSJ-V222"}
        steps = SSJ.verify_replacements(r.files, r.name, [{f: getattr(e, f) for f in FIELDS} for e in r.ledger.events])
        assert [verdict for verdict, _, _ in steps[1:]] == [one.arithmetic for one in found]


def test_a_draw_without_replacements_has_no_report() -> None:
    r = Replacing(case())
    assert reports(r) == ()
    assert drop_rate(r.files) is None


def test_teams_that_cannot_be_read_stop_nothing() -> None:
    for rubbish in (b"", b"\xff", all_kinds().files["teams.csv"].replace(b"\n", b"\r\n")):
        r = all_kinds()
        r.files["teams.csv"] = rubbish
        assert drop_rate(r.files) is None
        assert worst(one.arithmetic for one in verify_folder({r.name: r.files}, None)) == "fails"


def test_every_changed_file_is_noticed() -> None:
    r = all_kinds()
    for name in [n for n in r.files if n.startswith("replacements/")]:
        good = r.files[name]
        for at in range(0, len(good), 97):  # a prime: no column of a table is always missed
            r.files[name] = good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :]
            assert worst(one.arithmetic for one in reports(r)) == "fails", (name, at)
        for rubbish in (b"", b"\xff\xfe", good[:-1], good + b"\n", good * 2, b"[" * 5000):
            r.files[name] = rubbish
            assert worst(one.arithmetic for one in reports(r)) == "fails", (name, rubbish[:9])
        r.files[name] = good


def test_a_missing_file_cannot_be_told() -> None:
    r = all_kinds()
    for name in [n for n in r.files if n.startswith("replacements/4/")] + ["teams.csv", "rules.toml", "record.toml"]:
        good = r.files.pop(name)
        assert verdict(r) == "unknown", name
        assert codes(reports(r)) & {"SSJ-V201", "SSJ-V202"}
        r.files[name] = good
    for name in [n for n in r.files if n.startswith("replacements/")]:
        del r.files[name]
    assert [one.arithmetic for one in reports(r)] == ["unknown"] * 4
    assert reports(r, ledger=False) == ()


def lies() -> list[Any]:
    """Events that no office may seal, each carried out to the end and with every digest right."""

    def subject(r: Replacing, reason: str = "closed", **change: Any) -> Event:
        asked = Asked(unit=r.standing.rows[0].subject, reason=reason, document="件", by="人")
        return evolve(r.decided(asked), **change)

    def officer(r: Replacing, **change: Any) -> Event:
        most = max({p.officer for p in r.standing.rows}, key=lambda o: len(r.standing.visits_of(o)))
        return evolve(r.decided(Asked(unit=most, reason="leave", document="件", by="人")), **change)

    def another(r: Replacing) -> str:
        row = next(p for p in r.standing.rows if p.officer != officer(r).unit)
        return f"{row.subject}#{row.place}"

    os = (SealedEntropy(source="os"),)
    made: dict[str, Callable[[Replacing], Event]] = {
        "SSJ-V210 judged-by-the-office-and-foreseeable": lambda r: subject(r, mode="R1", entropy=()),
        "SSJ-V210 objective-but-by-lot": lambda r: subject(r, "moved", mode="R3", entropy=os),
        "SSJ-V208 unknown-reason": lambda r: evolve(subject(r), reason="unreachable"),
        "SSJ-V208 an-officers-reason": lambda r: evolve(subject(r), reason="leave"),
        "SSJ-V208 no-document": lambda r: subject(r, document=""),
        "SSJ-V208 no-decider": lambda r: subject(r, by=""),
        "SSJ-V209 withdraws-from-some": lambda r: officer(r, visits=officer(r).visits[:1]),
        "SSJ-V209 an-officer-with-a-mode": lambda r: officer(r, mode="R3"),
        "SSJ-V210 a-round-without-a-chain": lambda r: subject(r, round=1),
        "SSJ-V211 entropy-twice": lambda r: subject(r, entropy=os * 2),
        "SSJ-V211 another-source": lambda r: subject(r, entropy=(SealedEntropy(source="text"),)),
        "SSJ-V211 needless-entropy": lambda r: subject(r, "moved", entropy=os),
        "SSJ-V220 places-released-without-need": lambda r: officer(r, released=(another(r),)),
        "SSJ-V209 a-subject-that-withdraws": lambda r: subject(r, withdraws=True),
        "SSJ-V209 a-subject-with-visits": lambda r: subject(r, visits=(r.standing.rows[0].subject,)),
    }
    return [pytest.param(make, name[:8], id=name[9:]) for name, make in made.items()]


def codes(found: tuple[Report, ...]) -> set[str]:
    """Codes of everything that was found."""
    return {p.code for one in found for step in one.steps for p in step.details}


@pytest.mark.parametrize(("lie", "code"), lies())
def test_every_lie_is_noticed(lie: Callable[[Replacing], Event], code: str) -> None:
    r = Replacing(case())
    r.carry_out(lie(r))
    assert verdict(r, ledger=False) == "fails"
    assert code in codes(reports(r, ledger=False))


def spoiled(change: Callable[[dict[str, Any], list[Any], Replacing], object]) -> Replacing:
    """The last replacement with another record and teams, all digests made right."""
    r = all_kinds()
    record = tomllib.loads(r.files[path(4, "replacement.toml")].decode())
    rows = list(decode_table(TeamRow, r.files[path(4, "teams.csv")]))
    change(record, rows, r)
    teams = encode_table(TeamRow, rows)
    record["tables"]["teams.csv"] = digest(teams)
    del record["closing"]
    r.files[path(4, "teams.csv")] = teams
    r.files[path(4, "replacement.toml")] = closed(tomli_w.dumps(record))
    return r


def not_in(row: TeamRow, r: Replacing) -> str:
    return next(o.id for o in r.sealed.officers if o.id != row.officer)


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("SSJ-V214", lambda record, *_: record.update(seed="0" * 64)),
        ("SSJ-V207", lambda record, *_: record["commitment"].update(parent="0" * 64)),
        ("SSJ-V207", lambda record, *_: record["commitment"].update(previous_head="0" * 64)),
        ("SSJ-V207", lambda record, *_: record["commitment"].update(value="0" * 64)),
        (
            "SSJ-V215",
            lambda record, *_: record.update(successor={"id": "test:S000", "stratum": "全部", "ticket": "0" * 64}),
        ),
        ("SSJ-V216", lambda record, *_: record.pop("matching")),
        ("SSJ-V216", lambda record, *_: record["matching"].update(key="0" * 64)),
        ("SSJ-V211", lambda record, *_: record["entropy"].clear()),
        ("SSJ-V214", lambda record, *_: record["entropy"][0].update(canonical="0" * 64, raw="0" * 64)),
        ("SSJ-V206", lambda record, *_: record.update(id="p-b-1+5")),
        ("SSJ-V217", lambda _, rows, __: rows.append(rows[-1])),
        ("SSJ-V217", lambda _, rows, __: rows.pop()),
        ("SSJ-V217", lambda _, rows, __: rows.reverse()),
        ("SSJ-V217", lambda _, rows, r: rows.__setitem__(0, evolve(rows[0], officer=not_in(rows[0], r)))),
        ("SSJ-V217", lambda _, rows, __: rows.__setitem__(0, evolve(rows[0], officer_name="另一人"))),
        ("SSJ-V006", lambda record, *_: record.update(more=1)),
        ("SSJ-V005", lambda record, *_: record.update(format="ssj-replacement/2")),  # cannot be told
    ],
)
def test_another_outcome_is_noticed(
    code: str, change: Callable[[dict[str, Any], list[Any], Replacing], object]
) -> None:
    r = spoiled(change)
    assert verdict(r, ledger=False) != "holds"
    assert any(found.startswith(code) for found in codes(reports(r, ledger=False)))


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [
        ("replace", "unit", "test:S001"), ("replace", "reason", "other"), ("replace", "document", "另一件"),
        ("replace", "by", "另一人"), ("replace", "commitment", "0" * 64), ("replace", "event", "0" * 64),
        ("replace", "parent", "0" * 64), ("entropy", "commitment", "0" * 64), ("entropy", "evidence", []),
        ("replaced", "record", "0" * 64), ("replaced", "seed", "0" * 64),
    ],
)  # fmt: skip
def test_the_ledger_must_agree(kind: str, key: str, value: Any) -> None:
    r = all_kinds()
    mine = (kind, "p-b-1+4")
    r.ledger = rewritten(r.ledger, lambda e: {**e.data, key: value} if (e.event, e.draw) == mine else e.data)
    assert verdict(r) == "fails"
    assert "SSJ-V219" in codes(reports(r))


def test_times_of_the_ledger_must_agree() -> None:
    for kind in ("replace", "entropy"):
        r = all_kinds()
        r.ledger = rewritten(r.ledger, lambda e: e.data, late=(kind, "p-b-1+4"))
        assert verdict(r) == "fails"


def test_a_replacement_the_ledger_does_not_have_fails() -> None:
    r = all_kinds()
    short = r.ledger.events[:-3]
    r.ledger = ledgers.read(b"".join(e.encode() + b"\n" for e in short))
    assert verdict(r) == "fails"
    assert "SSJ-V218" in codes(reports(r))


def rewritten(ledger: Ledger, data: Callable[[ledgers.Event], Any], late: tuple[str, str] = ("", "")) -> Ledger:
    """The same ledger with other data in some line, chained anew."""
    made = Ledger()
    lines: list[bytes] = []
    for event in ledger.events:
        time = "2030-01-01T00:00:00+08:00" if (event.event, event.draw) == late else event.time
        lines.append(made.next(event.event, event.draw, time, data(event)).encode() + b"\n")
        made = ledgers.read(b"".join(lines))
    return made
