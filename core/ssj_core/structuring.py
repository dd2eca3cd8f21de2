"""TOML text to attrs values, strictly: no coercion, every mistake at once, each with its line."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from fractions import Fraction
from functools import cache
from typing import Any, Final, Literal, TypeVar, get_args, get_origin, get_type_hints

from attrs import fields, has
from cattrs import Converter
from cattrs.errors import (
    AttributeValidationNote,
    BaseValidationError,
    ForbiddenExtraKeysError,
    IterableValidationNote,
)

from ssj_core.canonical import check_line_value
from ssj_core.problems import InputError, Problem, problem
from ssj_core.ratios import parse_number, parse_ratio
from ssj_core.rules.model import CellValue, Number, ParamValue
from ssj_core.text import Text
from ssj_core.tomlpos import Path, line_of, positions

C = TypeVar("C")

_DEEP: Final = Text("键的段数太多", "a key of too many parts")
_DEEPEST: Final = 200
_LOOKED_AT: Final = 2000
"""Characters of a line that cannot be read: what is wrong with it stands near its beginning, if it is a line at all."""
_FULL_WIDTH: Final = re.compile("[\uff01-\uff5e]")
_DAY: Final = re.compile(r"=\s*(\d{4}-\d{2}-\d{2})(?!\d)")
_LIKE_A_DAY: Final = re.compile(r"=\s*\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}")
_ONE_BRACKET: Final = Text(
    "前面有一处同名的，表名外面少了一层方括号", "one before it of this name has a bracket too few"
)


class BadValueError(ValueError):
    """A value of the wrong type or form; `expected` says what would be right."""

    def __init__(self, code: str, value: object, expected: Text) -> None:
        self.code, self.value, self.expected = code, value, expected
        super().__init__(f"{value!r} is not {expected.en}")


def load_toml(data: bytes, cls: type[C], file: str) -> C:
    """Read TOML bytes as `cls`.

    Raises:
        InputError: with every mistake of the file, its line, path and remedy.
    """
    text = decode_toml(data, file)
    return structure(parse_toml(text, file), cls, file, text)


def clean_texts(value: object, file: str, path: Path = ()) -> None:
    """Refuse control characters in any text of a record: nobody may write lines of his own onto a verifier's screen.

    Raises:
        InputError: naming the first such text.
    """
    if isinstance(value, str):
        try:
            check_line_value(value)
        except ValueError as error:
            found = problem("SSJ-P029", file=file, field=dotted(path), value=shown(ascii(value)), reason=error)
            raise InputError([found]) from None
    elif isinstance(value, Mapping):
        for key, item in value.items():
            clean_texts(key, file, path)
            clean_texts(item, file, (*path, key))
    elif isinstance(value, tuple | list):
        for n, item in enumerate(value):
            clean_texts(item, file, (*path, n))
    elif has(cls := type(value)):
        for attribute in fields(cls):
            clean_texts(getattr(value, attribute.name), file, (*path, attribute.name))


def structure(raw: Mapping[str, Any], cls: type[C], file: str, text: str) -> C:
    """Turn what `tomllib` made of `text` into `cls`; raises `InputError` like `load_toml`."""
    try:
        return converter().structure(raw, cls)
    except BaseValidationError as group:
        lines = positions(text)
        raise InputError([_problem(path, error, lines, file) for path, error in _walk(group, ())]) from None


def decode_toml(data: bytes, file: str) -> str:
    """UTF-8 with or without BOM (Notepad writes one); anything else is refused, never guessed."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        raise InputError([problem("SSJ-P001", file=file, row=row)]) from None


def parse_toml(text: str, file: str) -> dict[str, Any]:
    """`tomllib` with its message turned into a problem that knows the usual slips."""
    for row, line in enumerate(text.split("\n"), start=1):
        if line.partition("=")[0].count(".") > _DEEPEST:  # tomllib takes minutes over keys of thousands of parts
            raise InputError([problem("SSJ-P002", file=file, row=row, value=shown(line.strip()), reason=_DEEP)])
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:  # a number of thousands of digits is a plain ValueError
        match = re.search(r"\(at line (\d+), column \d+\)", str(error))
        row = int(match[1]) if match else text.count("\n") + 1
        source = text.split("\n")[row - 1][:_LOOKED_AT].strip() if row <= text.count("\n") + 1 else ""
        bare = re.sub(r'"[^"]*"', "", source).partition("#")[0]
        code = "SSJ-P003" if _FULL_WIDTH.search(bare) or "“" in bare or "”" in bare else "SSJ-P002"
        if re.match(r"[^\x00-\x7f]+\s*=", source):
            code = "SSJ-P004"
        elif code == "SSJ-P002" and re.search(r"=\s*[\d.]+\s*%", bare):
            code = "SSJ-P008"
        elif code == "SSJ-P002" and (day := _DAY.search(bare)):
            code = "SSJ-P002" if _is_day(day[1]) else "SSJ-P009"
        elif code == "SSJ-P002" and _LIKE_A_DAY.search(bare):
            code = "SSJ-P036"
        overwritten = source.startswith("[[") and "Cannot overwrite a value" in str(error)
        reason = _ONE_BRACKET if overwritten else error
        raise InputError([problem(code, file=file, row=row, value=shown(source), reason=reason)]) from None


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


