"""Read back what replacements have changed so far, from the files of their draw."""

from collections.abc import Iterable, Mapping

from attrs import evolve

from ssj_core import standing as names
from ssj_core.replacement.event import FILE, Event, decode_event
from ssj_core.replacement.record import TEAMS
from ssj_core.replacement.standing import Standing
from ssj_core.tables import TeamRow, decode_table


def history(files: Mapping[str, bytes], numbers: Iterable[int]) -> Standing:
    """Who stands after these replacements, in their order.

    Raises:
        KeyError: a file is missing. InputError: an event cannot be read. TableError: a table is not canonical.
    """
    standing = Standing.drawn(decode_table(TeamRow, files[TEAMS]))
    for number in numbers:
        event = decode_event(files[names.path(number, FILE)], names.path(number, FILE))
        rows = decode_table(TeamRow, files[names.path(number, TEAMS)])
        standing = after(standing, event, rows)
    return standing


def after(before: Standing, event: Event, rows: tuple[TeamRow, ...]) -> Standing:
    """Who stands after one replacement that left these teams."""
    taken = before.taken | {r.subject for r in rows}
    return evolve(before.noting(event), rows=rows, taken=taken)
