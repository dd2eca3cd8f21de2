"""SPEC §9.6 lists every key of every TOML file: as the core's classes have them, and as the one-file verifier does.

Whoever adds a key adds a row to both specifications and a word to `TABLES` of `verify_ssj.py`; the failing test says
which.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, Literal, NamedTuple, Union, get_args, get_origin

import attrs
import pytest

from ssj_core.plan import Plan
from ssj_core.problems import InputError
from ssj_core.record import Record
from ssj_core.replacement.event import Event
from ssj_core.replacement.record import ReplacementRecord
from ssj_core.rules.effective import EffectiveRules
from ssj_core.structuring import structure
from tests.unit.test_spec import BODY
from tests.verifiers.independent import SSJ

FILES: Final[Mapping[str, type[Any]]] = {
    "record.toml": Record,
    "rules.toml": EffectiveRules,
    "plan.toml": Plan,
    "event.toml": Event,
    "replacement.toml": ReplacementRecord,
}
PLAIN: Final = {str: "text", int: "integer", bool: "truth", date: "date", Fraction: "ratio"}
ROW = re.compile(r"^\| `([a-z.-]+)` \| `([a-z0-9_]+)` \| `([^`]+)` \| (?:`([^`]+)`|(–)|) \| (.+) \|$", re.MULTILINE)


class Key(NamedTuple):
    """A row of the table: `absent` is what the key is where it does not stand, empty if it must stand."""

    table: str
    name: str
    kind: str
    absent: str


def rows() -> list[Key]:
    section = BODY.partition("### 9.6 ")[2].partition("\n## ")[0]
    found = [Key(table, name, kind, absent or dash) for table, name, kind, absent, dash, _ in ROW.findall(section)]
    assert len(found) == section.count("\n|") - 2, "a row that is written otherwise than the others"
    return found


ROWS: Final = rows()
NAMES: Final = {
    table: [key for key in ROWS if key.table == table] for table in dict.fromkeys(key.table for key in ROWS)
}


def test_no_key_stands_twice_and_every_table_is_reached() -> None:
    assert len({(key.table, key.name) for key in ROWS}) == len(ROWS)
    assert [key.table for key in ROWS] == [key.table for table in NAMES.values() for key in table]
    inner = {name for key in ROWS for name in re.findall(r"\[([a-z-]+)\]", key.kind)}
    assert inner | set(FILES) == set(NAMES)


# The core's classes


def written(kind: Any, tables: dict[type[Any], str]) -> str:
    """A type of the core as §9.6 writes it; `tables` has the names of the classes."""
    origin, inner = get_origin(kind), [one for one in get_args(kind) if one not in (NoneType, Ellipsis)]
    if origin is Literal:
        return ", ".join(f'"{word}"' for word in inner)
    if origin is tuple:
        return "texts" if inner == [str] else f"[{written(inner[0], tables)}]"
    if origin is Mapping:
        return f"{{{written(inner[1], tables)}}}"
    if origin in (Union, UnionType):
        order = ["text", "integer", "truth"]
        words = [written(one, tables) for one in inner]
        return ", ".join(sorted(words, key=lambda word: order.index(word) if word in order else len(order)))
    return f"[{tables[kind]}]" if attrs.has(kind) else PLAIN[kind]


def of_the_core() -> Iterator[Key]:
    tables, queue = {cls: name for name, cls in FILES.items()}, list(FILES.values())
    stated = {(key.table, key.name): key.kind for key in ROWS}
    for cls in queue:
        for field in attrs.fields(attrs.resolve_types(cls)):
            for part in parts(field.type):
                if part not in tables:  # the specification gives the name; one class has one name
                    kind = stated.get((tables[cls], field.name), "")
                    assert re.fullmatch(r"\[+[a-z-]+\]+", kind), f"no row for `{field.name}` of `{tables[cls]}`: {kind}"
                    tables[part] = kind.strip("[]")
                    queue.append(part)
            yield Key(tables[cls], field.name, written(field.type, tables), absence(field))
    assert len(set(tables.values())) == len(tables)


def parts(kind: Any) -> list[type[Any]]:
    if attrs.has(kind):
        return [kind]
    return [found for one in get_args(kind) for found in parts(one)]


def absence(field: "attrs.Attribute[Any]") -> str:
    """What the key is where it does not stand."""
    default: Any = field.default
    if default is attrs.NOTHING:
        return ""
    if isinstance(default, attrs.Factory):  # type: ignore[arg-type]
        return "{}"
    return {"None": "–", "()": "[]", "False": "false", "True": "true"}.get(
        repr(default), repr(default).replace("'", '"')
    )


def test_it_lists_the_keys_of_the_core() -> None:
    found = list(of_the_core())
    assert set(found) - set(ROWS) == set(), "no such row in SPEC §9.6"
    assert set(ROWS) - set(found) == set(), "a row of SPEC §9.6 for no key"


# The one-file verifier


def of_the_verifier() -> Iterator[Key]:
    for table, text in SSJ.TABLES.items():
        for word in text.split():
            name, _, kind = word.partition(":")
            yield Key(table, name.removesuffix("?"), kind or "text", "?" if name.endswith("?") else "")


def test_it_lists_the_keys_of_the_one_file_verifier() -> None:
    plain = {
        key._replace(kind=key.kind.replace('"', "").replace(", ", "|"), absent="?" * bool(key.absent)) for key in ROWS
    }
    assert set(of_the_verifier()) ^ plain == set()
    assert len(list(of_the_verifier())) == len(ROWS)


# What both make of a file written from the table alone


def example(kind: str, *, whole: bool) -> Any:
    """A value of this type; with every key that may be absent, or without."""
    inner = kind.strip("[]{}")
    if kind.startswith("[["):
        return [example(f"[{inner}]", whole=whole)]
    if kind.startswith("["):
        return {key.name: example(key.kind, whole=whole) for key in NAMES[inner] if whole or not key.absent}
    if kind.startswith("{"):
        return {"any": example(inner, whole=whole)}
    first = kind.partition(", ")[0]
    known = {"text": "words", "integer": 7, "truth": True, "date": date(2021, 3, 1), "texts": ["words"], "ratio": "3%"}
    return known.get(first, first.strip('"'))


def wrong(kind: str) -> list[Any]:
    """Values of other types, none of which fits."""
    some: list[Any] = [
        "x",
        1,
        1.0,
        True,
        date(2021, 1, 1),
        datetime(2021, 1, 1, tzinfo=UTC),
        [],
        [1],
        ["x"],
        {},
        {"x": []},
    ]
    fits = {"text": str, "integer": int, "truth": bool, "date": date}
    words = kind.split(", ")
    if kind == "texts" or kind.startswith("[["):
        return [v for v in some if not isinstance(v, list) or v == [1] or (v == ["x"] and kind != "texts")]
    if kind[0] in "[{":
        return [v for v in some if v != {} and (kind != "{texts}" or v != {"x": []})]
    return [v for v in some if type(v) not in [fits.get(word) for word in words]]


def accepted(file: str, raw: Mapping[str, Any]) -> tuple[bool, bool]:
    """Whether the core takes it, and the one-file verifier."""
    verdicts = []
    core: Callable[[], object] = lambda: structure(raw, FILES[file], file, "")  # noqa: E731
    for take in (core, lambda: SSJ.check(raw, f"[{file}]", file)):
        try:
            take()
        except (InputError, ValueError, TypeError, AttributeError):
            verdicts.append(False)
        else:
            verdicts.append(True)
    return verdicts[0], verdicts[1]


def places(file: str, raw: Any, table: str) -> Iterator[dict[str, Any]]:
    """The tables of the name `table` in an example of `file`."""
    queue = [(file, raw)]
    for name, found in queue:
        if name == table:
            yield found
        for key in NAMES[name]:
            if key.kind.startswith("[") and key.name in found:
                some = found[key.name]
                queue += [(key.kind.strip("[]"), one) for one in (some if isinstance(some, list) else [some])]


@cache
def how_many(file: str, table: str) -> int:
    """Tables of this name in a whole example of the file."""
    return len(list(places(file, example(f"[{file}]", whole=True), table)))


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("file", FILES)
def test_both_take_what_is_written_from_it(file: str, whole: bool) -> None:
    assert accepted(file, example(f"[{file}]", whole=whole)) == (True, True)


@pytest.mark.parametrize("file", FILES)
def test_both_refuse_a_key_more_in_every_table(file: str) -> None:
    for table in NAMES:
        for n in range(how_many(file, table)):
            raw = example(f"[{file}]", whole=True)
            list(places(file, raw, table))[n]["colour"] = "red"
            assert accepted(file, raw) == (False, False), (table, n)


@pytest.mark.parametrize("key", ROWS, ids=lambda key: f"{key.table}-{key.name}")
def test_both_refuse_a_key_less_and_a_value_of_another_type(key: Key) -> None:
    tried = 0
    for file in FILES:
        for n in range(how_many(file, key.table)):
            raw = example(f"[{file}]", whole=True)
            place = list(places(file, raw, key.table))[n]
            right = place.pop(key.name)
            assert accepted(file, raw) == ((True, True) if key.absent else (False, False)), (file, "absent")
            for value in wrong(key.kind):
                place[key.name] = value
                assert accepted(file, raw) == (False, False), (file, value)
                tried += 1
            place[key.name] = right
    assert tried > 5
