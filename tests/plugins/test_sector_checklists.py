"""The checklists of the five sectors, read with plain tomllib: what is complete, unique, dated and marked."""

import hashlib
import json
import re
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ssj_core.plugin.discovery import discover
from ssj_core.plugin.loader import load as load_registry
from ssj_core.rules.citations import citations

PLUGINS = Path(__file__).parents[2] / "plugins"

SECTORS = {
    "construction_market": ("JZ", 17),
    "construction_safety": ("AQ", 18),
    "engineering_standards": ("BZ", 18),
    "real_estate": ("FC", 23),
    "construction_permits": ("XK", 17),
}

# The texts that were read, without 中华人民共和国, and the version of each: typed apart from the checklists.
VERSIONS = {
    "保障农民工工资支付条例": date(2019, 12, 30),
    "城市房地产开发经营管理条例": date(2020, 11, 29),
    "城市房地产管理法": date(2019, 8, 26),
    "城市道路管理条例": date(2019, 3, 24),
    "城镇排水与污水处理条例": date(2013, 10, 2),
    "城镇燃气管理条例": date(2016, 2, 6),
    "安全生产法": date(2021, 6, 10),
    "优化营商环境条例": date(2019, 10, 22),
    "安全生产许可证条例": date(2014, 7, 29),
    "建筑法": date(2019, 4, 23),
    "建设工程勘察设计管理条例": date(2017, 10, 7),
    "建设工程安全生产管理条例": date(2003, 11, 24),
    "建设工程抗震管理条例": date(2021, 7, 19),
    "建设工程质量管理条例": date(2019, 4, 23),
    "招标投标法": date(2017, 12, 27),
    "招标投标法实施条例": date(2019, 3, 2),
    "无障碍环境建设法": date(2023, 6, 28),
    "标准化法": date(2017, 11, 4),
    "民用建筑节能条例": date(2008, 8, 1),
    "注册建筑师条例": date(2019, 4, 23),
    "消防法": date(2021, 4, 29),
    "物业管理条例": date(2018, 3, 19),
    "特种设备安全法": date(2013, 6, 29),
    "行政许可法": date(2019, 4, 23),
}

METHODS = {"书面检查", "实地核查", "网络监测"}
IN_FORCE = {"建设工程质量检测管理办法": date(2023, 3, 1), "住房租赁条例": date(2025, 9, 15)}
"""Texts that were not read, but of which it is known from which day they hold."""
MARKS = {"V-law", "V-src", "GK", "weak"}
ARTICLE = re.compile(r"[1-9][0-9]*(第[一二三四五六七八九十]+款)?")
LIST_KEYS = {"format", "id", "title", "aliases", "since", "reviewed_until", "basis", "item"}
ITEM_KEYS = {"id", "title", "content", "kinds", "methods", "materials", "note", "basis"}
BASIS_KEYS = {"title", "articles", "document_no", "version", "mark", "note"}


def load(sector: str, name: str) -> dict[str, Any]:
    return tomllib.loads((PLUGINS / f"ssj_{sector}" / name).read_text(encoding="utf-8"))


CASES = [pytest.param(item, id=item["id"]) for sector in SECTORS for item in load(sector, "checklist.toml")["item"]]
BASES = [
    pytest.param(basis, id=f"{item['id']}-{number}")
    for sector in SECTORS
    for item in load(sector, "checklist.toml")["item"]
    for number, basis in enumerate(item["basis"], start=1)
]
BASES += [
    pytest.param(basis, id=f"{sector}-{number}")
    for sector in SECTORS
    for number, basis in enumerate(load(sector, "checklist.toml").get("basis", []), start=1)
]


def test_there_are_93_items() -> None:
    assert sum(len(load(sector, "checklist.toml")["item"]) for sector in SECTORS) == 93


@pytest.mark.parametrize("sector", SECTORS)
def test_ids_run_from_one_without_a_gap(sector: str) -> None:
    prefix, count = SECTORS[sector]
    ids = [item["id"] for item in load(sector, "checklist.toml")["item"]]
    assert ids == [f"{prefix}-{number:02}" for number in range(1, count + 1)]


