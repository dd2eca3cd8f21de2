"""Problems as one process writes them down for another."""

from collections.abc import Mapping
from typing import Any

from ssj_core.problems import Problem, problem


def written(found: Problem) -> dict[str, Any]:
    """A problem as JSON takes it."""
    return {
        "code": found.code, "file": found.file, "row": found.row, "field": found.field, "value": found.value,
        "params": dict(found.params),
    }  # fmt: skip


def read(told: Mapping[str, Any]) -> Problem:
    """The problem again."""
    return problem(
        told["code"], file=told["file"], row=told["row"], field=told["field"], value=told["value"], **told["params"]
    )
