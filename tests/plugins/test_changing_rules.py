"""A rule that changes gets another interval: each draw seals what holds on its first day, of tables and of code."""

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from attrs import evolve

from ssj_core.cases import load_cases, run_cases, uncovered
from ssj_core.plugin.dated import registry_on
from ssj_core.plugin.loader import discover, load
from ssj_core.pool import ask
from ssj_core.rules.model import Context
from ssj_core.rules.timeline import version_on
from ssj_core.tables import ExcludedRow, SubjectRow, decode_table
from ssj_core.testing.questions import callbacks, questions
from ssj_core.testing.specimens import SUBJECTS
from tests.cli.bureau import Bureau

from .fakes import Site, manifest
from .kit import examined, found
from .test_clerk import firm, furnish, sealed
from .test_rules_in_code import RULES, county

ROOT: Final = Path(__file__).parents[2]
BASIS: Final = 'basis = [{ title = "某县林业局随机抽查工作细则（修订）", mark = "choice" }]\n'
FROM_MAY: Final = f"since = 2026-05-01\nreviewed_until = 2026-12-31\n{BASIS}"
CHANGES: Final = {
    "filters/large.toml": (
        f'\n[[in_force]]\n{FROM_MAY}reason = "年加工（经营）量不足 150 立方米"\n'
        '[[in_force.keep]]\ncolumn = "年木材量"\nat_least = 150\n'
    ),
    "strata.toml": f'\n[[in_force]]\n{FROM_MAY}[[in_force.column]]\ncolumn = "信用风险等级"\nmissing = "B"\n',
    "results.toml": (
        '\n[[result]]\ncode = "05"\ntitle = "发现问题已责令限期改正"\nneeds_follow_up = true\nplatform_code = "5"\n'
        f"since = 2026-05-01\n{BASIS}"
    ),
}
"""What the office appends to each table; it closes the interval before by `until`, and changes nothing else."""

FLAT: Final = 'ratio = "ratio_rules.flat_5"\nweights'
BY_CLASS: Final = 'ratio = "forestry.a_to_d"\nweights'
LARGE: Final = '\n[[batch.eligibility]]\nrule = "forestry.large"\n'


def edit(file: Path, old: str, new: str, count: int = 1) -> None:
    text = file.read_text("utf-8")
    assert text.count(old) >= 1, (file, old)
    file.write_text(text.replace(old, new, count), encoding="utf-8")


def change(folder: Path) -> None:
    """A filter, a stratifier and a code that change on 1 May."""
    for name, interval in CHANGES.items():
        file = folder / "rules" / name
        if name == "results.toml":
            edit(file, 'platform_code = "5"\n', 'platform_code = "5"\nuntil = 2026-04-30\n')
        else:
            edit(file, "since = 2026-01-01\n", "since = 2026-01-01\nuntil = 2026-04-30\n")
        with file.open("a", encoding="utf-8") as out:
            out.write(interval)
    ruleset = folder / "rules" / "ruleset.toml"
    edit(ruleset, FLAT, BY_CLASS)
    edit(ruleset, '\n[[batch]]\nid = "yards"', f'{LARGE}\n[[batch]]\nid = "yards"')


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    made = furnish(tmp_path)
    change(tmp_path)
    return made


