"""What `rosters check` lets pass with a plan, a draw does not refuse for its rosters; without a plan it warns."""

import shutil
from pathlib import Path
from typing import Final

import openpyxl
import pytest

from tests import tinted
from tests.cli.bureau import (
    BATCHES,
    OFFICER_HEADERS,
    SECTORS,
    SUBJECT_HEADERS,
    Bureau,
    officer_row,
    plan_text,
    subject_row,
    table,
)
from tests.cli.test_json import answered
from tests.unit.test_roster_bad_files import FILES, OFFICERS, SPECS

OF_THE_MATCHING: Final = {"SSJ-M002", "SSJ-M003", "SSJ-M014"}
"""Too few officers for the visits: what `run --dry-run` is for."""
SECTOR: Final = SUBJECT_HEADERS.index("监管类别")


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    return Bureau(tmp_path).furnish()


def codes(bureau: Bureau, *args: str) -> tuple[int, set[str], set[str]]:
    """Exit code of a command, codes of its errors, and those of its warnings."""
    told = answered(bureau, *args)
    by = {grade: {p["code"] for p in told["problems"] if p["severity"] == grade} for grade in ("error", "warning")}
    return told["exit_code"], by["error"], by["warning"]


def role(path: Path) -> str:
    return "officers" if path.name[4:8] in OFFICERS else "inspections" if path.name >= "SSJ-R09" else "subjects"


@pytest.mark.parametrize("path", [p for p in FILES if p.name[:8] not in SPECS], ids=lambda p: p.stem)
def test_check_and_draw_agree_on_every_broken_roster(path: Path, bureau: Bureau) -> None:
    shutil.copy(path, bureau.folder)
    plan = (bureau.folder / "plan.toml").read_text(encoding="utf-8")
    named = f'file = "{path.name}"'
    if role(path) == "inspections":
        plan = plan.replace("[[entropy]]", f"[rosters.inspections]\n{named}\n\n[[entropy]]", 1)
    bureau.write(plan=plan.replace(f'file = "{role(path)}.csv"', named))
    file = str(bureau.folder / path.name)
    checked, _, warned = codes(bureau, "rosters", "check", file, "--plan", bureau.plan)
    drawn, refused, _ = codes(bureau, "run", bureau.plan, "--batch", "batch-1", "--dry-run")
    assert (drawn == 0) or checked or (refused <= OF_THE_MATCHING and "SSJ-S051" in warned), refused
    alone, _, noticed = codes(bureau, "rosters", "check", file)
    assert drawn == 0 or alone or "SSJ-R059" in noticed or refused <= OF_THE_MATCHING, (noticed, refused)


def without_sectors(row: list[str]) -> list[str]:
    return [*row[:SECTOR], "房屋建筑施工", *row[SECTOR + 1 :]]


def test_a_roster_without_sectors_is_told_with_the_line_for_the_plan_which_then_draws(bureau: Bureau) -> None:
    headers = [*SUBJECT_HEADERS[:SECTOR], "经营范围", *SUBJECT_HEADERS[SECTOR + 1 :]]
    bureau.write(subjects=table(headers, [without_sectors(subject_row(n)) for n in range(40)]))
    file = str(bureau.folder / "subjects.csv")
    told = bureau.play(
        "rosters", "check", file, err=["SSJ-R059 注意", 'column = "经营范围"'], out=["--plan .*plan.toml"]
    )
    assert "可以用于抽取" not in told.output
    sheet = openpyxl.load_workbook(bureau.folder / "subjects_核对.xlsx").worksheets[0]
    assert tinted.cells(sheet, tinted.YELLOW) == ["K1"], "what is wrong with the list as a whole stands in the header"
    refused = bureau.play(
        "rosters", "check", file, "--plan", bureau.plan, code=1,
        out=["41 行 = 表头和它上面的行 1 \\+ 可用 40", "另有 1 处错误是整份文件"],
        err=["subjects.csv 监管类别：SSJ-S029", 'value = "建筑市场监督"', 'column = "经营范围"'],
    )  # fmt: skip
    begin = refused.stderr.index("      [[rosters.subjects.derive]]")
    lines = refused.stderr[begin:].split("\n")[:5]
    bureau.play("run", bureau.plan, "--batch", "batch-1", code=3, err=["SSJ-S029", 'column = "经营范围"'])
    plan = (bureau.folder / "plan.toml").read_text(encoding="utf-8")
    pasted = "\n".join(line.strip() for line in lines).replace("…", "施工")
    bureau.write(plan=plan.replace("[rosters.officers]", f"{pasted}\n\n[rosters.officers]"))
    bureau.play("rosters", "check", file, "--plan", bureau.plan, out=["可用 40"], silent=["SSJ-S029", "整份文件"])
    bureau.run("--batch", "batch-1", out=["抽中"])
    bureau.check()


