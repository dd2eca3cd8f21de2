"""Who reads no Chinese can read the English: Chinese in it is a word of the office, or stands in quotes or brackets."""

import csv
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

from ssj_cli.main import group

from .bureau import Bureau
from .terminal import CTRL_C, Terminal
from .test_replace import WHY, teams

KEY, FIRST = "t-2021-key-1-1", "t-2021-batch-1-1"
_HAN: Final = re.compile("[\u3400-\u9fff]")
_QUOTED: Final = (
    re.compile(r"“[^”]*”|\"[^\"]*\"|《[^》]*》"),
    re.compile(r"\([^()]*\)|（[^（）]*）|\[[^\][]*\]|【[^】]*】"),
)
_CELLS: Final = re.compile(r"\S {2,}\S|^ {8,}\S")
"""A row of a table: columns stand apart, and what is in them belongs to the office or its rules."""


def mixed(text: str, words: set[str]) -> Iterator[str]:
    """The lines of an English text in which Chinese stands that is neither quoted nor a word of the office."""
    known = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
    for line in text.split("\n"):
        if not _CELLS.search(line.rstrip()):
            bare = known.sub("", line)
            for pattern in _QUOTED:
                bare = pattern.sub("", bare)
            if _HAN.search(bare):
                yield line


def words_of(folder: Path) -> set[str]:
    """What stands in the office's own files: cells and headers of its lists, its name, names of files and folders."""
    found = {path.name for path in folder.rglob("*")} | {str(folder), "王某", "局会议室"}
    for name in ("subjects.csv", "officers.csv"):
        for row in csv.reader((folder / name).read_text("utf-8-sig").splitlines()):
            found |= {part for cell in row for part in (cell, *cell.split("；"))}
    plan = tomllib.loads((folder / "plan.toml").read_text("utf-8"))
    return {word for word in (*found, plan["title"], plan["bureau"]) if _HAN.search(word)}


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Bureau:
    made = Bureau(tmp_path_factory.mktemp("office")).furnish()
    made.play("run", made.plan, "--batch", "key-1")
    made.play("run", made.plan, "--batch", "batch-1")
    made.play("proof", str(made.folder), FIRST, drawn(made), "-o", str(made.folder / "proof.json"))
    return made


def drawn(bureau: Bureau) -> str:
    return teams(bureau, FIRST)[0]["检查对象"]


def said(*words: str) -> str:
    """All that a command says in English, whatever it comes to."""
    result = CliRunner().invoke(group, ["--lang", "en", *words])
    assert result.exit_code < 70, result.output
    return result.output


LIVELY: Final = "from ssj_cli import pulse; pulse.PATIENCE = pulse.SILENCE = 0; pulse._BEAT = 0.1"
"""Whatever is done is told at once."""

COMMANDS: Final = {
    "rosters check": ("rosters", "check", "--plan", "{plan}"),
    "rosters diff": ("rosters", "diff", "{folder}/subjects.csv", "{folder}/fewer.csv"),
    "trial": ("run", "{plan}", "--dry-run", "--batch", "batch-2"),
    "commit": ("commit", "{plan}", "--batch", "batch-3"),
    "verify": ("verify", "{folder}"),
    "explain one drawn": ("explain", "{folder}", FIRST, "{drawn}"),
    "explain one left out": ("explain", "{folder}", FIRST, "SG2021-0005"),
    "explain an officer": ("explain", "{folder}", FIRST, "SL101"),
    "lists": ("lists", "{folder}", "-o", "{folder}/out"),
    "forms": ("forms", "print", "{folder}", KEY, "-o", "{folder}/f.docx"),
    "simulate": ("simulate", "{plan}", "--batch", "batch-2", "--seeds", "3"),
    "replay": ("replay", "{plan}", "--against", FIRST),
    "rules": ("rules", "show", "{plan}", "--batch", "batch-1"),
    "a plugin": ("plugins", "show", "ratio_rules"),
    "tests of a plugin": ("plugins", "test", "ratio_rules"),
    "proof": ("proof", "{folder}", FIRST, "{drawn}", "-o", "{folder}/p.json"),
    "proof that is checked": ("verify", "--proof", "{folder}/proof.json"),
    "ledger": ("ledger", "show", "{folder}"),
    "doctor": ("doctor",),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_english_of_a_command(bureau: Bureau, name: str) -> None:
    lines = (bureau.folder / "subjects.csv").read_bytes().split(b"\r\n")
    (bureau.folder / "fewer.csv").write_bytes(b"\r\n".join([lines[0], *lines[2:]]))
    told = {"plan": bureau.plan, "folder": str(bureau.folder), "drawn": drawn(bureau)}
    asked = [word.format(**told) for word in COMMANDS[name]]
    found = said(*asked)
    assert list(mixed(found, words_of(bureau.folder))) == []


def test_the_english_of_what_stands_in_the_way(bureau: Bureau, tmp_path: Path) -> None:
    """Batches that leave nobody, a replacement, lists with faults."""
    other = Bureau(tmp_path).furnish()
    rows = (tmp_path / "subjects.csv").read_text("utf-8-sig").replace("存续", "注销").replace("建筑市场", "建筑事场")
    (tmp_path / "subjects.csv").write_text(rows, "utf-8-sig")
    found = said("run", other.plan, "--batch", "key-1") + said("rosters", "check", "--plan", other.plan)
    assert "SSJ-" in found
    found += said("replace", bureau.plan, KEY, teams(bureau, KEY)[0]["检查对象"], "--reason", "closed", *WHY)
    assert list(mixed(found, words_of(tmp_path) | words_of(bureau.folder) | set(WHY))) == []


def test_the_english_of_a_meeting(tmp_path: Path) -> None:
    """At a terminal, in a process of its own: what is asked, what goes on, who is drawn."""
    bureau = Bureau(tmp_path).furnish()
    plan = tmp_path / "plan.toml"
    plan.write_text(plan.read_text("utf-8").replace('source = "os"', 'source = "dice6"'), "utf-8")
    with Terminal("--lang", "en", "run", bureau.plan, "--batch", "key-1", setup=LIVELY) as one:
        one.wait_for("written down")
        one.type(CTRL_C)
        one.end()
    assert "sealing t-2021-key-1-1 ..." in one.screen
    plan.write_text(plan.read_text("utf-8").replace('source = "dice6"', 'source = "os"'), "utf-8")
    other = Bureau(tmp_path / "other").furnish()
    with Terminal("--lang", "en", "run", other.plan, "--batch", "key-1", setup=LIVELY) as two:
        assert two.end() == 0, two.screen
    assert "drawing t-2021-key-1-1 and matching officers ..." in two.screen
    seen = (one.screen + two.screen).replace("\r", "\n")
    assert list(mixed(seen, words_of(tmp_path) | words_of(tmp_path / "other"))) == []


def test_the_watch_finds_what_it_looks_for() -> None:
    assert list(mixed("rule x, reason: 注销", set())) == ["rule x, reason: 注销"]
    assert not list(mixed("rule x (注销) of “甲” by 王某", {"王某"}))