@pytest.mark.parametrize("sector", SECTORS)
def test_manifest_and_checklist_belong_together(sector: str) -> None:
    manifest, checklist = load(sector, "ssj-plugin.toml"), load(sector, "checklist.toml")
    assert manifest == {
        "format": "ssj-plugin/1",
        "id": sector,
        "title": checklist["title"],
        "department": "住房和城乡建设",
        "maintainer": "ssj-core",
        "requires_core": ">=0.1",
        "checklists": ["checklist.toml"],
        "cases": ["cases/*.toml"],
    }
    assert set(checklist) | {"basis"} == LIST_KEYS
    assert (checklist["format"], checklist["id"]) == ("ssj-checklist/1", sector)
    assert (checklist["since"], checklist["reviewed_until"]) == (date(2021, 1, 1), date(2025, 4, 30))


@pytest.mark.parametrize("sector", SECTORS)
@pytest.mark.parametrize("name", ["ssj-plugin.toml", "checklist.toml"])
def test_bytes_are_plain_text(sector: str, name: str) -> None:
    data = (PLUGINS / f"ssj_{sector}" / name).read_bytes()
    assert b"\r" not in data
    assert b"\t" not in data
    assert not data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\n")


def test_a_word_names_one_sector_only() -> None:
    lists = [load(sector, "checklist.toml") for sector in SECTORS]
    words = Counter(word.casefold() for each in lists for word in (each["id"], each["title"], *each["aliases"]))
    assert [word for word, count in words.items() if count > 1] == []


def test_item_titles_are_unique_within_a_sector() -> None:
    for sector in SECTORS:
        titles = [item["title"] for item in load(sector, "checklist.toml")["item"]]
        assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("item", CASES)
def test_item_is_complete(item: dict[str, Any]) -> None:
    assert set(item) <= ITEM_KEYS
    assert item["content"].endswith("。")
    assert item["kinds"]
    assert len(set(item["kinds"])) == len(item["kinds"])
    assert item["methods"]
    assert set(item["methods"]) <= METHODS
    assert len(set(item["methods"])) == len(item["methods"])
    assert item["basis"]
    assert len({basis["title"] for basis in item["basis"]}) == len(item["basis"])
    assert item.get("note", "-") != ""


@pytest.mark.parametrize("basis", BASES)
def test_basis_is_marked_and_dated(basis: dict[str, Any]) -> None:
    assert set(basis) <= BASIS_KEYS
    assert basis["mark"] in MARKS
    articles = basis.get("articles", [])
    assert all(ARTICLE.fullmatch(article) for article in articles)
    assert len(set(articles)) == len(articles)
    if basis["mark"] == "V-law":
        assert articles
        assert basis["version"] == VERSIONS[basis["title"].removeprefix("中华人民共和国")]
    else:
        assert basis.get("version") == IN_FORCE.get(basis["title"])
        assert basis["note"]
    if basis["mark"] == "GK":
        assert "articles" not in basis
        assert "待核" in basis["note"]


@pytest.mark.parametrize("basis", BASES)
def test_laws_carry_their_full_title(basis: dict[str, Any]) -> None:
    is_law = basis["title"].endswith("法") and not basis["title"].endswith("办法")
    assert basis["title"].startswith("中华人民共和国") == is_law


@pytest.mark.parametrize("sector", SECTORS)
def test_materials_are_the_papers_that_the_content_names(sector: str) -> None:
    """No list of papers was found for the sectors, so none is made up."""
    for item in load(sector, "checklist.toml")["item"]:
        assert all(paper in item["content"] for paper in item.get("materials", [])), item["id"]


def short(basis: dict[str, Any]) -> str:
    """A basis as the rows of `sector_items` write it."""
    said = [basis["title"].removeprefix("中华人民共和国"), "、".join(basis.get("articles", []))]
    return " ".join(part for part in [*said, basis["mark"].removeprefix("V-law")] if part)


