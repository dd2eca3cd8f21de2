"""Cases: what ships is covered and right, a rule that changes is noticed, and a wrong file is told with its line."""

import json
import re
import shutil
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Final

import pytest
from attrs import evolve

from ssj_core.case_files import WithCases, load_with_cases
from ssj_core.cases import Case, Verdict, load_cases, run_case, run_cases, uncovered
from ssj_core.cases.coverage import phases
from ssj_core.plugin.loader import discover
from ssj_core.plugin.registry import Registry
from ssj_core.plugin.source import Source
from ssj_core.problems import SsjError
from ssj_core.rules.model import ClassRatio, Item, LegalBasis, RatioRule
from ssj_core.rules.results import DatedResult, ResultTable
from tests.cli.bureau import Bureau

BAD: Final = Path(__file__).parents[1] / "bad" / "cases"
COUNTY: Final = BAD.parent / "plans" / "county"
AVAILABLE: Final = discover()
WITHOUT_RULES: Final = {"entropy", "readers"}
SHIPPED: Final = sorted(n for n, s in AVAILABLE.items() if s.distribution == "ssj-core" and n not in WITHOUT_RULES)
LOADED: Final[dict[str, WithCases]] = {name: load_with_cases([name], AVAILABLE) for name in SHIPPED}


def cases(plugin: str) -> list[Case]:
    return [case for file in LOADED[plugin].cases[plugin] for case in file.cases]


def failing(plugin: str, registry: Registry) -> list[Case]:
    return [case for case in cases(plugin) if list(run_case(case, registry))]


# --- what ships


@pytest.mark.parametrize("plugin", SHIPPED)
def test_the_cases_of_what_ships_come_out(plugin: str) -> None:
    wrong = [v for v in run_cases(LOADED[plugin].cases[plugin], LOADED[plugin].registry) if v.differences]
    assert [(v.file, v.line, v.differences) for v in wrong] == []


@pytest.mark.parametrize("plugin", SHIPPED)
def test_every_rule_that_ships_has_a_case_in_each_of_its_intervals(plugin: str) -> None:
    assert uncovered(LOADED[plugin].registry, plugin, LOADED[plugin].cases[plugin]) == ()


@pytest.mark.parametrize("plugin", SHIPPED)
def test_a_sentence_says_where_it_stands(plugin: str) -> None:
    for case in cases(plugin):
        assert case.says.endswith("。")
        assert all(basis.title for basis in case.basis)
        assert all(basis.version for basis in case.basis if basis.mark == "V-law")


ITEMS: Final = [
    pytest.param(plugin, item, id=item.id)
    for plugin in SHIPPED
    for checklist in LOADED[plugin].registry.checklists.values()
    if checklist.id == plugin
    for item in checklist.items
]


@pytest.mark.parametrize(("plugin", "item"), ITEMS)
def test_a_case_notices_when_an_item_loses_a_basis_a_kind_or_a_day(plugin: str, item: Item) -> None:
    """The cases are a second entry of the checklists: no slip of a pen changes what is inspected unseen."""

    def changed(new: Item) -> Registry:
        registry = LOADED[plugin].registry
        checklist = registry.checklists[plugin]
        items = tuple(new if i.id == item.id else i for i in checklist.items)
        return evolve(registry, checklists={**registry.checklists, plugin: evolve(checklist, items=items)})

    other = LegalBasis(title="另一部法", version=item.since, mark="GK")
    assert failing(plugin, changed(evolve(item, basis=item.basis[1:])))
    assert failing(plugin, changed(evolve(item, basis=(*item.basis, other))))
    assert failing(plugin, changed(evolve(item, kinds=())))
    assert failing(plugin, changed(evolve(item, since=date(2030, 1, 1))))


CLASSES: Final = [
    pytest.param(plugin, rule, n, name, id=f"{rule.id}-{n}-{name}")
    for plugin in SHIPPED
    for rule in LOADED[plugin].registry.ratio_rules.values()
    if rule.id.startswith(f"{plugin}.")
    for n, interval in enumerate(rule.in_force)
    for name in interval.value.classes
]


