"""`ssj-core lists`: what the office prints after a draw, and what it hands to other programs."""

import csv
import errno
import io
import os
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from attrs import evolve

from ssj_cli.folders import batch_name
from ssj_core import ledger as ledgers
from ssj_core.documents.sample import sample_dossier
from ssj_core.entropy.grammar import BEIJING
from ssj_core.filenames import safe_name
from ssj_core.record import decode_record
from tests.cli.bureau import SUBJECT_HEADERS, Bureau, subject_row, table
from tests.cli.test_json import answered
from tests.cli.test_replace import WHY


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    made = Bureau(tmp_path).furnish()
    made.run("--batch", "key-1")
    return made


def folders(bureau: Bureau) -> list[Path]:
    return sorted((bureau.folder / "名单").iterdir())


def sheet(path: Path, number: int = 0) -> tuple[Any, list[dict[str, Any]]]:
    """A sheet and its rows by header."""
    found = openpyxl.load_workbook(path).worksheets[number]
    rows = [[cell.value for cell in row] for row in found.iter_rows()]
    top = next(n for n, row in enumerate(rows) if row[1] is not None)
    return found, [dict(zip(rows[top], row, strict=True)) for row in rows[top + 1 :]]


def machine(folder: Path, name: str) -> list[dict[str, str]]:
    text = (folder / "机读" / f"{name}.csv").read_bytes().decode()
    assert not text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_draw_becomes_a_folder_of_lists_that_agree_with_its_record(bureau: Bureau) -> None:
    bureau.play("lists", str(bureau.folder), out=["抽中名单.xlsx", "机读/drawn.csv"])
    (folder,) = folders(bureau)
    assert folder.name == "重点企业第一次全部检查（1—4月）（t-2021-key-1-1）"
    assert sorted(p.name for p in folder.iterdir()) == sorted(
        ["抽中名单.xlsx", "检查组名单.xlsx", "递补名单.xlsx", "未纳入名单.xlsx", "机读"]
    )
    draw = bureau.folder / "draws" / "t-2021-key-1-1"
    record = list(csv.DictReader(io.StringIO((draw / "drawn.csv").read_text("utf-8-sig"))))
    drawn = [row for row in record if row["结果"] == "抽中"]
    found, rows = sheet(folder / "抽中名单.xlsx")
    assert {row["编号"] for row in rows} == {row["编号"].partition(":")[2] for row in drawn}
    assert {(row["id"], row["ticket"]) for row in machine(folder, "drawn")} == {(r["编号"], r["签号"]) for r in drawn}
    assert "建筑市场监督" in "".join(row["监管类别"] for row in rows), "titles, not ids"
    assert found.freeze_panes == "A7"
    assert found.auto_filter.ref == f"A6:M{6 + len(rows)}"
    assert found.print_title_rows == "$6:$6"
    head = ledgers.read((bureau.folder / ledgers.FILE).read_bytes()).head
    for name in ("抽中名单", "检查组名单", "递补名单", "未纳入名单"):
        assert sheet(folder / f"{name}.xlsx")[0]["A5"].value == f"抽取后台账头 {head}"
    assert found.page_setup.orientation == "landscape"
    teams = list(csv.DictReader(io.StringIO((draw / "teams.csv").read_text("utf-8-sig"))))
    assert [(r["id"], r["officer_name"]) for r in machine(folder, "teams")] == [
        (t["检查对象"], t["姓名"]) for t in teams
    ]
    _, tasks = sheet(folder / "检查组名单.xlsx", 1)
    assert sum(row["户数"] for row in tasks) == len(teams)
    excluded = machine(folder, "excluded")
    assert len(excluded) == len((draw / "excluded.csv").read_text("utf-8-sig").splitlines()) - 1
    assert all(row["rule"] and row["reason"] for row in excluded)
    bureau.check()


def test_lists_are_written_once_and_never_over_others(bureau: Bureau) -> None:
    bureau.play("lists", str(bureau.folder))
    before = bureau.snapshot()
    bureau.play("lists", str(bureau.folder), out=["内容一样"])
    assert bureau.snapshot() == before
    (folder,) = folders(bureau)
    (folder / "抽中名单.xlsx").write_bytes(b"changed by hand")
    bureau.play("lists", str(bureau.folder), out=["原来的保留不动", "（2）"])
    assert (folder / "抽中名单.xlsx").read_bytes() == b"changed by hand"
    assert len(folders(bureau)) == 2
    before = bureau.snapshot()
    bureau.play("lists", str(bureau.folder), out=["（2）.* 已经有了，内容一样"], silent=["保留不动"])
    assert bureau.snapshot() == before


def test_two_draws_of_one_long_title_have_folders_of_their_own() -> None:
    title = "2021年度建筑市场和工程质量安全" * 12
    sample = sample_dossier()
    names = [
        batch_name(evolve(sample, after=after, rules=evolve(sample.rules, title=title, draw_id=draw)))
        for draw in ("t-2021-key-1-1", "t-2021-batch-1-1")
        for after in (0, 1)
    ]
    ends = [name.rpartition("（")[2] for name in names]
    assert ends == [f"t-2021-{name}-1-1）{after}" for name in ("key", "batch") for after in ("", " 第1次替换后")]
    assert all(title.startswith(name.rpartition("（")[0]) for name in names)


