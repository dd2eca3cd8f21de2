"""Pool and rules become what is sealed: strata, officers, the effective rules with their pins."""

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

from ssj_core.batch_rules import BatchRules, checked_rules
from ssj_core.composing import officer_rows, sealed_team
from ssj_core.limits import Cap
from ssj_core.model import Officer, Subject
from ssj_core.nobody_left import reasons
from ssj_core.office import Office
from ssj_core.plan import Batch, EntropyUse, Plan, Rosters
from ssj_core.plugin.loader import discover, load
from ssj_core.pool import Pool
from ssj_core.problems import InputError, PluginError
from ssj_core.roster.spec import RosterSpec
from ssj_core.rules.effective import RosterPin, SealedEntropy, SealedTeam
from ssj_core.rules.model import ClassRatio, Context, Ratios
from ssj_core.rules.ruleset import RuleUse
from ssj_core.rules.sectors import SectorNames
from ssj_core.sealing import Strata, effective_rules, subject_rows
from ssj_core.tables import OFFICER, SUBJECT, ExcludedRow
from ssj_core.text import Text
from tests.strategies import small_case

AVAILABLE = discover()
REGISTRY = load([n for n, s in AVAILABLE.items() if s.distribution == "ssj-core"], AVAILABLE)
RULESET = REGISTRY.rulesets["fuping_zjj_2021"]
SPEC = RosterSpec(file="x.csv")
OFFICE = Office(
    plan=Plan(
        format="ssj-plan/1", id="p", title="计划", bureau="局", document_no="1号", year=2021, ruleset=RULESET.id,
        rosters=Rosters(subjects=SPEC, officers=SPEC), batch=(),
        entropy=(EntropyUse(source="text"), EntropyUse(source="os")),
    ),
    plan_bytes=b"", plan_file="plan.toml", lines={(): 1}, ruleset=RULESET, registry=REGISTRY,
    sectors=SectorNames.of(REGISTRY.checklists.values()),
)  # fmt: skip
ENTROPY = (SealedEntropy(source="text"), SealedEntropy(source="os"))
PINS = (RosterPin(role="subjects", file="x.csv", sha256="0" * 64, encoding="utf-8", sheet="", rows=3),)
ROUND_UP = ClassRatio(ratio=Fraction(1, 2), bound="min", rounding="up")
ROUND_DOWN = ClassRatio(ratio=Fraction(1, 3), bound="max", rounding="down")


def rules(
    policy: str = "batch-1",
    *,
    key: Callable[..., Any] = lambda s, _: s.section,
    coverage: bool = False,
    **classes: ClassRatio,
) -> BatchRules:
    """The rules of a shipped batch with another stratifier and, where given, other classes (`ANY` for `*`)."""
    made = checked_rules(OFFICE, Batch(id="b", policy=policy, start=date(2021, 6, 15), end=date(2021, 8, 13)))
    named = {"*" if name == "ANY" else name: ratio for name, ratio in classes.items()} or {"*": ROUND_UP}
    return evolve(
        made,
        policy=evolve(made.policy, coverage_first=coverage),
        ratios=evolve(made.ratios, value=Ratios(classes=named)),
        stratifier=evolve(made.stratifier, key=key),
    )


def subject(n: int, section: str = "一股", **more: Any) -> Subject:
    return Subject(id=f"uscc:{n}", name=f"第{n}家", section=section, sectors=("real_estate",), **more)


def pool(*subjects: Subject, officers: Iterable[Officer] = (), excluded: Iterable[ExcludedRow] = ()) -> Pool:
    return Pool(subjects=subjects, officers=tuple(officers), excluded=tuple(excluded), recusals=())


def team(bound: BatchRules | None = None) -> SealedTeam:
    return sealed_team(OFFICE, bound or rules(), pool(), ())


# --- strata