@pytest.mark.parametrize(("plugin", "rule", "n", "name"), CLASSES)
def test_a_case_notices_when_the_ratio_of_a_class_changes(plugin: str, rule: RatioRule, n: int, name: str) -> None:
    interval = rule.in_force[n]
    was = interval.value.classes[name]

    def changed(new: ClassRatio) -> Registry:
        registry = LOADED[plugin].registry
        value = evolve(interval.value, classes={**interval.value.classes, name: new})
        line = tuple(evolve(i, value=value) if i is interval else i for i in rule.in_force)
        return evolve(registry, ratio_rules={**registry.ratio_rules, rule.id: evolve(rule, in_force=line)})

    assert not failing(plugin, changed(was))
    assert failing(plugin, changed(evolve(was, ratio=was.ratio + Fraction(1, 1000) * (-1 if was.ratio == 1 else 1))))
    if 0 < was.ratio < 1:
        assert failing(plugin, changed(evolve(was, rounding="down" if was.rounding != "down" else "up")))


CODES: Final = [
    pytest.param(plugin, table, n, id=f"{table.id}-{row.code}")
    for plugin in SHIPPED
    for table in LOADED[plugin].registry.result_tables.values()
    if table.id.startswith(f"{plugin}.")
    for n, row in enumerate(table.result)
]


@pytest.mark.parametrize(("plugin", "table", "n"), CODES)
def test_a_case_notices_when_a_code_of_results_changes(plugin: str, table: ResultTable, n: int) -> None:
    row = table.result[n]

    def changed(new: DatedResult) -> Registry:
        registry = LOADED[plugin].registry
        rows = (*table.result[:n], new, *table.result[n + 1 :])
        return evolve(registry, result_tables={**registry.result_tables, table.id: evolve(table, result=rows)})

    assert not failing(plugin, changed(row))
    for new in (
        evolve(row, title="别的结果"), evolve(row, needs_follow_up=not row.needs_follow_up),
        evolve(row, alone=not row.alone), evolve(row, items=not row.items), evolve(row, since=date(2030, 1, 1)),
    ):  # fmt: skip
        assert failing(plugin, changed(new))
    if table.platform:
        assert failing(plugin, changed(evolve(row, platform_code="99")))


@pytest.mark.parametrize("code", ["1", "2", "3", "4", "5", "6"])
def test_a_case_notices_when_a_follow_up_changes(code: str) -> None:
    plugin = next(p for p in SHIPPED if f"{p}.common" in LOADED[p].registry.result_tables)
    registry = LOADED[plugin].registry
    table = registry.result_tables[f"{plugin}.common"]
    for given in ({"title": "别的处置"}, {"since": date(2030, 1, 1)}, {"until": date(2021, 1, 2)}):
        rows = tuple(evolve(f, **given) if f.code == code else f for f in table.follow_up)
        tables = {**registry.result_tables, table.id: evolve(table, follow_up=rows)}
        assert failing(plugin, evolve(registry, result_tables=tables))


@pytest.mark.parametrize("name", ["A", "B", "C", "D", "*"])
def test_a_case_notices_when_a_class_has_other_tickets(name: str) -> None:
    registry = LOADED["ratio_rules"].registry
    rule = registry.weight_rules["ratio_rules.tickets_by_risk"]
    (interval,) = rule.in_force
    other = evolve(interval, value={**interval.value, name: interval.value[name] + 1})
    rules = {rule.id: evolve(rule, in_force=(other,))}
    assert failing("ratio_rules", evolve(registry, weight_rules=rules))
    later = evolve(interval, since=date(2022, 1, 2))
    assert failing("ratio_rules", evolve(registry, weight_rules={rule.id: evolve(rule, in_force=(later,))}))


# --- coverage


def test_what_no_case_touches_is_named() -> None:
    loaded = LOADED["construction_safety"]
    (file,) = loaded.cases["construction_safety"]
    late = [c for c in file.cases if c.on >= date(2021, 6, 10)]
    missing = uncovered(loaded.registry, "construction_safety", [evolve(file, cases=tuple(late))])
    named = {(u.id.partition("/")[2], u.when.zh) for u in missing}
    assert ("AQ-02", "2021-01-01 至 2021-06-09") in named
    assert ("AQ-02", "2021-06-10 起") not in named
    assert uncovered(loaded.registry, "ratio_rules", []) == (), "a plugin answers for itself only"


