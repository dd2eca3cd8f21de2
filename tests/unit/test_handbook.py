"""The handbook (cli/README.md): every command in it exists with its options, every link leads somewhere."""

import re
import shlex
from pathlib import Path

import click
import pytest

from ssj_cli.main import group

PAGE = Path(__file__).parents[2] / "cli" / "README.md"
TEXT = PAGE.read_text(encoding="utf-8")
COMMANDS = sorted(set(re.findall(r"(?:^> |`)ssj-core ([^`\n]*)", TEXT, re.MULTILINE)))


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_of_the_handbook_exists_with_its_options(line: str) -> None:
    words = shlex.split(line)
    command: click.Command = group
    while isinstance(command, click.Group) and words:
        assert words[0] in command.commands, line
        command = command.commands[words.pop(0)]
    known = {option for parameter in command.params for option in parameter.opts}
    assert {w for w in words if w.startswith("-")} <= known | {"-h"}, line


def test_options_on_the_page_of_papers_are_those_of_print() -> None:
    page = TEXT.partition("\n## 打印文书\n")[2].partition("\n## ")[0]
    told = set(re.findall(r"`(--[a-z]+)", page))
    forms = group.commands["forms"]
    assert isinstance(forms, click.Group)
    assert told
    assert told <= {option for parameter in forms.commands["print"].params for option in parameter.opts}


def test_links_lead_somewhere() -> None:
    headings = {f"#{h.strip()}" for h in re.findall(r"^#+ (.*)$", TEXT, re.MULTILINE)}
    for target in re.findall(r"\]\(([^)]+)\)", TEXT):
        assert target in headings or (PAGE.parent / target).exists(), target
