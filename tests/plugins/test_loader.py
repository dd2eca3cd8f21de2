"""Plugins are found, loaded one by one, and refused with a sentence that says whose fault it is."""

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

import pytest

import ssj_core
from ssj_core.plugin import discovery
from ssj_core.plugin.loader import discover, load, namespace
from ssj_core.plugin.markers import GROUP
from ssj_core.plugin.registry import HOOKED, KINDS, Registry
from ssj_core.problems import InputError, PluginError, Problem

from .fakes import PREFIX, Site, checklist, manifest, ratio, ruleset

HOOK = "from ssj_core.plugin.markers import hookimpl\nfrom ssj_core.rules.model import Stratifier\n"
STRATIFIER = "Stratifier(id={!r}, title='样例', key=lambda s, c: '一')"


def stratifiers(*ids: str, mark: str = "@hookimpl", name: str = "ssj_stratifiers", args: str = "") -> str:
    """The code of a plugin that registers stratifiers."""
    made = ", ".join(STRATIFIER.format(i) for i in ids)
    return f"{HOOK}{mark}\ndef {name}({args}):\n    return [{made}]\n"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with Site(tmp_path / "site") as made:
        yield made


def refused(*wanted: str, folders: Iterable[Path] = ()) -> tuple[Problem, ...]:
    """The problems with which loading ends."""
    with pytest.raises(PluginError) as caught:
        load(wanted, discover(folders))
    for found in caught.value.problems:  # no template lacks a value, in either language
        assert found.message("zh")
        assert found.message("en")
        assert found.remedy("zh")
        assert found.remedy("en")
    return caught.value.problems


def only(problems: tuple[Problem, ...], code: str) -> Problem:
    assert [p.code for p in problems] == [code]
    return problems[0]


def contents(registry: Registry) -> dict[str, object]:
    """A registry as plain values, callbacks by id."""
    return {k.attribute: list(getattr(registry, k.attribute)) for k in KINDS} | {
        "owners": dict(sorted(registry.owners.items())),
        "plugins": dict(sorted(registry.plugins.items())),
    }


# --- finding


def test_shipped_plugins_come_through_the_public_group() -> None:
    shipped = {e.name for e in entry_points(group=GROUP) if e.dist and e.dist.name == "ssj-core"}
    assert {"ratio_rules", "officer_rules", "entropy", "readers", "fuping_zjj_2021", "real_estate"} <= shipped
    assert shipped <= set(discover())


def test_a_foreign_plugin_stands_beside_the_shipped_ones(site: Site) -> None:
    site.add("county", code=stratifiers("county.x"), distribution="some-county", version="2.3")
    registry = load(["county", "ratio_rules"], discover())
    assert set(registry.plugins) == {"county", "ratio_rules"}
    assert (registry.plugins["county"].distribution, registry.plugins["county"].version) == ("some-county", "2.3")
    assert registry.plugins["ratio_rules"].version == ssj_core.__version__
    assert registry.owner("stratifiers", "county.x").id == "county"
    assert registry.owner("stratifiers", "ratio_rules.all").id == "ratio_rules"


def test_discovery_imports_nothing(site: Site) -> None:
    site.add("county", code="raise RuntimeError('imported')")
    assert discover()["county"].version == "1.0"
    assert not [name for name in sys.modules if name.startswith(PREFIX)]


def test_only_wanted_plugins_are_imported(site: Site) -> None:
    site.add("wanted", code=stratifiers("wanted.x"))
    site.add("other", code=stratifiers("other.x"))
    registry = load(["wanted"], discover())
    assert "fake_wanted" in sys.modules
    assert "fake_other" not in sys.modules
    assert set(registry.plugins) == {"wanted"}
    assert list(registry.stratifiers) == ["wanted.x"]


def test_a_fresh_process_imports_only_what_it_loads() -> None:
    """Said of a process, as this one has imported everything for other tests."""
    code = (
        "import sys; from ssj_core.plugin.loader import discover, load\n"
        "load(['officer_rules'], discover())\n"
        "print(sorted(n for n in sys.modules if n.startswith('ssj_') and '.' not in n))\n"
    )
    out = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert out.strip() == "['ssj_core', 'ssj_officer_rules']"