def test_a_rule_is_covered_by_both_of_its_answers() -> None:
    loaded = LOADED["officer_rules"]
    files = loaded.cases["officer_rules"]
    only_out = [evolve(f, cases=tuple(c for c in f.cases if c.expect.takes_part is not True)) for f in files]
    missing = uncovered(loaded.registry, "officer_rules", only_out)
    assert {u.id for u in missing} == {"officer_rules.available", "officer_rules.certificate", "officer_rules.leave"}
    assert {u.when.en for u in missing} == {"whom it leaves in"}


def test_an_interval_of_tickets_and_a_code_without_a_case_are_named() -> None:
    missing = set()
    for plugin in ("ratio_rules", "result_codes"):
        files = LOADED[plugin].cases[plugin]
        early = [evolve(f, cases=tuple(c for c in f.cases if c.on < date(2020, 1, 1))) for f in files]
        missing |= {(u.what.zh, u.id, u.when.zh) for u in uncovered(LOADED[plugin].registry, plugin, early)}
    assert ("权重规则", "ratio_rules.tickets_by_risk", "2022-01-01 起") in missing
    assert {what for what, name, _ in missing if "result_codes" in name} == {"检查结果", "后续处置"}
    assert not [name for _, name, _ in missing if "zhejiang" in name], "asked in 2017"


@pytest.mark.parametrize(
    ("kind", "rule", "name", "days"),
    [
        ("ratio", "ratio_rules.risk_five_levels", "中低", "2021-01-01 起"),
        ("weights", "ratio_rules.tickets_by_risk", "B", "2022-01-01 起"),
    ],
)
def test_a_class_without_a_subject_in_any_case_is_named(kind: str, rule: str, name: str, days: str) -> None:
    loaded = LOADED["ratio_rules"]
    files = loaded.cases["ratio_rules"]
    assert uncovered(loaded.registry, "ratio_rules", files) == ()

    def kept(case: Case) -> bool:
        return getattr(case, kind) != rule or case.subject is None or case.subject.risk_class != name

    fewer = [evolve(f, cases=tuple(filter(kept, f.cases))) for f in files]
    missing = {(u.what.zh, u.id, u.when.zh) for u in uncovered(loaded.registry, "ratio_rules", fewer)}
    assert missing == {("类别", f"{rule}/{name}", days)}


def test_a_case_outside_the_days_of_a_rule_in_code_touches_nothing() -> None:
    loaded = LOADED["officer_rules"]
    files = loaded.cases["officer_rules"]
    before = [evolve(f, cases=tuple(evolve(c, on=date(2020, 12, 31)) for c in f.cases)) for f in files]
    everything = {u.id for u in uncovered(loaded.registry, "officer_rules", before)}
    assert everything == set(loaded.registry.eligibility_rules) | set(loaded.registry.recusal_rules)
    verdicts = run_cases(before, loaded.registry)
    assert all(d.actual is None for v in verdicts for d in v.differences)
    assert all(v.differences for v in verdicts)


def test_an_item_has_as_many_phases_as_sets_of_bases() -> None:
    basis = tuple(LegalBasis(title=t, version=v, mark="V-law") for t, v in (
        ("old", date(2019, 1, 1)), ("new", date(2021, 6, 10)), ("newer", date(2023, 1, 1))
    ))  # fmt: skip
    item = Item(id="A", title="t", content="c", kinds=(), methods=(), basis=basis, since=date(2021, 1, 1),
                until=date(2022, 12, 31))  # fmt: skip
    assert [(p.since.isoformat(), p.until and p.until.isoformat()) for p in phases(item)] == [
        ("2021-01-01", "2021-06-09"), ("2021-06-10", "2022-12-31")
    ]  # fmt: skip


# --- wrong files

