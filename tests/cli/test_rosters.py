"""`ssj-core rosters`: a clerk checks what the platform exported, corrects it, cleans it, and sees what changed."""

import io
import shutil
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.cli.bureau import OFFICER_HEADERS, SUBJECT_HEADERS, Bureau, officer_row, subject_row, table
from tests.cli.test_json import answered


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    return Bureau(tmp_path).furnish()


def rows_of(path: Path, sheet: int = 0) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(path)
    return [tuple(cell.value for cell in row) for row in book.worksheets[sheet].iter_rows()]


def test_sound_rosters_are_said_to_be_sound_and_nothing_is_written(bureau: Bureau) -> None:
    before = bureau.snapshot()
    files = [str(bureau.folder / name) for name in ("subjects.csv", "officers.csv")]
    bureau.play("rosters", "check", *files, out=["检查对象名录.*utf-8-sig", "41 行 = .*1 \\+ 可用 40", "没有发现问题"])
    bureau.play("rosters", "check", "--plan", bureau.plan, out=["执法检查人员名录", "没有发现问题"])
    bureau.play("--lang", "en", "rosters", "check", *files, out=["41 rows = 1 header .* 40 usable", "nothing is wrong"])
    assert bureau.snapshot() == before


def test_a_plan_given_where_lists_are_is_taken_as_the_plan(bureau: Bureau) -> None:
    """A clerk types what she has: the plan, or the folder; neither is a list in which no header is known."""
    before = sorted(bureau.folder.iterdir())
    for given in (bureau.plan, str(bureau.folder)):
        bureau.play("rosters", "check", given, out=["检查对象名录", "执法检查人员名录", "可以用于抽取"])
    said = bureau.play(
        "rosters", "check", str(bureau.folder / "officers.csv"), bureau.plan, out=["可以用于抽取"]
    ).stdout
    assert "检查对象名录" not in said
    assert sorted(bureau.folder.iterdir()) == before


def test_a_faulty_roster_comes_back_and_the_corrected_one_is_used(bureau: Bureau) -> None:
    rows = [subject_row(n) for n in range(40)]
    rows[7][0] = ""
    rows[9][6] = "五星"
    bureau.write(subjects=table(SUBJECT_HEADERS, rows))
    path = bureau.folder / "subjects.csv"
    bureau.play(
        "rosters", "check", str(path), code=1,
        out=["41 行 = .* 可用 39 \\+ 有错 1", "1 行有提醒", "subjects_核对.xlsx"],
        err=["第 9 行 .*SSJ-R013", "SSJ-R033"],
        there=["subjects_核对.xlsx"],
    )  # fmt: skip
    back = bureau.folder / "subjects_核对.xlsx"
    assert "SSJ-R013" in str(rows_of(back)[8][-1])
    same = ["subjects_核对.xlsx（已经有了，内容一样"]
    for one in (path, back):
        bureau.play("rosters", "check", str(one), code=1, absent=["subjects_核对（2）.xlsx"], out=same)
    book = openpyxl.load_workbook(back)
    book.worksheets[0]["A9"] = "SG2021-0007"
    book.worksheets[0]["G11"] = "A"
    book.save(back)
    bureau.play("rosters", "check", str(back), out=["没有发现问题"])
    plan = (bureau.folder / "plan.toml").read_text(encoding="utf-8").replace("subjects.csv", back.name)
    bureau.write(plan=plan)
    bureau.run("--batch", "key-1", out=["抽中"])
    bureau.check()


def test_a_faulty_workbook_comes_back_as_itself_and_the_corrected_one_is_drawn_from(bureau: Bureau) -> None:
    book = openpyxl.Workbook()
    book.active.title = "名录"
    book.create_sheet("填表说明")["A1"] = "一行一个项目"
    rows = [subject_row(n) for n in range(40)]
    rows[7][0] = ""
    for row in [["检查对象名录"], SUBJECT_HEADERS, *rows]:
        book.active.append(list(row))
    path = bureau.folder / "名录.xlsx"
    book.save(path)
    bureau.play(
        "rosters", "check", str(path), "--plan", bureau.plan, "--as", "subjects", code=1,
        out=["42 行 = .*2 \\+ 可用 39 \\+ 有错 1", "您的工作簿，标了问题：.*名录_核对.xlsx"],
        err=["第 10 行 .*SSJ-R013"],
    )  # fmt: skip
    back = bureau.folder / "名录_核对.xlsx"
    marked = openpyxl.load_workbook(back)
    assert marked.sheetnames == ["名录", "填表说明", "核对情况"]
    marked["名录"]["A10"] = "SG2021-0007"
    marked.save(back)
    plan = (bureau.folder / "plan.toml").read_text(encoding="utf-8").replace("subjects.csv", back.name)
    bureau.write(plan=plan)
    bureau.play("rosters", "check", "--plan", bureau.plan, out=["没有发现问题，可以用于抽取"])
    bureau.run("--batch", "key-1", out=["抽中"])
    bureau.check()


