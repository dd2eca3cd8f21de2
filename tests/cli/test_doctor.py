"""`doctor` and `completion`: what a computer lacks, on one screen; what a shell needs."""

import json
import subprocess
import sys
import tempfile
from datetime import datetime
from importlib import metadata
from pathlib import Path

import pytest
from click.testing import CliRunner

from ssj_cli import doctor
from ssj_cli.main import group


@pytest.fixture(autouse=True)
def somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def checks() -> dict[str, dict[str, str]]:
    found = json.loads(CliRunner().invoke(group, ["doctor", "--json"]).stdout)
    return {c["title"]: c for c in found["result"]["checks"]}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_sound_computer_fits_one_screen(lang: str, tmp_path: Path) -> None:
    told = CliRunner().invoke(group, ["doctor", "--lang", lang])
    assert told.exit_code == 0
    assert len(told.stdout.splitlines()) < 24
    assert all(line[0] in "√〇" for line in told.stdout.splitlines())
    assert not list(tmp_path.iterdir())


def test_a_missing_extra_is_told_with_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    version = metadata.version

    def gone(name: str) -> str:
        if name.replace("-", "_") == "py_ecc":
            raise metadata.PackageNotFoundError(name)
        return version(name)

    monkeypatch.setattr(metadata, "version", gone)
    found = checks()["组件 beacon"]
    assert found["state"] == "missing"
    assert 'pip install "ssj-core[beacon]"' in found["found"]


def test_a_folder_that_cannot_be_written_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "TemporaryDirectory", refuse)
    told = CliRunner().invoke(group, ["doctor"])
    assert told.exit_code == 1
    assert "× 本文件夹：" in told.stdout


def test_a_disk_without_locks_or_room_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_locked_again", lambda _: False)
    assert "文件锁" in checks()["本文件夹"]["found"]
    monkeypatch.undo()
    monkeypatch.setattr(doctor, "_FREE", 2**80)
    assert "腾地方" in checks()["本文件夹"]["found"]


def test_a_console_that_cannot_show_chinese_is_told_in_english_letters() -> None:
    code = "from ssj_cli.main import main; import sys; sys.argv[1:] = ['doctor', '--lang', 'en']; main()"
    env = {"PYTHONIOENCODING": "ascii", "PATH": "/usr/bin:/bin"}
    told = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=False)
    assert told.returncode == 1
    assert b"console: ascii cannot show Chinese" in told.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_its_script(shell: str) -> None:
    told = CliRunner().invoke(group, ["completion", shell])
    assert told.exit_code == 0
    assert "_SSJ_CORE_COMPLETE" in told.stdout


def test_commands_and_options_are_completed() -> None:
    code = "from ssj_cli.main import main; import sys; sys.argv = ['ssj-core']; main()"
    for words, count, wanted in (("ssj-core ver", "1", "plain,verify"), ("ssj-core run --dr", "2", "plain,--dry-run")):
        env = {"_SSJ_CORE_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": count, "PATH": "/usr/bin:/bin"}
        told = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=True)
        assert told.stdout.decode().split() == [wanted]


@pytest.mark.parametrize(
    ("year", "state", "told"),
    [(2026, "good", "有 2026 年的；2027 年"), (2025, "good", "2025、2026 年都有"), (2098, "missing", "没有 2098 年的")],
)
def test_the_holidays_that_deadlines_need(monkeypatch: pytest.MonkeyPatch, year: int, state: str, told: str) -> None:
    monkeypatch.setattr(doctor, "today", lambda: datetime(year, 11, 29).astimezone())
    found = checks()["放假安排"]
    assert found["state"] == state
    assert told in found["found"]


def test_a_table_of_holidays_with_a_mistake_is_broken(tmp_path: Path) -> None:
    (tmp_path / "calendars").mkdir()
    (tmp_path / "calendars" / "2026.toml").write_text("x =", "utf-8")
    assert checks()["放假安排"]["state"] == "broken"
