"""On every day one value or an error: never the nearest one, and never what was published later."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from attrs import evolve

from ssj_core.batch_rules import checked_rules
from ssj_core.office import Office
from ssj_core.plan import Batch, EntropyUse, Plan, Rosters
from ssj_core.plugin.loader import discover, load
from ssj_core.problems import InputError
from ssj_core.roster.spec import RosterSpec
from ssj_core.rules.model import Checklist, InForce, Item, LegalBasis, RatioRule
from ssj_core.rules.ruleset import RuleUse
from ssj_core.rules.sectors import SectorNames
from ssj_core.rules.timeline import NotInForceError, ends, items_on, on

DAY = timedelta(days=1)
LAST = date(2021, 12, 31)


def span(since: date, until: date | None, value: str) -> InForce[str]:
    return InForce(since=since, until=until, reviewed_until=LAST, value=value, basis=())


FIRST = span(date(2021, 1, 1), date(2021, 3, 31), "first")
SECOND = span(date(2021, 4, 1), date(2021, 4, 1), "second")
THIRD = span(date(2021, 6, 1), None, "third")
LINE = (FIRST, SECOND, THIRD)


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2020, 12, 31), None),
        (date(2021, 1, 1), "first"),
        (date(2021, 3, 31), "first"),
        (date(2021, 4, 1), "second"),
        (date(2021, 4, 2), None),
        (date(2021, 5, 31), None),
        (date(2021, 6, 1), "third"),
        (date.max, "third"),
        (date.min, None),
    ],
    ids=str,
)
def test_both_ends_of_an_interval_are_inside(day: date, value: str | None) -> None:
    if value is None:
        with pytest.raises(NotInForceError, match=day.isoformat()):
            on(LINE, day)
    else:
        assert on(LINE, day).value == value


def test_the_days_of_intervals_are_told_in_both_languages() -> None:
    told = ends([THIRD, FIRST, FIRST])
    assert told.zh == "2021-01-01 至 2021-03-31；2021-06-01 起"
    assert told.en == "2021-01-01 to 2021-03-31; since 2021-06-01"
    assert ends([]).en == "no day at all"


def test_nothing_is_in_force_on_an_empty_timeline() -> None:
    with pytest.raises(NotInForceError):
        on((), date(2021, 1, 1))


# --- items


def law(title: str, version: date | None) -> LegalBasis:
    return LegalBasis(title=title, version=version, mark="V-law")


def item(*basis: LegalBasis, since: date = date(2021, 1, 1), until: date | None = None) -> Item:
    return Item(
        id="A-1", title="题", content="内容", kinds=("企业",), methods=("书面检查",), basis=basis, since=since,
        until=until,
    )  # fmt: skip


def titles(day: date, *items: Item) -> list[list[str]]:
    checklist = Checklist(id="x", title="x", reviewed_until=LAST, items=items)
    return [[b.title for b in i.basis] for i in items_on(checklist, day)]


def test_bases_are_listed_from_the_day_they_were_published() -> None:
    one = item(law("old", date(2019, 4, 23)), law("undated", None), law("new", date(2021, 6, 10)))
    assert titles(date(2021, 6, 9), one) == [["old", "undated"]]
    assert titles(date(2021, 6, 10), one) == [["old", "undated", "new"]]


def test_an_item_is_in_force_from_since_to_until() -> None:
    one = item(law("a", None), since=date(2021, 2, 1), until=date(2021, 2, 2))
    days = [date(2021, 1, 31) + n * DAY for n in range(4)]
    assert [bool(titles(day, one)) for day in days] == [False, True, True, False]


def test_an_item_of_code_is_not_in_force_without_a_published_basis() -> None:
    """A table cannot say this, a plugin's code can: the item begins before anything was published."""
    one = item(law("later", date(2021, 6, 10)), since=date(2021, 1, 1))
    assert titles(date(2021, 6, 9), one) == []
    assert titles(date(2021, 6, 10), one) == [["later"]]


def test_items_keep_their_order() -> None:
    items = [evolve(item(law("a", None)), id=f"A-{n}") for n in (3, 1, 2)]
    made = items_on(Checklist(id="x", title="x", reviewed_until=LAST, items=tuple(items)), date(2021, 1, 1))
    assert [i.id for i in made] == ["A-3", "A-1", "A-2"]


# --- the rules of a batch on its first day

SHIPPED = ["fuping_zjj_2021", "ratio_rules", "result_codes", "officer_rules", "real_estate", "construction_market"]
REGISTRY = load(SHIPPED, discover())
RULESET = REGISTRY.rulesets["fuping_zjj_2021"]


def plan(*accepted: str) -> Plan:
    spec = RosterSpec(file="x.csv")
    return Plan(
        format="ssj-plan/1", id="p", title="t", bureau="b", year=2021, ruleset=RULESET.id,
        rosters=Rosters(subjects=spec, officers=spec), entropy=(EntropyUse(source="os"),), batch=(),
        accept_unreviewed=accepted,
    )  # fmt: skip


