"""The kit on wheels: what is installed or built holds what the checkout holds. That of a new package: test_scaffold."""

import sys
from pathlib import Path

import pytest

from ssj_core.testing.checks import run_check
from ssj_core.testing.examined import Examined

from .fakes import Site
from .kit import BY_ID, examined, found


def test_an_installed_file_that_was_edited_added_or_lost(site: Site) -> None:
    """`RECORD` of the distribution says what the wheel held."""
    from base64 import urlsafe_b64encode
    from hashlib import sha256

    package = site.add("county", {"a.toml": "x = 1\n", "b.toml": "y = 1\n"})
    info = next(site.folder.glob("*.dist-info"))
    rows = ""
    for path in sorted(package.rglob("*")):
        digest = urlsafe_b64encode(sha256(path.read_bytes()).digest()).decode().rstrip("=")
        rows += f"{path.relative_to(site.folder).as_posix()},sha256={digest},{path.stat().st_size}\n"
    (info / "RECORD").write_text(rows, encoding="utf-8")
    assert found(examined("county"), "wheel") == []
    (package / "a.toml").write_text("x = 2\n", encoding="utf-8")
    (package / "b.toml").unlink()
    (package / "c.toml").write_text("", encoding="utf-8")
    problems = run_check(BY_ID["wheel"], examined("county")).problems
    assert [(p.code, p.params["what"]) for p in problems] == [
        ("SSJ-G111", "a.toml"), ("SSJ-G111", "b.toml"), ("SSJ-G111", "c.toml")
    ]  # fmt: skip


BACKEND = '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'


def checkout(site: Site, tmp_path: Path, build: str) -> Examined:
    """A plugin installed from its checkout, as `pip install -e` leaves it."""
    from importlib import invalidate_caches
    from json import dumps

    project = tmp_path / "project"
    package = site.add("county", {"a.toml": "x = 1\n"})
    project.mkdir()
    package.rename(project / package.name)
    site.folder.joinpath("there.pth").write_text(str(project), encoding="utf-8")
    sys.path.insert(0, str(project))
    text = BACKEND + '[project]\nname = "fake-county"\nversion = "1.0"\n' + build
    (project / "pyproject.toml").write_text(text, encoding="utf-8")
    told = dumps({"dir_info": {"editable": True}, "url": project.as_uri()})
    next(site.folder.glob("*.dist-info")).joinpath("direct_url.json").write_text(told, encoding="utf-8")
    invalidate_caches()
    return examined("county")


@pytest.mark.parametrize(
    ("build", "codes"),
    [
        ('[tool.hatch.build]\nexclude = ["*.toml"]\n', ["SSJ-G111"]),
        ("[tool.hatch.build.targets.wheel]\npackages = 7\n", ["SSJ-G112"]),
    ],
    ids=["tables left out", "cannot be built"],
)
def test_a_wheel_is_built_from_a_checkout_and_compared(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, build: str, codes: list[str]
) -> None:
    monkeypatch.setattr(sys, "path", list(sys.path))
    packages = "" if "packages" in build else '[tool.hatch.build.targets.wheel]\npackages = ["fake_county"]\n'
    plugin = checkout(site, tmp_path, packages + build)
    result = run_check(BY_ID["wheel"], plugin)
    assert [p.code for p in result.problems] == codes
    assert result.told is (codes != ["SSJ-G112"])
    if codes == ["SSJ-G111"]:
        assert result.problems[0].params["what"] == "a.toml, ssj-plugin.toml"