def test_rules_are_told_by_their_title_on_paper_and_by_their_id_to_programs(bureau: Bureau) -> None:
    bureau.run("--batch", "batch-1")
    bureau.play("lists", str(bureau.folder), "t-2021-batch-1-1")
    (folder,) = folders(bureau)
    rules = {row["rule"] for row in machine(folder, "excluded")}
    assert {"core.other_sector"} < rules
    assert all("." in rule for rule in rules)
    found, rows = sheet(folder / "未纳入名单.xlsx")
    shown = {row["依据的规则"] for row in rows}
    assert "不属于本批次的监管类别" in shown
    assert not [rule for rule in shown if "." in rule], "no ids"
    assert len(rows) == len(machine(folder, "excluded"))
    drawn_at = decode_record((bureau.folder / "draws" / "t-2021-batch-1-1" / "record.toml").read_bytes()).drawn_at
    here = datetime.fromisoformat(drawn_at).astimezone(BEIJING)
    assert f"抽取时间 {here:%Y-%m-%d %H:%M}（北京时间）" in found["A3"].value


def test_after_a_replacement_there_are_new_lists_beside_the_old(bureau: Bureau) -> None:
    bureau.run("--batch", "batch-1")
    draw = "t-2021-batch-1-1"
    bureau.play("lists", str(bureau.folder), draw)
    out = machine(folders(bureau)[0], "drawn")[0]
    bureau.play("replace", bureau.plan, draw, out["id"], "--reason", "deregistered", *WHY)
    bureau.play("lists", str(bureau.folder), draw, out=["第1次替换后", "替换情况.xlsx"])
    _, new = folders(bureau)
    assert out["id"] not in {row["id"] for row in machine(new, "drawn")}
    (stepped_in,) = [row for row in machine(new, "reserve") if row["note"] == "已递补"]
    assert stepped_in["id"] in {row["id"] for row in machine(new, "drawn")}
    assert len(machine(new, "replacements")) == 1
    bureau.check()


def test_a_void_draw_and_one_that_fails_have_no_lists(bureau: Bureau) -> None:
    drawn = bureau.folder / "draws" / "t-2021-key-1-1" / "drawn.csv"
    honest = drawn.read_bytes()
    drawn.write_bytes(honest.replace("抽中".encode(), "递补".encode(), 1))
    bureau.play("lists", str(drawn.parent), code=1, err=["SSJ-D006"], absent=["名单"])
    drawn.write_bytes(honest)
    bureau.play("void", str(bureau.folder), "t-2021-key-1-1", "--reason", "试验")
    bureau.play("lists", str(drawn.parent), code=1, err=["SSJ-D005"], absent=["名单"])
    bureau.play("lists", str(bureau.folder), code=3, absent=["名单"])
    bureau.check()


def test_the_table_of_a_plan_shows_what_was_drawn(bureau: Bureau) -> None:
    bureau.play("lists", bureau.plan, out=["抽查计划表.xlsx"])
    (folder,) = folders(bureau)
    assert folder.name == "2021年度抽查计划表"
    _, rows = sheet(folder / "抽查计划表.xlsx")
    assert [row["批次"] for row in rows] == ["key-1", "batch-1", "batch-2", "batch-3"]
    assert [row["进度"] for row in rows] == ["已抽取", "未抽取", "未抽取", "未抽取"]
    assert (rows[1]["检查内容"], rows[1]["抽查比例"], rows[0]["抽中数"]) == ("建筑市场监督", "3%", 4)
    assert machine(folder, "plan")[0]["start"] == "2021-01-18"


@pytest.mark.parametrize(
    "names",
    [['=HYPERLINK("http://x")', "../../x", "CON", "a/b:c*?"], ["长" * 300, "喜\U0001f600\u202e公司", "+1", "@x"]],
    ids=["formula", "long"],
)
def test_names_that_look_like_formulas_and_paths_do_no_harm(names: list[str], tmp_path: Path) -> None:
    made = Bureau(tmp_path).furnish()
    rows = [subject_row(n) for n in range(40)]
    for n, name in zip((0, 8, 24, 32), names, strict=True):
        rows[n][1] = name
    made.write(subjects=table(SUBJECT_HEADERS, rows))
    made.run("--batch", "key-1")
    made.play("lists", str(made.folder))
    (folder,) = folders(made)
    found, listed = sheet(folder / "抽中名单.xlsx")
    assert not any(cell.data_type == "f" for row in found.iter_rows() for cell in row)
    assert {row["名称"] for row in listed} == set(names), "printed as given"
    assert len({safe_name(str(row["名称"])) for row in listed}) == len(listed)
    made.check()


def test_a_program_is_told_where_they_are(bureau: Bureau) -> None:
    told = answered(bureau, "lists", str(bureau.folder))
    (one,) = told["result"]["lists"]
    assert (one["draw"], one["rows"]["drawn"]) == ("t-2021-key-1-1", 4)
    assert Path(one["folder"]).is_dir()


@pytest.mark.parametrize(("number", "code"), [(errno.ENOSPC, "SSJ-O003"), (errno.EACCES, "SSJ-O002")])
def test_a_full_disk_or_an_open_file_leaves_no_half_of_a_folder(
    number: int, code: str, bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = bureau.snapshot()
    left = [3]

    def fails(_: int) -> None:
        left[0] -= 1
        if not left[0]:
            raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fails)
    bureau.play("lists", str(bureau.folder), code=3, err=[code])
    assert bureau.snapshot() == before
