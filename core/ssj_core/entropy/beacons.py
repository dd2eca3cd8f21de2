"""What the sources of public beacons share: the parameters of a plan, and reading the JSON a beacon prints."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NoReturn

from ssj_core.problems import EntropyError, InputError, Problem, problem

MARGIN_MINUTES: Final = "60"
"""What lies at least between sealing and event: time to publish the commitment."""
YEAR: Final = timedelta(days=366)

_WHOLE: Final = re.compile(r"[1-9][0-9]{0,17}")


def check_names(params: Mapping[str, str], known: Iterable[str], events: Iterable[str]) -> None:
    """Raise `InputError` for parameters nobody takes, and where the event is named twice."""
    found = [problem("SSJ-E008", value=name) for name in params if name not in known]
    twice = [name for name in events if name in params]
    if len(twice) > 1:
        found.append(problem("SSJ-E075", value=", ".join(twice)))
    if found:
        raise InputError(found)


def whole(params: Mapping[str, str], name: str, default: str = "") -> int:
    """A whole number from 1; raises `InputError`."""
    text = params.get(name, default)
    if not _WHOLE.fullmatch(text):
        raise InputError([problem("SSJ-E061", field=name, value=text, example=default or "1")])
    return int(text)


def margin(params: Mapping[str, str], now: datetime) -> datetime:
    """The moment before which no event is taken; raises `InputError`."""
    minutes = whole(params, "margin_minutes", MARGIN_MINUTES)
    if minutes > YEAR // timedelta(minutes=1):
        raise InputError([problem("SSJ-E061", field="margin_minutes", value=minutes, example=MARGIN_MINUTES)])
    return now + timedelta(minutes=minutes)


def stamp(moment: datetime) -> str:
    """A moment as it stands in `appointed`: UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Fields:
    """The fields of a JSON object; gathers what is wrong with them, for `check` to raise."""

    def __init__(self, content: Mapping[str, Any], found: list[Problem] | None = None, prefix: str = "") -> None:
        self._content, self._prefix = content, prefix
        self._found: list[Problem] = [] if found is None else found

    @classmethod
    def of(cls, raw: str) -> "Fields":
        """Read an object in which no name stands twice; raises `EntropyError`."""
        try:
            content = json.loads(raw, object_pairs_hook=_once, parse_constant=_refuse)
        except (ValueError, RecursionError):
            content = None
        if not isinstance(content, dict):
            raise EntropyError([problem("SSJ-E066", value=raw[:40])])
        return cls(content)

    def check(self) -> None:
        """Raise `EntropyError` when anything was wrong."""
        if self._found:
            raise EntropyError(self._found)

    def whole(self, name: str, size: int, least: int = 0) -> int:
        """An integer of `size` bytes, at least `least`."""
        value = self._content.get(name)
        if type(value) is int and least <= value < 256**size:
            return value
        self._wrong(name)
        return least

    def text(self, name: str, fits: Callable[[str], object] = bool) -> str:
        """A text that fits."""
        value = self._content.get(name)
        if isinstance(value, str) and fits(value):
            return value
        self._wrong(name)
        return ""

    def hexadecimal(self, name: str, digits: int, pattern: str = "[0-9a-f]*") -> str:
        """So many hexadecimal digits."""
        value = self._content.get(name)
        if not isinstance(value, str):
            self._wrong(name)
        elif not re.fullmatch(pattern, value):
            self._found.append(problem("SSJ-E068", field=self._prefix + name, value=value))
        elif len(value) != digits:
            self._found.append(problem("SSJ-E069", field=self._prefix + name, value=len(value), digits=digits))
        else:
            return value
        return ""

    def has(self, name: str) -> bool:
        """Whether the field is there."""
        return name in self._content

    def within(self, name: str) -> "Fields":
        """An object inside."""
        value = self._content.get(name)
        if not isinstance(value, dict):
            self._wrong(name)
        return Fields(value if isinstance(value, dict) else {}, self._found, f"{self._prefix}{name}.")

    def each(self, name: str) -> list["Fields"]:
        """A list of objects inside."""
        value = self._content.get(name)
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            self._wrong(name)
            return []
        return [Fields(v, self._found, f"{self._prefix}{name}[{n}].") for n, v in enumerate(value)]

    def _wrong(self, name: str) -> None:
        value = json.dumps(self._content.get(name), ensure_ascii=False)[:40]
        self._found.append(problem("SSJ-E067", field=self._prefix + name, value=value))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) < len(pairs):
        raise ValueError("a name stands twice")
    return content


def _refuse(_constant: str) -> NoReturn:
    raise ValueError("not a number of JSON")