def test_each_draw_goes_by_the_interval_of_its_first_day(bureau: Bureau) -> None:
    bureau.run("--batch", "timber")
    bureau.run("--batch", "weighted")
    firms = {f"permit:LY-{n:04}": firm(n) for n in range(1, 201)}
    for batch, least, one, other in (
        ("timber", 100, "加工·A", "发现问题已责令改正"),
        ("weighted", 150, "A", "发现问题已责令限期改正"),
    ):
        rules, files = sealed(bureau.folder, batch)
        small = {e.id for e in decode_table(ExcludedRow, files["excluded.csv"]) if e.rule == "forestry.large"}
        assert small == {i for i, row in firms.items() if int(row[6]) < least}
        assert one in {s.stratum for s in decode_table(SubjectRow, files["subjects.csv"])}
        stated = {rule.id: rule for rule in rules.stated}
        assert str(least) in stated["forestry.large"].says
        first = date(2026, 1, 1) if batch == "timber" else date(2026, 5, 1)
        for name in ("forestry.large", "forestry.by_type_and_risk"):
            assert stated[name].since == first
            assert ("修订" in stated[name].basis[0].title) == (batch == "weighted")
        assert rules.results is not None
        assert [c.title for c in rules.results.codes] == ["未发现问题", other]
        assert rules.results.not_in_force == ()
        assert b"gap" not in files["rules.toml"]
    bureau.check()


def test_the_rules_of_any_day_are_shown_and_the_changed_days_reported(bureau: Bureau, tmp_path: Path) -> None:
    for day, said, unsaid in (("2026-03-02", "不少于100", "不少于150"), ("2026-05-01", "不少于150", "不少于100")):
        shown = bureau.play("rules", "show", bureau.plan, "--on", day, "--batch", "timber", env={"COLUMNS": "240"})
        assert said in shown.stdout
        assert unsaid not in shown.stdout
    old = furnish(tmp_path / "old").folder / "rules"
    (old / "ruleset.toml").write_bytes((bureau.folder / "rules" / "ruleset.toml").read_bytes())
    report = bureau.play(
        "plugins", "changes", str(old), str(bureau.folder / "rules"), "--today", "2026-04-01", env={"COLUMNS": "160"}
    ).stdout
    assert "2026-05-01" in report
    assert "2026-04-30" not in report, "the days before the change say what they said"
    assert "以前的日子" not in report
    for name in ("forestry.large", "forestry.by_type_and_risk", "forestry.results/05"):
        assert name in report


def test_a_draw_of_before_is_the_same_under_the_changed_rules(bureau: Bureau, tmp_path: Path) -> None:
    """An interval that is added leaves the days before alone: replay finds nothing but what closed them."""
    before = furnish(tmp_path / "old")
    before.run("--batch", "timber")
    for name in CHANGES:
        (before.folder / "rules" / name).write_bytes((bureau.folder / "rules" / name).read_bytes())
    said = before.play("replay", before.plan, "--against", "ly-2026-timber-1", "--json", code=4).stdout
    result = json.loads(said)["result"]
    assert result["rules"] == [], "that an interval was closed later makes no rule of the day another"
    assert (result["changed"], result["tables"]) == ([], []), result
    assert [p["value"] for p in result["pins"]] == ["forestry"]
    before.check()


def test_a_column_of_an_interval_to_come_is_not_asked_for_yet(bureau: Bureau) -> None:
    file = bureau.folder / "rules" / "filters" / "new.toml"
    edit(file, "since = 2026-01-01\n", "since = 2026-01-01\nuntil = 2026-12-31\n")
    with file.open("a", encoding="utf-8") as out:
        out.write(
            f'\n[[in_force]]\nsince = 2027-01-01\nreviewed_until = 2027-12-31\n{BASIS}reason = "没有库房"\n'
            '[[in_force.keep]]\ncolumn = "库房面积"\nmore_than = 0\n'
        )
    bureau.run("--batch", "timber")
    bureau.check()


def test_outside_all_intervals_their_days_are_named(bureau: Bureau) -> None:
    large = bureau.folder / "rules" / "filters" / "large.toml"
    edit(large, "since = 2026-05-01", 'since = 2026-05-08\ngap = "停用一周"')
    bureau.run(
        "--batch", "weighted", code=3, absent=["draws"],
        err=["SSJ-S020.*forestry.large.*2026-01-01 至 2026-04-30；2026-05-08 起", r"加一段 \[\[in_force\]\]"],
    )  # fmt: skip


