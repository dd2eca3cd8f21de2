"""A rule in Python has days like any other: sealed, shown, asked on them only; replay says since when it is another."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from ssj_core.plugin.loader import discover, load
from tests.cli.bureau import Bureau

from .fakes import Site
from .loading import only, refused

CODE = """
from datetime import date
from ssj_core.plugin.markers import hookimpl
from ssj_core.rules.model import *
BASIS = (LegalBasis(title="某县回避规定", mark="choice"),)
DAYS = Days({days})
@hookimpl
def ssj_recusal_rules():
    return [RecusalRule(id="county.apart", title="{title}", check=lambda o, s, c: None, basis=BASIS, days=DAYS,
                        says="同一股室的不查")]
@hookimpl
def ssj_eligibility_rules():
    return [EligibilityRule(id="county.new", title="新设的不查", applies_to="subject", check=lambda s, c: None,
                            basis=BASIS, days=DAYS)]
"""
TWO = """
from datetime import date
from attrs import evolve
from ssj_core.plugin.markers import hookimpl
from ssj_core.rules.model import *
MADE = {{
    "ssj_stratifiers": Stratifier(id="county.r", title="t", key=print),
    "ssj_eligibility_rules": EligibilityRule(id="county.r", title="t", applies_to="subject", check=print),
    "ssj_recusal_rules": RecusalRule(id="county.r", title="t", check=print),
}}
FIRST = evolve(MADE["{kind}"], days=Days(since=date(2021, 1, 1), until=date(2021, 6, 30)))
@hookimpl
def {kind}():
    return [evolve(FIRST, in_force=(FIRST, evolve(FIRST, days={second})))]
