"""Citations: written as official papers write them, and all of them found, wherever a basis stands."""

from datetime import date

import pytest

from ssj_core.plugin.loader import discover, load
from ssj_core.plugin.registry import KINDS
from ssj_core.rules.citations import citations
from ssj_core.rules.cite import article, cite, numeral, status
from ssj_core.rules.model import LegalBasis
from tests.strategies import small_case

AVAILABLE = discover()
REGISTRY = load([n for n, s in AVAILABLE.items() if s.distribution == "ssj-core"], AVAILABLE)


@pytest.mark.parametrize(
    ("number", "written"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (45, "四十五"), (100, "一百"), (101, "一百零一"),
     (110, "一百一十"), (112, "一百一十二"), (1000, "一千"), (1005, "一千零五"), (1050, "一千零五十"),
     (1260, "一千二百六十")],
)  # fmt: skip
def test_numbers_of_articles_in_chinese(number: int, written: str) -> None:
    assert numeral(number) == written


def test_numerals_are_all_different() -> None:
    assert len({numeral(n) for n in range(1, 10_000)}) == 9_999


@pytest.mark.parametrize(
    ("text", "written"), [("13", "第十三条"), ("45第三款", "第四十五条第三款"), ("二（6）", "二（6）"), ("0", "0")]
)
def test_articles(text: str, written: str) -> None:
    assert article(text) == written


@pytest.mark.parametrize(
    ("basis", "zh", "en", "told"),
    [
        (LegalBasis(title="中华人民共和国建筑法", articles=("13", "26"), version=date(2019, 4, 23), mark="V-law"),
         "《中华人民共和国建筑法》第十三条、第二十六条（2019-04-23 版）",
         "《中华人民共和国建筑法》 art. 13, 26 (2019-04-23)", "已核"),
        (LegalBasis(title="房地产经纪管理办法", document_no="住建部等令第8号", mark="GK"),
         "《房地产经纪管理办法》（住建部等令第8号）", "《房地产经纪管理办法》（住建部等令第8号）", "待核"),
        (LegalBasis(title="某局《方案》", articles=("二（6）",), mark="seed"),
         "某局《方案》二（6）", "某局《方案》 art. 二（6）", "已核"),
        (LegalBasis(title="取整约定", mark="choice"), "取整约定", "取整约定", "自定"),
        (LegalBasis(title="衡阳市2025年做法", mark="V-src"), "衡阳市2025年做法", "衡阳市2025年做法", "待核"),
        (LegalBasis(title="辽宁省2019年规定", mark="V-src"), "辽宁省2019年规定", "辽宁省2019年规定", "待核"),
    ],
)  # fmt: skip
def test_citations_as_they_are_written(basis: LegalBasis, zh: str, en: str, told: str) -> None:
    assert (cite(basis).zh, cite(basis).en, status(basis).zh) == (zh, en, told)


def test_every_basis_of_what_ships_is_found() -> None:
    """Counted by hand where it can be: items, intervals, eligibility rules."""
    for checklist in REGISTRY.checklists.values():
        found = list(citations(checklist))
        assert len(found) == len(checklist.basis) + sum(len(i.basis) for i in checklist.items)
        whole = {checklist.id} if checklist.basis else set()
        assert {c.id for c in found} == whole | {f"{checklist.id}/{i.id}" for i in checklist.items}
        assert {c.reviewed_until for c in found} == {checklist.reviewed_until}
    for rule in REGISTRY.ratio_rules.values():
        found = list(citations(rule))
        assert [(c.basis, c.reviewed_until) for c in found] == [
            (b, i.reviewed_until) for i in rule.in_force for b in i.basis
        ]
        assert {c.id for c in found} == {rule.id}
    for eligibility in REGISTRY.eligibility_rules.values():
        assert [c.basis for c in citations(eligibility)] == list(eligibility.basis)


def test_every_kind_of_value_may_be_asked() -> None:
    for kind in KINDS:
        for value in getattr(REGISTRY, kind.attribute).values():
            assert all(c.id and c.basis.title for c in citations(value))


def test_sealed_rules_cite_what_they_were_made_from() -> None:
    rules = small_case().seal().rules
    assert {c.basis.title for c in citations(rules)} >= {b.title for b in rules.ratio.basis}