@cache
def converter() -> Converter:
    """The strict converter: exact types, no unknown keys, all mistakes collected."""
    made = Converter(forbid_extra_keys=True, detailed_validation=True)
    for cls, code, expected in (
        (str, "SSJ-P010", Text("文字（加双引号）", "text in quotes")),
        (int, "SSJ-P010", Text("整数", "a whole number")),
        (bool, "SSJ-P010", Text("true 或 false", "true or false")),
        (date, "SSJ-P010", Text("日期，例如 2021-01-31（不加引号）", "a date such as 2021-01-31, without quotes")),
        (datetime, "SSJ-P010", Text("日期时间", "a date with time")),
    ):
        made.register_structure_hook(cls, _exactly(cls, code, expected))
    made.register_structure_hook(Fraction, _ratio)
    made.register_structure_hook_func(lambda t: bool(t == ParamValue), _param)
    made.register_structure_hook_func(lambda t: bool(t in (CellValue, CellValue | None)), _cell_value)
    made.register_structure_hook_func(lambda t: bool(t in (Number, Number | None)), _number)
    made.register_structure_hook_func(lambda t: bool(t == int | Literal["all", "none"]), _take)
    made.register_structure_hook_func(lambda t: str(get_origin(t)) == "typing.Literal", _literal)
    made.register_structure_hook_factory(_is_tuple, _tuple)
    made.register_structure_hook_factory(lambda t: get_origin(t) is not None and _is_mapping(t), _mapping)
    return made


def _exactly(cls: type, code: str, expected: Text) -> Any:
    def hook(value: object, _: object) -> object:
        if type(value) is not cls:
            raise BadValueError(code, value, expected)
        return value

    return hook


def _ratio(value: object, _: object) -> Fraction:
    if isinstance(value, float):
        raise BadValueError("SSJ-P005", value, Text('带引号的百分数，例如 "3%"', 'a quoted percentage such as "3%"'))
    expected = Text('比例，例如 "3%"、"2.5%" 或 "1/40"', 'a ratio such as "3%", "2.5%" or "1/40"')
    if not isinstance(value, str):
        raise BadValueError("SSJ-P007", value, expected)
    try:
        return parse_ratio(value)
    except ValueError:
        code = "SSJ-P006" if _FULL_WIDTH.search(value) else "SSJ-P007"
        raise BadValueError(code, value, expected) from None


def _param(value: object, _: object) -> ParamValue:
    if type(value) not in (int, bool, str):
        raise BadValueError("SSJ-P010", value, Text("整数、true/false 或文字", "a whole number, true, false or text"))
    return value  # type: ignore[return-value]


def _cell_value(value: object, _: object) -> CellValue:
    if type(value) not in (int, bool, str, date):
        expected = Text(
            '整数、加引号的小数（例如 "0.75"）、true/false、文字或日期',
            'a whole number, a decimal in quotes such as "0.75", true, false, text or a date',
        )
        raise BadValueError("SSJ-P010", value, expected)
    return value  # type: ignore[return-value]


def _number(value: object, _: object) -> Number:
    if type(value) is int:
        return value
    try:
        return parse_number(value if isinstance(value, str) else "")
    except ValueError:
        expected = Text('整数，或加引号的小数，例如 "0.75"', 'a whole number, or a decimal in quotes such as "0.75"')
        raise BadValueError("SSJ-P010", value, expected) from None


def _take(value: object, _: object) -> int | str:
    if value in ("all", "none") or type(value) is int:
        return value
    raise BadValueError("SSJ-P010", value, Text('"all"、"none" 或整数', '"all", "none" or a whole number'))