def test_rows_carry_what_the_roster_said() -> None:
    one = subject(
        1, kind="企业", area="城关", address="某路", risk_class="A", key=True, parent="uscc:9", status="存续",
        checks_this_year=2, recused=("officer:1",),
    )  # fmt: skip
    _, (row,) = subject_rows(OFFICE, rules(), pool(one))
    for name in ("id", "name", "kind", "sectors", "section", "area", "address", "risk_class", "key", "parent"):
        assert getattr(row, name) == getattr(one, name)
    assert row.stratum == "一股"


def test_rows_keep_the_order_of_the_pool_and_classes_are_bytewise() -> None:
    made = pool(subject(1, "\uff21"), subject(2, "b"), subject(3, "\U00020000"), subject(4, "B"))
    strata, rows = subject_rows(OFFICE, rules(), made)
    assert [r.id for r in rows] == ["uscc:1", "uscc:2", "uscc:3", "uscc:4"]
    assert [name for name, _ in strata.classes] == ["B", "b", "\uff21", "\U00020000"]


@pytest.mark.parametrize(("drawn", "stratum"), [(0, "一股/未抽过"), (1, "一股/已抽过"), (5, "一股/已抽过")])
def test_coverage_first_makes_two_strata_of_a_class(drawn: int, stratum: str) -> None:
    one = subject(1, drawn_this_year=drawn)
    bound = rules(coverage=True)
    strata, (row,) = subject_rows(OFFICE, bound, pool(one))
    assert row.stratum == stratum
    assert [name for name, _ in strata.classes] == ["一股"]
    (sealed,) = effective_rules(
        OFFICE, bound, strata, draw_id="p/b", rosters=PINS, entropy=ENTROPY, team=team(bound)
    ).ratio.classes
    assert sealed.strata == ("一股/未抽过", "一股/已抽过")
    _, (plain,) = subject_rows(OFFICE, rules(), pool(one))
    assert plain.stratum == "一股"


def test_a_class_that_is_named_goes_before_the_star() -> None:
    strata, _ = subject_rows(OFFICE, rules(ANY=ROUND_UP, 一股=ROUND_DOWN), pool(subject(1), subject(2, "二股")))
    assert strata == Strata(classes=(("一股", ROUND_DOWN), ("二股", ROUND_UP)))


def test_classes_nobody_is_in_are_left_out() -> None:
    strata, _ = subject_rows(OFFICE, rules(一股=ROUND_UP, 二股=ROUND_UP), pool(subject(1)))
    assert [name for name, _ in strata.classes] == ["一股"]


def test_classes_without_a_ratio_are_all_named_with_count_and_example() -> None:
    made = pool(subject(1), subject(2, "三股"), subject(3, "二股"), subject(4, "三股"))
    with pytest.raises(InputError) as caught:
        subject_rows(OFFICE, rules(一股=ROUND_UP), made)
    found = caught.value.problems
    assert [(p.code, p.value, p.params["count"], p.params["example"]) for p in found] == [
        ("SSJ-S022", "三股", "2", "uscc:2"),
        ("SSJ-S022", "二股", "1", "uscc:3"),
    ]
    assert all("fuping_zjj_2021.batch_3" in p.message("zh") for p in found)


def test_an_empty_pool_says_why_it_is_empty() -> None:
    ruled = [
        ("core.other_sector", "不属于本批次的监管类别"),
        ("ratio_rules.open", "登记状态：注销"),
        ("x.gone", "因" * 50),
    ]
    out = [
        ExcludedRow(unit=SUBJECT, id=f"uscc:{n}", name="x", rule=ruled[n % 3][0], reason=ruled[n % 3][1])
        for n in range(5)
    ]
    out.append(ExcludedRow(unit=OFFICER, id="officer:1", name="x", rule="x.o", reason="因"))
    with pytest.raises(InputError) as caught:
        subject_rows(OFFICE, rules(), pool(excluded=out))
    (found,) = caught.value.problems
    assert (found.code, found.file, found.value, found.params["batch"]) == ("SSJ-S023", "plan.toml", "5", "b")
    assert found.remedy("zh").split("；") == [
        "不属于本批次的监管类别（建筑市场监督）的 2 个",
        "按规则“正常经营”不参加的 2 个（例如：登记状态：注销）",
        f"按规则“x.gone”不参加的 1 个（例如：{'因' * 39}…）",
        "核对名录里的这些栏，或批次的规则",
    ]
    assert found.remedy("en").startswith(
        "2 not of the batch's sectors (建筑市场监督); 2 left out by the rule ratio_rules.open (“正常经营”), such as “登"
    )


