"""A roster in which nobody has a sector: what is told of it, with the very lines for the plan."""

import re
from collections.abc import Sequence
from typing import Final

from ssj_core.problems import Problem
from ssj_core.readers.brief import LONGEST
from ssj_core.roster.findings import Findings
from ssj_core.roster.layout import SUBJECTS
from ssj_core.roster.model import SubjectRoster
from ssj_core.roster.suggest import derived, pasted
from ssj_core.roster.synonyms import NOT_NEEDED, header_key, is_personal

_TELLING: Final = ("经营范围", "业务范围", "主营", "业务", "资质", "行业", "类型", "类别", "种类")
_LIKE: Final = re.compile("行业|类别|领域|业务|资质")


def sectorless(roster: SubjectRoster) -> bool:
    """Whether there are subjects, and not one of them has a sector."""
    return bool(roster.rows) and not any(subject.sectors for subject in roster.rows)


def tell_sectorless(roster: SubjectRoster, code: str, word: str = "…", **more: object) -> tuple[Problem, ...]:
    """Tell it as `code`, of the file and no row of it; `word` is a sector as the plan's rules call it.

    `more` are further parameters of its message.
    """
    findings = Findings(roster.file)
    unread = [one for one in roster.left_out if _usable(one)]
    likely = [one for one in unread if _LIKE.search(header_key(one))]
    lines = pasted(SUBJECTS, [(one, "sectors") for one in likely[:1]])
    lines += derived(_column([*unread, *(one for one in roster.columns if _usable(one))]), word)
    findings.add(code, field="监管类别", value=len(roster.rows), lines=lines, **more)  # type: ignore[arg-type]
    return tuple(findings.problems)


def _column(titles: Sequence[str]) -> str:
    """The header that most likely tells what a subject does; the name where none does."""
    telling = [title for part in _TELLING for title in titles if part in header_key(title)]
    named = [title for title in titles if SUBJECTS.by_key.get(header_key(title)) == "name"]
    return next(iter([*telling, *named]), "…")


def _usable(title: str) -> bool:
    key = header_key(title)
    return len(title) <= LONGEST and not is_personal(key) and key not in NOT_NEEDED
