"""What is installed: exactly the packages, with their tables and samples, and nothing of the workshop."""

import json
import subprocess
import sys
import tomllib
import zipfile
from configparser import ConfigParser
from fnmatch import fnmatchcase
from importlib.util import find_spec
from pathlib import Path

import pytest

from ssj_core import __version__
from ssj_core.plugin.digest import folder_digest
from ssj_core.plugin.loader import discover, load

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES: list[str] = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
TOP = sorted(Path(p).name for p in PACKAGES)

pytestmark = pytest.mark.skipif(find_spec("hatchling") is None, reason="hatchling is not installed: no wheel is built")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built once, in this environment."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def names(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def test_only_the_packages_are_installed(names: list[str]) -> None:
    info = f"ssj_core-{__version__}.dist-info"
    assert sorted({name.split("/")[0] for name in names}) == sorted([*TOP, info])
    assert sorted(n for n in names if n.startswith(info)) == [
        f"{info}/{name}" for name in ("METADATA", "RECORD", "WHEEL", "entry_points.txt")
    ]


def test_every_file_of_a_package_is_installed_and_no_other(names: list[str]) -> None:
    expected = {
        f"{Path(package).name}/{file.relative_to(ROOT / package).as_posix()}"
        for package in PACKAGES
        for file in (ROOT / package).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts and not file.name.startswith(".")
    }
    assert {n for n in names if ".dist-info/" not in n} == expected
    assert len(names) == len(set(names))


def test_every_package_is_typed(names: list[str]) -> None:
    assert {f"{top}/py.typed" for top in TOP} <= set(names)
    assert {f"{top}/__init__.py" for top in TOP} <= set(names)


def test_tables_and_samples_are_inside(names: list[str]) -> None:
    for pattern, count in (
        ("*/ssj-plugin.toml", len(PROJECT["project"]["entry-points"]["ssj_core.plugins"])),
        ("*/checklist.toml", 5),
        ("ssj_ratio_rules/ratios/*.toml", 7),
        ("ssj_result_codes/results/*.toml", 2),
        ("ssj_rulesets/*/ruleset.toml", 1),
        ("ssj_rulesets/*/ratios/*.toml", 3),
        ("ssj_rulesets/*/sample/*", 3),
    ):
        assert len([n for n in names if fnmatchcase(n, pattern)]) == count, pattern


def test_nothing_of_the_workshop_is_inside(names: list[str]) -> None:
    for name in names:
        assert not {"tests", "adr", "_example", "__pycache__", "docs"} & set(name.split("/")), name
        assert not name.endswith((".md", ".pyc", ".pyo", ".orig", ".rej", ".bak", ".lock")), name
        assert not name.split("/")[-1].startswith((".", "make_")), name


def test_entry_points_are_those_of_the_project(wheel: Path) -> None:
    parser = ConfigParser()
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    with zipfile.ZipFile(wheel) as archive:
        parser.read_string(archive.read(f"ssj_core-{__version__}.dist-info/entry_points.txt").decode())
    written = {section: dict(parser[section]) for section in parser.sections()}
    assert written == {"console_scripts": PROJECT["project"]["scripts"], **PROJECT["project"]["entry-points"]}


def test_a_plugin_has_the_same_digest_from_the_checkout_and_from_the_wheel(unpacked: Path) -> None:
    available = discover()
    shipped = {n: s for n, s in available.items() if s.distribution == "ssj-core"}
    registry = load(shipped, available)
    for name, source in shipped.items():
        assert source.entry is not None
        folder = unpacked.joinpath(*source.entry.module.split("."))
        assert folder_digest(folder) == registry.plugins[name].digest, name


def test_the_wheel_works_by_itself(unpacked: Path, tmp_path: Path) -> None:
    """In a process that sees the unpacked wheel before the checkout: same plugins, same digests, same values."""
    code = (
        f"import sys, json; sys.path.insert(0, {str(unpacked)!r})\n"
        "import ssj_core; from ssj_core.plugin.loader import discover, load\n"
        "a = discover(); n = sorted(k for k, s in a.items() if s.distribution == 'ssj-core'); r = load(n, a)\n"
        "d = {p.id: p.digest for p in r.plugins.values()}\n"
        "print(json.dumps([ssj_core.__file__, d, sorted(map(list, r.owners))]))"
    )
    script = tmp_path / "script.py"  # importlib.metadata takes the first of two distributions with one name
    script.write_text(code, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, encoding="utf-8", check=True, cwd=tmp_path
    )
    file, digests, owners = json.loads(run.stdout)
    assert Path(file).is_relative_to(unpacked)
    available = discover()
    registry = load([n for n, s in available.items() if s.distribution == "ssj-core"], available)
    assert digests == {p.id: p.digest for p in registry.plugins.values()}
    assert owners == sorted(map(list, registry.owners))


def test_the_same_checkout_gives_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()


def test_names_of_folders_and_files_are_plain(names: list[str]) -> None:
    """Wheels are unpacked on Windows too: ASCII, no two names that differ by case only, paths of moderate length."""
    assert all(name.isascii() and len(name) < 120 for name in names)
    assert len({name.lower() for name in names}) == len(names)


def test_the_check_of_wheel_contents_agrees(wheel: Path) -> None:
    if find_spec("check_wheel_contents") is None:
        pytest.skip("check-wheel-contents is not installed")
    command = [sys.executable, "-m", "check_wheel_contents", "--config", str(ROOT / "pyproject.toml"), str(wheel)]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stdout + run.stderr
