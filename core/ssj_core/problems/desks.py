"""Codes SSJ-N…: rosters at the office's desk, checked, cleaned and compared."""

from typing import Final

from ssj_core.problems.model import Entry

ENTRIES: Final[dict[str, Entry]] = {
    "SSJ-N001": Entry(
        "error",
        "从表头看不出是检查对象名录、执法检查人员名录还是往次检查名单",
        "加上 --as subjects（检查对象）、--as officers（执法检查人员）或 --as inspections（往次检查）",
        "the headers do not tell whether this is a subject roster, an officer roster or a list of earlier inspections",
        "add --as subjects, --as officers or --as inspections",
    ),
    "SSJ-N002": Entry(
        "error",
        "两个文件不是同一种名录：一个是{old}，一个是{new}",
        "核对文件；认错了的，加上 --as subjects 或 --as officers",
        "the files are rosters of two kinds: {old_en} and {new_en}",
        "check the files, or add --as subjects or --as officers",
    ),
    "SSJ-N003": Entry(
        "warning",
        "有 {count} 行没有可用的编号或名称，没有参加比较",
        "先用 rosters check 核对并改好，再比较",
        "{count} rows without a usable number or name were not compared",
        "check and correct the roster first, with rosters check",
    ),
    "SSJ-N004": Entry(
        "error",
        "名录有 {count} 处错误，没有写出规范名录",
        "先用 rosters check 核对并改好；确要先用其余的行，加上 --leave-out",
        "the roster has {count} errors; no clean roster was written",
        "check and correct it first, with rosters check; to use the other rows all the same add --leave-out",
    ),
    "SSJ-N006": Entry(
        "error",
        "往次检查名单的各行没有编号，不能逐条比较",
        "用 rosters check 核对；要看两份有什么不同，先用 rosters clean 写成规范表再对照",
        "the rows of a list of earlier inspections have no numbers to compare them by",
        "check them with rosters check; to see what differs, write both clean with rosters clean",
    ),
    "SSJ-N005": Entry(
        "warning",
        "有错的 {count} 行没有写进规范名录（第 {rows} 行）",
        "这些对象或人员不会被抽到：请尽快改好补上",
        "{count} rows with errors are not in the clean roster (rows {rows})",
        "they cannot be drawn: correct them soon and add them",
    ),
}
