"""Checks of callbacks: what they answer, and that nothing but their arguments decides it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from ssj_core.model import UnitKind
from ssj_core.plugin.registry import listed, nearest
from ssj_core.problems import Problem, problem
from ssj_core.readers.model import Reading, ReadOptions
from ssj_core.rules.columns import roster_fields
from ssj_core.rules.model import ColumnUse
from ssj_core.testing import reads
from ssj_core.testing.examined import Examined
from ssj_core.testing.told import others, touched, unfit
from ssj_core.watching import run

_IN_WORDS: Final[Mapping[str, Callable[[str], object]]] = {"SSJ-G102": unfit, "SSJ-G104": touched}
_BYTES = (b"", b"\x00" * 64, b"PK\x03\x04", b"\xff\xfe", "编号,名称\n1,甲\n".encode(), b"\xd6\xd0,\xce\xc4\n")


def answers(plugin: Examined) -> Iterator[Problem]:
    """No callback raises, and each answers with what its kind asks for."""
    for name, told in _plain(plugin):
        for kind, code in (("raised", "SSJ-G101"), ("left", "SSJ-G110"), ("type", "SSJ-G102")):
            yield from _first(code, name, told[kind])


def arguments(plugin: Examined) -> Iterator[Problem]:
    """No callback changes what it is given."""
    for name, told in _plain(plugin):
        yield from _first("SSJ-G103", name, told["changed"])


def columns(plugin: Examined) -> Iterator[Problem]:
    """No callback reads a column that its rule does not declare, and every one declared is one a roster may have."""
    for callback in plugin.callbacks:
        for unit, uses in callback.columns.items():
            for use in uses:
                yield from _no_field(callback.id, unit, use)
    for name, read in plugin.undeclared.items():
        if read:
            yield reads.told(name, read)


def _no_field(rule: str, unit: UnitKind, use: ColumnUse) -> Iterator[Problem]:
    """Fields of a column that no roster has: it would be missing from every one."""
    known = roster_fields(unit)
    for one in use.fields:
        if one not in known:
            near = nearest(one, known)
            yield problem("SSJ-G118", value=rule, column=use.name, name=one, known=listed(known), **near)


def outside(plugin: Examined) -> Iterator[Problem]:
    """No callback looks at the clock, chance, the environment, files or the network; nor does the plugin on loading."""
    said = plugin.said.plain
    if said and said["touched"]:
        yield problem("SSJ-G104", value=plugin.id, what=touched("import: " + ", ".join(said["touched"])))
    for name, told in _plain(plugin):
        yield from _first("SSJ-G104", name, told["touched"])


def memory(plugin: Examined) -> Iterator[Problem]:
    """Asked twice, or after others, in another order, or a thousand times, a callback answers the same."""
    for name, told in _plain(plugin):
        if told["differs"]:
            yield from _first("SSJ-G105", name, told["differs"])
            continue
        other = plugin.said.backwards["callbacks"][name]
        found = _different(told["answers"], other["answers"]) or _different(told["answers"], other["later"])
        yield from _first("SSJ-G105", name, found)


def processes(plugin: Examined) -> Iterator[Problem]:
    """Other hash seeds, time zones, languages and folders change nothing: neither values nor answers."""
    said = plugin.said
    if said.died:
        yield problem("SSJ-G110", value=said.asked or plugin.id, what=said.died, more=others(0))
        return
    for kind, value in said.plain["values"].items():
        if value != said.elsewhere["values"][kind]:
            yield problem("SSJ-G109", value=plugin.id, what=kind)
    for name, told in _plain(plugin):
        other = said.elsewhere["callbacks"].get(name, {"answers": {}})["answers"]
        if not told["differs"]:
            yield from _first("SSJ-G109", name, _different(told["answers"], other))


def readers(plugin: Examined) -> Iterator[Problem]:
    """A reader of rosters reports what it cannot read, whatever the bytes; it never raises."""
    for reader in plugin.registry.roster_readers.values():
        for data in _BYTES:
            try:
                reading = run(reader.id, reader.read, data, ReadOptions(file="名录"), whole=True)
            except Exception as error:  # what it does wrong is what is asked here
                yield problem(
                    "SSJ-G101", value=reader.id, what=f"{data[:8]!r}: {type(error).__name__}: {error}", more=others(0)
                )
                break
            if not isinstance(reading, Reading):
                yield problem("SSJ-G102", value=reader.id, what=f"{reading!r:.60}", more=others(0))
                break


def _plain(plugin: Examined) -> Iterator[tuple[str, dict[str, Any]]]:
    if not plugin.said.died:
        yield from plugin.said.plain["callbacks"].items()


def _first(code: str, name: str, found: list[str]) -> Iterator[Problem]:
    """The first example, and how many more there are."""
    if found:
        yield problem(code, value=name, what=_IN_WORDS.get(code, str)(found[0]), more=others(len(found) - 1))


def _different(told: Mapping[str, str], again: Mapping[str, str]) -> list[str]:
    return [f"{q}: {a:.40} / {again.get(q, '—'):.40}" for q, a in told.items() if again.get(q) != a]
