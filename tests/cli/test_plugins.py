"""`ssj-core plugins list | show | doctor`: what is installed, and that one broken plugin stops nobody else."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import ssj_core
from ssj_cli.main import group
from tests.plugins.fakes import Site, manifest, ratio

from .bureau import Bureau

HERE = f"ssj-core {ssj_core.__version__}"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with Site(tmp_path / "site") as made:
        yield made


def play(*args: str, code: int = 0) -> Result:
    """One command; no traceback ever."""
    result = CliRunner().invoke(group, ["--lang", "en", *args])
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result


def rules(folder: Path, plugin: str = "county", **files: str) -> Path:
    """A folder of TOML."""
    folder.mkdir(parents=True)
    written = {"ssj-plugin": manifest(plugin, ratios='["r.toml"]'), "r": ratio(f"{plugin}.r"), **files}
    for name, text in written.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


BROKEN = {
    "raises": "raise ValueError('at import')",
    "exits": "import sys; sys.exit(7)",
    "no such module": "import no_such_module_anywhere",
    "syntax": "def f(:",
}


@pytest.mark.parametrize("code", BROKEN.values(), ids=BROKEN)
def test_a_broken_plugin_is_listed_and_stops_nothing(site: Site, tmp_path: Path, code: str) -> None:
    """`list`, `--help`, another bureau's `run`, and `verify` go on as if it were not there."""
    site.add("broken", code=code, distribution="county-pack", version="4.5")
    assert "county-pack" in play("plugins", "list").stdout
    assert "usable" in play("plugins", "list").stdout
    play("--help")
    bureau = Bureau(tmp_path / "bureau").furnish()
    bureau.run("--batch", "key-1")
    bureau.play("verify", str(bureau.folder))
    bureau.check()
    said = play("plugins", "doctor", code=1).stdout
    assert "× broken (county-pack 4.5)" in said
    assert "SSJ-G001" in said
    assert f"√ ratio_rules ({HERE})" in said
    assert "SSJ-G001" in play("plugins", "show", "broken", code=4).stderr


def test_list_runs_no_code(site: Site) -> None:
    site.add("county", code="raise SystemExit('ran')")
    site.add("deep", code="")
    said = play("plugins", "list").stdout
    assert "county" in said
    assert not [n for n in sys.modules if n.startswith("fake_")]


def test_list_in_a_fresh_process_imports_no_plugin() -> None:
    code = (
        "import sys; sys.argv = ['ssj-core', 'plugins', 'list']\n"
        "from ssj_cli.main import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted(n for n in sys.modules if n.startswith('ssj_') and '.' not in n))\n"
    )
    env = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    out = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, encoding="utf-8", env=env)
    assert out.stdout.splitlines()[-1] == "['ssj_cli', 'ssj_core']"
    assert "fuping_zjj_2021" in out.stdout


def test_list_says_of_each_what_is_wrong(site: Site) -> None:
    site.add("later", {"ssj-plugin.toml": manifest("later", requires_core='">=9"')}, distribution="later-pack")
    site.add("ratio_rules", distribution="rival-pack")
    site.add("typo", {"ssj-plugin.toml": manifest("typo") + "ratioes = []\n"})
    result = play("plugins", "list")
    rows = {line.split()[0]: line for line in result.stdout.splitlines() if line.strip()}
    assert rows["later"].endswith("broken")
    assert rows["typo"].endswith("broken")
    assert rows["ratio_rules"].endswith("broken")
    assert rows["officer_rules"].endswith("usable")
    for code in ("SSJ-G010", "SSJ-G002", "SSJ-P013"):
        assert code in result.stderr
    assert "rival-pack 1.0" in result.stderr
    assert HERE in result.stderr


def test_show_tells_what_is_in_a_plugin() -> None:
    said = play("plugins", "show", "ratio_rules").stdout
    for words in ("ratio rule (", "ratio_rules.flat_3", "stratifier (", "ratio_rules.credit_risk", HERE, ">=0.1"):
        assert words in said


@pytest.mark.parametrize("named", ["rules", "./rules", "."])
def test_show_takes_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str) -> None:
    rules(tmp_path / "rules")
    monkeypatch.chdir(tmp_path)
    assert "county.r" in play("plugins", "show", named).stdout


def test_show_of_what_is_not_there() -> None:
    assert "did you mean ratio_rules" in play("plugins", "show", "ratio_rule", code=4).stderr
    assert "SSJ-G022" in play("plugins", "show", "no/such", code=4).stderr


def test_a_folder_that_claims_the_id_of_an_installed_plugin(tmp_path: Path) -> None:
    folder = rules(tmp_path / "rules", "ratio_rules")
    said = play("plugins", "show", str(folder), code=4).stderr
    assert str(folder) in said
    assert HERE in said


def test_the_folders_of_a_plan_are_among_them(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path / "bureau").furnish()
    plan = Path(bureau.plan)
    plan.write_text(
        plan.read_text(encoding="utf-8").replace("year = ", 'rule_folders = ["rules", "bad"]\nyear = '), "utf-8"
    )
    rules(tmp_path / "bureau" / "rules")
    rules(tmp_path / "bureau" / "bad", "bad")
    (tmp_path / "bureau" / "bad" / "rule.py").write_text("", encoding="utf-8")
    listed = play("plugins", "list", "--plan", bureau.plan)
    assert "county " in listed.stdout
    assert "SSJ-G016" in listed.stderr
    assert "county" in play("plugins", "doctor", "--plan", bureau.plan, code=1).stdout
    assert "SSJ-G016" in bureau.run(code=4).stderr


def test_doctor_finds_the_shipped_plugins_sound() -> None:
    assert "all usable" in play("plugins", "doctor").stdout


def test_chinese_is_spoken_too() -> None:
    said = CliRunner().invoke(group, ["plugins", "doctor"]).stdout
    assert "都能用" in said


# --- check


def test_check_of_a_shipped_plugin() -> None:
    said = play("plugins", "check", "ratio_rules").stdout
    assert "√ ratios are exact, from 0 to 100 %" in said
    assert "all hold" in said


def test_check_of_a_folder_says_what_fails_and_ends_with_one(tmp_path: Path) -> None:
    text = ratio("county.r").replace("ratio_rules.all", "ratio_rules.al")
    said = play("plugins", "check", str(rules(tmp_path / "rules", r=text)), code=1).stdout
    assert "× every id it names exists" in said
    assert "did you mean ratio_rules.all" in said
    assert "2 failed" in said, "it has no cases, either"


def test_check_of_what_does_not_load_asks_no_more(site: Site) -> None:
    site.add("broken", code="raise ValueError('at import')")
    said = play("plugins", "check", "broken", code=1).stdout
    assert "× nothing else keeps it from loading" in said
    assert "callbacks change none of their arguments" not in said
    assert re.search(r"1 failed, \d+ not done", said)
