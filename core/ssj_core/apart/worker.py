"""The process in which one foreign plugin is tried: `python -m ssj_core.apart.worker REQUEST ANSWER`."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from ssj_core.apart.child import watched_here
from ssj_core.apart.plain import written
from ssj_core.apart.trial import DIED
from ssj_core.case_files import load_with_cases
from ssj_core.cases import run_cases
from ssj_core.causes import named_cause
from ssj_core.plugin.discovery import survey
from ssj_core.plugin.loader import load
from ssj_core.plugin.source import Source
from ssj_core.problems import InputError, PluginError, SsjError, problem


def tried(plugin: str, folders: list[str], *, cases: bool) -> SsjError | None:
    """Load a plugin, with `cases` run them, too; what is wrong with it."""
    available, _ = survey(map(Path, folders))
    try:
        _use(plugin, available, cases=cases)
    except SsjError as error:
        return error
    except BaseException as error:  # nobody is at this keyboard: the plugin interrupts or ends the process itself
        label = available[plugin].label
        return PluginError([problem(DIED, value=plugin, distribution=label, how=named_cause(error))])
    return None


def _use(plugin: str, available: Mapping[str, Source], *, cases: bool) -> None:
    if not cases:
        load([plugin], available)
        return
    loaded = load_with_cases([plugin], available)
    run_cases(loaded.cases[plugin], loaded.registry)


def main(request: str, answer: str) -> None:
    """Read the request, write the answer."""
    asked = json.loads(Path(request).read_text(encoding="utf-8"))
    with watched_here():
        error = tried(**asked)
    told = {"input": isinstance(error, InputError), "problems": [written(p) for p in error.problems] if error else []}
    Path(answer).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
