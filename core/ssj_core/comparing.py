"""Compare two TOML documents value by value; tables of a list are told apart by their ids, not by their places."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from attrs import frozen

_NAMES: Final = ("id", "rule", "sector", "code", "role", "per")
"""By one of these keys the tables of a list are told apart."""


@frozen(kw_only=True)
class Unlike:
    """A value that is another: which rule, which key, both as text, and since when the new one holds, if it says.

    `old_since` and `old_until` are the days of the old one, if it says.
    """

    rule: str
    key: str
    old: str
    new: str
    since: date | None
    old_since: date | None = None
    old_until: date | None = None


@frozen(kw_only=True)
class Rules:
    """What is not compared: `skip` everywhere; with `only_written`, keys that the old document does not have."""

    skip: frozenset[str] = frozenset()
    only_written: bool = False


@frozen
class _Days:
    """The days of what holds a value: since when the new one, from when to when the old one."""

    since: date | None = None
    old_since: date | None = None
    old_until: date | None = None

    def of(self, old: object, new: object) -> "_Days":
        """Those of the two tables, or of what holds them, where they say none."""
        now, was = (side if isinstance(side, Mapping) else {} for side in (new, old))
        began = "since" in was  # a table with days of its own ends by them alone
        return _Days(
            now.get("since", self.since),
            was["since"] if began else self.old_since,
            was.get("until", None if began else self.old_until),
        )


_NO_DAYS: Final = _Days()


def unlike(old: Any, new: Any, rules: Rules, rule: str = "", key: str = "", days: _Days = _NO_DAYS) -> Iterator[Unlike]:
    """Every value of two documents, tables or lists that is not the same in both."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        days = days.of(old, new)
        for name in dict.fromkeys((*old, *new)):
            if name not in rules.skip and not (rules.only_written and name not in old):
                yield from unlike(old.get(name), new.get(name), rules, rule, f"{key}.{name}".lstrip("."), days)
    elif _named(old) and _named(new):
        one, other = _by_name(old), _by_name(new)
        for name in dict.fromkeys((*one, *other)):
            yield from unlike(
                one.get(name), other.get(name), rules, " ".join(p for p in (rule, key, name) if p), "", days
            )
    elif old != new:
        own, (was, now) = days.of(old, new), _apart(old, new)
        yield Unlike(
            rule=rule, key=key, old=was, new=now, since=own.since, old_since=own.old_since, old_until=own.old_until
        )


def _apart(old: Any, new: Any) -> tuple[str, str]:
    """Two values that differ, in words that differ, too: in a few, else what only one of them has, else all of it."""
    if told(old) != told(new):
        return told(old), told(new)
    if isinstance(old, list) and isinstance(new, list):
        lone = [v for v in old if v not in new], [v for v in new if v not in old]
        old, new = lone if all(lone) else (old, new)
    was, now = _whole(old), _whole(new)
    return (was, now) if was != now else (repr(old), repr(new))


def _whole(value: Any) -> str:
    """A value with all that it says."""
    if isinstance(value, Mapping):
        return "；".join(f"{name} {_whole(one)}" for name, one in value.items())
    return "、".join(map(_whole, value)) if isinstance(value, list | tuple) else told(value)


def told(value: Any) -> str:
    """A value in a few words: a table by its title, its citation, or else by all that it says."""
    if value is None:
        return "—"
    if isinstance(value, Mapping):
        if "mark" in value:
            return " ".join([str(value["title"]), *map(str, value.get("articles", ()))])
        return str(value.get("title") or value.get("rule") or value.get("ratio") or _whole(value))
    if isinstance(value, bool):
        return str(value).lower()
    return "、".join(map(told, value)) if isinstance(value, list | tuple) else str(value)


def _named(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(v, Mapping) and any(n in v for n in _NAMES) for v in value)


def _by_name(tables: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for table in tables:
        name = str(next(table[n] for n in _NAMES if n in table))
        while name in made:  # one rule used twice, with other parameters
            name += "*"
        made[name] = table
    return made
