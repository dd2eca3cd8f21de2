"""Our conditional formats in an office's own sheet, set before its own ones and taken away again."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ssj_core.desk.tints import COLOURS, Tint, column_of, is_tint
from ssj_core.roster.ours import is_head

if TYPE_CHECKING:
    from openpyxl.formatting.rule import Rule
    from openpyxl.worksheet.worksheet import Worksheet


def tint(sheet: "Worksheet", wanted: Sequence[Tint]) -> None:
    """Add the formats; where one of the office's own has a colour for the same cell, ours is seen."""
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import Font, PatternFill
    from openpyxl.styles.differential import DifferentialStyle

    theirs = sorted((rule for _, rule in _rules(sheet)), key=lambda rule: rule.priority)
    for number, rule in enumerate(theirs, len(wanted) + 1):
        rule.priority = number
    for number, one in enumerate(wanted, 1):
        colour = {name: value.replace("#", "FF") for name, value in COLOURS[one.grade].items()}
        style = DifferentialStyle(font=Font(color=colour["font_color"]), fill=PatternFill(bgColor=colour["bg_color"]))
        rule = Rule(type="expression", dxf=style, formula=[one.formula], priority=number)
        sheet.conditional_formatting.add(one.range, rule)


def untint(sheet: "Worksheet") -> None:
    """Take our formats away, wherever rows that were moved or copied took them."""
    listed = sheet.conditional_formatting._cf_rules
    for ranges, rules in list(listed.items()):
        kept = [rule for rule in rules if not _ours(rule)]
        if kept:
            listed[ranges] = kept
        else:
            del listed[ranges]


def tinted(sheet: "Worksheet") -> frozenset[tuple[str, str]]:
    """Range and formula of our formats."""
    return frozenset((ranges, rule.formula[0]) for ranges, rule in _rules(sheet) if _ours(rule))


def placed(sheet: "Worksheet", head: int) -> int | None:
    """The place of the column 问题 that our formats look at, though nothing in it is left of ours."""
    from openpyxl.utils import column_index_from_string

    for _, formula in sorted(tinted(sheet)):
        if (letters := column_of(formula)) and is_head(sheet[f"{letters}{head}"].value):
            return int(column_index_from_string(letters)) - 1
    return None


def _rules(sheet: "Worksheet") -> Iterator[tuple[str, "Rule"]]:
    for ranges, rules in sheet.conditional_formatting._cf_rules.items():
        for rule in rules:
            yield str(ranges.sqref), rule


def _ours(rule: "Rule") -> bool:
    return bool(rule.formula) and is_tint(str(rule.formula[0]))
