"""The conformance kit: every check holds of what ships, and each is failed by a plugin made bad on purpose."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ssj_core.canonical import check_line_value
from ssj_core.model import Subject
from ssj_core.plugin.loader import discover
from ssj_core.pool import apply_rules, ask
from ssj_core.problems import PluginError, Problem
from ssj_core.rules.model import ColumnUse, Context, EligibilityRule
from ssj_core.rules.ruleset import RuleUse
from ssj_core.testing import strategies
from ssj_core.testing.checks import CHECKS, run_check, run_checks
from ssj_core.testing.examined import Examined
from ssj_core.testing.questions import callbacks, questions
from ssj_core.testing.specimens import SUBJECTS

from .fakes import BASIS, Site, manifest, ratio, ruleset

BY_ID = {check.id: check for check in CHECKS}
AVAILABLE = discover()
SHIPPED = sorted(n for n, s in AVAILABLE.items() if s.distribution == "ssj-core")
HEAD = """
import datetime, itertools, os, random, time
from datetime import date
from fractions import Fraction
from ssj_core.plugin.markers import hookimpl
from ssj_core.readers.model import RosterReader
from ssj_core.rules.model import *
BASIS = (LegalBasis(title="某办法", mark="V-src"),)
"""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with Site(tmp_path / "site") as made:
        yield made


def examined(plugin: str, *folders: Path) -> Examined:
    available = discover(folders)
    return Examined(available[plugin], available)


def found(plugin: Examined, check: str) -> list[tuple[str, str]]:
    """Codes and values of what one check found."""
    result = run_check(BY_ID[check], plugin)
    for p in result.problems:
        said(p)
    return [(p.code, p.value) for p in result.problems]


def said(p: Problem) -> str:
    """What is printed, in both languages; no template lacks a value."""
    return p.message("zh") + p.remedy("zh") + p.message("en") + p.remedy("en")


# --- what ships


@pytest.mark.parametrize("name", [n for n in SHIPPED if n not in ("ratio_rules",)])
def test_what_ships_holds(name: str) -> None:
    """But for the wheel, which is built once elsewhere; processes are started where there is something to ask them."""
    plugin = examined(name)
    left_out = {"wheel"} if plugin.callbacks else {"wheel", "answers", "arguments", "outside", "memory", "processes"}
    results = [run_check(c, plugin) for c in CHECKS if c.id not in left_out]
    assert [(r.check.id, [p.code for p in r.problems]) for r in results if not r.holds] == []


def test_a_check_has_an_id_of_its_own_and_both_languages() -> None:
    assert len(BY_ID) == len(CHECKS)
    for check in CHECKS:
        assert check.title.zh
        assert check.title.en


# --- vices of callbacks: one plugin with a rule for each

VICES: dict[str, tuple[str, str]] = {
    "good": ("return '一'", ""),
    "raises": ("return s.risk_class[0]", "answers"),
    "no_text": ("return 7", "answers"),
    "nothing": ("return None", "answers"),
    "two_lines": ("return '一\\n二'", "answers"),
    "changes_unit": ("object.__setattr__(s, 'name', '改'); return '一'", "arguments"),
    "changes_params": ("c.params['x'] = 1; return '一'", "answers"),
    "changes_extra": ("s.extra['x'] = '1'; return '一'", "answers"),
    "changes_extra_by_force": ("object.__setattr__(s, 'extra', {'x': '1'}); return '一'", "arguments"),
    "today": ("return str(date.today().year)", "outside"),
    "now": ("return str(datetime.datetime.now().year)", "outside"),
    "clock": ("return str(time.time() < 0)", "outside"),
    "environment": ("return os.environ.get('HOME', '') and '一' or '一'", "outside"),
    "file": ("open(os.devnull).close(); return '一'", "outside"),
    "chance": ("random.Random(1).random(); return '一'", "outside"),
    "counts": ("return str(next(COUNT))", "memory"),
    "remembers": ("LAST.append(s.id); return LAST[max(0, len(LAST) - 3)]", "memory"),
    "hashes": ("return str(hash(s.id) % 97)", "processes"),
    "sets": ("return '、'.join({s.id, '甲', '乙', '丙', '丁'})", "processes"),
    "zone": ("return str(datetime.datetime(2020, 1, 1).timestamp())", "processes"),
}


def vicious() -> str:
    """The plugin `county` with a stratifier for each vice."""
    code = HEAD + "COUNT = itertools.count()\nLAST = []\n"
    code += "".join(f"def {name}(s, c):\n    {body}\n" for name, (body, _) in VICES.items())
    made = ", ".join(f"Stratifier(id='county.{n}', title='t', key={n})" for n in VICES)
    return code + f"@hookimpl\ndef ssj_stratifiers():\n    return [{made}]\n"


def test_every_vice_of_a_callback_is_caught_by_its_check(site: Site) -> None:
    site.add("county", code=vicious())
    plugin = examined("county")
    told = {check: found(plugin, check) for check in ("answers", "arguments", "outside", "memory", "processes")}
    caught = {check: {v for _, v in pairs} for check, pairs in told.items()}
    assert {check: {c for c, _ in pairs} for check, pairs in told.items()} == {
        "answers": {"SSJ-G101", "SSJ-G102"}, "arguments": {"SSJ-G103"}, "outside": {"SSJ-G104"},
        "memory": {"SSJ-G105"}, "processes": {"SSJ-G109"},
    }  # fmt: skip
    for name, (_, check) in VICES.items():
        where = {c for c, values in caught.items() if f"county.{name}" in values}
        assert (check in where) if check else not where, name
    assert plugin.said.plain["callbacks"].keys() == {f"county.{n}" for n in VICES}


def test_a_failure_on_an_unusual_row_is_found_and_shown(site: Site) -> None:
    """No specimen is a key enterprise checked more than three times a year; among the invented ones some are."""
    body = "return 1 / 0 if s.checks_this_year > 3 and s.key else '一'"
    site.add("county", code=HEAD + (
        f"def key(s, c):\n    {body}\n@hookimpl\ndef ssj_stratifiers():\n"
        "    return [Stratifier(id='county.x', title='t', key=key)]\n"
    ))  # fmt: skip
    plugin = examined("county")
    assert found(plugin, "answers") == []
    (p,) = run_check(BY_ID["anything"], plugin).problems
    assert (p.code, p.value) == ("SSJ-G101", "county.x")
    assert "ZeroDivisionError" in p.params["what"]
    assert "checks_this_year" in p.params["what"] or "Subject(" in p.params["what"]


def test_rules_of_officers_and_recusals_are_asked_too(site: Site) -> None:
    site.add("county", code=HEAD + (
        "def away(o, c):\n    return o.leave[0].first.isoformat()\n"
        "def apart(o, s, c):\n    return ''\n"
        "@hookimpl\ndef ssj_eligibility_rules():\n"
        "    return [EligibilityRule(id='county.away', title='t', applies_to='officer', check=away, basis=BASIS)]\n"
        "@hookimpl\ndef ssj_recusal_rules():\n"
        "    return [RecusalRule(id='county.apart', title='t', check=apart, basis=BASIS)]\n"
    ))  # fmt: skip
    plugin = examined("county")
    assert found(plugin, "answers") == [("SSJ-G101", "county.away"), ("SSJ-G102", "county.apart")]
    assert {v for _, v in found(plugin, "anything")} == {"county.away", "county.apart"}


def test_in_a_draw_no_callback_changes_the_parameters_for_those_who_come_after() -> None:
    def spoils(_subject: Subject, context: Context) -> str | None:
        context.params["at_most"] = 0  # type: ignore[index]
        return None

    rule = EligibilityRule(id="county.x", title="t", applies_to="subject", check=spoils, params={"at_most": 1})
    context = Context(year=2026, start=date(2026, 1, 1), end=date(2026, 1, 2))
    (applied,) = apply_rules([RuleUse(rule="county.x")], {"county.x": rule}, context, "f")
    with pytest.raises(PluginError, match="SSJ-G013"):
        ask(applied.id, applied.check, Subject(id="permit:1", name="甲"), applied.context)
    assert applied.context.params == rule.params == {"at_most": 1}


def test_columns_that_a_rule_asks_for_are_filled_and_lacking(site: Site) -> None:
    """A rule of columns is asked with all kinds of cells, and with a roster that does not have them."""
    site.add("county", code=HEAD + (
        "def check(s, c):\n    return s.extra['面积'] or None\n@hookimpl\ndef ssj_eligibility_rules():\n"
        "    return [EligibilityRule(id='county.x', title='t', applies_to='subject', check=check, basis=BASIS,\n"
        "        columns=(ColumnUse(name='面积', kind='number'),))]\n"
    ))  # fmt: skip
    plugin = examined("county")
    (p,) = run_check(BY_ID["answers"], plugin).problems
    assert (p.code, p.params["what"].split(" @")[0]) == ("SSJ-G101", SUBJECTS[0].id)
    asked = {q.units[0].extra.get("面积") for q in questions(plugin.callbacks[0])}
    assert {None, "", "0", "-1", "12.5"} <= asked


def test_a_plugin_that_reads_the_clock_when_it_is_loaded(site: Site) -> None:
    site.add("county", code=HEAD + "TODAY = date.today()\n")
    assert found(examined("county"), "outside") == [("SSJ-G104", "county")]


@pytest.mark.parametrize(
    "body", ["os._exit(0)", "os.kill(os.getpid(), 9)", "raise SystemExit"], ids=["exits", "is killed", "leaves"]
)
def test_a_callback_that_ends_the_process(site: Site, body: str) -> None:
    site.add("county", code=HEAD + (
        f"def key(s, c):\n    {body}\n@hookimpl\ndef ssj_stratifiers():\n"
        "    return [Stratifier(id='county.x', title='t', key=key)]\n"
    ))  # fmt: skip
    plugin = examined("county")
    assert found(plugin, "processes") == [("SSJ-G110", "county")]
    assert found(plugin, "anything") == [], "and it is not asked in this process"


def test_values_that_depend_on_the_hash_seed(site: Site) -> None:
    site.add("county", code=HEAD + (
        "TITLE = '-'.join({'甲', '乙', '丙', '丁', '戊'})\n@hookimpl\ndef ssj_stratifiers():\n"
        "    return [Stratifier(id='county.x', title=TITLE, key=lambda s, c: '一')]\n"
    ))  # fmt: skip
    assert found(examined("county"), "processes") == [("SSJ-G109", "county")]


# --- values


def values(site: Site, code: str) -> Examined:
    site.add("county", code=HEAD + code)
    return examined("county")


RATIO = """
def rule(**given):
    ratio = dict(ratio=Fraction(1, 10), bound='min', rounding='up')
    ratio.update(given)
    days = dict(since=date(2021, 1, 1), reviewed_until=date(2099, 1, 1))
    return InForce(value=Ratios(classes={'*': ClassRatio(**ratio)}), basis=BASIS, **days)
