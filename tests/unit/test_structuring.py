"""TOML to values, strictly: nothing is coerced, everything wrong is told at once, each with its line."""

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Literal

import pytest
from attrs import field, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from ssj_core.problems import InputError, Problem
from ssj_core.rules.model import ParamValue
from ssj_core.structuring import dotted, load_toml, parse_toml, shown
from ssj_core.text import Lang

LANGS: tuple[Lang, ...] = ("zh", "en")


@frozen(kw_only=True)
class Part:
    name: str
    ratio: Fraction | None = None
    flag: bool = False


@frozen(kw_only=True)
class Whole:
    title: str = ""
    count: int = 0
    flag: bool = False
    day: date = date(2021, 1, 1)
    moment: datetime | None = None
    share: Fraction = Fraction(0)
    kind: Literal["one", "two"] = "one"
    words: tuple[str, ...] = ()
    months: tuple[int, int] = (1, 12)
    take: int | Literal["all", "none"] = 0
    params: Mapping[str, ParamValue] = field(factory=dict)
    digests: Mapping[str, str] = field(factory=dict)
    part: tuple[Part, ...] = ()
    single: Part | None = None


def load(text: str) -> Whole:
    return load_toml(text.encode(), Whole, "x.toml")


def problems(text: str) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        load(text)
    return list(caught.value.problems)


ACCEPTED: list[tuple[str, str, Any]] = [
    ('title = "12"', "title", "12"),
    ("count = 2", "count", 2),
    ("count = -2", "count", -2),
    ("flag = true", "flag", True),
    ("day = 2021-02-28", "day", date(2021, 2, 28)),
    ("moment = 2021-02-28T01:02:03", "moment", datetime(2021, 2, 28, 1, 2, 3)),  # noqa: DTZ001
    ('share = "2.5%"', "share", Fraction(1, 40)),
    ('share = "1/40"', "share", Fraction(1, 40)),
    ('kind = "two"', "kind", "two"),
    ('words = ["a", "b"]', "words", ("a", "b")),
    ("words = []", "words", ()),
    ("months = [1, 4]", "months", (1, 4)),
    ('take = "all"', "take", "all"),
    ("take = 3", "take", 3),
    ('params = { a = 1, b = true, c = "x" }', "params", {"a": 1, "b": True, "c": "x"}),
]


@pytest.mark.parametrize(("text", "name", "value"), ACCEPTED)
def test_a_value_of_the_right_type_is_taken_as_it_is(text: str, name: str, value: object) -> None:
    found = getattr(load(text), name)
    assert found == value
    assert type(found) is type(value)


REFUSED = [
    ('count = "2"', "SSJ-P010"),
    ("count = 1.9", "SSJ-P010"),
    ("count = 2.0", "SSJ-P010"),
    ("count = true", "SSJ-P010"),
    ("count = []", "SSJ-P010"),
    ("title = 12", "SSJ-P010"),
    ("title = true", "SSJ-P010"),
    ("title = 2021-01-01", "SSJ-P010"),
    ('flag = "false"', "SSJ-P010"),
    ("flag = 0", "SSJ-P010"),
    ("flag = 1", "SSJ-P010"),
    ('day = "2021-01-01"', "SSJ-P010"),
    ("day = 2021-01-01T00:00:00", "SSJ-P010"),
    ("day = 20210101", "SSJ-P010"),
    ("moment = 2021-01-01", "SSJ-P010"),
    ("moment = 10:00:00", "SSJ-P010"),
    ("share = 0.1", "SSJ-P005"),
    ("share = 3", "SSJ-P007"),
    ("share = true", "SSJ-P007"),
    ('share = "3"', "SSJ-P007"),
    ('share = "3 %"', "SSJ-P007"),
    ('share = "-3%"', "SSJ-P007"),
    ('share = "100.1%"', "SSJ-P007"),
    ('share = "1/0"', "SSJ-P007"),
    ('share = "３%"', "SSJ-P006"),
    ('share = "3％"', "SSJ-P006"),
    ('kind = "three"', "SSJ-P011"),
    ("kind = 1", "SSJ-P011"),
    ('kind = ["one"]', "SSJ-P011"),
    ('words = "ab"', "SSJ-P010"),
    ("words = [1]", "SSJ-P010"),
    ("words = { a = 1 }", "SSJ-P010"),
    ("months = [1]", "SSJ-P010"),
    ("months = [1, 2, 3]", "SSJ-P010"),
    ('months = [1, "4"]', "SSJ-P010"),
    ('take = "some"', "SSJ-P010"),
    ("take = true", "SSJ-P010"),
    ("take = 1.0", "SSJ-P010"),
    ("params = { a = 1.5 }", "SSJ-P010"),
    ("params = { a = [1] }", "SSJ-P010"),
    ("params = [1]", "SSJ-P010"),
    ("digests = { a = 1 }", "SSJ-P010"),
    ("part = 1", "SSJ-P010"),
    ('part = ["a"]', "SSJ-P010"),
    ("single = 1", "SSJ-P010"),
    ("single = {}", "SSJ-P014"),
    ("[part]\nname = 'a'", "SSJ-P010"),
    ("other = 1", "SSJ-P012"),
    ("tilte = 1", "SSJ-P013"),
    ("'title ' = 'x'", "SSJ-P013"),
]


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_a_value_of_another_type_is_refused_and_never_coerced(text: str, code: str) -> None:
    (found,) = problems(text)
    assert found.code == code
    for lang in LANGS:
        assert found.message(lang)
        assert found.remedy(lang)