def of_one_sector() -> bytes:
    """A roster as the platform exports it: no column of sectors."""
    rows = (subject_row(n) for n in range(40))
    return table([h for h in SUBJECT_HEADERS if h != "监管类别"], (row[:SECTOR] + row[SECTOR + 1 :] for row in rows))


def test_a_roster_of_one_sector_needs_one_line_of_the_plan_and_the_file_may_not_say_otherwise(bureau: Bureau) -> None:
    bureau.write(subjects=of_one_sector())
    told = bureau.play("rosters", "check", "--plan", bureau.plan, code=1, err=["SSJ-S029", f"其中一个：{SECTORS[0]}、"])
    line = next(one.strip() for one in told.stderr.split("\n") if one.strip().startswith("sectors = "))
    plan = (bureau.folder / "plan.toml").read_text(encoding="utf-8")
    said = line.replace("…", SECTORS[0])
    whole = plan.replace("\n[rosters.officers]", f"{said}\n\n[rosters.officers]")
    bureau.write(plan=whole)
    bureau.play("rosters", "check", "--plan", bureau.plan, out=["可用 40"], silent=["SSJ-S029", "SSJ-R060"])
    bureau.run("--batch", "batch-1", out=["抽中"])
    bureau.check()
    newer = bureau.folder / "新导出.csv"
    newer.write_bytes(of_one_sector())
    bureau.play("rosters", "check", str(newer), "--plan", bureau.plan, out=["可用 40"], silent=["SSJ-S029"])
    clean = str(bureau.folder / "规范.csv")
    said_next = ['file = "规范.csv"，删去那里的 sectors；']
    file = str(bureau.folder / "subjects.csv")
    bureau.play("rosters", "clean", file, "--plan", bureau.plan, "-o", clean, out=said_next)
    assert Path(clean).read_text(encoding="utf-8-sig").count(SECTORS[0]) == 40
    bureau.write(plan=plan.replace('"subjects.csv"', '"规范.csv"'))
    bureau.play("rosters", "check", "--plan", bureau.plan, out=["可用 40"])

    bureau.write(plan=whole, subjects=table(SUBJECT_HEADERS, map(subject_row, range(40))))
    bureau.play("rosters", "check", "--plan", bureau.plan, code=1, err=["SSJ-R067", '"监管类别" = "ignore"'])
    bureau.play("run", bureau.plan, "--batch", "batch-2", code=3, err=["第 1 行 监管类别：SSJ-R067"])
    ignoring = f'{said}\n[rosters.subjects.columns]\n"监管类别" = "ignore"\n\n[rosters.officers]'
    bureau.write(plan=plan.replace("\n[rosters.officers]", ignoring))
    bureau.play("rosters", "check", "--plan", bureau.plan, out=["可用 40"])


def test_where_the_batches_take_one_sector_alone_the_line_says_it(bureau: Bureau) -> None:
    bureau.write(plan=plan_text(batches=BATCHES[1:2]), subjects=of_one_sector())
    told = bureau.play("rosters", "check", "--plan", bureau.plan, code=1, err=["SSJ-S029"], silent=["其中一个"])
    assert f'      sectors = ["{SECTORS[0]}"]\n' in told.stderr


def test_a_column_that_is_no_sector_is_put_aside_by_the_lines_that_are_told(bureau: Bureau) -> None:
    headers = [*SUBJECT_HEADERS[:SECTOR], "行业", *SUBJECT_HEADERS[SECTOR + 1 :]]
    rows = [[*row[:SECTOR], "房屋建筑业", *row[SECTOR + 1 :]] for row in map(subject_row, range(40))]
    bureau.write(subjects=table(headers, rows))
    told = bureau.play("rosters", "check", "--plan", bureau.plan, code=1, err=["SSJ-S049", "换成其中一个）："])
    lines = [one.strip() for one in told.stderr.split("\n")]
    one, two = ([*lines[at:until]] for at, until in pairs(lines))
    plan = (bureau.folder / "plan.toml").read_text(encoding="utf-8")
    for pasted, word in ((one, SECTORS[0]), (two, "房屋")):
        said = "\n".join(pasted).replace("…", word)
        bureau.write(plan=plan.replace("\n[rosters.officers]", f"{said}\n\n[rosters.officers]"))
        bureau.play("rosters", "check", "--plan", bureau.plan, out=["可用 40"], silent=["SSJ-S049", "SSJ-S028"])
    bureau.run("--batch", "batch-1", out=["抽中"])
    bureau.check()


def pairs(lines: list[str]) -> list[tuple[int, int]]:
    """Where the lines for the plan begin and end: those for all subjects, and those of another column."""
    first = next(n for n, line in enumerate(lines) if line.startswith("sectors = "))
    second = lines.index("[rosters.subjects.columns]", first + 2)
    return [(first, second - 1), (second, next(n for n in range(second, len(lines)) if "contains" in lines[n]) + 1)]


