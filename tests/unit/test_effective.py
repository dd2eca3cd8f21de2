"""`rules.toml`: what is sealed can be read back, to the last value, and nothing else can be read."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from hashlib import sha256

import pytest
from attrs import evolve, fields

from ssj_core.problems import InputError
from ssj_core.rules.effective import (
    EffectiveRules,
    PluginPin,
    RosterPin,
    SealedChecklist,
    SealedClass,
    SealedEntropy,
    SealedItem,
    SealedRatio,
    SealedResults,
    SealedTeam,
    SealedUse,
    decode_rules,
    encode_rules,
    table_digests,
)
from ssj_core.rules.model import LegalBasis
from ssj_core.rules.results import FollowUp, ResultCode

BASIS = (
    LegalBasis(title="某法", articles=("4", "5第二款"), version=date(2021, 1, 22), mark="V-law"),
    LegalBasis(title="某办法", document_no="第1号", mark="GK", note="“引号”和\\反斜杠"),
)
RULES = EffectiveRules(
    format="ssj-rules/1", spec="SSJ-DRAW/1", match_spec="ssj-match/1", draw_id="p/b", bureau="局", plan="计划",
    document_no="〔2021〕1号", ruleset="x", batch="b", policy="p1", title="批", year=2021, start=date(2021, 1, 18),
    end=date(2021, 4, 9), mode="targeted", joint=True, scope="all", sectors=("a", "b"),
    entropy=(SealedEntropy(source="os"), SealedEntropy(source="text")),
    assurance="E2", yearly_share=Fraction(1, 20),
    ratio=SealedRatio(
        rule="x.r", title="比例", stratifier="x.s", total="each", coverage_first=True, reserve=3, basis=BASIS,
        classes=(
            SealedClass(
                id="甲", ratio=Fraction(1, 3), bound="min", rounding="up", at_least=1, small_below=5, small_take="all",
                strata=("甲/未抽过", "甲/已抽过"),
            ),
            SealedClass(
                id="*", ratio=Fraction(0), bound="exact", rounding="half-up", at_least=0, small_below=0, small_take=2,
                strata=("*",),
            ),
        ),
    ),
    team=SealedTeam(size=3, officers="joint", lead_section="一股", evenness="range"),
    eligibility=(SealedUse(rule="x.e", params={"n": 1, "flag": False, "word": "字"}), SealedUse(rule="x.f")),
    recusal=(SealedUse(rule="x.c"),),
    checklists=(
        SealedChecklist(
            sector="a", title="清单", not_in_force=("A-2",),
            items=(
                SealedItem(
                    id="A-1", title="题", content="多行内容", kinds=("企业",), methods=("书面检查",), note="",
                    materials=("营业执照", "合同"), basis=BASIS,
                ),
            ),
        ),
    ),
    results=SealedResults(
        entry_working_days=5, published=Fraction(1), basis=BASIS, table="x.t", title="结果", platform="平台",
        item_results=("合格", "不合格"), not_in_force=("9",),
        codes=(
            ResultCode(
                code="1", title="未发现问题", needs_follow_up=False, alone=True, platform_code="A", basis=BASIS,
                since=date(2021, 1, 1), until=date(2021, 12, 31),
            ),
        ),
        follow_ups=(FollowUp(code="2", title="移送"),),
    ),
    rosters=(RosterPin(role="subjects", file="名录.csv", sha256="0" * 64, encoding="gb18030", sheet="", rows=7),),
    plugins=(PluginPin(id="x", distribution="x-pack", version="1.0", digest="1" * 64),),
    tables={"subjects.csv": "2" * 64},
)  # fmt: skip

CHANGES: dict[str, Callable[[EffectiveRules], EffectiveRules]] = {
    "draw_id": lambda r: evolve(r, draw_id="p/c"),
    "ratio": lambda r: evolve(r, ratio=evolve(r.ratio, classes=r.ratio.classes[:1])),
    "class order": lambda r: evolve(r, ratio=evolve(r.ratio, classes=r.ratio.classes[::-1])),
    "assurance": lambda r: evolve(r, assurance=None),
    "yearly share": lambda r: evolve(r, yearly_share=None),
    "yearly share 0": lambda r: evolve(r, yearly_share=Fraction(0)),
    "params": lambda r: evolve(r, eligibility=(SealedUse(rule="x.e", params={"n": 2}), SealedUse(rule="x.f"))),
    "true is not 1": lambda r: evolve(r, eligibility=(SealedUse(rule="x.e", params={"n": True}),)),
    "text is not 1": lambda r: evolve(r, eligibility=(SealedUse(rule="x.e", params={"n": "1"}),)),
    "no checklists": lambda r: evolve(r, checklists=()),
    "materials": lambda r: evolve(
        r, checklists=(evolve(r.checklists[0], items=(evolve(r.checklists[0].items[0], materials=()),)),)
    ),
    "no results": lambda r: evolve(r, results=None),
    "no table": lambda r: evolve(r, results=SealedResults(entry_working_days=5, published=Fraction(1))),
    "day": lambda r: evolve(r, start=date(2021, 1, 19)),
    "tables": lambda r: evolve(r, tables={}),
    "team": lambda r: evolve(r, team=evolve(r.team, size=2)),
    "plugin": lambda r: evolve(r, plugins=(evolve(r.plugins[0], digest="3" * 64),)),
}


@pytest.mark.parametrize("change", [lambda r: r, *CHANGES.values()], ids=["as it is", *CHANGES])
def test_what_is_sealed_can_be_read_back(change: Callable[[EffectiveRules], EffectiveRules]) -> None:
    rules = change(RULES)
    data = encode_rules(rules)
    assert decode_rules(data, "rules.toml") == rules
    assert encode_rules(decode_rules(data, "rules.toml")) == data


def test_every_difference_changes_the_bytes() -> None:
    sealed = [encode_rules(RULES), *(encode_rules(change(RULES)) for change in CHANGES.values())]
    assert len(set(sealed)) == len(sealed)


def test_ratios_are_text_and_dates_are_dates() -> None:
    text = encode_rules(RULES).decode()
    assert 'ratio = "1/3"' in text
    assert 'yearly_share = "5%"' in text
    assert "start = 2021-01-18" in text
    assert "version = 2021-01-22" in text


def test_no_share_is_left_out() -> None:
    assert "yearly_share" not in encode_rules(evolve(RULES, yearly_share=None)).decode()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('format = "ssj-rules/1"', 'format = "ssj-rules/2"'),
        ('spec = "SSJ-DRAW/1"', 'spec = "SSJ-DRAW/2"'),
        ("year = 2021", "year = 2021.0"),
        ("year = 2021", 'year = "2021"'),
        ("year = 2021", "year = 2021\nyears = 2021"),
        ("year = 2021\n", ""),
        ("joint = true", "joint = 1"),
        ('ratio = "1/3"', "ratio = 0.33"),
        ('officers = "joint"', 'officers = "all"'),
        ("size = 3", "size = true"),
    ],
)
def test_nothing_else_can_be_read(old: str, new: str) -> None:
    text = encode_rules(RULES).decode()
    assert old in text
    with pytest.raises(InputError):
        decode_rules(text.replace(old, new, 1).encode(), "rules.toml")


def test_digests_of_tables() -> None:
    made = table_digests({"b.csv": b"2", "a.csv": b"1"})
    assert list(made.items()) == [("a.csv", sha256(b"1").hexdigest()), ("b.csv", sha256(b"2").hexdigest())]


def test_every_field_is_written() -> None:
    text = encode_rules(RULES).decode()
    for attribute in fields(EffectiveRules):
        if getattr(RULES, attribute.name) is not None:
            assert attribute.name in text, attribute.name