def test_each_interval_needs_its_cases(bureau: Bureau) -> None:
    """A filter one that it leaves out and one that it leaves in, for each interval."""
    folder = bureau.folder / "rules"
    registry = load(["forestry"], discover([folder]))
    (days,) = {rule.says for rule in registry_on(registry, date(2026, 5, 1)).eligibility_rules.values()} & {
        "只留下检查对象中年木材量不少于150的"
    }
    assert days
    text = 'format = "ssj-cases/1"\n' + "".join(
        f'[[case]]\nsays = "s"\non = {day}\neligibility = "forestry.large"\n'
        f'subject = {{ extra = {{ "年木材量" = "{size}" }} }}\nexpect = {{ takes_part = {part} }}\n'
        f"{BASIS}"
        for day, size, part in (("2026-03-02", 120, "true"), ("2026-03-02", 90, "false"), ("2026-05-02", 120, "false"))
    )
    cases = load_cases(text.encode(), "cases.toml")
    assert [v.differences for v in run_cases([cases], registry)] == [(), (), ()], "each by the interval of its day"
    missing = {(u.id, u.when.zh) for u in uncovered(registry, "forestry", [cases])}
    assert {m for m in missing if m[0] == "forestry.large"} == {("forestry.large", "不排除谁（2026-05-01 起）")}
    assert {m for m in missing if m[0] == "forestry.by_type_and_risk"} == {
        ("forestry.by_type_and_risk", "2026-01-01 至 2026-04-30"), ("forestry.by_type_and_risk", "2026-05-01 起"),
    }  # fmt: skip
    assert {m for m in missing if m[0] == "forestry.results/05"} == {
        ("forestry.results/05", "2026-01-01 至 2026-04-30"), ("forestry.results/05", "2026-05-01 起"),
    }  # fmt: skip


def test_a_case_is_put_into_the_class_of_its_day(bureau: Bureau) -> None:
    """By the stratifier alone, by a ratio rule that uses it, and for the classes of the ratio that are touched."""
    registry = load(["forestry"], discover([bureau.folder / "rules"]))
    subject = 'subject = { risk_class = "A", extra = { "经营类型" = "人造板" } }\n'
    asked = (("stratifier", "forestry.by_type_and_risk"), ("ratio", "forestry.a_to_d"))
    text = 'format = "ssj-cases/1"\n' + "".join(
        f'[[case]]\nsays = "s"\non = {day}\n{kind} = "{name}"\n{subject}expect = {{ in_class = "{word}" }}\n{BASIS}'
        for day, word in (("2026-04-30", "加工·A"), ("2026-05-01", "A"))
        for kind, name in asked
    )
    cases = load_cases(text.encode(), "cases.toml")
    assert [v.differences for v in run_cases([cases], registry)] == [(), (), (), ()]
    missing = {u.id for u in uncovered(registry, "forestry", [cases])}
    assert "forestry.a_to_d/加工·A" not in missing
    assert "forestry.a_to_d/*" not in missing, "A of May is one of the others"
    assert "forestry.a_to_d/加工·B" in missing


def test_a_code_between_two_of_its_intervals_is_named_once_as_not_in_force(bureau: Bureau) -> None:
    results = bureau.folder / "rules" / "results.toml"
    edit(results, "until = 2026-04-30", "until = 2026-02-28")
    edit(results, "since = 2026-05-01", 'since = 2026-05-01\ngap = "停用两个月"')
    bureau.run("--batch", "timber")
    rules, _ = sealed(bureau.folder)
    assert rules.results is not None
    assert (rules.results.not_in_force, [c.code for c in rules.results.codes]) == (("05",), ["01"])
    bureau.check()