MANY = """\
title = 12
day = '2021-01-01'
colour = 1

[[part]]
name = "a"

[[part]]
nmae = "b"
ratio = '0.1'
flag = 'false'

[single]
name = "c"
ratio = 0.5
"""


def test_all_mistakes_are_told_at_once_each_with_its_line() -> None:
    assert [(p.row, p.field, p.code) for p in problems(MANY)] == [
        (1, "title", "SSJ-P010"),
        (2, "day", "SSJ-P010"),
        (3, "colour", "SSJ-P012"),
        (8, "part[2].name", "SSJ-P014"),
        (9, "part[2].nmae", "SSJ-P013"),
        (10, "part[2].ratio", "SSJ-P007"),
        (11, "part[2].flag", "SSJ-P010"),
        (15, "single.ratio", "SSJ-P005"),
    ]


def test_lines_are_right_with_windows_line_ends_and_a_byte_order_mark() -> None:
    with pytest.raises(InputError) as caught:
        load_toml(b"\xef\xbb\xbf" + MANY.replace("\n", "\r\n").encode(), Whole, "x.toml")
    assert [p.row for p in caught.value.problems] == [1, 2, 3, 8, 9, 10, 11, 15]


def test_a_table_that_was_begun_with_one_bracket_is_told_as_that() -> None:
    with pytest.raises(InputError) as caught:
        parse_toml("[part]\nname = 'a'\n[[part]]\nname = 'b'\n", "plan.toml")
    (found,) = caught.value.problems
    assert (found.code, found.row) == ("SSJ-P002", 3)
    assert "少了一层方括号" in found.remedy("zh")


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("title = “x”", "SSJ-P003", 1),
        ("\ncount ＝ 1", "SSJ-P003", 2),
        ("words = [“a”，“b”]", "SSJ-P003", 1),
        ("标题 = 'x'", "SSJ-P004", 1),
        ("count = 1\nshare = 3%\n", "SSJ-P008", 2),
        ("count = 1\ncount = 2", "SSJ-P002", 2),
        ("day = 2021-02-30", "SSJ-P009", 1),
        ("day = 2021-2-3", "SSJ-P036", 1),
        ("day = 2021.02.03", "SSJ-P036", 1),
        ("day = 2021年2月3日 # 起", "SSJ-P036", 1),
        ("until = { day = 2021/2/3 }", "SSJ-P036", 1),
        ("day = 2021-02-03\nday = 2021-02-04", "SSJ-P002", 2),
        ("title = 'a", "SSJ-P002", 1),
        ("title = 'a' # 全角，在说明里\ncount =", "SSJ-P002", 2),
        ("title = '全角，在引号里'\ncount = x", "SSJ-P002", 2),
        ("[[part]\nname = 'x'", "SSJ-P002", 1),
        ("count = " + "9" * 5000, "SSJ-P002", 1),
        ("words = " + "[" * 3000, "SSJ-P002", 1),
    ],
)
def test_what_is_no_toml_names_the_usual_slip_and_its_line(text: str, code: str, row: int) -> None:
    (found,) = problems(text)
    assert (found.code, found.row) == (code, row)


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-16", "utf-16-le"])
def test_another_encoding_is_refused_and_never_guessed(encoding: str) -> None:
    with pytest.raises(InputError) as caught:
        load_toml('count = 1\ntitle = "抽查计划"\n'.encode(encoding), Whole, "x.toml")
    assert caught.value.problems[0].code in ("SSJ-P001", "SSJ-P002")


@given(st.binary(max_size=60))
@settings(max_examples=80)
def test_any_bytes_are_read_or_refused_with_problems(data: bytes) -> None:
    try:
        load_toml(data, Whole, "x.toml")
    except InputError as error:
        assert error.problems  # noqa: PT017 - either is right


KEYS = st.sampled_from(
    ["title", "count", "flag", "day", "share", "kind", "words", "months", "take", "params", "part", "x"]
)
VALUES = st.sampled_from(
    [
        "1",
        "'a'",
        "true",
        "1.5",
        "2021-01-01",
        "[]",
        "[1, 2]",
        "['a']",
        "{}",
        "{ name = 'a' }",
        "[{ name = 'a' }]",
        "[[]]",
        "nan",
    ]
)


@given(st.dictionaries(KEYS, VALUES, min_size=1))
@settings(max_examples=80)
def test_any_mixture_of_keys_and_values_is_taken_or_refused_line_by_line(pairs: dict[str, str]) -> None:
    text = "\n".join(f"{k} = {v}" for k, v in pairs.items())
    try:
        load(text)
    except InputError as error:
        rows = dict(enumerate(pairs, start=1))
        for p in error.problems:
            assert p.field.startswith(rows[p.row or 0])


@pytest.mark.parametrize(
    ("path", "text"),
    [((), ""), (("a",), "a"), (("batch", 1, "start"), "batch[2].start"), (("a", "b", 0, 1), "a.b[1][2]")],
)
def test_a_path_counts_from_one_as_people_do(path: tuple[str | int, ...], text: str) -> None:
    assert dotted(path) == text


def test_a_value_is_shown_as_it_was_written_and_never_at_length() -> None:
    assert shown(True) == "true"
    assert shown(0) == "0"
    assert len(shown("长" * 500)) == 60
