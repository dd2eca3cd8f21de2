"""Verify a working folder: its ledger, every draw in it, and the year's share."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import Any

from attrs import asdict, evolve

from ssj_core import ledger as ledgers
from ssj_core.canonical import digest
from ssj_core.ledger import KINDS, Ledger, LedgerError
from ssj_core.problems import InputError
from ssj_core.record import FILE, EntropyPart, Record, decode_record
from ssj_core.rules.effective import decode_rules
from ssj_core.sealed import RULES_FILE
from ssj_core.share import yearly_shares
from ssj_core.text import Text
from ssj_core.verify.coverage import Drawn, coverage_step, outcome_of
from ssj_core.verify.report import Report, Step
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
    chain: Ledger | None = None
    title = Text("台账：每行接着上一行，次序为封存、熵源、抽取", "the ledger is one chain in the right order")
    if ledger is None:
        lost = Text(f"缺少 {ledgers.FILE}", f"{ledgers.FILE} is missing")
        step = Step(title=title, status="unknown", details=(lost,))
    else:
        try:
            chain = ledgers.read(ledger)
            step = Step(title=title, status="holds", details=_remarks(chain))
        except LedgerError as error:
            why = Text(f"第 {error.line} 行：{error.reason}", f"line {error.line}: {error.reason}")
            step = Step(title=title, status="fails", details=(why,))
    steps = [step]
    listed = [e.draw for e in chain.events if e.event == "draw"] if chain else []
    for name in listed:
        if name not in draws:
            lost = Text(f"台账里的抽取 {name} 没有文件夹", f"the draw {name} of the ledger has no folder")
            steps.append(Step(title=Text("每次抽取都在", "every draw is there"), status="unknown", details=(lost,)))
    steps += signature_steps(signatures, chain, draws, signer_keys)
    head = (Text(f"台账头 {chain.head}", f"ledger head {chain.head}"),) if chain else ()
    standing = [n for n in draws if chain is None or not chain.find("void", n)]
    shares = tuple(share.text() for share in yearly_shares(draws[n] for n in standing))
    first = Report(draw_id=ledgers.FILE, title="", steps=tuple(steps), summary=(*head, *shares))
    order = [*(n for n in listed if n in draws), *sorted(n for n in draws if n not in listed)]
    outcomes = {name: outcome_of(files) for name, files in draws.items()}
    return (first, *(_with_ledger(name, draws[name], outcomes, chain) for name in order))


def _with_ledger(
    name: str, files: Mapping[str, bytes], outcomes: Mapping[str, Drawn | None], ledger: Ledger | None
) -> Report:
    commit = ledger.find("commit", name) if ledger else None
    report = verify_draw(files, name, [str(commit.data.get("commitment"))] if commit else ())
    if ledger is None or FILE not in files:
        return report
    title = Text("台账里有这次抽取，且与记录一致", "the ledger has this draw and agrees with the record")
    drawn = ledger.find("draw", name)
    if drawn is None:
        why = Text("台账里没有这次抽取", "the ledger does not have this draw")
        return evolve(report, steps=(*report.steps, Step(title=title, status="fails", details=(why,))))
    wrong = []
    if drawn.data.get("record") != digest(files[FILE]):
        wrong.append(Text("台账登记的记录摘要不同", "the ledger has another digest of the record"))
    with suppress(InputError):  # an unreadable record already failed by itself
        wrong += _events_differ(decode_record(files[FILE]), ledger, name)
    with suppress(InputError, KeyError):  # the year decides whose draws count as earlier ones
        rules, commit = decode_rules(files[RULES_FILE], RULES_FILE), ledger.find("commit", name)
        policy = commit.data.get("policy") if commit else None
        if drawn.data.get("year") != rules.year or policy not in (None, f"{rules.ruleset}/{rules.policy}"):
            wrong.append(Text("台账登记的年度或批次不同", "the ledger has another year or batch"))
    steps = [Step(title=title, status="fails" if wrong else "holds", details=tuple(wrong))]
    if covered := coverage_step(name, files, outcomes, ledger):
        steps.append(covered)
    return evolve(report, steps=(*report.steps, *steps))


def _events_differ(record: Record, ledger: Ledger, name: str) -> list[Text]:
    wrong = []
    commit, entropy, drawn = (ledger.find(kind, name) for kind in KINDS)
    if drawn and drawn.data.get("seed") != record.seed:
        wrong.append(Text("台账登记的种子不同", "the ledger has another seed"))
    if (commit and commit.time not in ("", record.sealed_at)) or (
        entropy and entropy.time not in ("", record.drawn_at)
    ):
        wrong.append(Text("台账登记的封存或抽取时间不同", "the ledger has other times of sealing or drawing"))
    said = asdict(record.commitment)
    if commit and (
        commit.data.get("commitment") != record.commitment.value
        or commit.previous != record.commitment.previous_head
        or any(value != said[key] for key, value in commit.data.items() if key in said)
    ):
        wrong.append(Text("台账登记的承诺不同", "the ledger has another commitment"))
    if entropy:
        if entropy.data.get("commitment") != record.commitment.value:
            wrong.append(Text("台账里的熵源属于另一个承诺", "the entropy in the ledger is for another commitment"))
        if entropy.data.get("evidence") != [_plain(part) for part in record.entropy]:
            wrong.append(Text("台账登记的熵源不同", "the ledger has other entropy"))
    return wrong


def _plain(part: EntropyPart) -> dict[str, Any]:
    """Evidence of the record in the form in which the ledger holds it: value and testimony."""
    return {**asdict(part), "who": list(part.who), "details": dict(part.details)}


def _remarks(ledger: Ledger) -> tuple[Text, ...]:
    """What is no mistake but must be seen: a line never finished, and draws that were sealed and never drawn."""
    void = [e for e in ledger.events if e.event == "void"]
    ended = {e.draw for e in ledger.events if e.event in ("draw", "void")}
    waiting = [e.draw for e in ledger.events if e.event == "commit" and e.draw not in ended]
    return (
        *_torn(ledger),
        *(
            Text(f"{e.draw} 已作废，理由：{e.data.get('reason')}", f"{e.draw} is void: {e.data.get('reason')}")
            for e in void
        ),
        *(Text(f"{name} 已封存，还没有抽取", f"{name} was sealed and is not drawn yet") for name in waiting),
    )


def _torn(ledger: Ledger) -> tuple[Text, ...]:
    if not ledger.torn:
        return ()
    return (Text("最后一行没有写完（程序中断），不算数", "the last line was never finished and does not count"),)
