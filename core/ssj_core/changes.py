"""The change report: what two versions of a plugin's tables say differently, and on which days.

A change that adds an interval touches the days of that interval and no other; one that edits an interval touches all
of its days, those that are past with them.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

from attrs import frozen

from ssj_core.comparing import Rules, Unlike, told, unlike
from ssj_core.rules.tables import load_checklist
from ssj_core.text import Text

_DAY: Final = timedelta(days=1)
_DATES: Final = frozenset({"since", "until", "reviewed_until", "gap"})
_HEAD: Final = frozenset({"format", "id"})
_ROWS: Final = frozenset({"item", "result", "follow_up"})
"""Tables of a document that have days of their own."""
_SAME: Final = Rules(skip=_DATES)

KINDS: Final = {
    "ssj-checklist/1": Text("事项", "item"),
    "ssj-ratio/1": Text("抽查比例", "ratio rule"),
    "ssj-ruleset/1": Text("规则集", "ruleset"),
    "ssj-results/1": Text("检查结果代码", "result code"),
    "ssj-strata/1": Text("分层", "stratifier"),
    "ssj-filter/1": Text("筛选", "filter"),
    "ssj-weights/1": Text("签数", "weight rule"),
}
"""Formats whose tables hold dated rules, and what one rule of each is called."""


@frozen(kw_only=True)
class Interval:
    """What a rule says from a day to a day, both included; `until` None for ever."""

    since: date
    until: date | None
    value: Mapping[str, Any]


@frozen(kw_only=True)
class Change:
    """What a rule says otherwise from `since` to `until`: new there, gone there, or other values."""

    kind: Text
    id: str
    title: str
    since: date
    until: date | None
    unlike: tuple[Unlike, ...]


Timelines = dict[tuple[str, str], list[Interval]]
"""Intervals by format and id."""


def timelines(document: Mapping[str, Any], data: bytes, file: str) -> Timelines:
    """The dated rules of one table, as its TOML has them; `data` is its text. Raises `InputError` for its mistakes."""
    kind, name = str(document["format"]), str(document.get("id", file))
    if kind == "ssj-checklist/1":
        return _items(document, data, file)
    if "in_force" in document:
        rest = {k: v for k, v in document.items() if k not in _HEAD | {"in_force"}}
        return {(kind, name): [_interval(i, document, rest) for i in document["in_force"]]}
    if kind == "ssj-results/1":
        found: Timelines = {(kind, name): [_of_all(document)]}
        for table, sign in (("result", ""), ("follow_up", "+")):
            for row in document.get(table, ()):
                found.setdefault((kind, f"{name}/{sign}{row['code']}"), []).append(_interval(row, document, {}))
        return found
    return {(kind, name): [_interval(document, document, {})]}


def changes(old: Timelines, new: Timelines) -> tuple[Change, ...]:
    """Every rule and stretch of days on which the two say something else, by kind, id and day."""
    found = []
    for kind, name in sorted({*old, *new}):
        for since, until, was, now in _stretches(old.get((kind, name), []), new.get((kind, name), [])):
            other = tuple(_other(was, now))
            if other:
                title = str((now or was or {}).get("title", ""))
                found.append(Change(kind=KINDS[kind], id=name, title=title, since=since, until=until, unlike=other))
    return tuple(found)


def _other(was: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> Iterator[Unlike]:
    if was is None or now is None:
        if was is not now:
            yield Unlike(rule="", key="", old=_whole(was), new=_whole(now), since=None)
        return
    yield from unlike(was, now, _SAME)


def _whole(value: Mapping[str, Any] | None) -> str:
    if value is None:
        return "—"
    classes = value.get("classes")
    if isinstance(classes, Mapping):
        return "；".join(f"{name} {told(one)}" for name, one in classes.items())
    return str(value.get("title") or told(value))


def _interval(table: Mapping[str, Any], whole: Mapping[str, Any], more: Mapping[str, Any]) -> Interval:
    value = {**more, **{k: v for k, v in table.items() if k not in _DATES | _HEAD}}
    since = table.get("since", whole.get("since", date.min))
    return Interval(since=since, until=table.get("until"), value=value)


def _of_all(document: Mapping[str, Any]) -> Interval:
    """What a table says of all its rows: title, other names, platform, bases."""
    value = {k: v for k, v in document.items() if k not in _DATES | _HEAD | _ROWS}
    return Interval(since=document["since"], until=None, value=value)


def _items(document: Mapping[str, Any], data: bytes, file: str) -> Timelines:
    """The list as a whole, and its items, each with the bases published by then: a later one begins a stretch."""
    found: Timelines = {("ssj-checklist/1", str(document["id"])): [_of_all(document)]}
    for raw, item in zip(document["item"], load_checklist(data, file).items, strict=True):
        starts = sorted(
            {item.since, *(b["version"] for b in raw["basis"] if b.get("version", item.since) > item.since)}
        )
        starts = [day for day in starts if item.until is None or day <= item.until]
        for since, last in zip(starts, [*(day - _DAY for day in starts[1:]), item.until], strict=True):
            basis = [b for b in raw["basis"] if b.get("version", since) <= since]
            value = {**{k: v for k, v in raw.items() if k not in _DATES | {"id"}}, "basis": basis}
            key = ("ssj-checklist/1", f"{document['id']}/{item.id}")
            found.setdefault(key, []).append(Interval(since=since, until=last, value=value))
    return found


def _stretches(
    old: Iterable[Interval], new: Iterable[Interval]
) -> Iterator[tuple[date, date | None, Mapping[str, Any] | None, Mapping[str, Any] | None]]:
    """Days on which neither timeline changes, with what each says; stretches that say the same are joined."""
    old, new = tuple(old), tuple(new)
    starts = sorted({i.since for i in (*old, *new)} | {i.until + _DAY for i in (*old, *new) if i.until})
    pending: tuple[date, date | None, Mapping[str, Any] | None, Mapping[str, Any] | None] | None = None
    for n, since in enumerate(starts):
        until = starts[n + 1] - _DAY if n + 1 < len(starts) else None
        was, now = _on(old, since), _on(new, since)
        if pending is not None and (pending[2], pending[3]) == (was, now):
            pending = (pending[0], until, was, now)
            continue
        if pending is not None:
            yield pending
        pending = (since, until, was, now)
    if pending is not None:
        yield pending


def _on(line: Iterable[Interval], day: date) -> Mapping[str, Any] | None:
    return next((i.value for i in line if i.since <= day and (i.until is None or day <= i.until)), None)
