"""The conformance kit: every check holds of what ships, and what does not load is told by its check."""

import re
from pathlib import Path

import pytest

from ssj_core.plugin.loader import discover
from ssj_core.testing.checks import CHECKS, run_check

from .fakes import Site, manifest
from .kit import BY_ID, HEAD, examined, found

FOREIGN = "[Stratifier(id='x.y', title='t', key=print)]"
AVAILABLE = discover()
SHIPPED = sorted(n for n, s in AVAILABLE.items() if s.distribution == "ssj-core")


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.usefixtures("one_process")
def test_what_ships_holds(name: str) -> None:
    """But for wheel and processes, which are proved elsewhere: test_scaffold, test_loader."""
    plugin = examined(name)
    left_out = {"wheel", "renderers"}  # for the papers: test_kit_values
    if not plugin.callbacks:
        left_out |= {"answers", "arguments", "outside", "memory", "processes"}
    results = [run_check(c, plugin) for c in CHECKS if c.id not in left_out]
    assert [(r.check.id, [p.code for p in r.problems]) for r in results if not r.holds] == []


@pytest.mark.parametrize("name", ["officer_rules", "ratio_rules"])
def test_callbacks_that_ship_say_the_same_in_processes_of_their_own(name: str) -> None:
    """The wheels, and these processes for the others, are looked at by `.ci/plugins`."""
    plugin = examined(name)
    assert plugin.callbacks
    results = [run_check(BY_ID[c], plugin) for c in ("answers", "arguments", "outside", "memory", "processes")]
    assert [p.code for r in results for p in r.problems] == []


def test_these_are_all_that_ship_callbacks() -> None:
    assert [n for n in SHIPPED if examined(n).callbacks] == ["officer_rules", "ratio_rules"]


def test_a_check_has_an_id_of_its_own_and_both_languages() -> None:
    assert len(BY_ID) == len(CHECKS)
    for check in CHECKS:
        assert check.title.zh
        assert check.title.en


@pytest.mark.parametrize(
    ("given", "code", "check", "expected"),
    [
        ({"ssj-plugin.toml": manifest("county", requires_core='">=9"')}, "", "manifest", "SSJ-G010"),
        ({"ssj-plugin.toml": manifest("other")}, "", "manifest", "SSJ-G011"),
        ({"ssj-plugin.toml": manifest("county", requires_core='"new"')}, "", "manifest", "SSJ-G014"),
        ({"ssj-plugin.toml": ""}, "", "manifest", "SSJ-G022"),
        ({"ssj-plugin.toml": manifest("county", ratios='["no.toml"]')}, "", "files", "SSJ-G012"),
        ({}, "@hookimpl\ndef ssj_ratios():\n    return []\n", "hooks", "SSJ-G003"),
        ({}, "@hookimpl\ndef ssj_stratifiers(x=1):\n    return []\n", "hooks", "SSJ-G004"),
        ({}, "@hookimpl\ndef ssj_stratifiers():\n    return [1]\n", "types", "SSJ-G005"),
        ({}, f"@hookimpl\ndef ssj_stratifiers():\n    return {FOREIGN}\n", "ids", "SSJ-G006"),
        ({}, "1 / 0", "loads", "SSJ-G001"),
        ({"ssj-plugin.toml": manifest("county", ratios='["r.toml"]'), "r.toml": "x = 1"}, "", "loads", "SSJ-P012"),
        ({"ssj-plugin.toml": manifest("county") + "ratioes = []"}, "", "loads", "SSJ-P013"),
    ],
)  # fmt: skip
def test_what_does_not_load_fails_the_check_that_says_why(
    site: Site, given: dict[str, str], code: str, check: str, expected: str
) -> None:
    site.add("county", given, code=HEAD + code)
    plugin = examined("county")
    failing = [c.id for c in CHECKS if not c.loaded and not run_check(c, plugin).holds]
    assert failing == [check]
    assert expected in [c for c, _ in found(plugin, check)]
    assert not any(run_check(c, plugin).asked for c in CHECKS if c.loaded)


def test_hypothesis_and_pytest_are_imported_in_the_kit_alone() -> None:
    """And the kit by nobody but the command that runs it, when it runs it."""
    root = Path(__file__).parents[2]
    for folder in ("core", "cli", "plugins", "rulesets"):
        for file in sorted((root / folder).rglob("*.py")):
            if "testing" in file.parts or "_example" in file.parts:
                continue
            text = file.read_text(encoding="utf-8")
            assert not re.search(r"(?m)^\s*(import|from) (hypothesis|pytest)\b", text), file
            at_once = re.search(r"(?m)^(import|from) ssj_core\.testing", text)
            assert not at_once, file


def test_the_kit_for_pytest_does_nothing_to_those_who_do_not_ask() -> None:
    from importlib.metadata import entry_points

    assert not [e for e in entry_points(group="pytest11") if e.dist and e.dist.name == "ssj-core"]
