"""`--json`: one document for programs, whatever the command and however it ends."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from ssj_cli.main import group
from tests.cli.bureau import Bureau
from tests.cli.test_language import commands

ENVELOPE = ["format", "command", "lang", "exit_code", "problems", "result", "tables", "lines"]


def answered(bureau: Bureau, *line: str) -> Any:
    """The document of a command, checked to be all that was printed."""
    played = CliRunner().invoke(group, [*line, "--json"], env={"SSJ_LANG": None})
    bureau.played.append(played)
    assert played.stderr == ""
    found = json.loads(played.stdout)
    assert list(found) == ENVELOPE
    assert found["format"] == "ssj-output/1"
    assert found["exit_code"] == played.exit_code
    return found


def test_a_year_for_a_program(bureau: Bureau) -> None:
    plan, folder = str(bureau.folder / "plan.toml"), str(bureau.folder)
    sealed = answered(bureau, "commit", plan, "--batch", "key-1")
    assert Path(sealed["result"]["sealed"][0]["notice"]).is_file()
    run = answered(bureau, "run", plan, "--today", "2021-12-30")
    assert run["exit_code"] == 0
    draws = {d["draw"]: d for d in run["result"]["draws"]}
    assert draws
    for name, draw in draws.items():
        assert sum(q["quota"] for q in draw["quotas"]) == sum(d["outcome"] == "抽中" for d in draw["drawn"])
        assert name in str(draw["folder"])
    verified = answered(bureau, "verify", folder)
    assert verified["result"]["verdict"] == "holds"
    assert {r["draw_id"] for r in verified["result"]["reports"]} >= draws.keys()
    assert verified["result"]["reports"][1]["level"] in {"E0", "E2"}
    name, draw = next(iter(draws.items()))
    subject = draw["drawn"][0]["id"]
    told = answered(bureau, "explain", folder, name, subject)
    assert told["result"]["id"] == subject
    assert any("sha256sum" in c for part in told["result"]["parts"] for c in part["commands"])
    proof = answered(bureau, "proof", folder, name, subject, "-o", str(bureau.folder / "proof.json"))
    assert proof["result"]["bytes"] == (bureau.folder / "proof.json").stat().st_size
    shown = answered(bureau, "ledger", "show", folder)
    assert [e["event"] for e in shown["result"]["events"]][:1] == ["commit"]
    assert shown["tables"][0]["columns"][0] == {"name": "line", "title": "行"}
    voided = answered(bureau, "void", folder, name, "--reason", "试验")
    assert voided["result"]["ledger_head"] == answered(bureau, "ledger", "verify", folder)["result"]["ledger_head"]


def test_problems_are_listed_whole_and_the_language_is_that_asked_for(bureau: Bureau) -> None:
    (bureau.folder / "plan.toml").write_text("format = 3\n", encoding="utf-8")
    for lang in ("zh", "en"):
        found = answered(bureau, "run", str(bureau.folder / "plan.toml"), "--lang", lang)
        assert (found["exit_code"], found["lang"]) == (3, lang)
        first = found["problems"][0]
        assert first["code"].startswith("SSJ-")
        assert first["message"]
        assert first["remedy"]


@pytest.mark.parametrize("path", [path for path, command in commands() if not hasattr(command, "commands")])
def test_every_command_answers_a_wrong_line_with_a_document(path: str, tmp_path: Path) -> None:
    found = answered(Bureau(tmp_path), *path.split()[1:], "--no-such-option")
    assert found["exit_code"] == 2
    assert found["command"] == path.removeprefix("ssj-core ")
    assert "--no-such-option" in found["lines"][0]


def test_at_a_terminal_a_program_is_not_asked(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True, raising=False)
    plan = bureau.folder / "plan.toml"
    plan.write_text(plan.read_text("utf-8").replace('source = "os"', 'source = "text"'), encoding="utf-8")
    found = answered(bureau, "run", str(plan), "--batch", "key-1")
    assert found["exit_code"] == 5
    assert found["problems"][-1]["code"] == "SSJ-E002"
