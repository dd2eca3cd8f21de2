"""登记类别 of a credit code: its first two places say whether it is a business or another kind of body."""

from collections.abc import Sequence
from typing import Final

from ssj_core.model import Subject
from ssj_core.roster.findings import Findings

_BUSINESSES: Final = frozenset({"91", "92", "93"})
_EACH: Final = 20
_TOLD: Final = 10


def tell_bodies(rows: Sequence[Subject], findings: Findings, field: str) -> None:
    """Warn of credit codes that are not of companies, traders or co-operatives: seldom wrong, worth a look.

    Twenty are told one by one, more of them in one sentence: then such bodies are what is inspected.
    """
    others = [row for row in rows if row.id.startswith("uscc:") and row.id[5:7] not in _BUSINESSES]
    if len(others) <= _EACH:
        for row in others:
            findings.add("SSJ-R051", row=row.row, field=field, value=row.id.partition(":")[2])
        return
    told = "、".join(str(row.row) for row in others[:_TOLD])
    findings.add("SSJ-R052", count=len(others), total=len(rows), rows=told)
