"""Plugins of others are tried in processes of their own, before a command that looks at all plugins loads them."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from ssj_core.plugin.loader import Source, namespace
from ssj_core.problems import InputError, PluginError, Problem, SsjError, problem
from ssj_core.text import Text
from ssj_core.watching import refuse_unwatched

DIED: Final = "SSJ-G025"
"""The code of a plugin that the process it is loaded in does not survive."""

LONGEST: Final = 30.0
"""Seconds after which a plugin counts as hanging: large libraries on a slow disk take half of it to import."""

ROW: Final = 10.0
"""Seconds within which a rule has to answer about one unit."""

_AT_ONCE: Final = 4


def unusable(
    available: Mapping[str, Source], names: Iterable[str] | None = None, *, cases: bool = False
) -> Mapping[str, SsjError]:
    """Why each foreign plugin that cannot be loaded or, with `cases`, whose cases cannot be run, cannot be.

    Whatever it does while it is tried, exit, crash or wait for ever, it does to a process of its own. Folders of TOML
    have no code, and what ships with ssj-core needs no trial: neither is in the answer.
    """
    wanted = available if names is None else names
    tried = [s for n in wanted if (s := available.get(n)) is not None and has_foreign_code(s)]
    folders = [str(s.folder.resolve()) for s in available.values() if s.folder is not None]
    if not tried:
        return {}
    refuse_unwatched()  # they are loaded here next: rather than try them twice, the command starts again now
    from concurrent.futures import ThreadPoolExecutor  # only where somebody has a foreign plugin, not at every start

    with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        found = pool.map(lambda s: _try(s, available, folders, cases=cases), tried)
        return MappingProxyType({s.id: error for s, error in zip(tried, found, strict=True) if error is not None})


def refuse_fatal(source: Source, available: Mapping[str, Source]) -> None:
    """Raise `PluginError` where this process would not survive loading the plugin; its other faults are told later."""
    error = unusable(available, [source.id]).get(source.id)
    if error is not None and any(p.code == DIED for p in error.problems):
        raise error


def ended_by(value_id: str, source: Source, how: Text) -> Problem:
    """What is said of a plugin that ended a process, or of the one of its values that was being asked."""
    if value_id == source.id:
        return problem(DIED, value=source.id, distribution=source.label, how=how)
    return problem("SSJ-G029", value=value_id, plugin=source.id, distribution=source.label, how=how)


def has_foreign_code(source: Source) -> bool:
    """Whether it is a package of others that could be loaded."""
    return source.foreign and not source.rivals


def _try(source: Source, available: Mapping[str, Source], folders: list[str], *, cases: bool) -> SsjError | None:
    from ssj_core.apart.child import DiedError, ask_child
    from ssj_core.apart.plain import read
    from ssj_core.apart.waiting import Patience

    asked = {"plugin": source.id, "folders": folders, "cases": cases}
    try:
        told = ask_child("ssj_core.apart.worker", asked, patience=Patience(row=ROW, whole=LONGEST, all=LONGEST))
    except DiedError as died:
        asked_last = died.asked or source.id
        whose = available.get(namespace(asked_last), source)  # cases may ask the rules of another plugin
        return PluginError([ended_by(asked_last, whose, died.how)])
    found = [read(p) for p in told["problems"]]
    if not found:
        return None
    return InputError(found) if told["input"] else PluginError(found)