def test_a_list_without_a_column_that_the_plan_asks_for_comes_back_and_is_drawn_from_when_it_is_added(
    bureau: Bureau,
) -> None:
    book = openpyxl.Workbook()
    key = SUBJECT_HEADERS.index("重点企业")
    rows = [SUBJECT_HEADERS, *(subject_row(n) for n in range(40))]
    for row in rows:
        book.active.append([*row[:key], *row[key + 1 :]])
    path = bureau.folder / "名录.xlsx"
    book.save(path)
    plan = (bureau.folder / "plan.toml").read_text(encoding="utf-8")
    bureau.write(plan=plan.replace("subjects.csv", path.name))
    bureau.play(
        "rosters", "check", "--plan", bureau.plan, code=1,
        out=["可用 40", "另有 1 处错误", "您的工作簿，标了问题：.*名录_核对.xlsx"], err=["第 1 行 重点企业：SSJ-R060"],
    )  # fmt: skip
    for command, *flags in (("run",), ("run", "--dry-run"), ("commit",), ("simulate",)):
        way = ["SSJ-R060", "SSJ-N013", "rosters check --plan .*plan.toml"]
        told = bureau.play(command, bureau.plan, "--batch", "key-1", *flags, code=3, err=way)
        assert told.stderr.index("SSJ-N013") > told.stderr.index("SSJ-R060"), "the way out comes last"
    back = bureau.folder / "名录_核对.xlsx"
    marked = openpyxl.load_workbook(back)
    sheet = marked.worksheets[0]
    assert "【错误】重点企业：抽取规则要用" in sheet.cell(1, len(SUBJECT_HEADERS)).value
    sheet.cell(1, len(SUBJECT_HEADERS) + 1).value = "重点企业"
    for number, row in enumerate(rows[1:], 2):
        sheet.cell(number, len(SUBJECT_HEADERS) + 1).value = row[key]
    marked.save(back)
    bureau.write(plan=plan.replace("subjects.csv", back.name))
    bureau.play("rosters", "check", "--plan", bureau.plan, out=["没有发现问题，可以用于抽取"])
    bureau.run("--batch", "key-1", out=["抽中"])
    bureau.check()


def test_with_a_plan_its_headers_its_sectors_and_the_recusals_are_checked_too(bureau: Bureau) -> None:
    rows = [subject_row(n) for n in range(10)]
    rows[3][9] = "没有这个人"
    rows[4][3] = "没有这个类别"
    headers = ["编号", "对象全称", *SUBJECT_HEADERS[2:]]
    bureau.write(subjects=table(headers, rows))
    bureau.play(
        "rosters", "check", str(bureau.folder / "subjects.csv"), code=1, err=["SSJ-R002", '"对象全称" = "name"']
    )
    plan = (bureau.folder / "plan.toml").read_text(encoding="utf-8")
    mapped = 'file = "subjects.csv"\n[rosters.subjects.columns]\n"对象全称" = "name"\n'
    bureau.write(plan=plan.replace('file = "subjects.csv"\n', mapped))
    bureau.play("rosters", "check", "--plan", bureau.plan, err=["SSJ-R034", "SSJ-S027"], out=["可用 10"])
    newer = bureau.folder / "新导出.csv"
    shutil.copy(bureau.folder / "subjects.csv", newer)
    bureau.play("rosters", "check", str(newer), "--plan", bureau.plan, err=["SSJ-S027"], out=["可用 10"])


