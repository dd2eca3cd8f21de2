"""`ssj-core calendar`: a notice is read, compared and kept; forms follow it, and what is sealed stays as it was."""

import tomllib
from typing import Any

import pytest

from ssj_core import calendars
from tests.cli.bureau import Bureau
from tests.cli.terminal import Terminal
from tests.cli.test_forms import printed
from tests.cli.test_replace import DRAW

NOTICE = """国务院办公厅关于2098年部分节假日安排的通知

一、元旦：2098年1月1日（星期三）放假，共1天。
二、春节：1月30日（星期四）至2月5日（星期三）放假调休，共7天。1月25日（星期六）、2月8日（星期六）上班。
"""
SPRING = "清明节：4月5日（星期一）放假。4月9日（星期五）放假，4月10日（星期六）上班。"
"""Of 2021, with a day that the true notice does not have: the last one of the batch."""


@pytest.fixture
def office(bureau: Bureau) -> Bureau:
    bureau.furnish(subjects=120, officers=24)
    (bureau.folder / "通知.txt").write_text(NOTICE, encoding="gb18030")
    return bureau


def add(office: Bureau, *more: str, file: str = "通知.txt", **told: Any) -> None:
    office.play("calendar", "add", str(office.folder / file), "--in", str(office.folder), *more, **told)


def test_a_notice_is_read_shown_and_kept(office: Bureau) -> None:
    spring = "放假  2098年1月30日（星期四）至2098年2月5日（星期三），共 7 天"
    add(office, "--yes", out=[spring, "上班  2098年2月8日（星期六）"])
    kept = tomllib.loads((office.folder / "calendars" / "2098.toml").read_text("utf-8"))
    assert kept["days"]["2098-01-25"] is True
    assert kept["source"] == "通知"
    where = ["--in", str(office.folder)]
    office.play("calendar", "show", "2098", *where, out=["2098 年放假调休（出处：通知）", spring])
    office.play("--lang", "en", "calendar", "show", "2098", *where, out=["off +2098-01-01", "work +2098-02-08"])
    add(office, "--yes", code=3, err=["SSJ-O001"])
    add(office, "--yes", "--force", out=["已写入"])


def test_one_day_more(office: Bureau) -> None:
    add(office, "--yes")
    (office.folder / "补.txt").write_text("2月7日放假", "utf-8")
    add(office, "--amend", "--yes", "--year", "2098", file="补.txt", out=["出处：通知；补", "2098年2月7日（星期五）"])
    kept = tomllib.loads((office.folder / "calendars" / "2098.toml").read_text("utf-8"))
    assert kept["days"]["2098-02-07"] is False
    assert kept["days"]["2098-01-25"] is True
    (office.folder / "补.txt").write_text("2月7日放假", "utf-8")
    add(office, "--amend", "--yes", "--year", "2099", file="补.txt", code=3, err=["SSJ-H005"])
    add(office, "--yes", file="补.txt", code=3, err=["SSJ-H004", "--year"])


def test_where_nobody_compared_nothing_is_written(office: Bureau) -> None:
    add(office, code=1, err=["SSJ-H006", "--yes"], absent=["calendars"])


@pytest.mark.parametrize(("answer", "code"), [("是", 0), ("否", 1), ("", 1)])
def test_at_a_terminal_the_days_are_compared_first(office: Bureau, answer: str, code: int) -> None:
    with Terminal("calendar", "add", str(office.folder / "通知.txt"), "--in", str(office.folder)) as clerk:
        clerk.talk(("核对过了", answer))
        assert clerk.end() == code
    assert "2098年1月30日（星期四）" in clerk.screen
    assert (office.folder / "calendars" / "2098.toml").exists() is (code == 0)


def test_a_year_nobody_knows(office: Bureau) -> None:
    office.play("calendar", "show", "2101", "--in", str(office.folder), code=3, err=["SSJ-H007", "calendar add"])
    (office.folder / "空.txt").write_text("没有日期", "utf-8")
    add(office, "--year", "2027", file="空.txt", code=3, err=["SSJ-H003"], absent=["calendars"])
    add(office, "--yes", file="没有.txt", code=3, err=["SSJ-F001"])


def test_what_was_sealed_is_not_moved_by_a_later_notice(office: Bureau) -> None:
    office.run("--batch", "batch-1")
    rules = tomllib.loads((office.folder / "draws" / DRAW / "rules.toml").read_text("utf-8"))
    (table,) = rules["results"]["calendar"]
    assert (table["year"], table["source"]) == (2021, "chinesecalendar")
    assert table["days"]["2021-02-20"] is True
    before = printed(office)
    assert "（星期五，本次抽查结束之日）；2021年4月2日起检查的" in before
    (office.folder / "调整.txt").write_text(SPRING, "utf-8")
    add(office, "--amend", "--yes", "--year", "2021", file="调整.txt")
    assert printed(office, name="again.docx") == before
    office.play("replay", office.plan, "--against", DRAW, code=1, out=["calendar"])


def test_what_the_office_has_is_sealed_and_printed(office: Bureau) -> None:
    (office.folder / "调整.txt").write_text(SPRING, "utf-8")
    add(office, "--amend", "--yes", "--year", "2021", file="调整.txt")
    office.run("--batch", "batch-1")
    assert "这一天不上班，最后一个工作日是2021年4月8日（星期四）" in printed(office)


def test_a_deadline_becomes_certain_when_the_notice_is_there(office: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendars, "_of_the_library", dict[int, None]().get)
    office.run("--batch", "batch-1")
    assert "2021年的放假安排尚未公布" in printed(office)
    (office.folder / "通知.txt").write_text("清明节：4月3日至5日放假。", "utf-8")
    add(office, "--yes", "--year", "2021")
    said = printed(office, name="again.docx")
    assert "暂算" not in said
    assert "2021年4月2日起检查的" in said
    office.play("replay", office.plan, "--against", DRAW, out=["规则.*(相同|一样|没有变)"])


def test_a_broken_table_stops_before_anything_is_sealed(office: Bureau) -> None:
    (office.folder / "calendars").mkdir()
    (office.folder / "calendars" / "2021.toml").write_text("year = 2021\n", "utf-8")
    office.run("--batch", "batch-1", code=3, err=["calendars/2021.toml", "SSJ-P0"], absent=["ledger.jsonl"])
