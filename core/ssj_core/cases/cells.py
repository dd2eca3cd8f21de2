"""Cells of a case must be as a roster gives them to the rules that are asked: a number, a day, yes or no."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from ssj_core.batch_rules import data_rules
from ssj_core.cases.model import Case
from ssj_core.model import UnitKind
from ssj_core.plugin.places import Place
from ssj_core.plugin.registry import Registry
from ssj_core.problems import Problem, problem
from ssj_core.rules.model import ColumnKind, ColumnUse, DatedRule
from ssj_core.structuring import dotted
from ssj_core.text import Text
from ssj_core.tomlpos import Path
from ssj_core.wanted_columns import columns_of

_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_AS: Final[dict[ColumnKind, Text]] = {
    "number": Text("数字，例如 1200 或 12.5", "a number, such as 1200 or 12.5"),
    "date": Text("日期，例如 2021-01-31", "a day, such as 2021-01-31"),
    "yes-no": Text("是 或 否", "“是” or “否” (yes or no)"),
}


def wrong_cells(case: Case, number: int, registry: Registry, place: Place) -> Iterator[Problem]:
    """What stands in `extra` and is not of the kind as which a rule that the case asks reads that column.

    `number` counts the cases of the file from 0; everything that the case names is in `registry`.
    """
    told: set[tuple[UnitKind, str]] = set()
    for rule in _asked(case, registry):
        for unit, use in _own_columns(rule):
            given = getattr(case, unit)
            cell = given.extra.get(use.name, "") if given is not None else ""
            if not cell or _fits(cell, use.kind) or (unit, use.name) in told:
                continue
            told.add((unit, use.name))
            path: Path = ("case", number, unit, "extra", use.name)
            kind = _AS[use.kind]
            yield problem(
                "SSJ-A008", file=place.file, row=place.row(*path), field=dotted(path), value=cell, column=use.name,
                rule=rule.id, kind=kind.zh, kind_en=kind.en,
            )  # fmt: skip


def _fits(cell: str, kind: ColumnKind) -> bool:
    if kind == "number":
        return bool(_NUMBER.fullmatch(cell))
    if kind == "yes-no":
        return cell in ("是", "否")
    if kind == "text":
        return True
    try:
        return date.fromisoformat(cell).isoformat() == cell
    except ValueError:
        return False


def _asked(case: Case, registry: Registry) -> Iterator[DatedRule]:
    """The rules that are asked about the units of the case."""
    kind, name = case.kind, str(getattr(case, case.kind))
    if kind == "stratifier":
        yield registry.stratifiers[name]
    elif kind == "ratio":
        yield registry.stratifiers[registry.ratio_rules[name].stratify]
    elif kind == "weights":
        yield registry.stratifiers[registry.weight_rules[name].stratify]
    elif kind == "eligibility":
        yield registry.eligibility_rules[name]
    elif kind == "recusal":
        yield registry.recusal_rules[name]
    elif kind == "batch":
        yield from _of_batch(name, registry)


def _of_batch(name: str, registry: Registry) -> Iterator[DatedRule]:
    ruleset = registry.rulesets[name.partition("/")[0]]
    policy = next(batch for batch in ruleset.batch if batch.id == name.partition("/")[2])
    yield from data_rules(registry, ruleset, policy)
    yield from (registry.recusal_rules[use.rule] for use in ruleset.recusal)


def _own_columns(rule: DatedRule) -> Iterator[tuple[UnitKind, ColumnUse]]:
    """Columns that no field of the roster holds, by the unit that has them."""
    units: tuple[UnitKind, ...] = ("subject", "officer")
    yield from ((unit, use) for unit in units for use in columns_of(rule, unit) if not use.fields)