"""
DAYS = "since=date(2021, 1, 1), until=date(2021, 12, 31), reviewed_until=date(2021, 12, 31)"
LATER = DAYS.replace("since=date(2021, 1, 1)", "since=date(2021, 1, 10)")
RULES = (
    'format = "ssj-ruleset/1"\nid = "county"\ntitle = "规则集"\nbureau = "某局"\n'
    "since = 2021-01-01\nuntil = 2021-12-31\n"
    '[team]\nsize = 2\n[[recusal]]\nrule = "county.apart"\n[[eligibility]]\nrule = "county.new"\n'
    '[[batch]]\nid = "key-1"\ntitle = "第一批"\nmonths = [1, 4]\nmode = "targeted"\n'
    'sectors = ["real_estate"]\nratio = "ratio_rules.flat_5"\n'
)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with Site(tmp_path / "site") as made:
        yield made


def install(site: Site, days: str = DAYS, title: str = "异地检查") -> Path:
    from .fakes import manifest

    files = {"ssj-plugin.toml": manifest("county", rulesets='["ruleset.toml"]'), "ruleset.toml": RULES}
    return site.add("county", files, code=CODE.format(days=days, title=title))


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    return county(tmp_path / "bureau")


def county(folder: Path) -> Bureau:
    """A bureau under `RULES` with its first batch alone."""
    made = Bureau(folder).furnish()
    text = (made.folder / "plan.toml").read_text(encoding="utf-8")
    head, _, batches = text.partition("[[batch]]")
    only = "[[batch]]" + batches.split("[[batch]]")[0]
    (made.folder / "plan.toml").write_text(head.replace("fuping_zjj_2021", "county") + only, encoding="utf-8")
    return made


def forget(package: Path, days: str, title: str) -> None:
    """The plugin as a later version of it."""
    import sys

    del sys.modules["fake_county"]
    (package / "__init__.py").write_text(CODE.format(days=days, title=title), encoding="utf-8")
    for cached in package.rglob("*.pyc"):
        cached.unlink()


def test_days_of_a_rule_in_code_are_sealed_shown_and_compared(site: Site, bureau: Bureau) -> None:
    package = install(site)
    said = bureau.play("rules", "show", bureau.plan, out=["county.apart"], env={"COLUMNS": "200"}).stdout
    assert said.count("2021-01-01 至 2021-12-31；核对至 2021-12-31") == 2
    assert "同一股室的不查" in said
    bureau.run("--batch", "key-1")
    draw = next((bureau.folder / "draws").iterdir())
    stated = {r["id"]: r for r in tomllib.loads((draw / "rules.toml").read_text(encoding="utf-8"))["stated"]}
    for name in ("county.apart", "county.new"):
        days = {key: str(stated[name][key]) for key in ("since", "until", "reviewed_until")}
        assert days == {"since": "2021-01-01", "until": "2021-12-31", "reviewed_until": "2021-12-31"}
    assert stated["ratio_rules.all"]["since"], "what ships has its days, too"
    forget(package, LATER, "同股室回避")
    told = bureau.play("replay", bureau.plan, "--against", draw.name, "--json", code=4).stdout
    differ = {(r["rule"], r["key"], r["since"]) for r in json.loads(told)["result"]["rules"]}
    assert differ == {
        ("stated county.apart", "title", "2021-01-10"), ("stated county.apart", "since", "2021-01-10"),
        ("stated county.new", "since", "2021-01-10"),
    }  # fmt: skip
    bureau.check()


def test_a_rule_that_says_its_days_for_the_first_time_is_no_other_rule(site: Site, bureau: Bureau) -> None:
    """It held on the day of the draw, and holds on it now; that the plugin is another one is told as that."""
    package = install(site)
    silent = CODE.replace("days=DAYS", "days=None").format(days=DAYS, title="异地检查")
    (package / "__init__.py").write_text(silent, encoding="utf-8")
    bureau.run("--batch", "key-1")
    draw = next((bureau.folder / "draws").iterdir())
    stated = {one["id"]: one for one in tomllib.loads((draw / "rules.toml").read_text("utf-8"))["stated"]}
    assert "since" not in stated["county.apart"]
    forget(package, DAYS, "异地检查")
    told = json.loads(bureau.play("replay", bureau.plan, "--against", draw.name, "--json", code=4).stdout)["result"]
    assert told["rules"] == []
    assert [one["code"] for one in told["pins"]]
    bureau.check()


@pytest.mark.parametrize(
    ("days", "code"),
    [
        ("since=date(2021, 6, 1), reviewed_until=date(2021, 12, 31)", "SSJ-S020"),
        ("since=date(2020, 1, 1), until=date(2020, 12, 31), reviewed_until=date(2021, 12, 31)", "SSJ-S020"),
        ("since=date(2021, 1, 1), reviewed_until=date(2021, 1, 2)", "SSJ-S021"),
    ],
)
def test_a_rule_in_code_is_not_applied_outside_its_days(site: Site, bureau: Bureau, days: str, code: str) -> None:
    install(site, days)
    bureau.run("--batch", "key-1", code=3, err=[f"{code}.*county.apart", f"{code}.*county.new"], absent=["draws"])


def test_a_rule_of_convention_needs_no_review(site: Site, bureau: Bureau) -> None:
    install(site, "since=date(2021, 1, 1)")
    bureau.run("--batch", "key-1")
    bureau.check()


@pytest.mark.parametrize(
    ("second", "code"),
    [
        ("Days(since=date(2021, 6, 30))", "SSJ-S003"),
        ("Days(since=date(2020, 1, 1))", "SSJ-S003"),
        ("Days(since=date(2021, 7, 2))", "SSJ-S040"),
        ("Days(since=date(2021, 7, 1), gap='x')", "SSJ-S041"),
        ("Days(since=date(2021, 7, 1), until=date(2021, 6, 1))", "SSJ-S002"),
        ("Days(since=date(2021, 7, 1), reviewed_until=date(2021, 6, 1))", "SSJ-S042"),
        ("Days(since='2021-07-01')", "SSJ-G107"),
        ("None", "SSJ-G107"),
    ],
)
@pytest.mark.parametrize("kind", ["ssj_stratifiers", "ssj_eligibility_rules", "ssj_recusal_rules"])
def test_days_of_a_rule_in_code_that_overlap_or_leave_a_gap_load_no_more_than_those_of_a_table(
    site: Site, kind: str, second: str, code: str
) -> None:
    """Which of two intervals would count of a day is no question that a draw may answer by their order."""
    site.add("county", code=TWO.format(kind=kind, second=second))
    found = only(refused("county"), code)
    assert (found.file, found.field.partition(".in_force")[0]) == ("fake_county", "county.r")


@pytest.mark.parametrize(
    "second", ["Days(since=date(2021, 7, 1))", "Days(since=date(2021, 8, 1), until=date(2021, 9, 1), gap='修订')"]
)
def test_days_of_a_rule_in_code_in_order(site: Site, second: str) -> None:
    site.add("county", code=TWO.format(kind="ssj_stratifiers", second=second))
    assert "county.r" in load(["county"], discover([])).stratifiers
