"""Which visits of a draw are printed: those asked for, or those that the last replacement changed; and for what day."""

from collections.abc import Mapping
from datetime import date

from attrs import evolve

from ssj_core.documents.model import Dossier, Renderer
from ssj_core.explain.find import find
from ssj_core.problems import InputError, Problem, problem
from ssj_core.record import FILE, decode_record
from ssj_core.rules.effective import EffectiveRules
from ssj_core.sealed import unseal
from ssj_core.standing import replacement_id


def chosen(
    dossier: Dossier, files: dict[str, bytes], only: tuple[str, ...], others: tuple[str, ...], changed: bool
) -> Dossier:
    """The dossier with the visits asked for."""
    visits = dossier.visits
    if changed:
        last = replacement_id(dossier.rules.draw_id, dossier.after)
        visits = tuple(v for v in visits if v.made_by == last)
    if only or others:
        sealed = unseal(files, decode_record(files[FILE]).commitment.previous_head)
        wanted, unwanted = ({find(sealed, one).id for one in named} for named in (only, others))
        if missing := (wanted | unwanted) - {v.subject.id for v in visits}:
            raise InputError([problem("SSJ-D004", value=one) for one in sorted(missing)])
        visits = tuple(v for v in visits if (not only or v.subject.id in wanted) and v.subject.id not in unwanted)
    if not visits:
        raise InputError([problem("SSJ-D008", value=dossier.rules.draw_id)])
    return evolve(dossier, visits=visits)


def refuse_part(renderer: Renderer, options: Mapping[str, object]) -> None:
    """What is about the draw as a whole is not printed in part."""
    if given := [name for name, value in options.items() if value]:
        raise InputError([problem("SSJ-D009", paper=renderer.title, paper_en=renderer.words.en, value=" ".join(given))])


def outside(day: date | None, rules: EffectiveRules) -> list[Problem]:
    """What is said of a day of inspection that is none of the batch: most likely a year that was mistyped."""
    if day is None or rules.start <= day <= rules.end:
        return []
    return [problem("SSJ-D028", value=day, start=rules.start, end=rules.end)]