def test_why_a_batch_finds_nobody_is_said_in_words(bureau: Bureau) -> None:
    rows = [[*row[:SECTOR], SECTORS[1], *row[SECTOR + 1 :]] for row in map(subject_row, range(40))]
    bureau.write(subjects=table(SUBJECT_HEADERS, rows))
    words = [f"SSJ-S023.*40 个(?s:.)*不属于本批次的监管类别（{SECTORS[0]}）的 40 个"]
    bureau.play("run", bureau.plan, "--batch", "batch-1", code=3, err=words, silent=["core\\."])
    bureau.play("--lang", "en", "run", bureau.plan, "--batch", "batch-1", code=3, err=["40 not of the batch's sectors"])


def test_a_column_of_sectors_under_another_name_is_named_in_the_line(bureau: Bureau) -> None:
    headers = [*SUBJECT_HEADERS[:SECTOR], "行业大类", *SUBJECT_HEADERS[SECTOR + 1 :]]
    bureau.write(subjects=table(headers, map(subject_row, range(40))))
    file = str(bureau.folder / "subjects.csv")
    bureau.play("rosters", "check", file, "--plan", bureau.plan, code=1, err=["SSJ-S029", '"行业大类" = "sectors"'])


@pytest.mark.parametrize(
    ("whose", "word", "wrong", "warned"),
    [
        ("subjects", "都不认识", "SSJ-S049", "SSJ-S027"),
        ("subjects", "建设工程安全", "", "SSJ-S050"),
        ("officers", "都不认识", "", "SSJ-S051"),
        ("officers", "建设工程安全", "", "SSJ-S051"),
    ],
    ids=["no-word-is-known", "a-batch-without-subjects", "no-officer-at-all", "a-batch-without-officers"],
)
def test_what_no_batch_can_be_drawn_from_is_said_at_the_desk(
    whose: str, word: str, wrong: str, warned: str, bureau: Bureau
) -> None:
    subjects, officers = [subject_row(n) for n in range(40)], [officer_row(n) for n in range(12)]
    for row in subjects if whose == "subjects" else officers:
        row[SECTOR if whose == "subjects" else OFFICER_HEADERS.index("执法领域")] = word
    bureau.write(subjects=table(SUBJECT_HEADERS, subjects), officers=table(OFFICER_HEADERS, officers))
    checked, errors, warnings = codes(bureau, "rosters", "check", "--plan", bureau.plan)
    assert (checked, errors) == (bool(wrong), {wrong} - {""})
    assert warned in warnings
    drawn, refused, _ = codes(bureau, "run", bureau.plan, "--batch", "batch-1", "--dry-run")
    assert drawn
    assert refused


def test_a_single_file_is_checked_against_the_other_rosters_of_the_plan(bureau: Bureau) -> None:
    rows = [subject_row(n) for n in range(40)]
    rows[3][9] = "没有这个人"
    bureau.write(subjects=table(SUBJECT_HEADERS, rows))
    done = bureau.play(
        "rosters", "check", str(bureau.folder / "subjects.csv"), "--plan", bureau.plan, err=["第 5 行 .*SSJ-R034"]
    )
    assert "执法检查人员名录" not in done.output


def test_a_day_of_inspection_that_is_to_come_is_refused_by_check_and_draw(bureau: Bureau) -> None:
    headers = [*SUBJECT_HEADERS, "上次检查日期"]
    rows = [[*subject_row(n), ""] for n in range(40)]
    rows[2][-1], rows[3][-1] = "2999-01-01", "9999-09-09"
    bureau.write(subjects=table(headers, rows))
    bureau.play(
        "rosters", "check", "--plan", bureau.plan, code=1, err=["第 4 行 上次检查日期：SSJ-R058", "第 5 行.*SSJ-R056"]
    )
    bureau.play("run", bureau.plan, "--batch", "batch-1", code=3, err=["第 4 行", "SSJ-R058"])
    rows[2][-1] = ""
    bureau.write(subjects=table(headers, rows))
    bureau.run("--batch", "batch-1", out=["抽中"])
    bureau.check()


def test_every_row_that_a_warning_tells_of_is_counted_and_marked(bureau: Bureau) -> None:
    rows = [subject_row(n) for n in range(40)]
    for number in (3, 7, 11):
        rows[number][SECTOR] = "没有这个类别"
    for number in (20, 21):
        rows[number][SECTOR] = ""
    bureau.write(subjects=table(SUBJECT_HEADERS, rows))
    bureau.play(
        "rosters", "check", str(bureau.folder / "subjects.csv"), "--plan", bureau.plan,
        out=["可用的行里有 5 行有提醒"], err=["第 5 行 监管类别：SSJ-S027 .*共 3 行", "SSJ-S028 .*第 22、23 行"],
    )  # fmt: skip
    sheet = openpyxl.load_workbook(bureau.folder / "subjects_核对.xlsx").worksheets[0]
    yellow = tinted.cells(sheet, tinted.YELLOW)
    assert [c for c in yellow if c.startswith("D")] == ["D5", "D9", "D13", "D22", "D23"]
