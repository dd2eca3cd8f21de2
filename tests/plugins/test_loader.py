"""Plugins are found and loaded one by one, in any order; a broken one is named with whose it is."""

import os
import subprocess
import sys
from datetime import date
from importlib.metadata import EntryPoint, entry_points
from typing import Any

import pytest

import ssj_core
from ssj_core.plugin import discovery
from ssj_core.plugin.loader import discover, load
from ssj_core.plugin.markers import GROUP
from ssj_core.plugin.registry import KINDS
from ssj_core.problems import PluginError
from ssj_core.rules.model import InForce

from .fakes import PREFIX, Site, manifest, ratio
from .loading import HOOK, contents, only, refused, stratifiers


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


def test_a_shipped_plugin_keeps_its_name(site: Site) -> None:
    """A distribution earlier on the path takes over no name that ships, and stops nobody who uses it."""
    folder = site.add("ratio_rules", distribution="county-a", code="raise SystemExit('ran')")
    source = discover()["ratio_rules"]
    assert source.label == f"ssj-core {ssj_core.__version__}"
    assert [rival.root() for rival in source.rivals] == [folder]
    assert load(["ratio_rules"], {"ratio_rules": source}).plugins["ratio_rules"].distribution == "ssj-core"
    found = only(tuple(discovery.clashes(source)), "SSJ-G002")
    assert (found.params["one"], found.params["other"]) == (source.label, "county-a 1.0")


@pytest.mark.parametrize("attribute", ["", ":plugin", ":os.path"])
def test_an_entry_point_names_a_module_and_nothing_in_it(site: Site, attribute: str) -> None:
    site.add("county", code=stratifiers("county.x"))
    entries = site.folder / "fake_county-1.0.dist-info" / "entry_points.txt"
    entries.write_text(f"[{GROUP}]\ncounty = fake_county{attribute}\n", encoding="utf-8")
    if not attribute:
        assert list(load(["county"], discover()).stratifiers) == ["county.x"]
    else:
        assert only(refused("county"), "SSJ-G028").value == f"fake_county{attribute}"


@pytest.mark.parametrize("place", ["params", "classes", "tickets"])
def test_what_is_loaded_is_frozen_to_the_last_mapping(place: str) -> None:
    """A table is taken apart once for all; whoever changed it would change it for every draw to come."""
    registry = load(["ratio_rules"], discover())
    weights = InForce(since=date(2021, 1, 1), reviewed_until=date(2021, 1, 1), value={"A": 1}, basis=())
    found: Any = {
        "params": registry.eligibility_rules["ratio_rules.yearly_cap"].params,
        "classes": registry.ratio_rules["ratio_rules.flat_3"].in_force[0].value.classes,
        "tickets": weights.value,
    }[place]
    assert found
    with pytest.raises(TypeError):
        found["at_most"] = 99


def test_an_id_claimed_twice_does_not_touch_those_who_do_not_want_it(site: Site) -> None:
    site.add("ratio_rules", distribution="county-a")
    assert list(load(["officer_rules"], discover()).plugins) == ["officer_rules"]


def test_an_unknown_plugin_gets_the_nearest_names() -> None:
    assert not only(refused("forestry"), "SSJ-G008").params["near"], "no guess is better than one far off"
    found = only(refused("ratio_rule"), "SSJ-G008")
    assert "ratio_rules" in found.params["near"]
    assert "real_estate" in found.params["known"]


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
    for mapping in (registry.owners, registry.plugins, registry.places):
        with pytest.raises(TypeError):
            mapping["x"] = None  # type: ignore[index]
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