def rows_of(sector: str) -> list[tuple[str, list[str], list[str], str]]:
    """The items of a sector as they ship."""
    return [
        (f"{i['id']} {i['title']}", i["kinds"], i["methods"], "; ".join(map(short, i["basis"])))
        for i in load(sector, "checklist.toml")["item"]
    ]


SHORT = {
    "施工": "施工企业", "监理": "监理企业", "勘设": "勘察设计企业", "项目": "工程项目", "开发": "房地产开发企业",
    "经纪": "经纪机构", "估价": "估价机构", "物业": "物业服务企业", "检测": "检测机构", "人员": "注册执业人员",
    "建设": "建设单位", "书": "书面检查", "实": "实地核查", "网": "网络监测",
}  # fmt: skip
"""Short words of the table; others stand for themselves."""
TABLE = [
    [cell.strip() for cell in row.split("|")]
    for row in Path(__file__).with_name("sector_items.txt").read_text(encoding="utf-8").splitlines()
    if not row.startswith("#")
]


@pytest.mark.parametrize("sector", SECTORS)
def test_every_item_is_as_its_source_has_it(sector: str) -> None:
    """Ids, titles, whom, how, laws, articles, marks: typed twice, from the same source."""
    prefix, count = SECTORS[sector]
    wanted = [
        (name, [SHORT.get(k, k) for k in whom.split("/")], [SHORT[m] for m in how.split("/")], bases)
        for name, whom, how, bases in (row for row in TABLE if row[0].startswith(prefix))
    ]
    assert len(wanted) == count
    assert rows_of(sector) == wanted
    (whole,) = [row[1] for row in TABLE if row[0] == sector]
    assert "; ".join(map(short, load(sector, "checklist.toml").get("basis", []))) == whole


def test_whatever_nobody_read_is_listed_as_to_be_checked() -> None:
    """Parts of an item that rest on memory are bases of their own, so that a legal section sees them."""
    memory = {row[0].partition(" ")[0] for row in TABLE if " GK" in row[-1]}
    assert memory == {
        "JZ-02", "JZ-12", "JZ-17", "AQ-02", "AQ-06", "FC-03", "FC-05", "FC-12", "FC-13", "FC-14", "FC-15", "XK-01",
        "XK-07", "XK-16",
    }  # fmt: skip
    registry = load_registry(set(SECTORS), discover())
    cited = [c for sector in SECTORS for c in citations(registry.checklists[sector])]
    assert {c.id.partition("/")[2] for c in cited if c.basis.mark == "GK"} == memory
    assert {c.basis.status for c in cited if c.basis.mark == "GK"} == {"needs-check"}
    assert Counter(c.basis.mark for c in cited) == {"V-law": 135, "V-src": 7, "GK": 15}


REVIEWED = {
    "construction_market": ("2026-11-29", "e692f9f6b4230d3d"),
    "construction_safety": ("2026-11-29", "8f5a79623c273b18"),
    "engineering_standards": ("2026-11-29", "adb7e708b1e82a07"),
    "real_estate": ("2026-11-29", "9d495f1fad5fffcf"),
    "construction_permits": ("2026-11-29", "91d2d7dd30ede8a6"),
}
"""Digest of each sector's ids, titles, kinds, methods and bases, those of the whole list last, as they were last
compared, item by item, with the sources of the citations. Whoever changes one of these compares it with its source
again, then puts the new digest."""


@pytest.mark.parametrize("sector", SECTORS)
def test_what_was_reviewed_is_what_ships(sector: str) -> None:
    said = [
        [item["id"], item["title"], item["kinds"], item["methods"]]
        + [[b["title"], b.get("articles", []), str(b.get("version", "")), b["mark"]] for b in item["basis"]]
        for item in load(sector, "checklist.toml")["item"]
    ] + [load(sector, "checklist.toml").get("basis", [])]
    found = hashlib.sha256(json.dumps(said, ensure_ascii=False, default=str).encode()).hexdigest()[:16]
    assert REVIEWED[sector] == ("2026-11-29", found)
