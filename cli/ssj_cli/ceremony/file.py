"""Evidence that was written down: a file (`ssj-evidence/1`), or the flags of a command line for the simple cases."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

from attrs import evolve, field, frozen

from ssj_cli.ceremony.pending import Pending
from ssj_core.office import Office, entropy_of
from ssj_core.plugin.registry import listed
from ssj_core.problems import InputError, problem
from ssj_core.structuring import load_toml
from ssj_core.toml_files import read_toml


@frozen(kw_only=True)
class Given:
    """One piece of evidence: for which batch and source, what was said, by whom, where and when.

    `details` is what else the source keeps: two archives of a lottery, a beacon's certificate, who rolled which die.
    """

    batch: str
    source: str
    raw: str
    who: tuple[str, ...] = ()
    where: str = ""
    when: datetime | None = None
    details: Mapping[str, str] = field(factory=dict)

    def answers(self) -> dict[str, str]:
        """As a source is given it, but for the witnesses."""
        when = self.when.isoformat() if self.when else ""
        return {**self.details, "raw": self.raw, "where": self.where, "when": when}


@frozen(kw_only=True)
class EvidenceFile:
    """A file of evidence (format `ssj-evidence/1`)."""

    format: Literal["ssj-evidence/1"]
    evidence: tuple[Given, ...] = field(factory=tuple)

    def of(self, batch: str, source: str) -> Given | None:
        """What it holds for a source of a batch."""
        return next((e for e in self.evidence if (e.batch, e.source) == (batch, source)), None)

    def and_also(self, more: Sequence[Given]) -> "EvidenceFile":
        """With what the command line gives."""
        return evolve(self, evidence=(*self.evidence, *more))


def read_evidence(path: Path, office: Office, pending: Pending | None = None) -> EvidenceFile:
    """Read a file of evidence; raises `InputError` with its mistakes."""
    given = load_toml(read_toml(path, path.name), EvidenceFile, path.name)
    check_evidence(given, office, path.name, pending)
    return given


def check_evidence(given: EvidenceFile, office: Office, file: str, pending: Pending | None = None) -> None:
    """Raise `InputError` for a batch or a source the plan does not have, and where a source is given twice.

    `pending` is a replacement that waits for entropy: its evidence says its id where that of a draw names the batch.
    """
    uses = {b.id: [u.source for u in entropy_of(office.plan, b)] for b in office.plan.batch}
    if pending is not None:
        uses[pending.batch] = [u.source for u in pending.entropy]
    known = list(uses)
    wrong = [e for e in given.evidence if e.batch not in known]
    found = [problem("SSJ-E007", file=file, field="batch", value=e.batch, known=listed(known)) for e in wrong]
    named = Counter((e.batch, e.source) for e in given.evidence)
    found += [problem("SSJ-E009", file=file, value=b, source=s) for (b, s), n in named.items() if n > 1]
    for e in given.evidence:
        if e.batch in uses and e.source not in uses[e.batch]:
            found.append(problem("SSJ-E014", file=file, value=e.source, batch=e.batch, known=listed(uses[e.batch])))
    if found:
        raise InputError(found)
