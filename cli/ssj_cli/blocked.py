"""When no roster of officers exists: the explanation is kept beside the plan; nothing else is written."""

from collections.abc import Iterator
from contextlib import contextmanager

from ssj_cli.say import Voice, typed
from ssj_core.matching.counted import encode
from ssj_core.problems import Problem, RefusedError
from ssj_core.text import Lang
from ssj_core.workspace import Workspace

FOLDER = "notices"


@contextmanager
def explained(voice: Voice, workspace: Workspace, name: str) -> Iterator[None]:
    """Write `notices/<name>.staffing.txt` if teams cannot be completed; the error goes on to exit code 1.

    Beside it stands `<name>.staffing.json`, the proof that counting alone checks (SPEC §8.9).
    """
    try:
        yield
    except RefusedError as error:
        if error.certificates:
            voice.result(bottlenecks=error.certificates)
            _write(voice, workspace, name, error)
        raise


def _write(voice: Voice, workspace: Workspace, name: str, error: RefusedError) -> None:
    text = "\ufeff" + _page(name, error.problems, "zh") + "\n" + _page(name, error.problems, "en")
    path = workspace.write_beside(FOLDER, f"{name}.staffing.txt", text.encode())
    proof = workspace.write_beside(FOLDER, f"{name}.staffing.json", encode(name, error.certificates))
    voice.result(explanation=path, certificate=proof)
    voice.error(
        f"没有抽取；哪几席、缺几名、怎么办，写在 {path}。",
        f"nothing was drawn; which places, how many officers are missing and what helps: {path}.",
    )
    voice.error(
        f"谁都可以数一遍：ssj-core verify {typed(proof)}",
        f"anybody can count it again: ssj-core verify {typed(proof)}",
    )


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