def test_a_site_without_a_subject_is_said_in_words_too() -> None:
    gone = ExcludedRow(unit=SUBJECT, id="permit:1", name="x", rule="core.no_subject", reason="名录没有填所属企业")
    told = reasons(OFFICE, rules(), pool(excluded=[gone]))
    assert told == Text("所属检查对象不参加的 1 个", "1 whose own subject takes no part")


def raising(*_: object) -> str:
    raise ZeroDivisionError("坏")


@pytest.mark.parametrize(
    "key",
    [raising, *((lambda *_, a=answer: a) for answer in (None, "", 3, True, ["甲"], "甲\n乙", "e\u0301", "\ud800"))],
)
def test_a_stratifier_that_fails_is_named(key: Callable[..., object]) -> None:
    """It must not come to a stratum nobody can read, or to a crash."""
    with pytest.raises(PluginError) as caught:
        subject_rows(OFFICE, rules(key=key), pool(subject(1)))
    (found,) = caught.value.problems
    assert (found.code, found.value, found.params["plugin"]) == ("SSJ-G013", "ratio_rules.all", "ratio_rules")
    assert found.params["what"]


def test_a_stratifier_sees_the_context_of_the_batch() -> None:
    seen: list[object] = []

    def key(_: Subject, context: Context) -> str:
        seen.append(context)
        return "甲"

    bound = rules(key=key)
    subject_rows(OFFICE, bound, pool(subject(1)))
    assert seen == [bound.context]


# --- officers


def test_officers_are_sealed_with_the_cap_and_no_history() -> None:
    one = Officer(id="officer:1", name="子", section="一股", certificate="C1", fields=("real_estate",))
    (row,) = officer_rows(pool(officers=[one]), {one.id: Cap(7)})
    assert (row.id, row.name, row.section, row.certificate, row.fields) == (
        "officer:1", "子", "一股", "C1", ("real_estate",)
    )  # fmt: skip
    assert (row.cap, row.history) == (7, 0)


# --- rules.toml


def test_the_effective_rules_are_those_of_the_day() -> None:
    bound = rules("batch-4", ANY=evolve(ROUND_UP, at_least=1, small_below=4, small_take=2))
    strata, _ = subject_rows(OFFICE, bound, pool(subject(1)))
    made = effective_rules(OFFICE, bound, strata, draw_id="p/b", rosters=PINS, entropy=ENTROPY, team=team(bound))
    assert (made.draw_id, made.bureau, made.plan, made.document_no) == ("p/b", "局", "计划", "1号")
    assert (made.ruleset, made.batch, made.policy, made.year) == ("fuping_zjj_2021", "b", "batch-4", 2021)
    assert (made.start, made.end, made.scope, made.joint) == (date(2021, 6, 15), date(2021, 8, 13), "all", True)
    assert [e.source for e in made.entropy] == ["text", "os"]
    assert made.yearly_share == Fraction(1, 20)
    assert made.sectors == ("real_estate",)
    assert (made.team.size, made.team.officers, made.team.lead_section) == (2, "joint", "房地产市场股")
    (klass,) = made.ratio.classes
    assert (klass.id, klass.ratio, klass.at_least, klass.small_below, klass.small_take) == (
        "一股", Fraction(1, 2), 1, 4, 2
    )  # fmt: skip
    assert made.ratio.basis == bound.ratios.basis
    assert made.rosters == PINS
    assert made.tables == {}


