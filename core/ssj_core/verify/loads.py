"""Loads, limits of a period and colleagues of last time follow from the earlier draws of the ledger (SPEC §11.7).

What a list of the office adds cannot be seen here: then loads may be greater and caps less, and that is told.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress

from ssj_core.composing import together_last, visits_in
from ssj_core.ledger import Ledger
from ssj_core.limits import caps_from
from ssj_core.model import Inspection
from ssj_core.problems import InputError, Problem, problem
from ssj_core.rules.effective import EffectiveRules, decode_rules
from ssj_core.sealed import RULES_FILE
from ssj_core.standing import path, subjects_after
from ssj_core.tables import OfficerRow, TableError, TeamRow, decode_table
from ssj_core.text import Text
from ssj_core.verify.coverage import last_replacement, void_before
from ssj_core.verify.report import Step, few, made

_TITLE = Text(
    "已有次数、各期上限、上次同组的人员：与台账中更早的抽取一致",
    "loads, limits of a period and colleagues of last time follow from the earlier draws of the ledger",
)
_OFFICERS = "officers.csv"
_PERIODS = frozenset({"week", "month", "year"})


def loads_step(
    name: str, files: Mapping[str, bytes], draws: Mapping[str, Mapping[str, bytes]], ledger: Ledger
) -> Step | None:
    """The step for one draw of `draws`; None where nothing of the kind was sealed, or its files failed already."""
    commit = ledger.find("commit", name)
    with suppress(KeyError, InputError, TableError):
        rules, officers = decode_rules(files[RULES_FILE], RULES_FILE), decode_table(OfficerRow, files[_OFFICERS])
        visits = len(subjects_after(files, 0))
        counted = rules.team.counts_year or any(o.history for o in officers)
        apart = rules.team.avoids_last_team or bool(rules.team.avoid)
        limited = any(one.per in _PERIODS for one in rules.team.limits)
        if commit is None or not (counted or limited or apart):
            return None
        past: list[Inspection] = []
        for event in ledger.events[: commit.number]:
            if event.event == "draw" and not void_before(event, commit, ledger):
                known = _inspections(
                    event.draw, draws.get(event.draw, {}), last_replacement(event.draw, commit, ledger)
                )
                if known is None:
                    return made(_TITLE, [problem("SSJ-V120", file=f"draws/{event.draw}", value=event.draw)])
                past += known
        found: list[Problem] = []
        listed = [pin for pin in rules.rosters if pin.role == "inspections"]
        found += few(_histories(rules, officers, past, bool(listed)) if counted else ())
        found += few(_caps(rules, officers, past, visits, bool(listed)) if limited else ())
        if apart and not listed:
            found += _avoid(rules, officers, past)
        found += [problem("SSJ-V116", file=pin.file, value=pin.sha256) for pin in listed]
        return made(_TITLE, found)
    return None


def _inspections(draw: str, files: Mapping[str, bytes], last: int) -> list[Inspection] | None:
    """Visits of a draw after its replacement `last`, on the last day of its batch; None if its files do not tell."""
    try:
        day = decode_rules(files[RULES_FILE], RULES_FILE).end
        rows = decode_table(TeamRow, files[path(last, "teams.csv") if last else "teams.csv"])
    except (KeyError, InputError, TableError):
        return None
    teams: dict[str, list[str]] = {}
    for row in rows:
        teams.setdefault(row.subject, []).append(row.officer)
    return [Inspection(subject=s, day=day, officers=tuple(o), source=draw) for s, o in teams.items()]


def _histories(
    rules: EffectiveRules, officers: tuple[OfficerRow, ...], past: list[Inspection], listed: bool
) -> Iterator[Problem]:
    right = visits_in(past, rules.year)
    for n, one in enumerate(officers, start=2):
        if one.history < right[one.id] or (one.history > right[one.id] and not listed):
            yield problem(
                "SSJ-V107",
                file=_OFFICERS,
                row=n,
                field="已有次数",
                value=one.history,
                name=one.name,
                right=right[one.id],
            )


def _caps(
    rules: EffectiveRules, officers: tuple[OfficerRow, ...], past: list[Inspection], visits: int, listed: bool
) -> Iterator[Problem]:
    """The limit of a person is in the roster, which is not kept: a cap that it makes can only be less."""
    limits = [one for one in rules.team.limits if one.per != "person"]
    own = {o for one in rules.team.limits if one.per == "person" for o in one.bound}
    right = caps_from(limits, dict.fromkeys(o.id for o in officers), past, rules.start, rules.end, visits)
    for n, one in enumerate(officers, start=2):
        most = right[one.id].visits
        if one.cap > most or (one.cap < most and not listed and one.id not in own):
            yield problem("SSJ-V108", file=_OFFICERS, row=n, field="本次上限", value=one.cap, name=one.name, right=most)


def _avoid(rules: EffectiveRules, officers: tuple[OfficerRow, ...], past: list[Inspection]) -> Iterator[Problem]:
    right = together_last(past, {o.id for o in officers})
    said = {one: tuple(others) for one, others in rules.team.avoid.items()}
    for one in sorted(said.keys() | right.keys()):
        if said.get(one, ()) != right.get(one, ()):
            told = ("、".join(ids) or "—" for ids in (said.get(one, ()), right.get(one, ())))
            value, wanted = told
            yield problem("SSJ-V109", file=RULES_FILE, field=f"team.avoid.{one}", value=value, right=wanted)