def office(*accepted: str, ratio: RatioRule | None = None, reviewed: dict[str, date] | None = None) -> Office:
    """An office of the shipped ruleset, with another ratio rule or other review dates of its checklists."""
    registry = REGISTRY
    if ratio is not None:
        registry = evolve(registry, ratio_rules={**registry.ratio_rules, "fuping_zjj_2021.batch_3": ratio})
    for name, day in (reviewed or {}).items():
        lists = {**registry.checklists, name: evolve(registry.checklists[name], reviewed_until=day)}
        registry = evolve(registry, checklists=lists)
    return Office(
        plan=plan(*accepted), plan_bytes=b"", plan_file="plan.toml", lines={(): 1}, ruleset=RULESET,
        registry=registry, sectors=SectorNames.of(registry.checklists.values()),
    )  # fmt: skip


def batch(policy: str = "batch-1", start: date = date(2021, 1, 18)) -> Batch:
    return Batch(id=policy, policy=policy, start=start, end=date(2021, 12, 24))


def codes(of: Office, one: Batch) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        checked_rules(of, one)
    for found in caught.value.problems:
        assert found.message("zh")
        assert found.remedy("en")
    return [(p.code, p.params["id"]) for p in caught.value.problems]


def rule(*intervals: tuple[date, date | None, date]) -> RatioRule:
    shipped = REGISTRY.ratio_rules["fuping_zjj_2021.batch_3"]
    made = [
        evolve(shipped.in_force[0], since=since, until=until, reviewed_until=reviewed)
        for since, until, reviewed in intervals
    ]
    return evolve(shipped, in_force=tuple(made))


def test_the_rules_of_a_batch_are_found_and_bound() -> None:
    rules = checked_rules(office(), batch())
    assert rules.policy.id == "batch-1"
    assert rules.ratio.id == "fuping_zjj_2021.batch_3"
    assert rules.ratios.value.classes["*"].ratio == Fraction(3, 100)
    assert rules.stratifier.id == "ratio_rules.all"
    assert rules.context.sectors == ("construction_market",)
    assert [r.id for r in rules.eligibility][-1] == "ratio_rules.yearly_cap"
    assert rules.eligibility[-1].context.params == {"at_most": 2}
    assert rules.recusal[0].id == "officer_rules.declared"


@pytest.mark.parametrize("start", [date(2020, 12, 31), date(2022, 1, 1)])
def test_a_ratio_outside_its_timeline_is_refused(start: date) -> None:
    assert codes(office("fuping_zjj_2021.batch_3"), batch(start=start)) == [
        ("SSJ-S012", "fuping_zjj_2021"), ("SSJ-S020", "fuping_zjj_2021.batch_3"),
    ]  # fmt: skip


@pytest.mark.parametrize("start", [date(2021, 1, 1), date(2021, 12, 31)])
def test_both_ends_of_a_ruleset_are_in_force(start: date) -> None:
    assert checked_rules(office(), batch(start=start)).policy.id == "batch-1"


def test_a_ratio_in_a_gap_of_its_timeline_is_refused() -> None:
    gap = rule((date(2021, 1, 1), date(2021, 1, 17), LAST), (date(2021, 1, 19), None, LAST))
    assert codes(office(ratio=gap), batch()) == [("SSJ-S020", "fuping_zjj_2021.batch_3")]


def test_the_first_day_of_the_batch_decides() -> None:
    later = rule((date(2021, 1, 1), date(2021, 1, 18), LAST), (date(2021, 1, 19), None, LAST))
    assert checked_rules(office(ratio=later), batch()).ratios.since == date(2021, 1, 1)
    assert checked_rules(office(ratio=later), batch(start=date(2021, 1, 19))).ratios.since == date(2021, 1, 19)


def test_past_the_review_a_plan_must_accept_by_name() -> None:
    ratio_id = "fuping_zjj_2021.batch_3"
    on_the_day = rule((date(2021, 1, 1), None, date(2021, 1, 18)))
    too_late = rule((date(2021, 1, 1), None, date(2021, 1, 17)))
    assert checked_rules(office(ratio=on_the_day), batch())
    assert codes(office(ratio=too_late), batch()) == [("SSJ-S021", ratio_id)]
    assert codes(office("construction_market", ratio=too_late), batch()) == [("SSJ-S021", ratio_id)]
    assert checked_rules(office(ratio_id, ratio=too_late), batch())


def test_checklists_of_the_batch_are_reviewed_too() -> None:
    old = {"construction_market": date(2021, 1, 17), "real_estate": date(2021, 1, 17)}
    assert codes(office(reviewed=old), batch()) == [("SSJ-S021", "construction_market")]
    assert checked_rules(office("construction_market", reviewed=old), batch())
    assert checked_rules(office(reviewed=dict.fromkeys(old, date(2021, 1, 18))), batch())
    # a batch over the whole roster uses every checklist
    assert codes(office(reviewed=old), batch("key-1")) == [("SSJ-S021", name) for name in sorted(old)]
    assert codes(office("real_estate", reviewed=old), batch("key-1")) == [("SSJ-S021", "construction_market")]


def test_a_parameter_that_does_not_fit_is_an_error_of_the_ruleset() -> None:
    bad = evolve(RULESET, recusal=(RuleUse(rule="officer_rules.declared", params={"days": 3}),))
    with pytest.raises(InputError) as caught:
        checked_rules(evolve(office(), ruleset=bad), batch())
    assert [(p.code, p.file, p.value) for p in caught.value.problems] == [
        ("SSJ-S024", "fuping_zjj_2021/ruleset.toml", "days")
    ]