def test_two_distributions_with_one_id_are_both_named(site: Site) -> None:
    site.add("housing", distribution="county-a", package="fake_a")
    site.add("housing", distribution="county-b", package="fake_b", version="2.0")
    found = only(refused("housing"), "SSJ-G002")
    assert found.value == "housing"
    assert (found.params["one"], found.params["other"]) == ("county-a 1.0", "county-b 2.0")


def test_a_shipped_plugin_cannot_be_replaced(site: Site) -> None:
    """A distribution earlier on the path must not take over the name of a shipped plugin without a word."""
    site.add("ratio_rules", distribution="county-a")
    found = only(refused("ratio_rules"), "SSJ-G002")
    assert {found.params["one"], found.params["other"]} == {"county-a 1.0", f"ssj-core {ssj_core.__version__}"}


def test_an_id_claimed_twice_does_not_touch_those_who_do_not_want_it(site: Site) -> None:
    site.add("ratio_rules", distribution="county-a")
    assert list(load(["officer_rules"], discover()).plugins) == ["officer_rules"]


def test_an_unknown_plugin_gets_the_nearest_names() -> None:
    found = only(refused("ratio_rule"), "SSJ-G008")
    assert "ratio_rules" in found.params["near"]
    assert "real_estate" in found.params["known"]


# --- distributions whose own metadata is broken

