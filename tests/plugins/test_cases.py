"""Cases: what ships is covered and right, and a rule that changes is noticed."""

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Final

import pytest
from attrs import evolve

from ssj_core.case_files import WithCases, load_with_cases
from ssj_core.cases import Case, run_case, run_cases, uncovered
from ssj_core.cases.coverage import phases
from ssj_core.plugin.loader import discover
from ssj_core.plugin.registry import Registry
from ssj_core.rules.model import ClassRatio, Item, LegalBasis, RatioRule
from ssj_core.rules.results import DatedResult, ResultTable

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
