"""The dossier of a draw for papers and lists: only of one that is not void and does not fail."""

from pathlib import Path

from ssj_cli.beside import ledger_beside, void_replacements
from ssj_core.documents.dossier import LAST, read_dossier
from ssj_core.documents.model import Dossier
from ssj_core.problems import InputError, RefusedError, problem
from ssj_core.standing import replacement_id
from ssj_core.verify import Report, verify_draw
from ssj_core.verify.replaced import replacement_reports
from ssj_core.verify.report import worst


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
        return read_dossier(files, level=reports[0].level or "E0", ledger=beside, void=void, after=after)
    except (KeyError, ValueError) as error:  # a file is missing or not in its form: `verify` could not tell either
        raise InputError([problem("SSJ-D016", value=name, reason=error)]) from None
