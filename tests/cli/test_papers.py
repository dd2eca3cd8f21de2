"""`forms print --paper`: the notice to the inspected, the tasks of each officer, the protocol of the draw."""

import re
from typing import Any

import pytest

from ssj_core import ledger as ledgers
from ssj_core.canonical import digest
from ssj_core.record import Record, decode_record
from ssj_documents.deadline import moment
from ssj_documents.papers import RENDERERS
from tests.cli.bureau import DIGITS, Bureau, evidence_text
from tests.cli.test_replace import DRAW, WHY, teams
from tests.word import text

KEY = "t-2021-key-1-1"


@pytest.fixture
def drawn(bureau: Bureau) -> Bureau:
    bureau.furnish(subjects=120, officers=24).run("--batch", "batch-1")
    return bureau


def printed(bureau: Bureau, paper: str, *args: str, draw: str = DRAW, **expected: Any) -> str:
    path = bureau.folder / f"{paper}.docx"
    bureau.play(
        "forms", "print", str(bureau.folder), draw, "--paper", paper, "-o", str(path), "--force", *args, **expected
    )
    return text(path.read_bytes()) if path.exists() else ""


def record_of(bureau: Bureau, draw: str) -> Record:
    return decode_record((bureau.folder / "draws" / draw / "record.toml").read_bytes())


def test_a_notice_for_every_visit(drawn: Bureau) -> None:
    said = printed(drawn, "notice", out=["检查通知书已写入 .*：2 户"])
    for row in teams(drawn):
        assert f"{row['名称']}：" in said
        assert f"{row['分工']}：{row['姓名']}，{row['股室']}，执法证号" in said
    for words in ("有权拒绝接受检查", "申请回避", "请准备下列材料", "送达回执", "2021年1月18日至2021年4月9日"):
        assert said.count(words) == 2, words


@pytest.mark.parametrize("paper", ["form", "notice", "tasks", "protocol"])
def test_every_paper_has_the_head_of_the_ledger(drawn: Bureau, paper: str) -> None:
    """Whoever keeps one can hold it against a ledger that was written anew: `ledger verify --head`."""
    head = ledgers.read((drawn.folder / ledgers.FILE).read_bytes()).head
    assert head in printed(drawn, paper)


def test_a_list_of_tasks_for_every_officer(drawn: Bureau) -> None:
    said = printed(drawn, "tasks")
    rows = teams(drawn)
    for name in {r["姓名"] for r in rows}:
        assert f"{name}的检查任务" in said
    first = [r for r in rows if r["检查对象"] == rows[0]["检查对象"]]
    for one, other in (first, first[::-1]):
        assert f"{one['分工']}\n{other['分工']}{other['姓名']}（{other['股室']}）" in said
    assert said.count("5个工作日内") == len({r["姓名"] for r in rows})
    only = printed(drawn, "tasks", "--only", rows[0]["检查对象"])
    assert rows[0]["名称"] in only
    assert rows[-1]["名称"] not in only


def test_the_protocol_holds_all_that_is_compared(witnessed: Bureau) -> None:
    bureau = witnessed.furnish(entropy=("text",), subjects=120, officers=24)
    bureau.write(evidence=evidence_text())
    bureau.run("--batch", "key-1", "--evidence", str(bureau.folder / "evidence.toml"))
    said = printed(bureau, "protocol", draw=KEY)
    record = record_of(bureau, KEY)
    event = ledgers.read((bureau.folder / ledgers.FILE).read_bytes()).find("draw", KEY)
    assert event is not None
    for words in (
        record.commitment.value, record.commitment.sm3, record.commitment.subjects_root, record.commitment.rules_digest,
        record.commitment.previous_head, record.seed, digest(event.encode()), DIGITS, "王某、李某", "局会议室",
        "保证等级 E2",
        digest((bureau.folder / "draws" / KEY / "record.toml").read_bytes()), f"共抽中 {record.stratum[0].quota} 个",
    ):  # fmt: skip
        assert words in said, words
    assert re.search(r"\d{4}年\d+月\d+日\d\d:\d\d:\d\d（北京时间）封存", said)
    (of,) = record.entropy
    when = moment(of.when)
    assert re.fullmatch(r"\d{4}年\d+月\d+日\d\d:\d\d:\d\d（北京时间）", when)
    assert f"见证人：王某、李某；局会议室；{when}" in said
    assert f"时间地点\n{moment(of.when, seconds=False)}　　地点：局会议室" in said
    assert "见证人（签名）\n单位、职务\n王某\n\n李某\n\n\n" in said
    assert not re.search(r"\d{4}-\d\d-\d\dT", said)


def test_in_english_a_paper_is_named_by_words_and_not_by_its_id(drawn: Bureau) -> None:
    for renderer in RENDERERS:
        name, title = renderer.id.removeprefix("documents."), renderer.words.en
        assert title != renderer.id
        if renderer.suffix == "docx":
            printed(drawn, name, "--lang", "en", out=[f"^{title} written to "], silent=["documents"])
            template = str(drawn.folder / f"{name}-template.docx")
            drawn.play("forms", "template", name, "-o", template, "--lang", "en", out=[f"template of the {title}"])
    printed(
        drawn, "protocol", "--changed", "--lang", "en", code=3, err=["the protocol of the draw is about the whole draw"]
    )


def test_the_protocol_is_of_the_draw_whatever_came_after(drawn: Bureau) -> None:
    before = printed(drawn, "protocol")
    row = teams(drawn)[0]
    drawn.play("replace", drawn.plan, DRAW, row["检查对象"], "--reason", "closed", *WHY)
    assert printed(drawn, "protocol") == before
    for option in (("--only", row["检查对象"]), ("--changed",), ("--after", "1"), ("--day", "2021-02-01")):
        printed(drawn, "protocol", *option, code=3, err=[f"SSJ-D009.*{option[0]}"])


def test_the_day_of_the_inspection_gives_the_last_day_of_entry(drawn: Bureau) -> None:
    spring = printed(drawn, "form", "--day", "2021-02-09")
    assert (
        "2021年2月9日检查的，2021年2月22日（星期一）前录入" in spring
    )  # over the Spring Festival, with a working Saturday
    assert "2021年4月8日检查的，2021年4月9日（星期五）前录入" in printed(drawn, "form", "--day", "2021-04-08")
    assert "2021年4月2日起检查的，一律在2021年4月9日前" in printed(drawn, "form")


def test_a_day_that_is_none_of_the_batch_is_told(drawn: Bureau) -> None:
    """A year that was mistyped would give every form a wrong last day of entry."""
    for day in ("2020-02-09", "2021-04-10"):
        printed(
            drawn, "form", "--day", day, err=[f"SSJ-D028 注意：检查日期 {day} 不在本批次的 2021-01-18 至 2021-04-09"]
        )
    for day in ("2021-01-18", "2021-04-09"):
        printed(drawn, "form", "--day", day, silent=["SSJ-D028"])
