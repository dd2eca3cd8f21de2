"""Codes SSJ-N…: rosters at the office's desk, checked, cleaned and compared."""

from typing import Final

from ssj_core.problems.model import Entry

ENTRIES: Final[dict[str, Entry]] = {
    "SSJ-N001": Entry(
        "error",
        "从表头看不出是检查对象名录、执法检查人员名录还是往次检查名单：{seen}",
        "看它是哪一种，写明了再核对一次，列名不认识的会说出在计划里怎么写：{commands}",
        "the headers do not tell whether this is a subject roster, an officer roster or a list of earlier inspections: {seen}",
        "say which it is and check again; you are told what to write in the plan for headers not known:{commands}",
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
    "SSJ-N007": Entry(
        "note",
        "原表里的{value}没有带到标了问题的工作簿里（原文件没有动，宏从不运行）",
        "用得着的，照标出的问题改原文件",
        "the marked workbook is without what the list has of: {lost_en} (the list itself was not touched; no macro is ever run)",
        "where they are needed, correct the list itself by what is marked",
    ),
    "SSJ-N008": Entry(
        "note",
        "原文件是{found}，不能在上面标：另做了一份同样的表，字体、颜色、列宽、别的工作表没有带过去，隐藏的行都显示出来",
        "想标在自己的表上，先用 WPS 或 Excel 另存为 xlsx，再核对",
        "the list is {found_en}, which cannot be marked: a workbook with the same rows was made, without fonts, colours, "
        "widths and other sheets; hidden rows are shown",
        "to have your own workbook marked, save it as .xlsx first",
    ),
    "SSJ-N009": Entry(
        "note",
        "表很大（展开有 {size} MB，超过 {limit} MB），没有在原工作簿上标：另做了一份同样的表，字体、颜色、别的工作表没有带过去，隐藏的行都显示出来",
        "改这一份，或照它改原文件",
        "the workbook is large ({size} MB unpacked, more than {limit} MB) and was not marked itself: one with the same rows "
        "was made, without fonts, colours and other sheets; hidden rows are shown",
        "correct this one, or the list itself by it",
    ),
    "SSJ-N010": Entry(
        "note",
        "没能在原工作簿上标（{reason}）：另做了一份同样的表，字体、颜色、别的工作表没有带过去，隐藏的行都显示出来",
        '想标在自己的表上，先用 WPS 或 Excel 另存一份再核对；缺 openpyxl 的，运行 pip install "ssj-core[office]"',
        "the workbook itself could not be marked ({reason}): one with the same rows was made, without fonts, colours and "
        "other sheets; hidden rows are shown",
        'save it once more and check again; where openpyxl is missing, run pip install "ssj-core[office]"',
    ),
    "SSJ-N011": Entry(
        "note",
        "{value}原来隐藏着，里面有问题，在标了问题的工作簿里显示出来",
        "隐藏的行照样算数；不该算的，从名录里删去",
        "hidden {shown_en} have problems and are shown in the marked workbook",
        "hidden rows count all the same; delete those that should not",
    ),
    "SSJ-N012": Entry(
        "note",
        "{value} 格公式照原样保留，值是原表里上次算出的，本程序不计算",
        "不必处理：用 WPS 或 Excel 打开时会重新计算",
        "{value} cells with formulas are kept with the values they last had; nothing is computed",
        "nothing to do: they are computed anew when the workbook is opened",
    ),
    "SSJ-N013": Entry(
        "note",
        "名录有错，改好以前不能抽取",
        "要把这些问题标在名录上、逐格改，运行 {value}",
        "the rosters have errors: no draw can be made from them until they are corrected",
        "to have them marked in the rosters, cell by cell, run {value}",
    ),
    "SSJ-N014": Entry(
        "note",
        "原文件是{found}，不能在上面标：另做了一份，各张工作表的内容都在，字体、颜色、列宽没有带过去，隐藏的都显示出来",
        "改这一份，或照它改原文件",
        "the list is {found_en}, which cannot be marked: a workbook with the same sheets was made, without fonts, colours "
        "and widths; what was hidden is shown",
        "correct this one, or the list itself by it",
    ),
    "SSJ-N005": Entry(
        "warning",
        "有错的 {count} 行没有写进规范名录（第 {rows} 行）",
        "这些对象或人员不会被抽到：请尽快改好补上",
        "{count} rows with errors are not in the clean roster (rows {rows})",
        "they cannot be drawn: correct them soon and add them",
    ),
}
