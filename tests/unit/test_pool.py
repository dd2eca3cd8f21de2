"""Who takes part: everybody of both rosters is in the pool or among the excluded, with exactly one reason."""

import random
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from attrs import evolve

from ssj_core.model import Officer, Subject
from ssj_core.pool import OTHER_SECTOR, Applied, Pool, apply_rules, make_pool
from ssj_core.problems import InputError, PluginError
from ssj_core.rules.model import Checklist, Context, EligibilityRule, ParamValue, RecusalRule
from ssj_core.rules.ruleset import RuleUse
from ssj_core.rules.sectors import SectorNames
from ssj_core.tables import OFFICER, SUBJECT, ExcludedRow, RecusalRow

CONTEXT = Context(year=2021, start=date(2021, 1, 18), end=date(2021, 4, 9), sectors=("estate",))
LAST = date(2021, 12, 31)
NAMES = SectorNames.of(
    [
        Checklist(id="estate", title="房地产市场监督", aliases=("房地产",), reviewed_until=LAST, items=()),
        Checklist(id="safety", title="建设工程安全", aliases=("安全",), reviewed_until=LAST, items=()),
    ]
)


def subject(n: int, *sectors: str, **more: Any) -> Subject:
    return Subject(id=f"uscc:{n}", name=f"第{n}家", sectors=sectors or ("房地产",), **more)


def officer(n: int, *fields: str, **more: Any) -> Officer:
    return Officer(id=f"officer:{n}", name=f"第{n}人", fields=fields or ("房地产", "安全"), **more)


def applied(check: Callable[..., Any], rule: str = "x.e", kind: Any = "subject", **params: ParamValue) -> Applied:
    return Applied(id=rule, applies_to=kind, check=check, context=evolve(CONTEXT, params=params))


def pool(
    subjects: list[Subject],
    officers: list[Officer],
    *,
    sectors: tuple[str, ...] = ("estate",),
    eligibility: tuple[Applied, ...] = (),
    recusal: tuple[Applied, ...] = (),
) -> Pool:
    return make_pool(subjects, officers, NAMES, sectors, eligibility, recusal)


def excluded(made: Pool) -> list[tuple[str, str, str]]:
    return [(e.id, e.rule, e.reason) for e in made.excluded]


# --- sectors


def test_words_of_the_roster_become_sector_ids() -> None:
    made = pool([subject(1, "房地产", "安全", "别的")], [officer(1, "安全", "房地产市场监督")])
    assert made.subjects[0].sectors == ("estate",)
    assert made.officers[0].fields == ("estate",)
    assert made.subjects[0] == evolve(subject(1), sectors=("estate",))


def test_a_batch_over_the_whole_roster_keeps_every_known_sector() -> None:
    made = pool([subject(1, "安全", "别的", "房地产")], [officer(1)], sectors=())
    assert made.subjects[0].sectors == ("safety", "estate")
    assert made.officers[0].fields == ("estate", "safety")


@pytest.mark.parametrize("sectors", [("estate",), ()], ids=["one sector", "whole roster"])
def test_who_belongs_to_no_sector_of_the_batch_is_excluded(sectors: tuple[str, ...]) -> None:
    made = pool([subject(1, "别的"), subject(2)], [officer(1, "别的"), officer(2)], sectors=sectors)
    assert made.excluded == (
        ExcludedRow(unit=OFFICER, id="officer:1", name="第1人", rule=OTHER_SECTOR, reason="不属于本批次的监管类别"),
        ExcludedRow(unit=SUBJECT, id="uscc:1", name="第1家", rule=OTHER_SECTOR, reason="不属于本批次的监管类别"),
    )
    assert [s.id for s in made.subjects] == ["uscc:2"]
    assert [o.id for o in made.officers] == ["officer:2"]


def test_another_sector_excludes() -> None:
    made = pool([subject(1, "安全")], [officer(1, "安全")])
    assert (made.subjects, made.officers) == ((), ())
    assert {r for _, r, _ in excluded(made)} == {OTHER_SECTOR}


# --- eligibility


