"""`plugins new`: what it makes is sound, draws at once, and its draws verify where it is not installed."""

import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import invalidate_caches
from json import dumps
from pathlib import Path

import pytest
from click.testing import CliRunner

from ssj_cli.main import group
from ssj_cli.plugins.new import USED
from ssj_core.plugin.declarative import KEYS
from ssj_core.plugin.loader import discover
from ssj_core.plugin.markers import GROUP
from ssj_core.testing.checks import CHECKS, run_check
from ssj_core.testing.examined import Examined
from tests.cli.bureau import Bureau

ROOT = Path(__file__).parents[2]
TABLES = {
    "plan.toml", "subjects.csv", "officers.csv", "rules/ssj-plugin.toml", "rules/checklist.toml", "rules/ratio.toml",
    "rules/ruleset.toml", "rules/cases/cases.toml",
}  # fmt: skip
PACKAGE = {
    "pyproject.toml", "README.md", "ssj_a_county/__init__.py", "ssj_a_county/py.typed", "ssj_a_county/rules.py",
    "ssj_a_county/ssj-plugin.toml", "ssj_a_county/checklist.toml", "ssj_a_county/ratio.toml",
    "ssj_a_county/ruleset.toml", "ssj_a_county/cases/cases.toml", "tests/__init__.py", "tests/conftest.py",
    "tests/test_contract.py", "sample/plan.toml", "sample/subjects.csv", "sample/officers.csv",
}  # fmt: skip


def new(folder: Path, *args: str, code: int = 0) -> str:
    """`plugins new`; what it says."""
    result = CliRunner().invoke(group, ["plugins", "new", *args, "--dir", str(folder)])
    assert result.exit_code == code, result.output
    return result.output