PLACES: Final[dict[str, tuple[int, str]]] = {
    "SSJ-A001.asks-nothing.cases.toml": (3, "case[1]"),
    "SSJ-A001.asks-two-things.cases.toml": (3, "case[1]"),
    "SSJ-A002.cannot-be-expected.cases.toml": (3, "case[1].expect.takes_part"),
    "SSJ-A003.expects-nothing.cases.toml": (3, "case[1].expect"),
    "SSJ-A004.officer-for-a-rule-of-subjects.cases.toml": (3, "eligibility"),
    "SSJ-A004.without-size.cases.toml": (3, "case[1]"),
    "SSJ-A004.without-subject.cases.toml": (3, "case[1]"),
    "SSJ-A005.unknown-item.cases.toml": (3, "items"),
    "SSJ-A004.results-without-a-code.cases.toml": (3, "case[1]"),
    "SSJ-A004.tickets-of-nobody.cases.toml": (3, "case[1]"),
    "SSJ-A005.unknown-code.cases.toml": (3, "codes"),
    "SSJ-A006.unknown-batch.cases.toml": (3, "batch"),
    "SSJ-G009.unknown-ratio.cases.toml": (3, "ratio"),
    "SSJ-G009.unknown-rule.cases.toml": (3, "eligibility"),
    "SSJ-P010.day-as-text.cases.toml": (6, "case[1].on"),
    "SSJ-P013.misspelt-column.cases.toml": (8, "case[1].subject.risk_clas"),
    "SSJ-P013.misspelt.cases.toml": (8, "case[1].expect.drawm"),
    "SSJ-P027.no-case.cases.toml": (1, "case"),
    "SSJ-S001.no-basis.cases.toml": (3, "case[1]"),
    "SSJ-S002.ends-before-it-begins.cases.toml": (3, "case[1].until"),
    "SSJ-S024.unknown-parameter.cases.toml": (3, "ratio_rules.yearly_cap"),
}
NEAREST: Final = {
    "SSJ-A005.unknown-item.cases.toml": "X-01",
    "SSJ-A005.unknown-code.cases.toml": "01",
    "SSJ-A006.unknown-batch.cases.toml": "county/one",
    "SSJ-G009.unknown-ratio.cases.toml": "county.three",
    "SSJ-G009.unknown-rule.cases.toml": "ratio_rules.open",
    "SSJ-P013.misspelt-column.cases.toml": "risk_class",
    "SSJ-P013.misspelt.cases.toml": "drawn",
}


def county(folder: Path, name: str) -> Path:
    """The good county with a file of cases."""
    shutil.copytree(COUNTY, folder / "county")
    (folder / "county" / "plan.toml").unlink()
    manifest = folder / "county" / "ssj-plugin.toml"
    manifest.write_text(manifest.read_text("utf-8") + 'cases = ["cases.toml"]\n', encoding="utf-8")
    shutil.copy(BAD / name, folder / "county" / "cases.toml")
    return folder / "county"


def verdicts(available: Mapping[str, Source]) -> tuple[Verdict, ...]:
    loaded = load_with_cases(["county"], available)
    return run_cases(loaded.cases["county"], loaded.registry)


def test_every_broken_file_has_its_place_here() -> None:
    assert sorted(p.name for p in BAD.glob("SSJ-*")) == sorted(PLACES)


@pytest.mark.parametrize("name", sorted(PLACES))
def test_a_broken_file_makes_its_problem_and_no_other(name: str, tmp_path: Path) -> None:
    available = discover([county(tmp_path, name)])
    with pytest.raises(SsjError) as caught:
        verdicts(available)
    (found,) = caught.value.problems
    assert (found.code, found.file) == (name.split(".")[0], (tmp_path / "county" / "cases.toml").as_posix())
    assert (found.row, found.field) == PLACES[name]
    assert re.search(re.escape(NEAREST.get(name, "")), found.remedy("zh"))
    assert re.search(re.escape(NEAREST.get(name, "")), found.remedy("en"))