def test_the_first_reason_counts_and_only_one_is_written() -> None:
    first = applied(lambda s, _: "甲" if s.key else None, "x.first")
    second = applied(lambda _, __: "乙", "x.second")
    made = pool([subject(1, key=True), subject(2)], [officer(1)], eligibility=(first, second))
    assert excluded(made) == [("uscc:1", "x.first", "甲"), ("uscc:2", "x.second", "乙")]


def test_the_sector_is_looked_at_before_any_rule() -> None:
    asked: list[str] = []

    def check(one: Subject, _: Context) -> str:
        asked.append(one.id)
        return "甲"

    made = pool([subject(1, "安全"), subject(2)], [], eligibility=(applied(check),))
    assert asked == ["uscc:2"]
    assert excluded(made) == [("uscc:1", OTHER_SECTOR, "不属于本批次的监管类别"), ("uscc:2", "x.e", "甲")]


def test_rules_ask_their_own_kind_of_unit() -> None:
    rules = (applied(lambda _, __: "甲", "x.s", "subject"), applied(lambda _, __: "乙", "x.o", "officer"))
    made = pool([subject(1)], [officer(1)], eligibility=rules)
    assert excluded(made) == [("officer:1", "x.o", "乙"), ("uscc:1", "x.s", "甲")]
    assert pool([subject(1)], [officer(1)], eligibility=rules[1:]).subjects


def test_a_rule_sees_the_row_as_the_roster_wrote_it_and_its_own_parameters() -> None:
    seen: list[tuple[object, object]] = []
    rule = applied(lambda s, c: seen.append((s.sectors, c.params["n"])), n=3)
    pool([subject(1, "房地产", "安全")], [], eligibility=(rule,))
    assert seen == [(("房地产", "安全"), 3)]


# --- recusal


def test_recusals_are_asked_for_the_pool_only() -> None:
    asked: list[tuple[str, str]] = []

    def check(who: Officer, whom: Subject, _: Context) -> str | None:
        asked.append((who.id, whom.id))
        return "亲属" if (who.id, whom.id) == ("officer:2", "uscc:2") else None

    out = applied(lambda s, _: "甲" if s.id == "uscc:1" else None)
    made = pool(
        [subject(1), subject(2), subject(3, "安全")],
        [officer(1, "别的"), officer(2)],
        eligibility=(out,),
        recusal=(applied(check, "x.c", "officer"),),
    )
    assert asked == [("officer:2", "uscc:2")]
    assert made.recusals == (RecusalRow(subject="uscc:2", officer="officer:2", rule="x.c", reason="亲属"),)


def test_every_recusal_rule_that_answers_is_written() -> None:
    rules = tuple(applied(lambda *_: "因", rule, "officer") for rule in ("x.b", "x.a"))
    made = pool([subject(2), subject(1)], [officer(2), officer(1)], recusal=rules)
    keys = [(r.subject, r.officer, r.rule) for r in made.recusals]
    assert keys == sorted(keys)
    assert len(set(keys)) == 8


# --- order and completeness


def test_everybody_ends_somewhere_once_whatever_the_order() -> None:
    rng = random.Random(20210118)  # noqa: S311
    words = ("房地产", "安全", "别的")
    subjects = [subject(n, *rng.sample(words, rng.randint(1, 3)), key=rng.random() < 0.3) for n in range(40)]
    officers = [officer(n, *rng.sample(words, rng.randint(1, 3)), available=rng.random() < 0.8) for n in range(12)]
    eligibility = (
        applied(lambda s, _: "重点" if s.key else None, "x.key"),
        applied(lambda o, _: None if o.available else "不参加", "x.available", "officer"),
    )
    recusal = (applied(lambda o, s, _: "末位相同" if o.id[-1] == s.id[-1] else None, "x.same", "officer"),)
    plain = pool(subjects, officers, eligibility=eligibility, recusal=recusal)
    names = [*(s.id for s in plain.subjects), *(o.id for o in plain.officers), *(e.id for e in plain.excluded)]
    assert sorted(names) == sorted([s.id for s in subjects] + [o.id for o in officers])
    assert all(e.rule and e.reason and e.name for e in plain.excluded)
    assert len({e.rule for e in plain.excluded}) == 3
    assert {e.unit for e in plain.excluded if e.id.startswith("uscc:")} == {SUBJECT}
    assert {e.unit for e in plain.excluded if e.id.startswith("officer:")} == {OFFICER}
    for _ in range(5):
        rng.shuffle(subjects)
        rng.shuffle(officers)
        assert pool(subjects, officers, eligibility=eligibility, recusal=recusal) == plain