DAMAGED = {
    "no value": b"[ssj_core.plugins]\nfoo\n",
    "empty value": b"[ssj_core.plugins]\nfoo = \n",
    "not UTF-8": b"[ssj_core.plugins]\nfoo = \xff\n",
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_distribution_with_damaged_metadata_hides_nobody(site: Site, damage: str) -> None:
    site.add("county", code=stratifiers("county.x"))
    before = set(discover())
    info = site.folder / "damaged-1.0.dist-info"
    info.mkdir()
    (info / "entry_points.txt").write_bytes(DAMAGED[damage])
    assert set(discover()) - {"foo"} == before
    assert list(load(["county"], discover()).stratifiers) == ["county.x"]
    if damage == "empty value":
        assert only(refused("foo"), "SSJ-G001").params["distribution"] == "?"


# --- broken plugins


@pytest.mark.parametrize(
    "code",
    [
        "import no_such_module_anywhere",
        "raise ValueError('at import')",
        "def f(:",
        "import sys; sys.exit(7)",
        f"{HOOK}@hookimpl\ndef ssj_stratifiers():\n    raise OSError('in the hook')",
    ],
    ids=["missing dependency", "raises", "syntax", "exits", "raises in the hook"],
)
def test_a_broken_plugin_is_named_with_its_distribution_and_version(site: Site, code: str) -> None:
    site.add("county", code=code, distribution="county-pack", version="4.5")
    found = only(refused("county"), "SSJ-G001")
    assert found.value == "county"
    assert found.params["distribution"] == "county-pack 4.5"
    assert found.params["reason"]


def test_a_broken_plugin_does_not_touch_those_who_do_not_want_it(site: Site) -> None:
    site.add("broken", code="raise ValueError('at import')")
    assert "ratio_rules.all" in load(["ratio_rules"], discover()).stratifiers


def test_everything_wrong_is_told_at_once(site: Site) -> None:
    site.add("broken", code="raise ValueError('at import')")
    site.add("claims", code=stratifiers("ratio_rules.x"))
    assert sorted(p.code for p in refused("broken", "claims", "absent")) == ["SSJ-G001", "SSJ-G006", "SSJ-G008"]


# --- hooks


@pytest.mark.parametrize("mark", ["@hookimpl", ""], ids=["marked", "unmarked"])
def test_a_misspelt_hook_is_refused_with_the_right_name(site: Site, mark: str) -> None:
    site.add("county", code=stratifiers("county.x", mark=mark, name="ssj_stratifier"))
    found = only(refused("county"), "SSJ-G003")
    assert found.params["plugin"] == "county"
    assert found.value == "ssj_stratifier"
    assert "ssj_stratifiers" in found.params["near"]


@pytest.mark.parametrize(
    ("mark", "name"),
    [("@hookimpl", "stratifiers"), ("@hookimpl(specname='ssj_stratifierz')", "make")],
    ids=["no prefix", "specname"],
)
def test_a_marked_function_that_is_no_hook_is_refused(site: Site, mark: str, name: str) -> None:
    """What an author marked and nobody would ever call must not be lost in silence."""
    site.add("county", code=stratifiers("county.x", mark=mark, name=name))
    assert only(refused("county"), "SSJ-G003").value in ("stratifiers", "ssj_stratifierz")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("ssj_checklists", "checklists"), ("ssj_ratio_rules", "ratios"), ("ssj_weight_rules", "weights"),
        ("ssj_result_tables", "results"), ("ssj_rulesets", "rulesets"), ("ssj_ratio_rule", "ratios"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("mark", ["@hookimpl", ""], ids=["marked", "unmarked"])
def test_whoever_registers_a_table_by_code_is_told_the_key_of_the_manifest(
    site: Site, mark: str, name: str, key: str
) -> None:
    site.add("county", code=stratifiers("county.x", mark=mark, name=name))
    found = only(refused("county"), "SSJ-G003")
    assert found.value == name
    for lang in ("zh", "en"):
        assert f'{key} = ["….toml"]' in found.remedy(lang)
        assert "ssj-plugin.toml" in found.remedy(lang)


def test_a_hook_that_is_like_none_is_told_all_there_are(site: Site) -> None:
    site.add("county", code=stratifiers("county.x", name="ssj_before_the_draw"))
    told = only(refused("county"), "SSJ-G003").remedy("en")
    assert all(kind.hook in told for kind in HOOKED)


def test_a_hook_without_its_marker_is_refused(site: Site) -> None:
    site.add("county", code=stratifiers("county.x", mark=""))
    found = only(refused("county"), "SSJ-G003")
    assert found.value == "ssj_stratifiers"
    assert "hookimpl" in found.params["near"]


@pytest.mark.parametrize(
    ("mark", "args", "what"),
    [
        ("@hookimpl", "extra=1", "extra"),
        ("@hookimpl", "*, extra=1", "extra"),
        ("@hookimpl(tryfirst=True)", "", "tryfirst"),
        ("@hookimpl(trylast=True)", "", "trylast"),
    ],
)
def test_order_and_defaults_are_refused(site: Site, mark: str, args: str, what: str) -> None:
    site.add("county", code=stratifiers("county.x", mark=mark, args=args))
    found = only(refused("county"), "SSJ-G004")
    assert (found.value, found.params["what"]) == ("ssj_stratifiers", what)


@pytest.mark.parametrize("flag", ["hookwrapper", "wrapper"])
def test_wrappers_are_refused(site: Site, flag: str) -> None:
    code = f"{HOOK}@hookimpl({flag}=True)\ndef ssj_stratifiers():\n    result = yield\n    return result\n"
    site.add("county", code=code)
    found = only(refused("county"), "SSJ-G004")
    assert found.params["what"] == flag


def test_a_required_argument_is_refused(site: Site) -> None:
    site.add("county", code=stratifiers("county.x", args="roster"))
    assert "roster" in only(refused("county"), "SSJ-G001").params["reason"]


@pytest.mark.parametrize(
    "value", ["None", "7", "'county.x'", "['county.x']", "{}", "iter([])", "[object()]", "Stratifier"]
)
def test_a_wrong_return_value_is_refused_and_shown(site: Site, value: str) -> None:
    site.add("county", code=f"{HOOK}@hookimpl\ndef ssj_stratifiers():\n    return {value}\n")
    found = only(refused("county"), "SSJ-G005")
    assert found.value == "ssj_stratifiers"
    assert found.params["what"]


def test_values_of_another_kind_are_refused(site: Site) -> None:
    site.add("county", code=stratifiers("county.x", name="ssj_recusal_rules"))
    assert only(refused("county"), "SSJ-G005").value == "ssj_recusal_rules"


@pytest.mark.parametrize("value_id", ["other.x", "countyx", "", ".county", "county_x.y", "County.x"])
def test_an_id_outside_the_namespace_is_refused(site: Site, value_id: str) -> None:
    site.add("county", code=stratifiers(value_id))
    found = only(refused("county"), "SSJ-G006")
    assert (found.value, found.params["plugin"], found.params["distribution"]) == (
        value_id,
        "county",
        "fake-county 1.0",
    )


def test_both_owners_of_a_foreign_id_are_named(site: Site) -> None:
    site.add("county", code=stratifiers("ratio_rules.x"), distribution="county-pack", version="4.5")
    found = only(refused("county"), "SSJ-G006")
    for said in (found.message("zh"), found.message("en")):
        assert "county-pack 4.5" in said
        assert f"ratio_rules (ssj-core {ssj_core.__version__})" in said.replace("（", " (").replace("）", ")")


def test_an_id_that_is_no_text_is_refused(site: Site) -> None:
    site.add("county", code=stratifiers("county.x").replace("'county.x'", "7"))
    assert only(refused("county"), "SSJ-G005").params["what"].startswith("Stratifier(id=7")


def test_the_plugin_id_itself_is_inside_the_namespace(site: Site) -> None:
    site.add("county", code=stratifiers("county"))
    assert list(load(["county"], discover()).stratifiers) == ["county"]
    assert namespace("county") == namespace("county.x.y") == "county"


def test_an_id_registered_twice_is_refused(site: Site) -> None:
    site.add("county", code=stratifiers("county.x", "county.x"))
    found = only(refused("county"), "SSJ-G007")
    assert (found.value, found.params["plugin"], found.params["distribution"]) == (
        "county.x", "county", "fake-county 1.0"
    )  # fmt: skip
    assert found.params["one"] == found.params["other"] == "fake_county"


def test_an_id_in_a_table_and_in_code_is_refused(site: Site) -> None:
    table = (
        'format = "ssj-strata/1"\nid = "county.r"\ntitle = "样例分层"\nsince = 2021-01-01\n'
        'reviewed_until = 2021-12-31\n[[column]]\ncolumn = "经营类型"\n[[basis]]\ntitle = "某办法"\nmark = "choice"\n'
    )
    files = {"ssj-plugin.toml": manifest("county", strata='["r.toml"]'), "r.toml": table}
    site.add("county", files, code=stratifiers("county.r"))
    found = only(refused("county"), "SSJ-G007")
    assert (found.value, found.params["one"], found.params["other"]) == ("county.r", "county/r.toml:2", "fake_county")


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


def test_one_id_may_stand_for_values_of_two_kinds(site: Site) -> None:
    code = stratifiers("county") + (
        "from ssj_core.rules.model import RecusalRule\n@hookimpl\ndef ssj_recusal_rules():\n"
        "    return [RecusalRule(id='county', title='样例', check=lambda o, s, c: None)]\n"
    )
    site.add("county", code=code)
    registry = load(["county"], discover())
    assert list(registry.stratifiers) == list(registry.recusal_rules) == ["county"]


# --- manifests and tables


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


# --- folders


def drop_in(folder: Path, plugin: str, **tables: str) -> Path:
    """A folder of TOML, as an office without Python would write it."""
    folder.mkdir()
    names = ", ".join(f'"{name}.toml"' for name in tables)
    (folder / "ssj-plugin.toml").write_text(manifest(plugin, ratios=f"[{names}]"), encoding="utf-8")
    for name, text in tables.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_folder_of_toml_is_a_plugin(tmp_path: Path) -> None:
    folder = drop_in(tmp_path / "规则", "county", r=ratio("county.r", "7%"))
    registry = load(["county"], discover([folder]))
    assert list(registry.ratio_rules) == ["county.r"]
    assert registry.plugins["county"].distribution == "规则", "the record, which is published, names no path"
    assert registry.plugins["county"].version == ""
    assert len(registry.plugins["county"].digest) == 64


def test_code_in_a_folder_never_runs(tmp_path: Path) -> None:
    """Data can be dropped in; code must be installed, and whoever drops it in is told."""
    folder = drop_in(tmp_path / "rules", "county", r=ratio("county.r"))
    (folder / "__init__.py").write_text("raise SystemExit('ran')", encoding="utf-8")
    (folder / "ratios").mkdir()
    (folder / "ratios" / "Rule.PY").write_text("raise SystemExit('ran')", encoding="utf-8")
    found = refused("county", folders=[folder])
    assert [(p.code, p.value) for p in found] == [("SSJ-G016", "__init__.py"), ("SSJ-G016", "ratios/Rule.PY")]


def test_a_folder_with_a_link_out_of_it_is_refused(tmp_path: Path) -> None:
    folder = drop_in(tmp_path / "rules", "county", r=ratio("county.r"))
    (tmp_path / "secret.toml").write_text(ratio("county.s"), encoding="utf-8")
    (folder / "s.toml").symlink_to(tmp_path / "secret.toml")
    (folder / "all").symlink_to(tmp_path)
    found = refused("county", folders=[folder])
    assert [(p.code, p.value) for p in found] == [("SSJ-G017", "all"), ("SSJ-G017", "s.toml")]
    assert found[1].params["target"] == str((tmp_path / "secret.toml").resolve())


def test_a_manifest_that_is_a_link_out_of_the_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.toml").write_text("not TOML", encoding="utf-8")
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "ssj-plugin.toml").symlink_to(tmp_path / "elsewhere.toml")
    assert only(refused("county", folders=[tmp_path / "rules"]), "SSJ-G017").value == "ssj-plugin.toml"


def test_a_link_inside_the_folder_is_a_file_like_others(tmp_path: Path) -> None:
    folder = drop_in(tmp_path / "rules", "county", r=ratio("county.r"))
    (folder / "also.txt").symlink_to(folder / "r.toml")
    assert list(load(["county"], discover([folder])).ratio_rules) == ["county.r"]


@pytest.mark.parametrize("target", [".", "sub", "../rules", "nowhere", "loop"])
def test_links_that_go_in_a_circle_or_nowhere_are_refused(tmp_path: Path, target: str) -> None:
    folder = drop_in(tmp_path / "rules", "county", r=ratio("county.r"))
    (folder / "sub").mkdir()
    (folder / "loop").symlink_to(target)
    (folder / "sub" / "up").symlink_to("..")
    found = refused("county", folders=[folder])
    assert [(p.code, p.value) for p in found] == [("SSJ-G019", "loop"), ("SSJ-G019", "sub/up")]


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    folder = drop_in(tmp_path / "rules", "county", r=ratio("county.r"))
    with (folder / "r.toml").open("r+b") as file:
        file.truncate(100_000_000)  # a hole: takes no room on the disk
    found = only(refused("county", folders=[folder]), "SSJ-G018")
    assert (found.value, found.params["size"]) == ("r.toml", "100000000")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_a_folder_does_not_hang(tmp_path: Path) -> None:
    folder = drop_in(tmp_path / "rules", "county", r=ratio("county.r"))
    os.mkfifo(folder / "pipe.toml")
    assert only(refused("county", folders=[folder]), "SSJ-G020").value == "pipe.toml"


def test_everything_wrong_with_folders_is_told_at_once(tmp_path: Path) -> None:
    one, other = (drop_in(tmp_path / name, "county", r=ratio("county.r")) for name in "ab")
    (one / "x.py").write_text("", encoding="utf-8")
    (other / "ssj-plugin.toml").unlink()
    assert [p.code for p in refused("county", folders=[one, other])] == ["SSJ-G022", "SSJ-G016"]


@pytest.mark.parametrize("plugin", ["county", "ratio_rules"], ids=["foreign", "shipped"])
def test_a_folder_cannot_take_an_installed_id(site: Site, tmp_path: Path, plugin: str) -> None:
    site.add("county", distribution="county-pack")
    folder = drop_in(tmp_path / "rules", plugin, r=ratio(f"{plugin}.r"))
    found = only(refused(plugin, folders=[folder]), "SSJ-G002")
    assert str(folder) in (found.params["one"], found.params["other"])
    assert {"county-pack 1.0", f"ssj-core {ssj_core.__version__}"} & {found.params["one"], found.params["other"]}


def test_two_folders_with_one_id_are_both_named(tmp_path: Path) -> None:
    one, other = (drop_in(tmp_path / name, "county", r=ratio("county.r")) for name in "ab")
    found = only(refused("county", folders=[one, other]), "SSJ-G002")
    assert (found.params["one"], found.params["other"]) == (str(one), str(other))


def test_a_folder_without_a_manifest_or_no_folder(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for name in ("empty", "absent"):
        with pytest.raises(PluginError) as caught:
            discover([tmp_path / name])
        assert only(caught.value.problems, "SSJ-G022").params["plugin"] == (tmp_path / name).as_posix()


def test_a_folder_with_a_broken_manifest(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "ssj-plugin.toml").write_text("id = 县", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        discover([tmp_path / "rules"])
    assert caught.value.problems[0].file == (tmp_path / "rules" / "ssj-plugin.toml").as_posix()


def test_a_folder_is_held_to_its_namespace(tmp_path: Path) -> None:
    folder = drop_in(tmp_path / "rules", "county", r=ratio("ratio_rules.flat_3", "0%"))
    assert only(refused("county", folders=[folder]), "SSJ-G006").value == "ratio_rules.flat_3"


# --- order


def test_the_order_of_installation_does_not_matter(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("c", "a", "b"):
        files = {"ssj-plugin.toml": manifest(name, ratios='["[xyz].toml"]'), "z.toml": ratio(f"{name}.r")}
        site.add(name, files, code=stratifiers(f"{name}.y", f"{name}.x"))
    wanted = ["a", "b", "c", "ratio_rules", "officer_rules"]
    plain = contents(load(wanted, discover()))
    for kind in KINDS:
        ids: Any = plain[kind.attribute]
        assert ids == sorted(ids)

    def backwards(group: str) -> list[EntryPoint]:
        return list(reversed(list(entry_points(group=group))))

    monkeypatch.setattr(discovery, "entry_points", backwards)
    available = discover()
    assert contents(load(reversed(wanted), available)) == plain
    assert list(available) == sorted(available)


def test_loading_on_top_of_a_registry_is_loading_at_once() -> None:
    available = discover()
    first = load(["fuping_zjj_2021"], available)
    both = load(["officer_rules", "ratio_rules"], available, first)
    assert contents(both) == contents(load(["officer_rules", "fuping_zjj_2021", "ratio_rules"], available))
    assert set(first.plugins) == {"fuping_zjj_2021"}


def test_loading_on_top_keeps_looking_for_double_ids(site: Site) -> None:
    available = discover()
    first = load(["ratio_rules"], available)
    site.add("county", code=stratifiers("ratio_rules.all"))
    with pytest.raises(PluginError) as caught:
        load(["county"], discover(), first)
    assert [p.code for p in caught.value.problems] == ["SSJ-G006"]


def test_a_registry_cannot_be_changed() -> None:
    registry = load(["ratio_rules"], discover())
    for kind in KINDS:
        with pytest.raises(TypeError):
            getattr(registry, kind.attribute)["ratio_rules.x"] = None
    with pytest.raises(AttributeError):
        registry.stratifiers = {}  # type: ignore[misc]


def test_a_registry_is_the_same_for_every_hash_seed() -> None:
    """This process has a seed of its own, most often."""
    code = (
        "from ssj_core.plugin.loader import discover, load\n"
        "r = load(discover(), discover())\n"
        "print(list(r.plugins), list(r.owners), list(r.ratio_rules), [p.digest for p in r.plugins.values()])\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, encoding="utf-8",
        env={**os.environ, "PYTHONHASHSEED": "1", "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    registry = load(discover(), discover())
    expected = [list(registry.plugins), list(registry.owners), list(registry.ratio_rules)]
    expected.append([p.digest for p in registry.plugins.values()])
    assert run.stdout.strip() == " ".join(str(part) for part in expected)