def test_files_of_two_encodings_and_one_that_cannot_be_read(bureau: Bureau) -> None:
    (bureau.folder / "人员.csv").write_bytes(
        table(OFFICER_HEADERS, [officer_row(n) for n in range(3)]).decode("utf-8-sig").encode("gb18030")
    )
    (bureau.folder / "空.xlsx").write_bytes(b"")
    files = [str(bureau.folder / name) for name in ("subjects.csv", "人员.csv", "空.xlsx", "没有.csv")]
    bureau.play(
        "rosters", "check", *files, code=3,
        out=["utf-8-sig", "gb18030", "可用 3"], err=["空.xlsx.*SSJ-F003", "没有.csv.*SSJ-F001"],
    )  # fmt: skip
    empty = io.BytesIO()
    openpyxl.Workbook().save(empty)
    (bureau.folder / "空.xlsx").write_bytes(empty.getvalue())
    bureau.play(
        "rosters",
        "check",
        files[2],
        code=3,
        err=["SSJ-F028"],
        out=["标了问题：.*空_核对.xlsx（.*问题写在“核对情况”里）"],
    )
    told = answered(bureau, "rosters", "check", files[2], files[3])
    (unread,) = told["result"]["unread"]
    assert (told["exit_code"], Path(unread["written"]).name) == (3, "空_核对.xlsx")


def test_a_file_nobody_can_place_is_placed_by_the_clerk(bureau: Bureau) -> None:
    path = bureau.folder / "x.csv"
    path.write_bytes(table(["甲", "乙"], [["1", "2"]]))
    bureau.play("rosters", "check", str(path), code=3, err=["SSJ-N001", "--as subjects"], there=["x_核对.xlsx"])
    bureau.play("rosters", "check", str(path), "--as", "subjects", code=1, err=["SSJ-R001"], there=["x_核对（2）.xlsx"])
    bureau.play("rosters", "check", code=2)


def test_many_faults_do_not_flood_the_screen(bureau: Bureau) -> None:
    rows = [subject_row(n) for n in range(60)]
    for row in rows[:25]:
        row[0] = ""
    bureau.write(subjects=table(SUBJECT_HEADERS, rows))
    done = bureau.play(
        "rosters", "check", str(bureau.folder / "subjects.csv"), code=1, err=["另有 10 处"], out=["有错 25"]
    )
    assert done.stderr.count("SSJ-R013") == 15


