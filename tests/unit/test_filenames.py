"""Names of files made from anything: safe on every system, never alike, and legible."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssj_core.filenames import WHOLE, FileNames, copies, safe_name

DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("阜平县某某建筑有限公司", "阜平县某某建筑有限公司"),
        ("../../x", "x"),
        ("/etc/passwd", "etc_passwd"),
        ("C:\\用户\\甲", "C_用户_甲"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("COM1 .x", "_COM1 .x"),
        ("CONCRETE", "CONCRETE"),
        ("a/b:c*?", "a_b_c"),
        ("甲\u202egnp.exe", "甲gnp.exe"),
        ("喜\U0001f600公司", "喜_公司"),
        ("王\u3000五 （项目）\n", "王 五 （项目）"),
        ("䶮\U00020bb7\ue000", "䶮\U00020bb7"),
        ("~$锁", "锁"),
        (".hidden", "hidden"),
        ("末尾. .", "末尾"),
        ("", "未命名"),
        ("…/\u200b", "…"),
        ("\x00\x1f", "未命名"),
        ("\U0001f600", "未命名"),
    ],
)
def test_a_name_is_safe_and_still_legible(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_a_long_name_is_cut_in_characters_and_in_bytes() -> None:
    assert safe_name("公" * 300) == "公" * 60
    assert safe_name("\U00020bb7" * 300) == "\U00020bb7" * 50
    assert safe_name("甲" * 30 + "." + "乙" * 9, 31) == "甲" * 30


@pytest.mark.parametrize("title", ["公" * 300, "𠮷" * 300, "短", "../😀"])
def test_what_tells_two_names_apart_is_not_cut(title: str) -> None:
    names = [safe_name(title, 90, tail=f"（fuping-zjj-2021-batch-{n}-1）第2次替换后") for n in (1, 2)]
    for number, name in enumerate(names, 1):
        assert name.endswith(f"（fuping-zjj-2021-batch-{number}-1）第2次替换后")
        assert len(name) <= 90
        assert len(name.encode()) <= 200
        assert safe_name(name, WHOLE) == name


def test_copies_of_a_name_are_found_in_their_order() -> None:
    there = ["甲（10）.xlsx", "甲（2）.xlsx", "甲.XLSX", "甲乙.xlsx", "甲（二）.xlsx", "甲.csv"]
    assert copies(there, "甲", ".xlsx") == ["甲.XLSX", "甲（2）.xlsx", "甲（10）.xlsx"]


def test_names_alike_on_some_system_are_told_apart() -> None:
    names = FileNames(["甲.xlsx"])
    given = [names.give(text, ".xlsx") for text in ("甲", "甲", "Ａ厂", "a厂", "a/甲", "a:甲", "é", "e\u0301")]
    assert given == [
        "甲（2）.xlsx", "甲（3）.xlsx", "Ａ厂.xlsx", "a厂（2）.xlsx",
        "a_甲.xlsx", "a_甲（2）.xlsx", "é.xlsx", "é（2）.xlsx",
    ]  # fmt: skip
    assert names.give("甲", ".csv") == "甲.csv"


@given(st.lists(st.text(), max_size=8))
def test_whatever_the_text_the_name_is_safe_and_new(texts: list[str]) -> None:
    names = FileNames()
    given = [names.give(text, ".docx") for text in texts]
    assert len({unicodedata.normalize("NFKC", one).casefold() for one in given}) == len(texts)
    for text, one in zip(texts, given, strict=True):
        name = safe_name(text)
        assert safe_name(name) in (name, name.lstrip("_")), "safe already"
        assert not DEVICES.fullmatch(name)
        assert not re.search(r'[\\/:*?"<>|\x00-\x1f]', one)
        assert name == name.strip(" .")
        assert one[0] not in ".-~ "
        assert len(one.encode()) < 255
        assert one.isprintable()
