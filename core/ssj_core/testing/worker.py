"""One fresh process of the kit: load a plugin, ask its callbacks everything, and write down what happened.

`python -m ssj_core.testing.worker REQUEST ANSWER` reads and writes JSON files; what a plugin prints disturbs nobody.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from attrs import asdict

from ssj_core.apart.child import watched_here
from ssj_core.canonical import check_line_value, digest
from ssj_core.plugin.loader import discover, load
from ssj_core.plugin.registry import KINDS, Registry
from ssj_core.plugin.source import Source
from ssj_core.testing.clocks import clocks
from ssj_core.testing.questions import Callback, Question, callbacks, questions
from ssj_core.testing.reads import Read, undeclared, written
from ssj_core.testing.watch import watched
from ssj_core.watching import run

_NOWHERE: Final = "no folder"
_OFTEN: Final = 20_000
_FEWEST: Final = 250
"""How often a callback is asked in all, and at least about each unit or pair."""


def answers(plugin: str, folders: list[Path], *, backwards: bool, watch: bool, ahead: float = 0.0) -> dict[str, Any]:
    """Everything one process can tell: the values registered, every answer, and what was touched on the way.

    Its clocks are `ahead` of the real ones by so many seconds.
    """
    with clocks(ahead):
        return _answers(plugin, folders, backwards=backwards, watch=watch)


def _answers(plugin: str, folders: list[Path], *, backwards: bool, watch: bool) -> dict[str, Any]:
    available = discover(folders)
    touched: set[str] = set()
    registry = _loaded(available[plugin], available, touched)
    asked = [(c, list(questions(c))) for c in callbacks(registry, plugin)]
    if backwards:
        asked = [(c, list(reversed(found))) for c, found in reversed(asked)]
    return {
        "values": {kind.attribute: digest(_plain(getattr(registry, kind.attribute)).encode()) for kind in KINDS},
        "touched": sorted(touched),
        "callbacks": {c.id: _ask(c, found, available[plugin], watch=watch) for c, found in asked},
    }


def _loaded(source: Source, available: Mapping[str, Source], touched: set[str]) -> Registry:
    root = source.root()
    if source.entry is None or root is None:
        return load([source.id], available)
    with watched(touched, inside=str(root)):
        return load([source.id], available)


def _ask(callback: Callback, asked: list[Question], source: Source, *, watch: bool) -> dict[str, Any]:
    told: dict[str, str] = {}
    wrong: dict[str, list[str]] = {"raised": [], "left": [], "type": [], "changed": [], "differs": [], "touched": []}
    first: set[str] = set()
    with watched(first, inside=str(source.root() or _NOWHERE)):  # what it imports at its first call is imported now
        _answer(asked[0])
    wrong["touched"] += [f"{asked[0].name}: {what}" for what in sorted(first)] if watch else []
    for question in asked:
        before = _plain((question.units, dict(question.context.params)))
        touched: set[str] = set()
        if watch:
            with watched(touched):
                answer = _answer(question)
        else:
            answer = _answer(question)
        if isinstance(answer, BaseException):
            kind = "raised" if isinstance(answer, Exception) else "left"
            wrong[kind].append(f"{question.name}: {type(answer).__name__}: {answer}")
        elif what := _unfit(answer, must=callback.must):
            wrong["type"].append(f"{question.name}: {what}")
        if _plain((question.units, dict(question.context.params))) != before:
            wrong["changed"].append(question.name)
        again = _answer(question)
        if repr(again) != repr(answer):
            wrong["differs"].append(f"{question.name}: {answer!r:.40} / {again!r:.40}")
        wrong["touched"] += [f"{question.name}: {what}" for what in sorted(touched)]
        told[question.name] = repr(answer)
    read = set[Read]().union(*map(undeclared, asked)) if watch else set()
    later = {} if watch else _later(asked)
    return {"answers": told, **wrong, "undeclared": [written(one) for one in sorted(read)], "later": later}


def _later(asked: list[Question]) -> dict[str, str]:
    """Every answer again, once each unit was asked so often that a count of any area, section or class ran over."""
    first = {question.name.partition(" @ ")[0]: question for question in asked}.values()
    for question in first:
        for _ in range(max(_FEWEST, _OFTEN // len(first))):
            _answer(question)
    return {question.name: repr(_answer(question)) for question in asked}


def _answer(question: Question) -> Any:
    try:
        return run(question.callback.id, question.callback.call, *question.units, question.context)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # what it does wrong, leaving included, is what is asked here
        return error


def _unfit(answer: object, *, must: bool) -> str:
    if answer is None:
        return "None" if must else ""
    if type(answer) is not str or not answer:
        return f"{answer!r:.60}"
    try:
        check_line_value(answer)
    except ValueError as error:
        return str(error)
    return ""


def _plain(value: Any) -> str:
    """A value as text, callables by their name: what two processes can compare."""
    return repr(_bare(value))


def _bare(value: Any) -> Any:
    if hasattr(value, "__attrs_attrs__"):
        return (type(value).__name__, _bare(asdict(value, recurse=False)))
    if isinstance(value, Mapping):
        return [(_bare(k), _bare(v)) for k, v in value.items()]
    if isinstance(value, list | tuple):
        return [_bare(v) for v in value]
    return "callable" if callable(value) else value


def main(request: str, answer: str) -> None:
    """Read the request, write the answer."""
    asked = json.loads(Path(request).read_text(encoding="utf-8"))
    asked["folders"] = [Path(folder) for folder in asked["folders"]]
    with watched_here():
        told = answers(**asked)
    Path(answer).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