def test_checklists_are_those_of_the_batch_with_what_is_in_force_and_what_is_not() -> None:
    bound = rules("batch-4")
    strata, _ = subject_rows(OFFICE, bound, pool(subject(1)))
    (sealed,) = effective_rules(
        OFFICE, bound, strata, draw_id="p/b", rosters=(), entropy=ENTROPY, team=team(bound)
    ).checklists
    whole = REGISTRY.checklists["real_estate"]
    assert sorted([i.id for i in sealed.items] + list(sealed.not_in_force)) == sorted(i.id for i in whole.items)
    assert all(b.version is None or b.version <= date(2021, 6, 15) for i in sealed.items for b in i.basis)
    everything = effective_rules(
        OFFICE, rules("key-2"), strata, draw_id="p/b", rosters=(), entropy=ENTROPY, team=team()
    )
    assert [c.sector for c in everything.checklists] == sorted(REGISTRY.checklists)


def test_rules_of_ruleset_and_batch_are_sealed_in_their_order() -> None:
    bound = rules("batch-4")
    strata, _ = subject_rows(OFFICE, bound, pool(subject(1)))
    made = effective_rules(OFFICE, bound, strata, draw_id="p/b", rosters=(), entropy=ENTROPY, team=team(bound))
    assert [u.rule for u in made.eligibility] == [
        "ratio_rules.open", "officer_rules.certificate", "officer_rules.available", "officer_rules.leave",
        "ratio_rules.yearly_cap",
    ]  # fmt: skip
    assert made.eligibility[-1].params == {"at_most": 2}
    assert made.recusal[0].rule == "officer_rules.declared"


def test_plugins_that_take_part_are_pinned_and_no_others() -> None:
    bound = rules("batch-4")
    strata, _ = subject_rows(OFFICE, bound, pool(subject(1)))
    made = effective_rules(OFFICE, bound, strata, draw_id="p/b", rosters=(), entropy=ENTROPY, team=team(bound)).plugins
    assert [p.id for p in made] == ["fuping_zjj_2021", "officer_rules", "ratio_rules", "real_estate", "result_codes"]
    for pin in made:
        info = REGISTRY.plugins[pin.id]
        assert (pin.distribution, pin.version, pin.digest) == (info.distribution, info.version, info.digest)


def test_the_sealed_rules_have_their_days() -> None:
    """Whoever reads the record knows from when a rule held and until when somebody had looked."""
    case = small_case()
    rules = case.seal().rules
    interval = case.office.registry.ratio_rules["t.ratio"].in_force[0]
    assert (rules.ratio.since, rules.ratio.until) == (interval.since, interval.until)
    assert rules.ratio.reviewed_until == interval.reviewed_until
    for checklist in rules.checklists:
        shipped = case.office.registry.checklists[checklist.sector]
        assert checklist.reviewed_until == shipped.reviewed_until
        assert [(i.since, i.until) for i in checklist.items] == [(i.since, i.until) for i in shipped.items]


def test_a_default_of_a_rule_is_sealed_and_so_is_another() -> None:
    """A version of a plugin that changes what its rule takes for granted seals another rule."""
    day = Batch(id="b", policy="batch-1", start=date(2021, 6, 15), end=date(2021, 8, 13))
    for most in (1, 3):
        cap = evolve(REGISTRY.eligibility_rules["ratio_rules.yearly_cap"], params={"at_most": most})
        known = evolve(REGISTRY, eligibility_rules={**REGISTRY.eligibility_rules, cap.id: cap})
        asked = evolve(RULESET, eligibility=(RuleUse(rule=cap.id),))
        office = evolve(OFFICE, registry=known, ruleset=asked)
        bound = checked_rules(office, day)
        sealed = effective_rules(
            office, bound, Strata(classes=()), draw_id="d", rosters=PINS, entropy=ENTROPY, team=team()
        )
        assert sealed.eligibility[0].params == {"at_most": most}
        assert sealed.eligibility[-1].params == {"at_most": 2}, "what the ruleset says goes before"
