"""Manifests and the tables they name: what core they need, which files, whose mistake it is."""

import sys
from pathlib import Path

import pytest

import ssj_core
from ssj_core.plugin.loader import discover, load

from .fakes import Site, checklist, manifest, ratio, ruleset
from .loading import drop_in, only, refused, stratifiers


def test_a_missing_manifest_is_named(site: Site) -> None:
    site.add("county", {"ssj-plugin.toml": ""})
    found = only(refused("county"), "SSJ-G022")
    assert (found.value, found.params["plugin"]) == ("ssj-plugin.toml", "county")


def test_manifest_and_entry_point_must_agree(site: Site) -> None:
    site.add("county", {"ssj-plugin.toml": manifest("country")})
    found = only(refused("county"), "SSJ-G011")
    assert (found.value, found.params["name"], found.params["distribution"]) == (
        "country", "county", "fake-county 1.0"
    )  # fmt: skip


@pytest.mark.parametrize("needs", [">=99", ">=0.2", ">=0.1,<0.1", "!=0.1.0", "<0.1"])
def test_another_core_is_needed(site: Site, needs: str) -> None:
    site.add("county", {"ssj-plugin.toml": manifest("county", requires_core=f'"{needs}"')})
    found = only(refused("county"), "SSJ-G010")
    assert (found.params["needs"], found.params["have"]) == (needs, ssj_core.__version__)
    assert (found.file, found.row, found.field) == ("county/ssj-plugin.toml", 6, "requires_core")


@pytest.mark.parametrize("needs", ["", " ", ">=", ">=0..1", ">=²", "0.1", "latest", ">=0.1 <2"])
def test_a_bound_that_cannot_be_read(site: Site, needs: str) -> None:
    site.add("county", {"ssj-plugin.toml": manifest("county", requires_core=f'"{needs}"')})
    assert only(refused("county"), "SSJ-G014").value == needs


@pytest.mark.parametrize("needs", [">=0.1", ">= 0.1.0", ">=0", ">=0.1.0.0", ">=0.01", ">=0.1,<2", "~=0.1", "==0.1"])
def test_a_core_that_fits(site: Site, needs: str) -> None:
    files = {"ssj-plugin.toml": manifest("county", requires_core=f'"{needs}"')}
    site.add("county", files, code=stratifiers("county.x"))
    assert "county" in load(["county"], discover()).plugins


def test_what_a_newer_core_can_read_is_not_called_a_mistake(site: Site) -> None:
    """A manifest of a later format, with keys of a later time: it is the version that is wrong, and no code runs."""
    later = manifest("county", format='"ssj-plugin/9"', requires_core='">=9"', colours='["red"]')
    site.add("county", {"ssj-plugin.toml": later}, code="raise RuntimeError('ran')")
    assert only(refused("county"), "SSJ-G010").params["needs"] == ">=9"
    assert "fake_county" not in sys.modules


@pytest.mark.parametrize("plugin", ["County", "市监", "a.b", "_a", "1a", "a-b", "a" * 41, "a b", ""])
def test_an_id_that_cannot_be_one(tmp_path: Path, plugin: str) -> None:
    folder = drop_in(tmp_path / "rules", plugin)
    assert only(refused(plugin, folders=[folder]), "SSJ-G015").value == plugin


@pytest.mark.parametrize("have", ["0.2.0rc1", "0.2.0.dev3", "0.2.0+local.1"])
def test_the_version_of_a_core_between_releases_can_be_compared(
    site: Site, monkeypatch: pytest.MonkeyPatch, have: str
) -> None:
    monkeypatch.setattr(ssj_core, "__version__", have)
    site.add("county", {"ssj-plugin.toml": manifest("county", requires_core='">=0.1.5"')})
    assert "county" in load(["county"], discover()).plugins


@pytest.mark.parametrize("pattern", ["absent.toml", "ratios/*.toml", "../secret.toml", "/etc/*.toml", "r"])
def test_a_manifest_naming_no_file_is_refused(site: Site, pattern: str) -> None:
    site.add("county", {"ssj-plugin.toml": manifest("county", ratios=f'["{pattern}"]'), "r.toml": ratio("county.r")})
    (site.folder / "secret.toml").write_text(ratio("county.secret"), encoding="utf-8")
    found = only(refused("county"), "SSJ-G012")
    assert (found.value, found.params["plugin"]) == (pattern, "county")


def test_a_mistake_in_a_table_names_the_plugin_and_the_file(site: Site) -> None:
    files = {
        "ssj-plugin.toml": manifest("county", ratios='["ratios/*.toml"]'),
        "ratios/a.toml": ratio("county.a").replace('"3%"', "0.03"),
    }
    site.add("county", files)
    found = only(refused("county"), "SSJ-P005")
    assert (found.file, found.row) == ("county/ratios/a.toml", 10)


def test_a_mistake_in_the_manifest_has_its_line(site: Site) -> None:
    site.add("county", {"ssj-plugin.toml": manifest("county") + 'ratio = ["r.toml"]\n'})
    found = only(refused("county"), "SSJ-P013")
    assert (found.file, found.row, found.params["near"]) == ("county/ssj-plugin.toml", 7, "ratios")


def test_tables_and_code_stand_side_by_side(site: Site) -> None:
    files = {
        "ssj-plugin.toml": manifest(
            "county", ratios='["ratios/*.toml"]', checklists='["list.toml"]', rulesets='["rules.toml"]'
        ),
        "ratios/b.toml": ratio("county.b"),
        "ratios/a.toml": ratio("county.a"),
        "ratios/.hidden.toml": "not TOML",
        "ratios/notes.txt": "not TOML",
        "list.toml": checklist("county"),
        "rules.toml": ruleset("county"),
    }
    site.add("county", files, code=stratifiers("county.x"))
    registry = load(["county"], discover())
    assert list(registry.ratio_rules) == ["county.a", "county.b"]
    assert list(registry.checklists) == list(registry.rulesets) == ["county"]
    assert list(registry.stratifiers) == ["county.x"]


def test_both_tables_of_an_id_are_named_with_their_lines(tmp_path: Path) -> None:
    folder = drop_in(tmp_path / "rules", "county", a=ratio("county.r"), b="\n" + ratio("county.r"))
    found = only(refused("county", folders=[folder]), "SSJ-G007")
    one, other = f"{folder.as_posix()}/a.toml:2", f"{folder.as_posix()}/b.toml:3"
    assert (found.params["one"], found.params["other"]) == (one, other)
    assert (found.file, found.row) == (f"{folder.as_posix()}/b.toml", 3)


def test_every_file_with_a_mistake_is_told_at_once_by_the_path_the_clerk_has_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = drop_in(tmp_path / "rules", "county", a=ratio("county.a").replace('"3%"', "3"), b="id = ", no="")
    (folder / "no.toml").unlink()
    (folder / "c.toml").write_text(checklist("county").replace("title", "titel", 1), encoding="utf-8")
    with (folder / "ssj-plugin.toml").open("a", encoding="utf-8") as written:
        written.write('checklists = ["c.toml"]\n')
    monkeypatch.chdir(tmp_path)
    found = refused("county", folders=[Path("rules")])
    assert {(p.code, p.file) for p in found} == {
        ("SSJ-P007", "rules/a.toml"), ("SSJ-P002", "rules/b.toml"), ("SSJ-P013", "rules/c.toml"),
        ("SSJ-P014", "rules/c.toml"), ("SSJ-G012", "rules/ssj-plugin.toml"),
    }  # fmt: skip
    assert all(p.row for p in found)
