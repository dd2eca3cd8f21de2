"""The ids of a plan and of its batches, and its titles, which are sealed as lines."""

import re
from collections.abc import Iterable
from typing import Final

from ssj_core.canonical import check_line_value
from ssj_core.plan import Plan
from ssj_core.problems import Problem, problem
from ssj_core.tomlpos import Path as TomlPath
from ssj_core.tomlpos import line_of

_ID: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")


def check_names(plan: Plan, lines: dict[TomlPath, int], file: str) -> Iterable[Problem]:
    """Ids that are none, a plan without batches or sources, titles that do not fit on a line."""
    named: list[tuple[TomlPath, str]] = [(("id",), plan.id)]
    named += [(("batch", n, "id"), batch.id) for n, batch in enumerate(plan.batch)]
    for path, value in named:
        if not _ID.fullmatch(value):
            where = "id" if len(path) == 1 else f"batch[{int(path[1]) + 1}].id"
            yield problem("SSJ-P024", file=file, row=line_of(lines, path), field=where, value=value)
    for name, zh, count in (("batch", "批次", len(plan.batch)), ("entropy", "熵源", len(plan.entropy))):
        if not count:
            yield problem("SSJ-P027", file=file, row=1, field=name, value=name, what=zh, what_en=name)
    for key, text in (("title", plan.title), ("bureau", plan.bureau), ("document_no", plan.document_no)):
        try:
            check_line_value(text)
        except ValueError as error:
            row = line_of(lines, (key,))
            yield problem("SSJ-P029", file=file, row=row, field=key, value=repr(text), reason=error)
