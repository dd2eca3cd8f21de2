"""Everything that is said exists in Chinese and in English: help, usage errors, problems, every line in the code."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from ssj_cli.language import part
from ssj_cli.main import group
from ssj_core.problems import CATALOGUE

ROOT = Path(__file__).parents[2]
CHINESE = re.compile("[\u4e00-\u9fff]")
LATIN = re.compile("[A-Za-z]{3,}")
NAMES = {"PDF"}
"""Texts that are a name, the same in Chinese."""
SAID = {"say", "error", "step", "busy", "Text"}
"""Calls whose first two arguments are one sentence in Chinese and in English."""


def commands(command: click.Command = group, path: str = "ssj-core") -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, child in command.commands.items():
            yield from commands(child, f"{path} {name}")


@pytest.mark.parametrize(("path", "command"), list(commands()), ids=[p for p, _ in commands()])
def test_every_help_text_is_there_in_both_languages(path: str, command: click.Command) -> None:
    assert command.help
    texts = {path: (command.help, "\n\n")}
    texts |= {f"{path} {p.opts[0]}": (p.help or "", "\n") for p in command.params if isinstance(p, click.Option)}
    for where, (text, between) in texts.items():
        zh, en = part(text, "zh", between), part(text, "en", between)
        assert zh != en, f"{where}: one language only: {text!r}"
        assert CHINESE.search(zh), where
        assert not CHINESE.search(en), where


@pytest.mark.parametrize("path", [p for p, _ in commands()])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help_speaks_the_language_asked_for(path: str, lang: str) -> None:
    shown = CliRunner().invoke(group, [*path.split()[1:], "--lang", lang, "--help"])
    assert shown.exit_code == 0
    assert bool(CHINESE.search(shown.stdout)) == (lang == "zh")
    listed = shown.stdout.partition("命令：" if lang == "zh" else "Commands:")[2]
    assert not re.search(r"(\.\.\.|…)$", listed, re.MULTILINE), "what a command does is told whole"
    if lang == "zh":
        assert not re.search(r"Options|Usage|Show this|required|default", shown.stdout)


@pytest.mark.parametrize(
    ("line", "zh"),
    [
        (["frob"], "没有命令 frob"),
        (["verfy"], "没有命令 verfy。是不是 verify？"),
        (["forms", "prnt"], "没有命令 prnt。是不是 print？"),
        (["ledger", "frob"], "没有命令 frob"),
        (["run"], "缺少 PLAN"),
        (["verify", "--frob"], "没有选项 --frob。是不是 --root、--proof？"),
        (["verify", "a", "b"], "多了参数：b"),
        (["commit", "plan.toml"], "缺少选项 --batch"),
        (["commit", "plan.toml", "--batch"], "选项 --batch 后面要写一个值"),
        (["chain", "x", "--rounds", "0"], "选项 --rounds 的值不对：要一个 1 到 1000 的整数"),
        (["chain", "x", "--rounds", "many"], "选项 --rounds 的值不对：要一个 1 到 1000 的整数"),
        (["run", "p", "--today", "2021-13-01"], "选项 --today 的值不对：2021-13-01 不是 2021-01-31 这样的日期"),
        (["void", "nowhere", "x", "--reason", "y"], "DIR 的值不对：打不开或没有：nowhere"),
        (["--lang", "fr", "run", "p"], "选项 --lang 的值不对：可以写 zh、en"),
        (["verify"], "PATH 或 --proof FILE 二者取一"),
    ],
)
def test_a_wrong_command_line_is_told_in_one_language(line: list[str], zh: str) -> None:
    told = CliRunner().invoke(group, line)
    assert told.exit_code == 2
    assert f"命令写错：{zh}\n" in told.stderr
    assert "--help" in told.stderr
    if "--lang" not in line:
        english = CliRunner().invoke(group, ["--lang", "en", *line])
        assert english.exit_code == 2
        assert "Error: " in english.stderr
        assert not CHINESE.search(english.stderr)


@pytest.mark.parametrize(
    ("line", "where"),
    [
        (["frob"], "ssj-core"),
        (["frob", "ledger"], "ssj-core"),
        (["ledger", "frob"], "ssj-core ledger"),
        (["ledger", "--lang", "zh", "frob"], "ssj-core ledger"),
        (["--lang", "zh", "void", "--reason", "ledger"], "ssj-core void"),
    ],
)
def test_the_help_named_is_that_of_the_command_that_was_meant(line: list[str], where: str) -> None:
    assert f"说明：{where} --help\n" in CliRunner().invoke(group, line).stderr


@pytest.mark.parametrize("line", [["--json", "verify"], ["forms", "--json", "check"]])
@pytest.mark.parametrize(("lang", "said"), [("zh", "--json 写在命令后面"), ("en", "--json goes behind the command")])
def test_json_before_the_command_is_told_where_it_goes(line: list[str], lang: str, said: str) -> None:
    told = CliRunner().invoke(group, ["--lang", lang, *line])
    assert told.exit_code == 2
    assert said in "".join(json.loads(told.stdout)["lines"])


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_every_problem_is_told_in_both_languages(code: str) -> None:
    entry = CATALOGUE[code]
    assert CHINESE.search(entry.zh)
    assert LATIN.search(entry.en)
    assert bool(entry.zh_remedy) == bool(entry.en_remedy)
    for zh, en in ((entry.zh, entry.en), (entry.zh_remedy, entry.en_remedy)):
        for name in re.findall(r"“\{(\w+)\}”", zh):
            found = re.findall(rf"(.?)\{{{name}(?:_en)?\}}", en)
            assert set(found) <= {"“", '"', "(", "`", "'"}, f"{{{name}}} may be Chinese: in English it is quoted, too"
    bare = " ".join(w for w in re.split(r"[\s,;:]+", entry.en + " " + entry.en_remedy))
    assert len(CHINESE.findall(bare)) < len(LATIN.findall(bare)) * 2, "an English text may name a Chinese header only"


def sentences() -> Iterator[tuple[str, ast.expr, ast.expr]]:
    """Every call that says something, with its two texts."""
    for folder in ("core", "cli", "plugins"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            if file.name == "verify_ssj.py":
                continue
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Call) and len(node.args) == 2:
                    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                    if name in SAID:
                        yield f"{file.relative_to(ROOT)}:{node.lineno}", *node.args  # type: ignore[misc]


def literal(node: ast.expr) -> str | None:
    """The fixed part of a text, what is filled in left out; None where it is not written at this place."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(p.value for p in node.values if isinstance(p, ast.Constant) and isinstance(p.value, str))
    return None


def test_every_sentence_in_the_code_stands_in_both_languages() -> None:
    found = list(sentences())
    assert len(found) > 300
    wrong = []
    for where, first, second in found:
        zh, en = literal(first), literal(second)
        if zh is None or en is None:
            continue
        bare = re.sub(r"[“\"(（].*?[”\")）]", "", en)
        if CHINESE.search(bare) or (
            LATIN.search(en) and " " in en.strip() and not CHINESE.search(zh) and zh != en and zh not in NAMES
        ):
            wrong.append(f"{where}: {zh!r} / {en!r}")
    assert wrong == []
