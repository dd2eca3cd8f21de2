"""What is told when something named is not there: a package not installed, a ruleset, an id of old in a case."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.plugins.fakes import BASIS, Site, manifest, ruleset

from .bureau import Bureau
from .test_plugins import play


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with Site(tmp_path / "site") as made:
        yield made


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with a rule in Python, as the scaffold makes it, not installed."""
    monkeypatch.chdir(tmp_path)
    play("plugins", "new", "forestry", "--code")
    return Path("forestry")


@pytest.mark.parametrize("command", ["check", "show", "test"])
@pytest.mark.parametrize("named", ["forestry", "./forestry/", "forestry/ssj_forestry"])
def test_a_package_is_not_called_a_folder_of_rules_with_code_in_it(package: Path, command: str, named: str) -> None:
    said = play("plugins", command, named, code=4).stderr
    assert "SSJ-G026" in said
    assert f"pip install -e {package};" in said
    assert "ssj-core plugins check forestry" in said
    assert "SSJ-G016" not in said


@pytest.mark.parametrize("named", ["forestry", "forestry/src", "forestry/src/ssj_forestry"])
def test_a_package_that_keeps_its_sources_apart_is_named_too(package: Path, named: str) -> None:
    (package / "src").mkdir()
    (package / "ssj_forestry").rename(package / "src" / "ssj_forestry")
    said = play("plugins", "check", named, code=4).stderr
    assert "SSJ-G026" in said
    assert "pip install -e forestry;" in said
    assert "ssj-core plugins check forestry" in said


@pytest.mark.usefixtures("package")
def test_from_inside_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("forestry/ssj_forestry")
    assert "pip install -e ..;" in play("plugins", "check", "../", code=4).stderr


def test_a_package_with_a_manifest_that_cannot_be_read_is_a_package_too(package: Path) -> None:
    (package / "ssj_forestry" / "ssj-plugin.toml").write_text("id = ", encoding="utf-8")
    assert "ssj-core plugins check ID" in play("plugins", "check", str(package), code=4).stderr


def test_the_folder_of_an_installed_package_is_the_plugin(site: Site) -> None:
    folder = site.add("county", code="", version="2.5")
    assert "fake-county 2.5" in play("plugins", "show", str(folder)).stdout


def test_a_stray_program_in_a_folder_of_rules_is_still_told_as_one(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "ssj-plugin.toml").write_text(manifest("county"), encoding="utf-8")
    (folder / "helper.py").write_text("", encoding="utf-8")
    assert "SSJ-G016" in play("plugins", "check", str(folder), code=4).stderr


def test_an_unknown_ruleset_is_told_with_rulesets_of_all_plugins_and_no_code_is_run(site: Site, tmp_path: Path) -> None:
    files = {"ssj-plugin.toml": manifest("county", rulesets='["s.toml"]'), "s.toml": ruleset("county.year")}
    site.add("county", files, code="")
    other = {"ssj-plugin.toml": manifest("other", rulesets='["s.toml"]'), "s.toml": ruleset("other.year")}
    site.add("other", other, code="raise SystemExit('ran')")
    site.add("broken", {"ssj-plugin.toml": manifest("broken", rulesets='["none.toml"]')})
    bureau = Bureau(tmp_path / "bureau").furnish()
    plan = (bureau.folder / "plan.toml").read_text(encoding="utf-8")
    for wrong, near in (("fuping_zj_2021", "fuping_zjj_2021"), ("county.yaer", "county.year"), ("ratio_rules", "")):
        bureau.write(plan=plan.replace("fuping_zjj_2021", wrong))
        said = play("rules", "show", bureau.plan, code=3).stderr
        assert "known ids: county.year, fuping_zjj_2021, other.year" in said
        assert (f"did you mean {near}" in said) == bool(near)


def case(**asked: str) -> str:
    """The text of a file with one case."""
    lines = "".join(f"{key} = {value}\n" for key, value in asked.items())
    return f'format = "ssj-cases/1"\n[[case]]\nsays = "某条"\nbasis = [{BASIS}]\non = 2021-06-30\n{lines}'


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ({"ratio": '"old.flat_3"', "size": "10", "expect": '{ ratio = "3%" }'}, "ratio_rules.flat_3"),
        ({"ratio": '"ratio_rules.flat"', "size": "10", "expect": '{ ratio = "3%" }'}, "ratio_rules.flat_3"),
        (
            {"eligibility": '"old.open"', "subject": '{ status = "注销" }', "expect": "{ takes_part = false }"},
            "ratio_rules.open",
        ),
        ({"batch": '"old/batch-1"', "expect": "{ in_force = true }"}, "fuping_zjj_2021/batch-1"),
    ],
)
def test_an_id_of_old_in_a_case_is_told_with_the_ids_there_are(
    tmp_path: Path, asked: dict[str, str], known: str
) -> None:
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "ssj-plugin.toml").write_text(manifest("county", cases='["cases.toml"]'), encoding="utf-8")
    (folder / "cases.toml").write_text(case(**asked), encoding="utf-8")
    said = play("plugins", "test", str(folder), code=3).stderr
    assert known in said.partition("→")[2]


@pytest.mark.parametrize("name", ["ratio_rules", "entropy", "documents"])
def test_a_foreign_claim_to_a_shipped_id_stops_nobody_and_is_told(site: Site, tmp_path: Path, name: str) -> None:
    folder = site.add(name, distribution="county-pack", code="raise SystemExit('ran')")
    bureau = Bureau(tmp_path / "bureau").furnish(officers=24)
    bureau.run("--batch", "batch-1")
    bureau.check()
    for command, code in (("list", 0), ("doctor", 1)):
        said = play("plugins", command, code=code).output
        assert "SSJ-G002" in said
        assert "county-pack 1.0" in said
    rows = [line.split() for line in play("plugins", "list").stdout.splitlines()]
    assert [(row[-3], row[-1]) for row in rows if row and row[0] == name] == [
        ("ssj-core", "usable"), ("county-pack", "broken")
    ]  # fmt: skip
    assert "SSJ-G002" in play("doctor", code=1).output
    assert "SSJ-G002" in play("plugins", "check", str(folder), code=4).output