def test_a_day_outside_and_a_value_no_rule_can_read_are_told_with_the_case(tmp_path: Path) -> None:
    folder = county(tmp_path, "good.cases.toml")
    cases, good = folder / "cases.toml", (folder / "cases.toml").read_text("utf-8")
    cases.write_text(good.replace("2021-06-30", "2022-01-01"), encoding="utf-8")
    said = "应当是 3%，得到 没有结果（这一天没有施行的规定）"
    Bureau(tmp_path).play("plugins", "test", str(folder), code=1, out=[said])
    asked = (
        'eligibility = "county.money"\nsubject = { extra = { "注册资本" = "多" } }\nexpect = { takes_part = true }\n'
    )
    cases.write_text(good.partition("ratio =")[0] + asked, encoding="utf-8")
    filters = folder / "filter.toml"
    text = filters.read_text("utf-8").replace("county.small", "county.money").replace("从业人数", "注册资本")
    filters.write_text(text, encoding="utf-8")
    Bureau(tmp_path).play("plugins", "test", str(folder), code=4, err=[r"county/cases.toml.*3.*SSJ-G013"])


WEIGHTS: Final = """format = "ssj-weights/1"
id = "county.tickets"
title = "签数"
stratify = "ratio_rules.credit_rsk"

[[in_force]]
since = 2021-01-01
reviewed_until = 2021-12-31
classes = { "*" = 1 }
basis = [{ title = "某县方案", mark = "seed" }]
"""


@pytest.mark.parametrize("wrong", ["ratio_rules.credit_rsk", "county.three"])
@pytest.mark.parametrize("asks", ["ratio", "weights", "batch"])
def test_a_rule_that_stratifies_by_nothing_is_told_where_it_says_so(tmp_path: Path, asks: str, wrong: str) -> None:
    """Of the ratio, of the weights, and of both where a batch asks them: one sentence each, not a case at a time."""
    folder = county(tmp_path, "good.cases.toml")
    manifest, cases, ratio = (folder / name for name in ("ssj-plugin.toml", "cases.toml", "ratio.toml"))
    text = manifest.read_text("utf-8")
    manifest.write_text(text + 'weights = ["weights.toml"]\n', encoding="utf-8")
    (folder / "weights.toml").write_text(WEIGHTS.replace("ratio_rules.credit_rsk", wrong), encoding="utf-8")
    if asks != "weights":
        ratio.write_text(ratio.read_text("utf-8").replace("ratio_rules.credit_risk", wrong), encoding="utf-8")
    ruleset = folder / "ruleset.toml"
    ruleset.write_text(
        ruleset.read_text("utf-8").replace('"county.three"', '"county.three"\nweights = "county.tickets"'), "utf-8"
    )
    asked = {
        "ratio": 'ratio = "county.three"\nsubject = {}\nexpect = { drawn = 1 }\nsize = 1',
        "weights": 'weights = "county.tickets"\nsubject = {}\nexpect = { tickets = 1 }',
        "batch": 'batch = "county/one"\nsubject = { sectors = ["某县"] }\nexpect = { takes_part = true }',
    }[asks]
    head = cases.read_text("utf-8").partition("ratio =")[0]
    case = head.partition("\n\n")[2] + asked
    cases.write_text(f"{head.partition(chr(10))[0]}\n\n{case}\n\n{case}\n", encoding="utf-8")
    with pytest.raises(SsjError) as caught:
        verdicts(discover([folder]))
    files = {"ratio": ["ratio.toml"], "weights": ["weights.toml"], "batch": ["ratio.toml", "weights.toml"]}[asks]
    assert [(p.code, Path(p.file).name, p.row, p.field, p.value) for p in caught.value.problems] == [
        ("SSJ-G009", name, 4, "stratify", wrong) for name in files
    ]
    if wrong == "ratio_rules.credit_rsk":
        assert "ratio_rules.credit_risk" in caught.value.problems[0].remedy("zh")
    Bureau(tmp_path).play("plugins", "test", str(folder), code=3, err=["SSJ-G009"])
    if (asks, wrong) == ("batch", "ratio_rules.credit_rsk"):  # the kit takes its time
        Bureau(tmp_path).play("plugins", "check", str(folder), code=1, out=["SSJ-G009"])


