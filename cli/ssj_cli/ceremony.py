"""How entropy reaches a draw: from a file of evidence, from people at the terminal, or from the source itself."""

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

import click
from attrs import field, frozen

from ssj_cli.say import Voice
from ssj_core.entropy.model import EntropySource, Evidence, Request
from ssj_core.office import Office, entropy_of, source_id
from ssj_core.opening import read_file
from ssj_core.plugin.registry import listed
from ssj_core.problems import EntropyError, InputError, problem
from ssj_core.rules.effective import SealedEntropy
from ssj_core.sealed import Sealed
from ssj_core.structuring import load_toml


@frozen(kw_only=True)
class Pending:
    """A draw, or a replacement in one, that waits for its entropy: what was committed to and which sources count."""

    draw_id: str
    batch: str
    commitment: str
    entropy: tuple[SealedEntropy, ...]


def pending_of(sealed: Sealed) -> Pending:
    """What a sealed batch waits for."""
    rules = sealed.rules
    return Pending(draw_id=rules.draw_id, batch=rules.batch, commitment=sealed.commitment.value, entropy=rules.entropy)


@frozen(kw_only=True)
class Given:
    """One piece of evidence in a file: for which batch and source, what was said, by whom, where and when.

    `details` is what else the source keeps: two archives of a lottery, a beacon's certificate, who rolled which die.
    """

    batch: str
    source: str
    raw: str
    who: tuple[str, ...] = ()
    where: str = ""
    when: datetime | None = None
    details: Mapping[str, str] = field(factory=dict)


@frozen(kw_only=True)
class EvidenceFile:
    """A file of evidence (format `ssj-evidence/1`)."""

    format: Literal["ssj-evidence/1"]
    evidence: tuple[Given, ...] = field(factory=tuple)


def read_evidence(path: Path, office: Office) -> EvidenceFile:
    """Read a file of evidence; raises `InputError` with its mistakes."""
    given = load_toml(read_file(path, path.name), EvidenceFile, path.name)
    known = [b.id for b in office.plan.batch]
    wrong = [e for e in given.evidence if e.batch not in known]
    found = [problem("SSJ-E007", file=path.name, field="batch", value=e.batch, known=listed(known)) for e in wrong]
    named = Counter((e.batch, e.source) for e in given.evidence)
    found += [problem("SSJ-E009", file=path.name, value=b, source=s) for (b, s), n in named.items() if n > 1]
    uses = {b.id: [u.source for u in entropy_of(office.plan, b)] for b in office.plan.batch}
    for e in given.evidence:
        if e.batch in uses and e.source not in uses[e.batch]:
            found.append(
                problem("SSJ-E014", file=path.name, value=e.source, batch=e.batch, known=listed(uses[e.batch]))
            )
    if found:
        raise InputError(found)
    return given


def refuse_early(office: Office, pending: Pending, given: EvidenceFile | None) -> None:
    """Refuse evidence from a file for a batch sealed this very moment: whoever wrote the file knew it before.

    Raises:
        EntropyError: the batch stays sealed, and the next run takes evidence that came afterwards.
    """
    for use in pending.entropy:
        source = office.registry.entropy_sources[source_id(use.source)]
        if source.needs and _from_file(given, pending.batch, use.source) is not None:
            value = pending.commitment
            raise EntropyError([problem("SSJ-E013", field=pending.draw_id, value=value, source=source.title)])


def collect(office: Office, pending: Pending, given: EvidenceFile | None, voice: Voice) -> Sequence[Evidence]:
    """Evidence from every source that was sealed, in its order.

    Raises:
        EntropyError: a source needs what neither the file nor a terminal gives.
    """
    made = []
    name, commitment = pending.draw_id, pending.commitment
    for use in pending.entropy:
        source = office.registry.entropy_sources[source_id(use.source)]
        found = _from_file(given, pending.batch, use.source)
        if found is None and source.needs:
            found = _ask(source, name, commitment, voice)
        answers, who = found if found is not None else ({}, ())
        request = Request(
            draw_id=name,
            commitment=commitment,
            appointed=use.appointed,
            given=answers,
            who=who,
            now=datetime.now().astimezone(),
        )
        evidence = source.collect(request)
        voice.problems(p for p in source.assess(evidence, use.appointed).problems if p.severity != "error")
        made.append(evidence)
    return made


def _from_file(given: EvidenceFile | None, batch: str, source: str) -> tuple[Mapping[str, str], tuple[str, ...]] | None:
    for e in given.evidence if given else ():
        if e.batch == batch and e.source == source:
            when = e.when.isoformat() if e.when else ""
            return {**e.details, "raw": e.raw, "where": e.where, "when": when}, e.who
    return None


def _ask(source: EntropySource, name: str, commitment: str, voice: Voice) -> tuple[Mapping[str, str], tuple[str, ...]]:
    if not sys.stdin.isatty():
        raise EntropyError([problem("SSJ-E002", field=name, value=source.title)])
    zh = voice.lang == "zh"
    voice.say(f"抽取 {name}：名录和规则已封存，承诺为", f"draw {name}: rosters and rules are sealed; the commitment is")
    voice.say(f"  {commitment}", f"  {commitment}")
    voice.say(
        "请当众念出并记下承诺，再由见证人报数。", "read it aloud and write it down, then let the witnesses speak."
    )
    raw = click.prompt("见证人报出的数字或文字" if zh else "what the witnesses say", type=str)
    who = click.prompt("见证人姓名（用顿号分开）" if zh else "witnesses (separated by commas)", type=str, default="")
    where = click.prompt("地点" if zh else "place", type=str, default="")
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    when = click.prompt("时间" if zh else "time", type=str, default=now)
    people = tuple(p.strip() for p in who.replace("、", ",").replace("，", ",").split(",") if p.strip())
    return {"raw": raw, "where": where.strip(), "when": when.strip()}, people
