"""Lines of keys in a TOML text."""

import tomllib

import pytest

from ssj_core.tomlpos import line_of, positions

TEXT = '''# a plan
id = "p"
[rosters.subjects]
file = "a.csv" # [not.a.table]
"名称" = 1

[[batch]]
id = "one"
start = 2021-03-01
list = [
  ["b]", 'c'], # ]
  ["d"]
]
open = ["[", '[']

  [[batch.part]]
  x = 1
  [[batch.part]]
  x = 2
  [batch.part.deep]
  y = 1

[[batch]]
id = "two"
text = """
id = "not a key"
[nor.a.table]
"""
long = \'\'\'one line\'\'\'
end = { a = 1, b = [2] }
a.b . "c d" = 1
[batch.table]
z = 1
[ "quoted table" . x ] # remark
k = 1
'''

LINES = {
    ("id",): 2,
    ("rosters", "subjects"): 3,
    ("rosters", "subjects", "file"): 4,
    ("rosters", "subjects", "名称"): 5,
    ("batch",): 7,
    ("batch", 0): 7,
    ("batch", 0, "id"): 8,
    ("batch", 0, "list"): 10,
    ("batch", 0, "open"): 14,
    ("batch", 0, "part"): 16,
    ("batch", 0, "part", 0, "x"): 17,
    ("batch", 0, "part", 1, "x"): 19,
    ("batch", 0, "part", 1, "deep", "y"): 21,
    ("batch", 1, "id"): 24,
    ("batch", 1, "text"): 25,
    ("batch", 1, "long"): 29,
    ("batch", 1, "end"): 30,
    ("batch", 1, "a", "b", "c d"): 31,
    ("batch", 1, "table"): 32,
    ("batch", 1, "table", "z"): 33,
    ("quoted table", "x"): 34,
    ("quoted table", "x", "k"): 35,
}


def test_the_text_is_toml() -> None:
    tomllib.loads(TEXT)


@pytest.mark.parametrize(("path", "line"), LINES.items(), ids=str)
def test_line(path: tuple[str | int, ...], line: int) -> None:
    assert positions(TEXT)[path] == line


def test_nothing_else_is_found() -> None:
    inner = {(), ("batch", 0, "start"), ("batch", 0, "part", 0), ("batch", 0, "part", 1), ("batch", 1)}
    assert set(positions(TEXT)) == {*LINES, *inner, ("batch", 0, "part", 1, "deep")}


def test_an_unknown_path_has_the_line_of_its_parent() -> None:
    found = positions(TEXT)
    assert line_of(found, ("batch", 1, "end", "b", 0)) == 30
    assert line_of(found, ("batch", 1, "missing")) == 23
    assert line_of(found, ("batch", 7, "id")) == 7
    assert line_of(found, ("nowhere",)) == line_of(found, ()) == 1


def test_lines_are_those_of_an_editor() -> None:
    assert positions("a = '\x85'\nb = 1\n")[("b",)] == 2
    assert positions('a = "\u2028"\r\nb = 1\r\n')[("b",)] == 2