def test_the_good_file_is_good(tmp_path: Path) -> None:
    loaded = load_with_cases(["county"], discover([county(tmp_path, "good.cases.toml")]))
    assert [v.differences for v in run_cases(loaded.cases["county"], loaded.registry)] == [()]
    assert set(loaded.registry.plugins) >= {"county", "ratio_rules"}, "what a stratifier needs is there"


def test_lines_are_those_of_the_cases() -> None:
    data = (BAD / "good.cases.toml").read_bytes()
    case = data.partition(b"\n\n")[2]
    assert load_cases(data + b"\n" + case, "f").lines == (3, 11)


# --- the command


@pytest.fixture
def folder(tmp_path: Path) -> Bureau:
    return Bureau(county(tmp_path, "good.cases.toml"))


def test_a_clerk_runs_the_cases_of_her_folder(folder: Bureau) -> None:
    folder.play("plugins", "test", str(folder.folder), out=["√ county：1 个案例"])


def test_a_case_of_a_batch_that_selects_what_is_not_there(folder: Bureau) -> None:
    cases, rules = folder.folder / "cases.toml", folder.folder / "ruleset.toml"
    asked = cases.read_text("utf-8").partition("ratio = ")[0] + 'batch = "county/one"\nexpect = { in_force = true }\n'
    cases.write_text(asked, encoding="utf-8")
    folder.play("plugins", "test", str(folder.folder))
    text = rules.read_text("utf-8").replace('"ratio_rules.open"', '"nobody.open"')
    rules.write_text(text + '[results]\nentry_working_days = 5\npublished = "100%"\ntable = "no.t"\n', encoding="utf-8")
    told = ["ruleset.toml 第 12 行.*SSJ-G009.*nobody.open", "ruleset.toml 第 31 行.*SSJ-G009.*no.t"]
    folder.play("plugins", "test", str(folder.folder), code=3, err=told)


def test_a_failing_case_tells_law_and_difference(folder: Bureau) -> None:
    ratio = folder.folder / "ratio.toml"
    ratio.write_text(ratio.read_text("utf-8").replace('"3%"', '"2.5%"'), encoding="utf-8")
    folder.play(
        "plugins", "test", str(folder.folder), code=1,
        out=["× county：1 个案例，1 个不符", "county/cases.toml:3", "规定：不低于3%。", "某县方案",
             "比例：应当是 3%，得到 2.5%", "应抽数：应当是 2，得到 1"],
    )  # fmt: skip
    folder.play(
        "--lang", "en", "plugins", "test", str(folder.folder), code=1, out=["quota: expected 2, got 1", "1 failed"]
    )


def test_coverage_is_asked_for(folder: Bureau) -> None:
    said = folder.play("plugins", "test", str(folder.folder), "--coverage", code=1).stdout
    assert "SSJ-A007" in said
    assert "county/X-01" in said
    assert "county/one" not in said or "批次" in said
    folder.play("plugins", "test", "ratio_rules", "--coverage", out=["√ ratio_rules"])


def test_everything_at_once_goes_on_after_a_broken_file(folder: Bureau) -> None:
    (folder.folder / "cases.toml").write_text("format = 1\n", encoding="utf-8")
    folder.play("plugins", "test", str(folder.folder), code=3, err=["SSJ-P011", "SSJ-P014"])
    plan = folder.folder.parent / "plan.toml"
    shutil.copy(COUNTY / "plan.toml", plan)
    folder.play("plugins", "test", "--plan", str(plan), code=1, out=["× county：不能用", "√ real_estate"])


def test_a_program_reads_what_failed(folder: Bureau) -> None:
    ratio = folder.folder / "ratio.toml"
    ratio.write_text(ratio.read_text("utf-8").replace('"3%"', '"2.5%"'), encoding="utf-8")
    said = json.loads(folder.play("plugins", "test", str(folder.folder), "--json", code=1).stdout)["result"]
    (county,) = said["plugins"]
    assert (county["id"], county["cases"]) == ("county", 1)
    assert {"county/X-01", "county/one"} <= set(county["uncovered"])
    assert county["failures"][0]["differences"][1] == {"name": "drawn", "expected": "2", "actual": "1"}
