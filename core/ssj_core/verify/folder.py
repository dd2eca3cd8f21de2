"""Verify a working folder: its ledger, every draw in it, and the year's share."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import Any

from attrs import asdict, evolve

from ssj_core import ledger as ledgers
from ssj_core.canonical import digest
from ssj_core.ledger import KINDS, Ledger, LedgerError
from ssj_core.problems import InputError, Problem, problem
from ssj_core.record import FILE, EntropyPart, Record, decode_record
from ssj_core.rules.effective import decode_rules
from ssj_core.sealed import RULES_FILE
from ssj_core.share import yearly_shares
from ssj_core.standing import numbers, replacement_id
from ssj_core.structuring import shown
from ssj_core.text import Text
from ssj_core.verify.coverage import coverage_step
from ssj_core.verify.dropped import drop_rate
from ssj_core.verify.loads import loads_step
from ssj_core.verify.replaced import replacement_reports
from ssj_core.verify.report import Report, Step, made
from ssj_core.verify.signatures import signature_steps
from ssj_core.verify.single import verify_draw


def verify_folder(
    draws: Mapping[str, Mapping[str, bytes]],
    ledger: bytes | None,
    signatures: Mapping[str, bytes] = MappingProxyType({}),
    signer_keys: Collection[str] = (),
) -> tuple[Report, ...]:
    """One report for the ledger, then one per draw in the order of the ledger, each compared with the ledger.

    `draws` maps the name of a draw's folder to its files; `ledger` is `ledger.jsonl`, or None when it is missing;
    `signatures` are the files of `signatures/`, `signer_keys` public keys that whoever verifies knows himself.
    """
    chain, alone = verify_ledger(ledger)
    steps = [alone]
    listed = [e.draw for e in chain.events if e.event == "draw"] if chain else []
    if gone := [problem("SSJ-V091", file=f"draws/{n}", value=n) for n in listed if n not in draws]:
        steps.append(made(Text("每次抽取都在", "every draw is there"), gone))
    if twice := [*_two_folders(draws), *two_commits(chain)]:
        steps.append(made(Text("一个承诺只抽取一次", "there is one draw for one commitment"), twice))
    steps += signature_steps(signatures, chain, draws, signer_keys)
    head = (Text(f"台账头 {chain.head}", f"ledger head {chain.head}"),) if chain else ()
    standing = [n for n in draws if chain is None or not chain.find("void", n)]
    last = {n: chain.last_replacement(n) if chain else max(numbers(draws[n]), default=0) for n in standing}
    shares = tuple(share.text() for share in yearly_shares((draws[n], last[n]) for n in standing))
    first = Report(draw_id=ledgers.FILE, title="", steps=tuple(steps), summary=(*head, *shares))
    order = [*(n for n in listed if n in draws), *sorted(n for n in draws if n not in listed)]
    reports = [first]
    for name in order:
        void = [n for n in numbers(draws[name]) if chain and chain.find("void", replacement_id(name, n))]
        report = _with_ledger(name, draws[name], draws, chain)
        rate = drop_rate(draws[name], void)
        reports.append(evolve(report, summary=(*report.summary, rate)) if rate else report)
        reports += replacement_reports(draws[name], name, chain)
    return tuple(reports)


def verify_ledger(data: bytes | None) -> tuple[Ledger | None, Step]:
    """The ledger by itself: None and why where it is missing, does not hold or was written by a newer version."""
    title = Text("台账：每行接着上一行，次序为封存、熵源、抽取", "the ledger is one chain in the right order")
    if data is None:
        return None, made(title, [problem("SSJ-V090", file=ledgers.FILE)])
    try:
        chain = ledgers.read(data)
    except LedgerError as error:
        return None, made(title, [error.problem])
    return chain, made(title, _remarks(chain))


def two_commits(ledger: Ledger | None) -> Iterator[Problem]:
    """Lines that seal a commitment that was sealed before (MUST-10.7)."""
    sealed: dict[object, str] = {}
    for event in ledger.events if ledger else ():
        if event.event == "commit" and isinstance(value := event.data.get("commitment"), str):
            if value in sealed:
                yield problem("SSJ-V101", file=ledgers.FILE, row=event.number, value=event.draw, other=sealed[value])
            sealed.setdefault(value, event.draw)


def _with_ledger(
    name: str, files: Mapping[str, bytes], draws: Mapping[str, Mapping[str, bytes]], ledger: Ledger | None
) -> Report:
    commit = ledger.find("commit", name) if ledger else None
    report = verify_draw(files, name, commitments=[str(commit.data.get("commitment"))] if commit else ())
    if ledger is None or FILE not in files:
        return report
    title = Text("台账里有这次抽取，且与记录一致", "the ledger has this draw and agrees with the record")
    drawn = ledger.find("draw", name)
    if drawn is None:
        lost = problem("SSJ-V092", file=ledgers.FILE, value=name)
        return evolve(report, steps=(*report.steps, made(title, [lost])))
    wrong = []
    if drawn.data.get("record") != digest(files[FILE]):
        wrong.append(problem("SSJ-V093", file=FILE))
    with suppress(InputError):  # an unreadable record already failed by itself
        wrong += _events_differ(decode_record(files[FILE]), ledger, name)
    with suppress(InputError, KeyError):  # the year decides whose draws count as earlier ones
        rules, commit = decode_rules(files[RULES_FILE], RULES_FILE), ledger.find("commit", name)
        sealed = commit.data if commit else {}  # whose policy and year decide whether a batch was drawn twice
        for field, told, ruled in (
            ("year", sealed.get("year"), rules.year),
            ("year", drawn.data.get("year"), rules.year),
            ("policy", sealed.get("policy"), f"{rules.ruleset}/{rules.policy}"),
        ):
            if told != ruled:
                wrong.append(problem("SSJ-V099", file=RULES_FILE, field=field, value=ruled, ledger=shown(told)))
    steps = [made(title, wrong)]
    steps += filter(None, (step(name, files, draws, ledger) for step in (coverage_step, loads_step)))
    return evolve(report, steps=(*report.steps, *steps))


def _events_differ(record: Record, ledger: Ledger, name: str) -> Iterator[Problem]:
    commit, entropy, drawn = (ledger.find(kind, name) for kind in KINDS)
    if drawn and drawn.data.get("seed") != record.seed:
        yield problem("SSJ-V094", file=FILE, field="seed", value=shown(drawn.data.get("seed")))
    for field, event, time in (("sealed_at", commit, record.sealed_at), ("drawn_at", entropy, record.drawn_at)):
        if event and event.time not in ("", time):
            yield problem("SSJ-V095", file=FILE, field=field, value=time or "—", ledger=event.time)
    if commit:
        said = asdict(record.commitment)
        told = [("value", commit.data.get("commitment")), ("previous_head", commit.previous)]
        for key, value in (*told, *((k, v) for k, v in commit.data.items() if k in said)):
            if value != said[key]:
                yield problem("SSJ-V096", file=FILE, field=f"commitment.{key}", value=said[key], ledger=shown(value))
    if entropy:
        if entropy.data.get("commitment") != record.commitment.value:
            yield problem(
                "SSJ-V097", file=ledgers.FILE, row=entropy.number, value=shown(entropy.data.get("commitment"))
            )
        if entropy.data.get("evidence") != [_plain(part) for part in record.entropy]:
            yield problem("SSJ-V098", file=FILE, field="entropy")


def _two_folders(draws: Mapping[str, Mapping[str, bytes]]) -> Iterator[Problem]:
    """Folders that hold draws made for one and the same commitment."""
    folders: dict[str, list[str]] = {}
    for name, files in sorted(draws.items()):
        with suppress(InputError, KeyError):
            folders.setdefault(decode_record(files[FILE]).commitment.value, []).append(name)
    for names in folders.values():
        if len(names) > 1:
            yield problem("SSJ-V100", file=f"draws/{names[1]}", value=", ".join(names))


def _plain(part: EntropyPart) -> dict[str, Any]:
    """Evidence of the record in the form in which the ledger holds it: value and testimony."""
    return {**asdict(part), "who": list(part.who), "details": dict(part.details)}


def _remarks(ledger: Ledger) -> Iterator[Problem]:
    """What is no mistake but must be seen: a line never finished, and draws that were sealed and never drawn."""
    ended = {e.draw for e in ledger.events if e.event in ("draw", "void")}
    if ledger.torn:
        yield problem("SSJ-V102", file=ledgers.FILE, row=len(ledger.events) + 1)
    for e in ledger.events:
        if e.event == "void":
            yield problem("SSJ-V103", file=ledgers.FILE, row=e.number, value=e.draw, reason=e.data.get("reason"))
    for e in ledger.events:
        if e.event == "commit" and e.draw not in ended:
            yield problem("SSJ-V104", file=ledgers.FILE, row=e.number, value=e.draw)