@hookimpl
def ssj_ratio_rules():
    return [RatioRule(id='county.r', title='t', stratify='ratio_rules.all', in_force=IN_FORCE)]
"""
DAYS = "since=date(2022, 1, 1), until=date(2021, 1, 1), reviewed_until=date(2099, 1, 1)"
LATER = f"InForce({DAYS}, value=Ratios(classes={{}}), basis=())"
TEXT_AS_DAY = "InForce(since='2021-01-01', reviewed_until=date(2099, 1, 1), value=None, basis=BASIS)"
FOREIGN = "[Stratifier(id='x.y', title='t', key=print)]"


@pytest.mark.parametrize(
    ("in_force", "check", "codes"),
    [
        ("(rule(),)", "ratios", []),
        ("(rule(ratio=Fraction(11, 10)),)", "ratios", ["SSJ-G106"]),
        ("(rule(ratio=Fraction(-1, 10)),)", "ratios", ["SSJ-G106"]),
        ("(rule(ratio=0.1),)", "ratios", ["SSJ-G106"]),
        ("(rule(rounding='down'),)", "ratios", ["SSJ-S005"]),
        ("(rule(at_least=-1),)", "ratios", ["SSJ-S006"]),
        ("(rule(small_take='some'),)", "ratios", ["SSJ-S006"]),
        (f"({LATER},)", "ratios", ["SSJ-G106"]),
        ("()", "timelines", ["SSJ-G107"]),
        ("(rule(), rule())", "timelines", ["SSJ-S003"]),
        (f"({LATER},)", "timelines", ["SSJ-S002"]),
        (f"({TEXT_AS_DAY},)", "timelines", ["SSJ-G107"]),
        (f"({LATER},)", "bases", ["SSJ-S001"]),
        ("(rule(),)", "bases", []),
        ("(rule(),)", "reviewed", []),
    ],
)  # fmt: skip
def test_values_made_by_code_are_held_to_what_tables_are(
    site: Site, in_force: str, check: str, codes: list[str]
) -> None:
    plugin = values(site, RATIO.replace("IN_FORCE", in_force))
    assert [code for code, _ in found(plugin, check)] == codes


def test_rules_without_a_basis(site: Site) -> None:
    plugin = values(site, (
        "@hookimpl\ndef ssj_recusal_rules():\n"
        "    return [RecusalRule(id='county.r', title='t', check=lambda o, s, c: None)]\n"
        "@hookimpl\ndef ssj_eligibility_rules():\n"
        "    empty = (LegalBasis(title=' ', mark='V-src'),)\n"
        "    return [EligibilityRule(id='county.e', title='t', applies_to='subject', check=print, basis=empty)]\n"
    ))  # fmt: skip
    assert found(plugin, "bases") == [("SSJ-S001", "county.e"), ("SSJ-S001", "county.r")]


@pytest.mark.parametrize("number", ["0", "-1", "65", "1.0", "True"])
def test_numbers_of_tickets_that_cannot_be(site: Site, number: str) -> None:
    plugin = values(site, (
        "DAYS = dict(since=date(2021, 1, 1), reviewed_until=date(2099, 1, 1), basis=())\n"
        "@hookimpl\ndef ssj_weight_rules():\n"
        f"    rule = InForce(value={{'A': 1, '*': {number}}}, **DAYS)\n"
        "    return [WeightRule(id='county.w', title='t', stratify='ratio_rules.al', in_force=(rule, rule))]\n"
    ))  # fmt: skip
    assert {c for c, _ in found(plugin, "tickets")} == {"SSJ-G115"}
    assert [c for c, _ in found(plugin, "timelines")] == ["SSJ-S003"]
    assert [c for c, _ in found(plugin, "bases")] == ["SSJ-S001", "SSJ-S001"]
    assert found(plugin, "references") == [("SSJ-G009", "ratio_rules.al")]


@pytest.mark.parametrize(
    "read", ["lambda data, options: data.decode()", "lambda data, options: None"], ids=["raises", "no reading"]
)
def test_a_reader_that_fails(site: Site, read: str) -> None:
    plugin = values(site, (
        "@hookimpl\ndef ssj_roster_readers():\n"
        f"    return [RosterReader(id='county.x', title='t', suffixes=('x',), read={read})]\n"
    ))  # fmt: skip
    assert [v for _, v in found(plugin, "readers")] == ["county.x"]


@pytest.mark.parametrize(
    ("render", "codes"),
    [
        ("lambda d, t: 1 / 0", ["SSJ-G101"]),
        ("lambda d, t: '字'", ["SSJ-G102"]),
        ("lambda d, t, seen=[]: bytes(len(seen.append(1) or seen))", ["SSJ-G105"]),
        ("lambda d, t: d.rules.title.encode()", []),
    ],
    ids=["raises", "no bytes", "differs", "sound"],
)
def test_a_renderer_is_tried_on_an_invented_draw(site: Site, render: str, codes: list[str]) -> None:
    plugin = values(site, (
        "from ssj_core.documents.model import Renderer\n"
        "@hookimpl\ndef ssj_renderers():\n"
        f"    return [Renderer(id='county.x', title='t', suffix='txt', render={render})]\n"
    ))  # fmt: skip
    assert [code for code, _ in found(plugin, "renderers")] == codes


# --- tables and files


CASES = f"""\
format = "ssj-cases/1"
[[case]]
says = "抽取比例不低于 3%"
basis = [{BASIS}]
on = 2021-06-01
ratio = "county.r"
expect = {{ ratio = "3%" }}
"""


def folder(tmp_path: Path, plugin: str = "county", /, **files: str) -> Examined:
    made = tmp_path / "rules"
    made.mkdir()
    told = manifest(plugin, ratios='["r.toml"]', cases='["c.toml"]')
    written = {"ssj-plugin.toml": told, "r.toml": ratio(f"{plugin}.r"), "c.toml": CASES, **files}
    for name, text in written.items():
        (made / name).write_text(text, encoding="utf-8")
    return examined(plugin, made)


def test_a_case_that_comes_out_otherwise(tmp_path: Path) -> None:
    plugin = folder(tmp_path, **{"c.toml": CASES.replace('ratio = "3%"', 'ratio = "4%"')})
    (p,) = run_check(BY_ID["cases"], plugin).problems
    assert (p.code, p.file, p.row, p.field) == ("SSJ-G114", (tmp_path / "rules" / "c.toml").as_posix(), 2, "ratio")
    assert found(plugin, "covered") == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (CASES.replace("county.r", "county.s"), "SSJ-G009"),
        (CASES.replace("says", "say"), "SSJ-P013"),
        ("x", "SSJ-P002"),
    ],
    ids=["unknown rule", "misspelt key", "no TOML"],
)
def test_cases_that_cannot_be_run(tmp_path: Path, text: str, code: str) -> None:
    assert code in [c for c, _ in found(folder(tmp_path, **{"c.toml": text}), "cases")]


def test_an_interval_without_a_case(tmp_path: Path) -> None:
    later = ratio("county.r").split("[[in_force]]")[1].replace("2021", "2022")
    text = ratio("county.r").replace("since = 2021-01-01", "since = 2021-01-01\nuntil = 2021-12-31")
    plugin = folder(tmp_path, **{"r.toml": text + "[[in_force]]" + later})
    result = run_check(BY_ID["covered"], plugin)
    assert [(p.code, p.value) for p in result.problems] == [("SSJ-A007", "county.r")]
    assert not result.holds
    assert found(plugin, "cases") == []


def test_a_sound_folder_holds(tmp_path: Path) -> None:
    plugin = folder(tmp_path)
    assert [(c, found(plugin, c)) for c in BY_ID if found(plugin, c)] == [("reviewed", [("SSJ-G108", "county.r")])]
    assert all(r.holds for r in run_checks(plugin.source, plugin.available))


def test_references_to_nothing(tmp_path: Path) -> None:
    text = ratio("county.r").replace("ratio_rules.all", "ratio_rules.al")
    rules = (
        ruleset("county").replace("ratio_rules.flat_3", "nobody.flat")
        + 'weights = "county.w"\n[[recusal]]\nrule = "officer_rules.x"\n'
    )
    given = {"ssj-plugin.toml": manifest("county", ratios='["r.toml"]', rulesets='["s.toml"]')}
    plugin = folder(tmp_path, **given, **{"r.toml": text, "s.toml": rules})
    assert found(plugin, "references") == [
        ("SSJ-G009", "ratio_rules.al"), ("SSJ-G009", "officer_rules.x"), ("SSJ-G008", "nobody"),
        ("SSJ-G009", "county.w"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "code", "check", "expected"),
    [
        ({"ssj-plugin.toml": manifest("county", requires_core='">=9"')}, "", "manifest", "SSJ-G010"),
        ({"ssj-plugin.toml": manifest("other")}, "", "manifest", "SSJ-G011"),
        ({"ssj-plugin.toml": manifest("county", requires_core='"new"')}, "", "manifest", "SSJ-G014"),
        ({"ssj-plugin.toml": ""}, "", "manifest", "SSJ-G022"),
        ({"ssj-plugin.toml": manifest("county", ratios='["no.toml"]')}, "", "files", "SSJ-G012"),
        ({}, "@hookimpl\ndef ssj_ratios():\n    return []\n", "hooks", "SSJ-G003"),
        ({}, "@hookimpl\ndef ssj_ratio_rules(x=1):\n    return []\n", "hooks", "SSJ-G004"),
        ({}, "@hookimpl\ndef ssj_ratio_rules():\n    return [1]\n", "types", "SSJ-G005"),
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


# --- wheel


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
        ("", []),
        ('[tool.hatch.build]\nexclude = ["*.toml"]\n', ["SSJ-G111"]),
        ("[tool.hatch.build.targets.wheel]\npackages = 7\n", ["SSJ-G112"]),
    ],
    ids=["same", "tables left out", "cannot be built"],
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


# --- strategies

MADE: dict[str, st.SearchStrategy[Any]] = {
    "subjects": strategies.subjects([ColumnUse(name="面积", kind="number"), ColumnUse(name="日期", kind="date")]),
    "officers": strategies.officers(),
    "contexts": strategies.contexts({"days": 3, "strict": True, "word": "x"}),
    "ratio_rules": strategies.ratio_rules(),
    "checklists": strategies.checklists(),
    "plans": strategies.plans(policies=("b1", "b2")),
}


@pytest.mark.parametrize("name", MADE)
def test_what_the_strategies_make_could_have_been_read(name: str) -> None:
    @settings(max_examples=20, suppress_health_check=list(HealthCheck))
    @given(MADE[name])
    def trial(value: Any) -> None:
        for text in _texts(value):
            check_line_value(text)
        if name == "contexts":
            assert value.start <= value.end
            assert {k: type(v) for k, v in value.params.items()} == {"days": int, "strict": bool, "word": str}
        if name == "plans":
            assert all(b.start <= b.end and b.start.year == value.year == b.end.year for b in value.batch)

    trial()


@given(strategies.ratio_rules())
@settings(max_examples=20, suppress_health_check=list(HealthCheck))
def test_invented_timelines_are_in_order(rule: Any) -> None:
    for one, after in zip(rule.in_force, rule.in_force[1:], strict=False):
        assert one.since <= one.until < after.since


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from (*_texts(key), *_texts(item))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _texts(item)
    elif hasattr(value, "__attrs_attrs__"):
        for attribute in value.__attrs_attrs__:
            yield from _texts(getattr(value, attribute.name))


def test_specimens_are_asked_of_every_kind_of_callback() -> None:
    plugin = examined("officer_rules")
    takes = {c.takes for c in callbacks(plugin.registry, "officer_rules")}
    assert takes == {("officer",), ("officer", "subject")}
    for callback in callbacks(plugin.registry, "officer_rules"):
        names = [q.name for q in questions(callback)]
        assert len(set(names)) == len(names) > 10


# --- pytest


CONFTEST = 'pytest_plugins = ["ssj_core.testing.pytest_plugin"]\n'
MODULE = "SSJ_PLUGIN = {!r}\n\n\ndef test_contract(ssj_check):\n    ssj_check()\n"


def pytest_of(folder: Path, module: str, *args: str) -> subprocess.CompletedProcess[str]:
    folder.mkdir(exist_ok=True)
    (folder / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    (folder / "test_contract.py").write_text(module, encoding="utf-8")
    path = os.pathsep.join(p for p in sys.path if p)
    env = {**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *args, str(folder)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=env, cwd=folder, check=False)


def test_an_author_runs_the_kit_in_pytest(site: Site, tmp_path: Path) -> None:
    site.add("county", code=HEAD + (
        "def key(s, c):\n    return '' if date.today() else '一'\n@hookimpl\ndef ssj_stratifiers():\n"
        "    return [Stratifier(id='county.x', title='t', key=key)]\n"
    ))  # fmt: skip
    done = pytest_of(tmp_path / "t", MODULE.format("county"), "-k", "not anything")
    failed = {line.split("[")[1].split("]")[0] for line in done.stdout.splitlines() if line.startswith("FAILED")}
    assert failed == {"answers", "outside", "covered"}, done.stdout
    assert "use context.start" in done.stdout
    done = pytest_of(tmp_path / "t", MODULE.format("nobody"), "-k", "manifest")
    assert "no plugin nobody is installed" in done.stdout


def test_a_module_that_names_no_plugin_is_told(tmp_path: Path) -> None:
    done = pytest_of(tmp_path / "t", MODULE.split("\n\n\n")[1], "-k", "manifest")
    assert done.returncode == 1
    assert 'needs SSJ_PLUGIN = "the id of the plugin"' in done.stdout


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


def test_without_hypothesis_the_rest_is_checked_and_the_gap_is_said(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.add("county", code=HEAD + (
        "@hookimpl\ndef ssj_stratifiers():\n    return [Stratifier(id='county.x', title='t', key=lambda s, c: '一')]\n"
    ))  # fmt: skip
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    plugin = examined("county")
    result = run_check(BY_ID["anything"], plugin)
    assert [p.code for p in result.problems] == ["SSJ-G113"]
    assert (result.told, result.holds) == (False, False)
    assert found(plugin, "answers") == []
