"""A roster may call a sector by id, title or alias, in any width or case; other words are left and listed."""

from datetime import date

import pytest

from ssj_core.rules.model import Checklist
from ssj_core.rules.sectors import SectorNames


def checklist(sector: str, title: str, *aliases: str) -> Checklist:
    return Checklist(id=sector, title=title, aliases=aliases, reviewed_until=date(2021, 12, 31), items=())


NAMES = SectorNames.of(
    [checklist("real_estate", "房地产市场监督", "房地产", "Real-Estate"), checklist("safety", "建设工程安全", "安全")]
)


@pytest.mark.parametrize(
    "word",
    [
        "real_estate",
        "房地产市场监督",
        "房地产",
        "real-estate",
        "REAL-ESTATE",
        " 房地产 ",
        "　房地产",
        "ｒｅａｌ－ｅｓｔａｔｅ",
    ],
)
def test_words_of_a_sector(word: str) -> None:
    assert NAMES.resolve([word]) == ("real_estate",)
    assert NAMES.unknown([word]) == ()


@pytest.mark.parametrize("word", ["", "房", "房地产市", "房 地产", "estate"])
def test_a_part_of_a_word_is_no_word(word: str) -> None:
    assert NAMES.resolve([word]) == ()
    assert NAMES.unknown([word]) == (word,)


def test_each_sector_once_in_the_order_of_the_roster() -> None:
    assert NAMES.resolve(["安全", "房地产", "safety", "不知道", "real_estate"]) == ("safety", "real_estate")
    assert NAMES.unknown(["安全", "不知道", "房地产", "别的"]) == ("不知道", "别的")


def test_nothing_is_known_without_checklists() -> None:
    assert SectorNames.of([]).resolve(["房地产"]) == ()
