"""辖区 of a code: places 3 to 8 of a credit code, the first six of a 注册号, say who registered the firm."""

import re
from collections.abc import Sequence
from typing import Final

from ssj_core.model import Subject
from ssj_core.roster.findings import Findings

_BEGINNING: Final = re.compile("[1-9][0-9]([0-9]{2}){0,2}", re.ASCII)
_EACH: Final = 20
_TOLD: Final = 10
_AT: Final = {"uscc": 2, "regno": 0}


def tell_regions(rows: Sequence[Subject], regions: Sequence[str], findings: Findings, field: str) -> None:
    """Warn of firms whose code says that another region registered them; nothing where the plan names no region.

    Twenty are told one by one, more of them in one sentence: then rather the plan's own region is wrong.
    """
    wrong = [one for one in regions if not _BEGINNING.fullmatch(one)]
    for one in wrong:
        findings.add("SSJ-R062", field="regions", value=one)
    if wrong or not regions:
        return
    others = [(row, found) for row in rows if (found := region_of(row.id)) and not found.startswith(tuple(regions))]
    known = "、".join(regions)
    if len(others) <= _EACH:
        for row, found in others:
            findings.add(
                "SSJ-R063", row=row.row, field=field, value=row.id.partition(":")[2], region=found, known=known
            )
        return
    told = "、".join(str(row.row) for row, _ in others[:_TOLD])
    findings.add("SSJ-R064", count=len(others), total=len(rows), rows=told, known=known)


def region_of(ident: str) -> str:
    """The six digits of the region that registered a firm; empty for every other id."""
    scheme, _, code = ident.partition(":")
    return code[_AT[scheme] : _AT[scheme] + 6] if scheme in _AT else ""
