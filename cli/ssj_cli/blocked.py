"""When no roster of officers exists: the explanation is kept beside the plan; nothing else is written."""

from collections.abc import Iterator
from contextlib import contextmanager

from ssj_cli.say import Voice
from ssj_core.matching import Infeasible
from ssj_core.problems import Problem, RefusedError
from ssj_core.text import Lang
from ssj_core.workspace import Workspace

FOLDER = "notices"


@contextmanager
def explained(voice: Voice, workspace: Workspace, name: str) -> Iterator[None]:
    """Write `notices/<draw id>.staffing.txt` if teams cannot be completed; the error goes on to exit code 1."""
    try:
        yield
    except RefusedError as error:
        if isinstance(error, Infeasible) or any(p.code.startswith("SSJ-M") for p in error.problems):
            text = "\ufeff" + _page(name, error.problems, "zh") + "\n" + _page(name, error.problems, "en")
            path = workspace.write_beside(FOLDER, f"{name}.staffing.txt", text.encode())
            voice.result(explanation=path)
            voice.error(
                f"没有抽取；哪几席、缺几名、怎么办，写在 {path}。",
                f"nothing was drawn; which places, how many officers are missing and what helps: {path}.",
            )
        raise


def _page(name: str, found: tuple[Problem, ...], lang: Lang) -> str:
    head = (
        f"{name}：检查组配不齐，没有抽取。条件不会自动放宽；人员、上限或名录改过以后再封存。"
        if lang == "zh"
        else f"{name}: teams cannot be completed, nothing was drawn. Nothing is relaxed by itself: change officers,"
        " limits or rosters, then seal."
    )
    lines = [head, ""]
    for p in found:
        lines += [f"{p.code} {p.message(lang)}", f"    → {p.remedy(lang)}", ""]
    return "\n".join(lines)
