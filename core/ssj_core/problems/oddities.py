"""Codes SSJ-R053 to R059, R065 to R068: no name, totals with a number, signs that mislead, sectors, idle rules."""

from typing import Final

from ssj_core.problems.model import Entry

ENTRIES: Final[dict[str, Entry]] = {
    "SSJ-R053": Entry(
        "note",
        "这一行没有名称，以编号 {value} 代替，照样参加抽取",
        "能查到的，补填名称；表格和公示里会写成“{value}（名录未写名称）”",
        "this row has no name; it goes by its number {value} and takes part all the same",
        "fill in the name if it can be found; papers and lists print the number and say that the roster has no name",
    ),
    "SSJ-R054": Entry(
        "error",
        "{total} 行中有 {count} 行没有名称（第 {rows} 行）",
        "多半是选错了列或名称一列没有导出：补上；若名称写在别的列，在计划里写明哪个表头就是它：{lines}",
        "{count} of {total} rows have no name (rows {rows})",
        "the column of names is probably another, or was not exported: add it, or say in the plan which it is:{lines}",
    ),
    "SSJ-R055": Entry(
        "error",
        "第一格写着“{first}”，像是合计行或备注行，可是“{field}”一栏里有内容“{value}”，不能当作合计行跳过",
        "是合计行、备注行的，删去这一行，或清空这一格；确是名单里的一行，改正第一格",
        "the first cell says “{first}”, as of a total or a note, but there is “{value}” under “{field}”",
        "if it is a total or a note, delete the row or empty the cell; if it is an entry, correct its first cell",
    ),
    "SSJ-R056": Entry(
        "warning",
        "上次检查日期“{value}”不是检查过的日子（9999 年是“没有期限”的写法），按没有检查过处理",
        "没有检查过的，这一格留空；检查过的，填实际日期",
        "“{value}” is no day on which anybody was inspected (the year 9999 means “no end”): taken as never inspected",
        "leave the cell empty if there was no inspection; else write its day",
    ),
    "SSJ-R057": Entry(
        "note",
        "名称里有看不见的方向控制字符（{signs}），屏幕上看到的字序可能和实际不同；名称照原样保留、照原样打印",
        "对照营业执照；不是名称的一部分，重新键入名称",
        "the name holds signs that turn the direction of writing ({signs}); it is kept and printed as given",
        "compare with the licence; if they are no part of the name, type it again",
    ),
    "SSJ-R058": Entry(
        "error",
        "上次检查日期 {value} 还没有到（今天 {today}）",
        "核对年份；没有检查过的，这一格留空",
        "last inspected on {value}, which is after today ({today})",
        "check the year; leave the cell empty if there was no inspection",
    ),
    "SSJ-R065": Entry(
        "warning",
        "文件的最后一行只有 {count} 格，别的行都有 {whole} 格：文件可能在这里断了，后面的对象就抽不到",
        "从平台重新导出一次；确是完整的，把最后一行补齐",
        "the last row of the file has {count} cells, all others {whole}: it may break off here, and nobody after is drawn",
        "export the file again; if it is whole, complete its last row",
    ),
    "SSJ-R067": Entry(
        "error",
        "计划写着全部是“{given}”（sectors），可是文件里有监管类别一列“{value}”，不知道听谁的",
        "以文件为准的，删去计划 [rosters.subjects] 里的 sectors；以计划为准的，让程序不读这一列：{lines}",
        "the plan says that all are of “{given}” (sectors), but the file has a column of sectors, “{value}”",
        "if the file is right, remove sectors from [rosters.subjects] of the plan; if the plan is, have the column left unread:{lines}",
    ),
    "SSJ-R068": Entry(
        "note",
        "{count} 格里有看不见的字符（{signs}），读的时候去掉了（第 {rows} 行）",
        "不必改；别的程序读同一份表，说编号不对或找不到名称，多半就是它们",
        "{count} cells hold signs that cannot be seen ({signs}); they were left out (rows {rows})",
        "nothing has to be done; where another program does not find a number or a name of this list, they are why",
    ),
    "SSJ-R059": Entry(
        "warning",
        "没有一个检查对象有监管类别（共 {value} 个）：计划里不写明，就抽不了（run 会以 SSJ-S029 拒绝）",
        "名录里全是同一类的，在 plan.toml 的 [rosters.subjects] 那一段末尾加上{choice}：{one}\n"
        "不是同一类的，补上“监管类别”一列；列已有而名称不同的，或要由别的列看出的，在计划里写（“…”换成实际的词）：{lines}",
        "none of the {value} subjects has a sector: unless the plan gives them, run refuses (SSJ-S029)",
        "if all are of one sector, add to the end of [rosters.subjects] in plan.toml{choice}:{one}\n"
        "if not, add the column 监管类别; if it is there under another name, or another column tells it, say so in the plan (with words of yours for …):{lines}",
    ),
    "SSJ-R066": Entry(
        "warning",
        "表头里没有“{value}”一列{nearest}：{means}",
        "确实没有的，不必改；没有导出的，补上；列已有而名称不同的，在计划里写明哪个表头就是它：{lines}",
        "the file has no column “{value}”{nearest_en}: {means_en}",
        "nothing to do if there is none; else add the column, or, if it is there under another name, say in the plan which "
        "header it is:{lines}",
    ),
}