CODE: Final = """
from attrs import evolve
from datetime import date
from ssj_core.plugin.markers import hookimpl
from ssj_core.rules.model import *
BASIS = (LegalBasis(title="某县回避规定", mark="choice"),)
def days(since, until):
    return Days(since=since, until=until, reviewed_until=date(2021, 12, 31){gap})
def timeline(rule, **later):
    first = evolve(rule, days=days(date(2021, 1, 1), date(2021, 1, 3)))
    second = evolve(rule, {without}days=days(date({second}), None), **later)
    return evolve(second, in_force=(first, second))
@hookimpl
def ssj_recusal_rules():
    rule = RecusalRule(id="county.apart", title="异地检查", check=lambda o, s, c: None, basis=BASIS, says="甲")
    return [timeline(rule, says="乙")]
@hookimpl
def ssj_eligibility_rules():
    rule = EligibilityRule(id="county.new", title="新设的不查", applies_to="subject", check=lambda s, c: "新设",
                           basis=BASIS, says="甲")
    return [timeline(rule, says="乙", check=lambda s, c: None)]
"""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with Site(tmp_path / "site") as made:
        yield made


def install(site: Site, second: str = "2021, 1, 4", gap: str = "", without: str = "") -> None:
    files = {"ssj-plugin.toml": manifest("county", rulesets='["ruleset.toml"]'), "ruleset.toml": RULES}
    site.add("county", files, code=CODE.replace("{second}", second).replace("{gap}", gap).replace("{without}", without))


def test_a_rule_in_code_has_intervals_too(site: Site, tmp_path: Path) -> None:
    install(site)
    office = county(tmp_path / "bureau")
    office.run("--batch", "key-1")
    draw = next((office.folder / "draws").iterdir())
    stated = {r["id"]: r for r in tomllib.loads((draw / "rules.toml").read_text("utf-8"))["stated"]}
    for name in ("county.apart", "county.new"):
        assert (stated[name]["says"], stated[name]["since"]) == ("乙", date(2021, 1, 4))
    office.check()


def test_the_kit_wants_a_basis_for_each_interval(site: Site) -> None:
    install(site, without="basis=(), ")
    names = [name for code, name in found(examined("county"), "bases") if code == "SSJ-S001"]
    assert [n for n in names if ".in_force" in n] == [n for n in names if n.startswith(("county.new", "county.apart"))]
    assert len([n for n in names if n.startswith("county.new")]) == 1


def test_the_kit_asks_the_callback_of_each_interval(site: Site) -> None:
    install(site)
    plugin = examined("county")
    asked = [c for c in callbacks(plugin.registry, "county") if c.id.startswith("county.new")]
    assert [c.id for c in asked] == ["county.new@2021-01-01", "county.new@2021-01-04"]
    answers = [{ask(c.id, c.call, *q.units, q.context) for q in questions(c)} for c in asked]
    assert answers == [{"新设"}, {None}]


def test_the_example_of_the_guide_changes_on_its_day() -> None:
    blocks = re.findall(r"(?s)```python\n(.*?)```", (ROOT / "plugins" / "README.md").read_text("utf-8"))
    (block,) = [b for b in blocks if "in_force=(FIRST, SECOND)" in b]
    made: dict[str, Any] = {}
    exec(block, made)  # noqa: S102 - our own guide
    idle = evolve(SUBJECTS[0], status="停业")
    context = Context(year=2026, start=date(2026, 7, 1), end=date(2026, 7, 31))
    said = [version_on(made["RULE"], day).check(idle, context) for day in (date(2026, 6, 30), date(2026, 7, 1))]
    assert said == [None, "未开业"]


@pytest.mark.parametrize(
    ("second", "gap", "codes"),
    [
        ("2021, 1, 4", "", []),
        ("2021, 1, 5", "", ["SSJ-S040", "SSJ-S040"]),
        ("2021, 1, 3", "", ["SSJ-S003", "SSJ-S003"]),
        ("2021, 1, 5", ", gap='停用' if until is None else ''", []),
    ],
)
def test_the_kit_looks_at_the_intervals_of_rules_in_code(site: Site, second: str, gap: str, codes: list[str]) -> None:
    install(site, second, gap)
    assert [code for code, _ in found(examined("county"), "timelines")] == codes