def test_the_order_is_bytewise() -> None:
    ids = ["uscc:\uff21", "uscc:Z", "uscc:a", "uscc:\U00020000", "uscc:10", "uscc:9"]  # UTF-16 would differ
    made = pool([evolve(subject(0), id=i) for i in ids], [])
    assert [s.id for s in made.subjects] == sorted(ids, key=str.encode)
    out = pool([evolve(subject(0, "安全"), id=i) for i in ids], [evolve(officer(0, "别的"), id=i) for i in ids])
    assert [e.id for e in out.excluded] == 2 * sorted(ids, key=str.encode)
    recused = pool(
        [evolve(subject(0), id=i) for i in ids],
        [evolve(officer(0), id=i) for i in ids],
        recusal=(applied(lambda *_: "因"),),
    ).recusals
    assert [(r.subject, r.officer) for r in recused] == [
        (one, other) for one in sorted(ids, key=str.encode) for other in sorted(ids, key=str.encode)
    ]


def test_empty_rosters() -> None:
    assert pool([], []) == Pool(subjects=(), officers=(), excluded=(), recusals=())


# --- callbacks that fail

ANSWERS = [0, 1, True, False, "", b"x", ["x"], object, 0.5]


def failing(error: Exception) -> Callable[..., str | None]:
    def check(*_: object) -> str | None:
        raise error

    return check


def problem_of(call: Callable[[], object]) -> tuple[str, str, str, str]:
    with pytest.raises(PluginError) as caught:
        call()
    (found,) = caught.value.problems
    assert found.message("zh")
    assert found.message("en")
    return found.code, found.value, found.params["plugin"], found.params["what"]


@pytest.mark.parametrize("answer", ANSWERS, ids=repr)
def test_an_answer_that_is_no_text_names_the_rule(answer: object) -> None:
    if "object" in repr(answer):
        answer = int
    code, rule, plugin, what = problem_of(
        lambda: pool([subject(1)], [], eligibility=(applied(lambda *_: answer, "county.e"),))
    )
    assert (code, rule, plugin) == ("SSJ-G013", "county.e", "county")
    assert what == f"回答的不是文字：{answer!r:.60}"


@pytest.mark.parametrize("answer", ["两\n行", "制表\t符", "e\u0301", "\x00", "\ud800"], ids=ascii)
def test_an_answer_that_cannot_be_sealed_names_the_rule(answer: str) -> None:
    """A reason enters a table that is hashed; there it would be too late to say whose it is."""
    rule = applied(lambda *_: answer, "county.e")
    assert problem_of(lambda: pool([subject(1)], [], eligibility=(rule,)))[:2] == ("SSJ-G013", "county.e")


@pytest.mark.parametrize("error", [ValueError("坏"), KeyError("n"), ZeroDivisionError(), RecursionError()], ids=repr)
def test_a_rule_that_raises_is_named(error: Exception) -> None:
    bad = applied(failing(error), "county.e")
    code, rule, plugin, what = problem_of(lambda: pool([subject(1)], [], eligibility=(bad,)))
    assert (code, rule, plugin) == ("SSJ-G013", "county.e", "county")
    assert what == f"原文：{type(error).__name__}: {error}".removesuffix(": ")


def test_officer_and_recusal_rules_that_fail_are_named_too() -> None:
    bad = applied(failing(ValueError()), "county.o", "officer")
    assert problem_of(lambda: pool([], [officer(1)], eligibility=(bad,)))[1] == "county.o"
    assert problem_of(lambda: pool([subject(1)], [officer(1)], recusal=(bad,)))[1] == "county.o"
    assert problem_of(lambda: pool([subject(1)], [officer(1)], recusal=(applied(lambda *_: True, "county.r"),)))[1] == (
        "county.r"
    )