def _literal(value: object, kind: object) -> object:
    known = get_args(kind)
    if type(value) is not str or value not in known:
        listed = " / ".join(f'"{word}"' for word in known)  # as the file has to have it
        raise BadValueError("SSJ-P011", value, Text(f"下列之一：{listed}", f"one of: {listed}"))
    return value


def _is_tuple(kind: object) -> bool:
    return get_origin(kind) is tuple


def _tuple(kind: Any, made: Converter) -> Any:
    args = get_args(kind)
    many = len(args) == 2 and args[1] is Ellipsis

    def hook(value: object, _: object) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise BadValueError("SSJ-P010", value, Text("方括号里的列表", "a list in square brackets"))
        if many:
            return tuple(made.structure(value, list[args[0]]))  # type: ignore[valid-type]
        if len(value) != len(args):
            raise BadValueError("SSJ-P010", value, Text(f"{len(args)} 个值的列表", f"a list of {len(args)} values"))
        return tuple(made.structure(v, a) for v, a in zip(value, args, strict=True))

    return hook


def _is_mapping(kind: object) -> bool:
    origin = get_origin(kind)
    return isinstance(origin, type) and issubclass(origin, Mapping) and origin is not dict


def _mapping(kind: Any, made: Converter) -> Any:
    _, item = get_args(kind)

    def hook(value: object, _: object) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise BadValueError("SSJ-P010", value, Text("一张表", "a table"))
        return made.structure(value, dict[str, item])  # type: ignore[valid-type]

    return hook


def _walk(group: BaseValidationError, path: Path) -> Iterator[tuple[Path, Exception]]:
    for error in group.exceptions:
        inner = path
        for note in getattr(error, "__notes__", ()):
            if isinstance(note, AttributeValidationNote):
                inner = (*path, note.name)
            elif isinstance(note, IterableValidationNote):
                inner = (*path, note.index)
        if isinstance(error, BaseValidationError):
            yield from _walk(error, inner)
        elif isinstance(error, ForbiddenExtraKeysError):
            for name in sorted(error.extra_fields):
                yield (*inner, name), _UnknownKeyError(name, error.cl)
        else:
            yield inner, error


_ALIKE: Final = 0.65
"""How alike an unknown key and the one that may be meant must be: `until` is no slip of the pen for `title`."""


class _UnknownKeyError(ValueError):
    def __init__(self, name: str, cls: type) -> None:
        self.known = [a.name for a in fields(cls)] if has(cls) else []
        self.near = [*_within(name, cls), *get_close_matches(name, self.known, n=1, cutoff=_ALIKE)]
        super().__init__(name)


def _within(name: str, cls: type) -> Iterator[str]:
    """Where the key belongs if it was written one level too high: into the tables of a list."""
    for key, kind in get_type_hints(cls).items() if has(cls) else ():
        inner = next(iter(get_args(kind)), None) if get_origin(kind) is tuple else None
        if isinstance(inner, type) and has(inner) and name in {a.name for a in fields(inner)}:
            yield f"{key}.{name}"


def _problem(path: Path, error: Exception, found: dict[Path, int], file: str) -> Problem:
    row, where = line_of(found, path), dotted(path)
    if isinstance(error, _UnknownKeyError):
        near = error.near[0] if error.near else ""
        return problem(
            "SSJ-P013" if near else "SSJ-P012", file=file, row=row, field=where, value=path[-1],
            near=near, known=", ".join(error.known),
        )  # fmt: skip
    if isinstance(error, BadValueError):
        return problem(
            error.code, file=file, row=row, field=where, value=shown(error.value),
            expected=error.expected.zh, expected_en=error.expected.en,
        )  # fmt: skip
    if isinstance(error, KeyError):
        return problem("SSJ-P014", file=file, row=row, field=where, value=str(error.args[0]))
    return problem(
        "SSJ-P010", file=file, row=row, field=where, value=path[-1] if path else "",
        expected="一张表", expected_en="a table",
    )  # fmt: skip


def dotted(path: Path) -> str:
    """`batch[2].start`, counting from 1 as people do."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else (f".{part}" if text else part)
    return text


def undotted(where: str) -> Path:
    """The path that `dotted` wrote."""
    parts: list[str | int] = []
    for name, index in re.findall(r"([^.\[\]]+)|\[(\d+)\]", where):
        parts.append(int(index) - 1 if index else name)
    return tuple(parts)


def shown(value: object) -> str:
    """A value as the user wrote it, near enough, and not too long."""
    text = {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)
    return text if len(text) <= 60 else text[:59] + "…"
