"""What an office asks for when it replaces somebody, and whether that can be (SPEC §13.1)."""

from collections.abc import Iterator, Mapping
from typing import Literal

from attrs import field, frozen

from ssj_core.canonical import check_line_value
from ssj_core.plugin.registry import listed, nearest
from ssj_core.problems import InputError, Problem, problem
from ssj_core.replacement.reasons import OFFICER_REASONS, SUBJECT_REASONS
from ssj_core.replacement.standing import Standing
from ssj_core.roster.privacy import mask


@frozen(kw_only=True)
class Asked:
    """`unit` is to be replaced for `reason`, by the evidence `document`, as `by` decided.

    `visits`: only these of an officer. `release`: other places may be drawn again, where nothing else helps.
    `appoint`: entropy source → parameters that differ from those of the plan.
    """

    unit: str
    reason: str
    document: str
    by: str
    visits: tuple[str, ...] = ()
    release: bool = False
    appoint: Mapping[str, Mapping[str, str]] = field(factory=dict)


@frozen(kw_only=True)
class Found:
    """Who it is, and of an officer the visits to be given to others."""

    kind: Literal["subject", "officer"]
    unit: str
    name: str
    visits: tuple[str, ...] = ()


def checked(asked: Asked, draw: str, standing: Standing) -> Found:
    """Find the unit among those who stand now.

    Raises:
        InputError: with everything that is wrong with what was asked.
    """
    subjects = {r.subject: r.name for r in standing.rows}
    officers = {r.officer: r.officer_name for r in standing.rows}
    known = {**subjects, **officers}
    wrong = list(_texts(asked))
    if asked.unit not in known:
        wrong.append(problem("SSJ-C001", value=asked.unit, draw=draw, **nearest(asked.unit, known)))
        raise InputError(wrong)
    codes = SUBJECT_REASONS if asked.unit in subjects else OFFICER_REASONS
    if asked.reason not in codes:
        known_zh = "，".join(f"{name} {reason.text.zh}" for name, reason in codes.items())
        wrong.append(problem("SSJ-C002", value=asked.reason, known=known_zh, known_en=listed(codes)))
    if asked.unit in subjects:
        if asked.visits:
            wrong.append(problem("SSJ-C018", value=asked.unit))
        if wrong:
            raise InputError(wrong)
        return Found(kind="subject", unit=asked.unit, name=subjects[asked.unit])
    visits = standing.visits_of(asked.unit)
    wrong += [problem("SSJ-C006", value=v, known=listed(visits)) for v in asked.visits if v not in visits]
    if asked.reason == "recusal" and not asked.visits:
        wrong.append(problem("SSJ-C007", value=asked.unit))
    if wrong:
        raise InputError(wrong)
    chosen = tuple(v for v in visits if v in asked.visits) if asked.visits else visits
    return Found(kind="officer", unit=asked.unit, name=officers[asked.unit], visits=chosen)


def _texts(asked: Asked) -> Iterator[Problem]:
    for name, text in (("--document", asked.document), ("--by", asked.by)):
        try:
            check_line_value(text)
            clean = bool(text.strip())
        except ValueError:
            clean = False
        if not clean:
            yield problem("SSJ-C003", field=name, value=repr(text))
        elif mask(text) != text:
            yield problem("SSJ-C008", field=name)
