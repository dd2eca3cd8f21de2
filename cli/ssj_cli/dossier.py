"""The dossier of a draw for papers and lists: only of one that is not void and does not fail."""

from pathlib import Path

from attrs import evolve

from ssj_cli.beside import ledger_beside, void_replacements
from ssj_core.calendars import holidays
from ssj_core.documents.dossier import LAST, read_dossier
from ssj_core.documents.model import Dossier
from ssj_core.problems import InputError, RefusedError, problem
from ssj_core.rules.effective import EffectiveRules
from ssj_core.standing import replacement_id
from ssj_core.verify import Report, verify_draw
from ssj_core.verify.replaced import replacement_reports
from ssj_core.verify.report import worst
from ssj_core.workdays import Holidays, years_needed
from ssj_core.workspace import DRAWS


def dossier_of(folder: Path, files: dict[str, bytes], after: int = LAST) -> Dossier:
    """The dossier after replacement `after`.

    Raises:
        RefusedError: the draw is void, or does not hold.
    """
    name, beside = folder.resolve().name, ledger_beside(folder)
    if event := beside.find("void", name) if beside else None:
        raise RefusedError([problem("SSJ-D005", value=name, reason=event.data.get("reason"))])
    void = void_replacements(beside, name, files)
    reports: list[Report] = [verify_draw(files, name)]
    reports += [r for r in replacement_reports(files, name) if r.draw_id not in {replacement_id(name, n) for n in void}]
    if worst(r.arithmetic for r in reports) == "fails":
        raise RefusedError([problem("SSJ-D006", value=name)])
    try:
        dossier = read_dossier(files, level=reports[0].level or "E0", ledger=beside, void=void, after=after)
    except (KeyError, ValueError) as error:  # a file is missing or not in its form: `verify` could not tell either
        raise InputError([problem("SSJ-D016", value=name, reason=error)]) from None
    return evolve(dossier, holidays=_holidays_of_today(folder, dossier.rules))


def _holidays_of_today(folder: Path, rules: EffectiveRules) -> Holidays:
    """For years that had no table at the sealing; raises `InputError` for mistakes in `calendars/`."""
    if rules.results is None:
        return {}
    years = years_needed(rules.start, rules.end, rules.results.entry_working_days)
    path = folder.resolve()
    return holidays(path.parents[1] if path.parent.name == DRAWS else path, years)
