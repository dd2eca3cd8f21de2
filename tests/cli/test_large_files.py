"""A TOML file of 100 MB is refused unread by every command that is given one, with its size and the limit."""

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import click
import pytest
from click.testing import CliRunner

from ssj_cli.main import group
from ssj_core.toml_files import LARGEST
from tests.plugins.fakes import Site, manifest, ratio

from .bureau import LOCK, Bureau
from .test_replace import KEY, WHY, teams

SIZE = 100_000_000
SAID = r"SSJ-P033.*\n?.*100\.0 MB"

PLAN: Mapping[tuple[str, ...], Callable[[str], list[str]]] = {
    ("simulate",): lambda plan: [plan, "--batch", "key-1"],
    ("commit",): lambda plan: [plan, "--batch", "key-1"],
    ("run",): lambda plan: [plan],
    ("replace",): lambda plan: [plan, KEY],
    ("replay",): lambda plan: [plan, "--against", KEY],
    ("lists",): lambda plan: [plan],
    ("rules", "show"): lambda plan: [plan],
    ("rules", "citations"): lambda plan: [plan],
    ("rosters", "check"): lambda plan: ["subjects.csv", "--plan", plan],
    ("rosters", "clean"): lambda plan: ["subjects.csv", "--plan", plan],
    ("rosters", "diff"): lambda plan: ["subjects.csv", "officers.csv", "--plan", plan],
    ("plugins", "list"): lambda plan: ["--plan", plan],
    ("plugins", "show"): lambda plan: ["ratio_rules", "--plan", plan],
    ("plugins", "doctor"): lambda plan: ["--plan", plan],
    ("plugins", "check"): lambda plan: ["ratio_rules", "--plan", plan],
    ("plugins", "test"): lambda plan: ["ratio_rules", "--plan", plan],
}
"""Every command that reads a plan, and how it is given one."""


def large(path: Path) -> Path:
    """A file of 100 MB that takes no room on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    os.truncate(path, SIZE)
    return path


@pytest.fixture(autouse=True)
def nothing_large_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opens a file of 100 MB reads no more of it than may be in a TOML file."""
    opened: Callable[..., IO[Any]] = Path.open

    def read(path: Path, *args: Any, **kwargs: Any) -> IO[Any]:
        assert not path.is_file() or path.stat().st_size < SIZE, f"{path} was opened"
        return opened(path, *args, **kwargs)

    def all_of_it(path: Path) -> bytes:
        with read(path, "rb") as file:
            data: bytes = file.read()
            return data

    monkeypatch.setattr(Path, "open", read)
    monkeypatch.setattr(Path, "read_bytes", all_of_it)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with Site(tmp_path / "site") as made:
        yield made


def commands(within: click.Group, named: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in within.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*named, name))
        else:
            yield (*named, name), command


def test_the_commands_below_are_all_that_read_a_plan() -> None:
    """`lists` takes one among other things, so its argument has another name."""
    found = {name for name, command in commands(group) if any(p.name == "plan" for p in command.params)}
    assert found | {("lists",)} == PLAN.keys()


@pytest.mark.parametrize("command", PLAN, ids=" ".join)
def test_a_plan_of_100_mb_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    bureau = Bureau(tmp_path).furnish()
    monkeypatch.chdir(tmp_path)
    if command == ("replay",):
        bureau.play("commit", bureau.plan, "--batch", "key-1")
    large(tmp_path / "plan.toml")
    before = {p.name for p in tmp_path.iterdir()} - {LOCK}
    bureau.play(*command, *PLAN[command]("plan.toml"), code=3, err=[SAID, "10.0 MB", "→"])
    assert {p.name for p in tmp_path.iterdir()} - {LOCK} == before, "nothing is written"


@pytest.mark.parametrize("command", ["run", "replace"])
def test_a_file_of_evidence_of_100_mb_is_not_read(tmp_path: Path, command: str) -> None:
    bureau = Bureau(tmp_path).furnish()
    bureau.play("run", bureau.plan, "--batch", "key-1")
    file = large(tmp_path / "evidence.toml")
    given = [bureau.plan, "--batch", "batch-1"]
    if command == "replace":
        given = [bureau.plan, KEY, teams(bureau, KEY)[0]["检查对象"], "--reason", "closed", *WHY]
    bureau.play(command, *given, "--evidence", str(file), code=3, err=[SAID])
    bureau.check()


COMMANDS = {
    "show": ["plugins", "show", "county"],
    "check": ["plugins", "check", "county"],
    "test": ["plugins", "test", "county"],
    "doctor": ["plugins", "doctor"],
}


@pytest.mark.parametrize(
    ("command", "file"),
    [(c, f) for c in COMMANDS for f in ("ssj-plugin.toml", "r.toml")]
    + [("test", "cases.toml"), ("show", "cases.toml")],
)
def test_no_file_of_an_installed_plugin_of_100_mb_is_read(site: Site, command: str, file: str) -> None:
    files = {
        "ssj-plugin.toml": manifest("county", ratios='["r.toml"]', cases='["cases.toml"]'),
        "r.toml": ratio("county.r"),
        "cases.toml": "# none",
    }
    folder = site.add("county", files)
    os.truncate(folder / file, SIZE)
    result = CliRunner().invoke(group, ["--lang", "en", *COMMANDS[command]])
    assert result.exit_code in ({1} if command in ("check", "doctor") else {3, 4}), result.output
    assert "SSJ-P033" in result.output
    assert f"county/{file} has 100.0 MB, more than the limit of 10.0 MB" in result.output


def test_plugins_list_names_a_manifest_of_100_mb_and_lists_the_others(site: Site) -> None:
    folder = site.add("county")
    os.truncate(folder / "ssj-plugin.toml", SIZE)
    result = CliRunner().invoke(group, ["--lang", "en", "plugins", "list"])
    assert result.exit_code == 0
    assert "county/ssj-plugin.toml has 100.0 MB" in result.stderr
    assert "ratio_rules" in result.stdout


@pytest.mark.parametrize("command", ["check", "test", "show"])
def test_a_folder_of_rules_with_a_table_of_100_mb_is_not_read(tmp_path: Path, command: str) -> None:
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "ssj-plugin.toml").write_text(manifest("county", ratios='["r.toml"]'), encoding="utf-8")
    large(folder / "r.toml")
    result = CliRunner().invoke(group, ["--lang", "en", "plugins", command, str(folder)])
    assert result.exit_code == 4
    assert "SSJ-G018" in result.output
    assert f"at most {LARGEST}" in result.output


def test_a_plan_of_the_limit_is_read(tmp_path: Path) -> None:
    """A comment, however long, is no reason to refuse a plan."""
    bureau = Bureau(tmp_path).furnish()
    plan = tmp_path / "plan.toml"
    data = plan.read_bytes()
    plan.write_bytes(data + b"#" * (LARGEST - len(data)))
    bureau.play("rules", "show", bureau.plan, "--batch", "key-1")
    plan.write_bytes(data + b"#" * (LARGEST - len(data) + 1))
    bureau.play("rules", "show", bureau.plan, "--batch", "key-1", code=3, err=["SSJ-P033.*10\\.1 MB"])
