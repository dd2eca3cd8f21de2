"""A roster in which nobody has a sector: what is told of it, with the very lines for the plan."""

import re
from collections.abc import Sequence
from typing import Final

from ssj_core.problems import Problem
from ssj_core.readers.brief import LONGEST
from ssj_core.roster.findings import Findings
from ssj_core.roster.layout import SUBJECTS
from ssj_core.roster.model import SubjectRoster
from ssj_core.roster.suggest import derived, given, guessed, pasted
from ssj_core.roster.synonyms import IGNORE, NOT_NEEDED, header_key, is_personal
from ssj_core.text import Text

_TELLING: Final = ("经营范围", "业务范围", "主营", "业务", "资质", "行业", "类型", "类别", "种类")
_NEAR: Final = 0.7
_LIKE: Final = re.compile("行业|类别|领域|业务|资质")


def sectorless(roster: SubjectRoster) -> bool:
    """Whether there are subjects, and not one of them has a sector."""
    return bool(roster.rows) and not any(subject.sectors for subject in roster.rows)


def tell_sectorless(
    roster: SubjectRoster, code: str, titles: Sequence[str] = (), **more: object
) -> tuple[Problem, ...]:
    """Tell it as `code`, of the file and no row of it; `titles` are the sectors of the plan's batches.

    Where there is just one, the line that gives it to all subjects needs no word more. `more` are further parameters
    of its message.
    """
    findings = Findings(roster.file)
    title = roster.title("sectors")
    unread = [one for one in roster.left_out if _usable(one)]
    alike = [one for one, name in guessed(unread, SUBJECTS, _NEAR) if name == "sectors"]
    likely = [(one, "sectors") for one in (*alike, *(one for one in unread if _LIKE.search(header_key(one))))][:1]
    filled = [(title, IGNORE)] if any(subject.sectors for subject in roster.rows) else []  # derive overrules no cell
    lines = pasted(SUBJECTS, [*filled, *likely])
    lines += (
        ""
        if alike
        else derived(_column([*unread, *(one for one in roster.columns if _usable(one))]), next(iter(titles), "…"))
    )
    told = {"one": given(titles[0] if len(titles) == 1 else "…", title), "lines": lines, **more}
    choice = _choice(titles, said="known" in more)
    findings.add(
        code,
        field="监管类别",
        value=len(roster.rows),
        choice=choice.zh,
        choice_en=choice.en,
        **told,  # type: ignore[arg-type]
    )
    return tuple(findings.problems)


def _choice(titles: Sequence[str], *, said: bool) -> Text:
    """What the office puts for the … of the line, `said` if the message says them; nothing where there is only one."""
    if not titles:
        return Text("（“…”换成计划里的监管类别）", " (with a sector of the plan for …)")
    if len(titles) == 1:
        return Text("", "")
    if said:
        return Text("（“…”换成其中一个）", " (with one of them for …)")
    known = "、".join(titles)
    return Text(f"（“…”换成其中一个：{known}）", f" (with one of these for …: {known})")


def _column(titles: Sequence[str]) -> str:
    """The header that most likely tells what a subject does; the name where none does."""
    telling = [title for part in _TELLING for title in titles if part in header_key(title)]
    named = [title for title in titles if SUBJECTS.by_key.get(header_key(title)) == "name"]
    return next(iter([*telling, *named]), "…")


def _usable(title: str) -> bool:
    key = header_key(title)
    return len(title) <= LONGEST and not is_personal(key) and key not in NOT_NEEDED
