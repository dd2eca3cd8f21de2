"""How entropy reaches a draw: from a file of evidence or flags, from people in a meeting room, or from the source."""

from collections.abc import Sequence

from ssj_cli.ceremony.asked import Asked
from ssj_cli.ceremony.clerk import Clerk
from ssj_cli.ceremony.file import EvidenceFile, Given, check_evidence, read_evidence
from ssj_cli.ceremony.flags import Flags, evidence_flags, given_evidence
from ssj_cli.ceremony.pending import Pending, pending_of, pending_replacement
from ssj_cli.ceremony.room import Room
from ssj_cli.say import Voice
from ssj_core.entropy.model import Evidence
from ssj_core.office import Office, source_id
from ssj_core.problems import EntropyError, problem

__all__ = [
    "EvidenceFile",
    "Flags",
    "Given",
    "Pending",
    "check_evidence",
    "collect",
    "evidence_flags",
    "given_evidence",
    "pending_of",
    "pending_replacement",
    "read_evidence",
    "refuse_early",
]


def refuse_early(office: Office, pending: Pending, given: EvidenceFile | None) -> None:
    """Refuse evidence from a file for a batch sealed this very moment: whoever wrote the file knew it before.

    Raises:
        EntropyError: the batch stays sealed, and the next run takes evidence that came afterwards.
    """
    for asked in _sources(office, pending):
        if asked.source.needs and given is not None and given.of(pending.batch, asked.use.source):
            value = pending.commitment
            raise EntropyError([problem("SSJ-E013", field=pending.draw_id, value=value, source=asked.name)])


def collect(office: Office, pending: Pending, given: EvidenceFile | None, voice: Voice) -> Sequence[Evidence]:
    """Evidence from every source that was sealed, in its order; whatever is not given is asked for at a terminal.

    Raises:
        EntropyError: a source needs what neither the file nor a terminal gives. click.Abort: somebody broke it off.
    """
    sources = _sources(office, pending)
    brought = dict[int, Evidence]()
    for n, asked in enumerate(sources):
        found = given.of(pending.batch, asked.use.source) if given else None
        if found is None and asked.source.needs:
            if not voice.asks():
                raise EntropyError([problem("SSJ-E002", field=pending.draw_id, value=asked.name)])
            continue
        evidence = asked.collect(found.answers() if found else {}, found.who if found else ())
        assessed = asked.assess(evidence)
        voice.problems(p for p in assessed.problems if p.severity != "error")
        brought[n] = evidence
    if len(brought) < len(sources):
        return Room(Clerk(voice), sources, brought).hold()
    if all(use.source == "os" for use in pending.entropy):
        voice.say(
            f"{pending.draw_id} 的种子取自这台电脑的操作系统：外人无法复核，什么也不能证明（E0 级）。",
            f"{pending.draw_id}: the seed comes from the operating system of this computer and proves nothing (E0).",
        )
    return tuple(brought.values())


def _sources(office: Office, pending: Pending) -> tuple[Asked, ...]:
    sources = office.registry.entropy_sources
    return tuple(Asked(pending=pending, use=use, source=sources[source_id(use.source)]) for use in pending.entropy)