def files(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def standalone(folder: Path) -> int:
    """The verifier in one file, on every draw of a working folder."""
    script = ROOT / "core" / "ssj_core" / "verifiers" / "verify_ssj.py"
    draws = sorted((folder / "draws").iterdir())
    assert draws
    return max(
        subprocess.run([sys.executable, str(script), str(draw)], capture_output=True, check=False).returncode
        for draw in draws
    )


def test_the_extra_for_tests_brings_what_the_kit_builds_the_wheel_with(tmp_path: Path) -> None:
    """`pip install -e` builds in an environment of its own: without it, no wheel is compared, and exit code 3."""
    new(tmp_path / "county", "county", "--code")
    for project in (tmp_path / "county", ROOT / "plugins" / "_example"):
        told = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
        assert set(told["build-system"]["requires"]) <= set(told["project"]["optional-dependencies"]["test"])


class Installed:
    """A project as `pip install -e` leaves it: on the path, with its metadata; `remove` is `pip uninstall`."""

    def __init__(self, project: Path, site: Path) -> None:
        told = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        info = site / f"{told['name'].replace('-', '_')}-{told['version']}.dist-info"
        info.mkdir(parents=True)
        name = f"Name: {told['name']}\nVersion: {told['version']}\n"
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\n{name}", encoding="utf-8")
        entries = "".join(f"{k} = {v}\n" for k, v in told["entry-points"][GROUP].items())
        (info / "entry_points.txt").write_text(f"[{GROUP}]\n{entries}", encoding="utf-8")
        url = dumps({"dir_info": {"editable": True}, "url": project.as_uri()})
        (info / "direct_url.json").write_text(url, encoding="utf-8")
        self.paths = [str(project), str(site)]
        self.packages = tuple(told["entry-points"][GROUP].values())
        sys.path[:0] = self.paths
        invalidate_caches()

    def remove(self) -> None:
        """Gone, as if it had never been there."""
        for path in self.paths:
            if path in sys.path:
                sys.path.remove(path)
        for name in [n for n in sys.modules if n.partition(".")[0] in self.packages]:
            del sys.modules[name]
        invalidate_caches()


@pytest.fixture
def package(tmp_path: Path) -> Iterator[tuple[Path, Installed]]:
    """The package `a_county`, made and installed."""
    project = tmp_path / "project"
    new(project, "a_county", "--code", "--title", "木材经营", "--bureau", "某县林业局")
    installed = Installed(project, tmp_path / "site")
    yield project, installed
    installed.remove()


def sound(plugin: str, *folders: Path) -> None:
    """Every check of the kit holds, but for the wheel, which CI builds, and that of a new package its own tests."""
    available = discover(folders)
    examined = Examined(available[plugin], available)
    results = [run_check(check, examined) for check in CHECKS if check.id != "wheel"]
    assert [(r.check.id, [(p.code, dict(p.params)) for p in r.problems]) for r in results if not r.holds] == []


@pytest.mark.usefixtures("one_process")
def test_a_folder_without_code(tmp_path: Path) -> None:
    """The clerk's path: one command, and what it made draws and verifies."""
    folder = tmp_path / "林业"
    said = new(folder, "a_county", "--title", "木材经营", "--bureau", "某县林业局")
    assert files(folder) == TABLES
    assert "下一步：ssj-core run" in said
    sound("a_county", folder / "rules")
    manifest = (folder / "rules" / "ssj-plugin.toml").read_text(encoding="utf-8")
    offered = {line.split()[1] for line in manifest.splitlines() if line.startswith("# ") and " = [" in line}
    assert offered == set(KEYS.values()) - {key for key in KEYS.values() if f"\n{key} = " in manifest} > {"filters"}
    bureau = Bureau(folder)
    bureau.run(out=["木材经营随机抽查"])
    bureau.play("verify", str(folder))
    bureau.check()
    assert standalone(folder) == 0
    for name in ("rules.toml", "record.toml"):
        text = next((folder / "draws").glob(f"*/{name}")).read_text(encoding="utf-8")
        assert str(tmp_path) not in text, "what is published names no place on somebody's disk"
    assert not list(folder.rglob("*.py")) or all(p.name == "verify_ssj.py" for p in folder.rglob("*.py"))


def test_a_package_with_code(package: tuple[Path, Installed]) -> None:
    """The developer's path: proved by one command, drawn with, uninstalled, and verified twice."""
    project, installed = package
    assert {f for f in files(project) if "__pycache__" not in f} == PACKAGE
    its_own_tests_pass(project, installed)
    bureau = Bureau(project / "sample")
    bureau.run(out=["木材经营随机抽查"])
    excluded = next((project / "sample" / "draws").glob("*/excluded.csv")).read_text(encoding="utf-8-sig")
    assert "a_county.checked_lately" in excluded
    installed.remove()
    assert "a_county" not in discover()
    bureau.play("verify", str(bureau.folder))
    bureau.check()
    assert standalone(bureau.folder) == 0
    bureau.run("--dry-run", code=3, err=["SSJ-G009"])


def its_own_tests_pass(project: Path, installed: Installed) -> None:
    """Those of its rule, and every check of the kit, wheel and processes, too: in a process of their own."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p), "PYTHONIOENCODING": "utf-8"}
    assert set(installed.paths) <= set(env["PYTHONPATH"].split(os.pathsep))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env=env, cwd=project, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert f"{len(CHECKS) + 2} passed" in done.stdout


@pytest.mark.parametrize(
    ("plugin", "code"), [("ratio_rules", "SSJ-G023"), ("Forest", "SSJ-G015"), ("市监", "SSJ-G015"), ("a.b", "SSJ-G015")]
)
def test_an_id_that_is_taken_or_no_id(tmp_path: Path, plugin: str, code: str) -> None:
    assert code in new(tmp_path / "x", plugin, code=4)
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("title", ['a"b', "a\\b", "a\nb", "a$b", " ", ""])
def test_a_title_that_would_break_the_files(tmp_path: Path, title: str) -> None:
    new(tmp_path / "x", "county", "--title", title, code=2)
    assert not (tmp_path / "x").exists()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "mine").write_text("", encoding="utf-8")
    assert "SSJ-L012" in new(tmp_path / "x", "county", code=3)
    assert files(tmp_path) == {"x/mine"}


@pytest.mark.parametrize("day", ["2027-01-01", "2028-02-29", "2027-12-31"])
def test_it_may_be_made_on_any_day_of_the_year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    """The plan made on a day can be run on that day, the last of the year, too."""
    from datetime import datetime

    from ssj_cli import clock

    monkeypatch.setattr(clock, "today", lambda: datetime.fromisoformat(f"{day}T09:00:00+08:00"))
    new(tmp_path / "x", "county")
    bureau = Bureau(tmp_path / "x")
    bureau.run("--dry-run")
    rules = tomllib.loads((tmp_path / "x" / "rules" / "ruleset.toml").read_text(encoding="utf-8"))
    assert {use["rule"] for use in (*rules["eligibility"], *rules["recusal"])} == set(USED)


# --- the example that ships beside the project


@pytest.mark.usefixtures("one_process")
def test_the_example_is_another_departments_plugin(tmp_path: Path) -> None:
    """Two departments draw together with it; it is uninstalled, and the record verifies."""
    from shutil import copytree, ignore_patterns

    project = tmp_path / "example"
    copytree(ROOT / "plugins" / "_example", project, ignore=ignore_patterns("__pycache__", "*.egg-info"))
    installed = Installed(project, tmp_path / "site")
    try:
        sound("market_supervision")
        bureau = Bureau(project / "joint")
        bureau.run(out=["联合抽查"])
    finally:
        installed.remove()
    rules = next((project / "joint" / "draws").glob("*/rules.toml")).read_text(encoding="utf-8")
    pins = {p["id"]: p["distribution"] for p in tomllib.loads(rules)["plugins"]}
    assert pins["market_supervision"] == "ssj-market-supervision"
    assert pins["real_estate"] == "ssj-core"
    bureau.play("verify", str(bureau.folder))
    bureau.check()
    assert standalone(bureau.folder) == 0
