"""Codes SSJ-O…: files that are written for the office."""

from typing import Final

from ssj_core.problems.model import Entry

ENTRIES: Final[dict[str, Entry]] = {
    "SSJ-O001": Entry(
        "error",
        "“{value}”已经有了，不覆盖",
        "换一个名字，或先把原来的移走、改名",
        "“{value}” is there already and is not overwritten",
        "choose another name, or move or rename what is there",
    ),
    "SSJ-O002": Entry(
        "error",
        "“{value}”写不进去：多半正在 WPS 或 Excel 中打开，也可能没有写入权限",
        "关闭打开它的程序后重试；还不行就换一个文件夹",
        "“{value}” cannot be written: another program has it open, or writing is not allowed",
        "close the program that has it open and try again, or choose another folder",
    ),
    "SSJ-O003": Entry(
        "error",
        "磁盘满了，“{value}”没有写（也没有留下半个文件）",
        "腾出空间或换一个盘再试",
        "the disk is full; “{value}” was not written, nor any part of it",
        "make room, or choose another disk, and try again",
    ),
    "SSJ-O004": Entry(
        "error",
        "“{value}”写不进去：{reason}",
        "核对文件夹和文件名是否正确，盘是否连着",
        "“{value}” cannot be written: {reason}",
        "check the folder and the name, and that the disk is connected",
    ),
    "SSJ-O005": Entry(
        "error",
        "写 Excel 工作簿需要组件 {value}，这台电脑还没有装",
        'pip install "ssj-core[{value}]"；不能上网的：pip install --no-index --find-links wheels "ssj-core[{value}]"',
        "writing workbooks needs the extra {value}, which is not installed",
        'pip install "ssj-core[{value}]"; without a network: pip install --no-index --find-links wheels "ssj-core[{value}]"',
    ),
    "SSJ-O006": Entry(
        "error",
        "有 {rows} 行 {columns} 列，一张工作表装不下（最多 1048576 行 16384 列）",
        "把名录分成几个文件，或写成 CSV",
        "{rows} rows and {columns} columns do not fit into one sheet (1,048,576 rows, 16,384 columns at most)",
        "split the roster into several files, or write CSV",
    ),
}