# --- parameters


def rule_with(**params: ParamValue) -> dict[str, EligibilityRule]:
    made = EligibilityRule(
        id="x.e", title="x", applies_to="subject", check=lambda _, c: str(dict(c.params)), params=params
    )
    return {"x.e": made}


def test_parameters_have_defaults_and_can_be_given() -> None:
    known = rule_with(n=1, flag=True, word="字")
    made = apply_rules([RuleUse(rule="x.e"), RuleUse(rule="x.e", params={"n": 7})], known, CONTEXT, "f")
    assert [a.context.params for a in made] == [
        {"n": 1, "flag": True, "word": "字"}, {"n": 7, "flag": True, "word": "字"}
    ]  # fmt: skip
    assert all(evolve(a.context, params={}, rules=()) == CONTEXT for a in made)
    assert [(a.id, a.applies_to) for a in made] == [("x.e", "subject")] * 2
    assert made[0].check is known["x.e"].check


def test_recusal_rules_take_parameters_too() -> None:
    rule = RecusalRule(id="x.r", title="x", check=lambda *_: None, params={"n": 1})
    (made,) = apply_rules([RuleUse(rule="x.r", params={"n": 2})], {"x.r": rule}, CONTEXT, "f")
    assert (made.id, made.context.params, made.check) == ("x.r", {"n": 2}, rule.check)


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({"m": 1}, ["SSJ-S024"]),
        ({"n": True}, ["SSJ-S025"]),
        ({"n": "1"}, ["SSJ-S025"]),
        ({"flag": 1}, ["SSJ-S025"]),
        ({"flag": "true"}, ["SSJ-S025"]),
        ({"word": 1}, ["SSJ-S025"]),
        ({"word": False}, ["SSJ-S025"]),
        ({"m": 1, "n": "1", "word": "好"}, ["SSJ-S024", "SSJ-S025"]),
    ],
)
def test_parameters_that_do_not_fit(given: dict[str, ParamValue], codes: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        apply_rules([RuleUse(rule="x.e", params=given)], rule_with(n=1, flag=True, word="字"), CONTEXT, "rules.toml")
    assert sorted(p.code for p in caught.value.problems) == codes
    for found in caught.value.problems:
        assert (found.file, found.field, found.params["id"]) == ("rules.toml", "x.e", "x.e")
        assert found.message("zh")
        assert found.remedy("zh")
        assert found.message("en")
        assert found.remedy("en")


def test_an_unknown_parameter_lists_the_known_ones() -> None:
    with pytest.raises(InputError) as caught:
        apply_rules([RuleUse(rule="x.e", params={"m": 1})], rule_with(n=1, flag=True), CONTEXT, "f")
    assert caught.value.problems[0].params["known"] == "n, flag"
    with pytest.raises(InputError) as caught:
        apply_rules([RuleUse(rule="x.e", params={"m": 1})], rule_with(), CONTEXT, "f")
    assert caught.value.problems[0].params["known"] == "—"


@pytest.mark.parametrize(
    ("name", "value", "zh", "en"),
    [("n", "x", "整数", "whole number"), ("flag", 1, "true", "true"), ("word", 1, "文字", "text")],
)
def test_a_type_is_named_as_people_say(name: str, value: ParamValue, zh: str, en: str) -> None:
    use = RuleUse(rule="x.e", params={name: value})
    with pytest.raises(InputError) as caught:
        apply_rules([use], rule_with(n=1, flag=True, word="x"), CONTEXT, "f")
    (found,) = caught.value.problems
    assert zh in found.remedy("zh")
    assert en in found.remedy("en")
    assert found.params["name"] == name


def test_all_rules_are_checked_before_anything_is_refused() -> None:
    uses = [RuleUse(rule="x.e", params={"a": 1}), RuleUse(rule="x.e", params={"b": 1})]
    with pytest.raises(InputError) as caught:
        apply_rules(uses, rule_with(), CONTEXT, "f")
    assert [p.value for p in caught.value.problems] == ["a", "b"]