def test_without_the_extra_every_fault_is_still_told(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    rows = [subject_row(n) for n in range(60)]
    for row in rows[:25]:
        row[0] = ""
    bureau.write(subjects=table(SUBJECT_HEADERS, rows))
    done = bureau.play(
        "rosters", "check", str(bureau.folder / "subjects.csv"), code=1, err=["SSJ-O005", "ssj-core\\[office\\]"]
    )
    assert done.stderr.count("SSJ-R013") == 25


def test_a_clean_roster_is_written_once_and_draws_the_same(bureau: Bureau) -> None:
    path = str(bureau.folder / "subjects.csv")
    bureau.play("rosters", "clean", path, out=["规范名录（40 行）"], there=["subjects_规范.xlsx"])
    twice = ("rosters", "clean", path)
    bureau.play(*twice, out=["40 行，已经有了，内容一样.*subjects_规范.xlsx"], absent=["subjects_规范（2）.xlsx"])
    (bureau.folder / "subjects_规范.xlsx").write_bytes(b"changed by hand")
    bureau.play(*twice, out=["（40 行）.*subjects_规范（2）.xlsx"], there=["subjects_规范（2）.xlsx"])
    bureau.play(*twice, out=["内容一样.*subjects_规范（2）.xlsx"], absent=["subjects_规范（3）.xlsx"])
    (bureau.folder / "subjects_规范（2）.xlsx").replace(bureau.folder / "subjects_规范.xlsx")
    out = str(bureau.folder / "s.csv")
    bureau.play("rosters", "clean", path, "-o", out, there=["s.csv"])
    bureau.play("rosters", "clean", path, "-o", out, code=3, err=["SSJ-O001"])
    bureau.play("rosters", "clean", path, "-o", str(bureau.folder / "s.txt"), code=2)
    bureau.play("rosters", "diff", path, out, out=["40 - 减少 0 \\+ 新增 0 = 现在 40", "没有变化"], silent=["没有比较"])
    bureau.play("rosters", "check", out, str(bureau.folder / "subjects_规范.xlsx"), out=["没有发现问题"])


def test_a_faulty_roster_is_cleaned_only_when_asked_to_leave_out_rows(bureau: Bureau) -> None:
    rows = [subject_row(n) for n in range(10)]
    rows[7][0] = ""
    bureau.write(subjects=table(SUBJECT_HEADERS, rows))
    path, out = str(bureau.folder / "subjects.csv"), bureau.folder / "s.csv"
    bureau.play("rosters", "clean", path, "-o", str(out), code=1, err=["SSJ-N004", "SSJ-R013"], absent=["s.csv"])
    bureau.play("rosters", "clean", path, "-o", str(out), "--leave-out", err=["SSJ-N005", "第 9 行"], there=["s.csv"])
    assert len(out.read_text(encoding="utf-8-sig").splitlines()) == 10
    bureau.write(subjects=table(["编号", "住所"], [["1", "x"]]))
    bureau.play("rosters", "clean", path, "--leave-out", code=1, err=["SSJ-R002", "SSJ-N004"])


def test_two_versions_are_compared_on_the_screen_and_in_a_workbook(bureau: Bureau) -> None:
    old = bureau.folder / "subjects.csv"
    rows = [subject_row(n) for n in range(1, 41)]
    rows[4][6] = "D"
    new = bureau.folder / "新.csv"
    new.write_bytes(table(SUBJECT_HEADERS, rows))
    out = bureau.folder / "变化.xlsx"
    bureau.play(
        "rosters", "diff", str(old), str(new), "-o", str(out),
        out=["40 - 减少 1 \\+ 新增 1 = 现在 40（39 个都在）", "SG2021-0040", "SG2021-0000", "信用风险等级 +B +D"],
        there=["变化.xlsx"],
    )  # fmt: skip
    assert rows_of(out, 2)[-1][1:] == ("SG2021-0005", "示例5号工程", "信用风险等级", "B", "D")
    bureau.play("rosters", "diff", str(old), str(bureau.folder / "officers.csv"), code=3, err=["SSJ-N002"])
    bureau.play("rosters", "diff", str(old), str(new), "-o", str(out), code=3, err=["SSJ-O001"])
    wrong = ("rosters", "diff", str(old), str(new), "-o", str(bureau.folder / "d.csv"))
    bureau.play(*wrong, code=2, err=["-o 只能是 .xlsx\\n"], absent=["d.csv"])


def test_a_folder_that_cannot_be_written_is_told_and_the_faults_too(bureau: Bureau) -> None:
    rows = [subject_row(n) for n in range(3)]
    rows[1][0] = ""
    bureau.write(subjects=table(SUBJECT_HEADERS, rows))
    (bureau.folder / "占").write_bytes(b"")
    target = str(bureau.folder / "占" / "x")
    bureau.play(
        "rosters", "check", str(bureau.folder / "subjects.csv"), "-o", target, code=1, err=["SSJ-O004", "SSJ-R013"]
    )


def test_a_program_gets_counts_and_every_fault(bureau: Bureau) -> None:
    rows = [subject_row(n) for n in range(30)]
    for row in rows[:20]:
        row[6] = "五星"
    rows[25][0] = ""
    bureau.write(subjects=table(SUBJECT_HEADERS, rows))
    path = str(bureau.folder / "subjects.csv")
    told = answered(bureau, "rosters", "check", path)
    (one,) = told["result"]["rosters"]
    assert (told["exit_code"], one["kind"], one["sound"], one["counts"]["faulty"]) == (1, "subjects", False, 1)
    assert Path(one["written"]).is_file()
    assert [p["code"] for p in told["problems"]].count("SSJ-R033") == 20
    differs = answered(bureau, "rosters", "diff", path, path)
    assert (differs["result"]["came"], differs["result"]["changed"]) == ([], [])


def test_what_is_no_file_or_far_too_large_is_told_before_it_is_read(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    (bureau.folder / "without-a-plan").mkdir()
    bureau.play("rosters", "check", str(bureau.folder / "without-a-plan"), code=3, err=["SSJ-F002"])
    monkeypatch.setattr("ssj_core.infiles.LARGEST_MB", 0)
    bureau.play("rosters", "check", str(bureau.folder / "subjects.csv"), code=3, err=["SSJ-F025"])


def test_a_folder_is_no_roster(bureau: Bureau) -> None:
    told = ["F002 错误：文件打不开：这是文件夹，不是文件", "写出里面的文件"]
    (bureau.folder / "名录").mkdir()
    bureau.play("rosters", "check", str(bureau.folder / "名录"), code=3, err=told)
