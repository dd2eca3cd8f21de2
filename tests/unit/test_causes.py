"""Why something went wrong, in the reader's language: the system's, Python's and the libraries' own words."""

import ast
import csv
import errno
import io
import json
import re
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.parsers import expat

import pytest

from ssj_core.causes import cause, named_cause, xml_cause
from ssj_core.problems import problem

CORE = Path(__file__).parents[2] / "core" / "ssj_core"
HAN = re.compile("[\u4e00-\u9fff]")
OWN = {"ProofError", "SignatureError", "DerError", "TableError"}
"""Errors of ours whose sentence stands as the reason of a problem."""
HERE = {"canonical.py", "tables.py", "matching/counted.py"}
"""Modules whose plain `ValueError` does."""


def sentences() -> Iterator[tuple[str, str]]:
    """What our own readers raise, with something for what is filled in."""
    for file in sorted(CORE.rglob("*.py")):
        name = file.relative_to(CORE).as_posix()
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not (isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args):
                continue
            raised, words = getattr(node.exc.func, "id", ""), node.exc.args[0]
            if raised not in OWN and not (raised == "ValueError" and name in HERE):
                continue
            if isinstance(words, ast.Constant):
                yield f"{name}:{node.lineno}", str(words.value)
            elif isinstance(words, ast.JoinedStr):
                yield (
                    f"{name}:{node.lineno}",
                    "".join(
                        getattr(part, "value", "7") if isinstance(part, ast.Constant) else "7" for part in words.values
                    ),
                )


@pytest.mark.parametrize(("where", "words"), list(sentences()))
def test_every_sentence_of_our_readers_is_known_in_chinese(where: str, words: str) -> None:
    told = cause(ValueError(words))
    assert "原文" not in told.zh, where
    assert HAN.search(told.zh)
    assert told.en == words


TOMLS = [
    "a", "a = ", "a = 1 2", "a = [1", "a = {b = 1", 'a = "x', "a = 2021-13-45", "[a", "[[a]", "a = 1\na = 2",
    "[a]\n[a]", "a 1", "= 1", 'a = "\\q"', 'a = "\\uZZ"', 'a = "\\uD800"', "a = 'x\x01'", "a = {b = 1, b = 2}",
    "a = {b = 1}\n[a]", "a.b = 1\na = 2", "x" + "\x00", "a = 1 # \x01", "[[a]]\n[a]", "a = [1]\n[[a]]",
]  # fmt: skip


@pytest.mark.parametrize("text", TOMLS)
def test_what_python_says_of_toml_is_told_in_chinese_with_its_place(text: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as raised:
        tomllib.loads(text)
    told = cause(raised.value)
    assert "原文" not in told.zh
    assert HAN.search(told.zh)
    assert not HAN.search(told.en)
    if found := re.search(r"line (\d+), column (\d+)", told.en):
        assert f"（第 {found[1]} 行第 {found[2]} 个字符）" in told.zh


def test_a_quote_left_open_is_told_as_one() -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as raised:
        tomllib.loads('a = "x\nb = 1')
    assert cause(raised.value).zh.startswith("引号没有在这一行结尾")


def raising(action: Callable[[], object]) -> BaseException:
    try:
        action()
    except Exception as error:
        return error
    raise AssertionError("nothing was raised")


@pytest.mark.parametrize("text", ["", "{", '{"a"', '{"a": }', "[1 2]", '"a', "1 2", '{"a": "\x01"}', '["\\x"]', "[1"])
def test_what_python_says_of_json(text: str) -> None:
    told = cause(raising(lambda: json.loads(text)))
    assert "原文" not in told.zh
    assert "行" in told.zh


@pytest.mark.parametrize("text", ['"a', '"a"b', "a\rb", "x" * 200_000])
def test_what_python_says_of_csv(text: str) -> None:
    told = cause(
        raising(lambda: list(csv.reader([text] if "\r" in text else io.StringIO(text, newline=""), strict=True)))
    )
    assert "原文" not in told.zh
    assert HAN.search(told.zh)


@pytest.mark.parametrize(
    "text", ["", "<a", "<a>", "<a></b>", "<a/><b/>", "<a b='1' b='2'/>", "<a>&x;</a>", "<a>\x01</a>", "<a>&#0;</a>"]
)
def test_what_the_parser_says_of_xml(text: str) -> None:
    error = raising(lambda: expat.ParserCreate().Parse(text, True))
    assert isinstance(error, expat.ExpatError)
    told = xml_cause(expat.ErrorString(error.code))
    assert "原文" not in told.zh
    assert HAN.search(told.zh)


@pytest.mark.parametrize(
    "number", ["ENOENT", "EACCES", "EISDIR", "ENOSPC", "EROFS", "EIO", "ENAMETOOLONG", "ELOOP", "EMFILE"]
)
def test_the_system_is_told_by_its_number_whatever_its_language(number: str) -> None:
    told = cause(OSError(getattr(errno, number), "Zugriff verweigert"))
    assert HAN.search(told.zh)
    assert not HAN.search(told.en)
    assert "Zugriff" not in told.zh + told.en


def test_what_nobody_knows_is_quoted_as_somebody_elses_words() -> None:
    told = cause(RuntimeError("flux capacitor\nempty"))
    assert (told.zh, told.en) == ("原文：flux capacitor empty", "flux capacitor empty")
    assert cause(RuntimeError()).zh == "原文：RuntimeError"
    assert named_cause(RuntimeError("x")).zh == "原文：RuntimeError: x"
    long = cause(RuntimeError("begins " + "x" * 5000 + " ends")).en
    assert len(long) < 300
    assert long.startswith("begins")
    assert long.endswith("ends")


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x03\x04" + b"x" * 40])
def test_a_broken_archive(data: bytes) -> None:
    told = cause(raising(lambda: zipfile.ZipFile(io.BytesIO(data))))
    assert told.zh == "压缩包不完整或已损坏"


def test_text_in_another_encoding_is_told_with_its_place() -> None:
    told = cause(raising(lambda: "中文".encode("gbk").decode("utf-8")))
    assert told.zh == "从第 1 个字节起不是 UTF-8 编码的文字"


def test_a_problem_says_its_reason_in_the_language_of_its_message() -> None:
    one = problem("SSJ-F002", file="a", value="a", reason=IsADirectoryError(errno.EISDIR, "Is a directory"))
    assert "这是文件夹，不是文件" in one.message("zh")
    assert "it is a folder" in one.message("en")
    assert not re.search("[A-Za-z]", one.message("zh"))
    assert not HAN.search(one.message("en"))
