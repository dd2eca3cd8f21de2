"""Codes of the list of earlier inspections."""

from typing import Final

from ssj_core.problems.model import Entry

ENTRIES: Final[dict[str, Entry]] = {
    "SSJ-R090": Entry(
        "warning",
        "有 {value} 行的检查对象不在检查对象名录里（第 {rows} 行），这些行不用",
        "已经退出名录的不必管；名称或编号写错的，照名录改正，否则轮换、回避上次检查人员都管不到",
        "the subjects of {value} rows are not in the roster (rows {rows}): these rows are not used",
        "nothing to do if they left the roster; correct names and numbers that are wrong, or no rotation sees them",
    ),
    "SSJ-R091": Entry(
        "warning",
        "“{value}”不在执法检查人员名录里（第 {rows} 行）",
        "已经离开的不必管；姓名写错的，照名录改正，或写执法证号",
        "“{value}” is not in the roster of officers (rows {rows})",
        "nothing to do if they left; correct the name, or write the number of the certificate",
    ),
    "SSJ-R092": Entry(
        "error",
        "没有检查日期，不知道先后",
        "补填检查日期；不知道哪一天的，填最晚可能的一天",
        "no day of the inspection, so nobody knows what came first",
        "fill it in; if nobody knows it, write the last day on which it can have been",
    ),
    "SSJ-R093": Entry(
        "error",
        "检查日期 {value} 还没有到（今天 {today}）",
        "核对年份；名单里只列已经做过的检查",
        "an inspection on {value}, which is after today ({today})",
        "check the year; the list has inspections that were made",
    ),
    "SSJ-R094": Entry(
        "warning",
        "没有写检查人员：这次检查算数，但不知道谁去过",
        "能查到的，补填姓名或执法证号",
        "no officers: the inspection counts, but nobody knows who went there",
        "fill in names or certificate numbers if they can be found",
    ),
    "SSJ-R095": Entry(
        "error",
        "检查对象“{value}”有同名的（{ids}），不知是哪一个",
        "写统一社会信用代码或编号",
        "there are several subjects “{value}” ({ids})",
        "write the credit code or number",
    ),
    "SSJ-R096": Entry(
        "error",
        "检查人员“{value}”有重名（执法证号 {ids}），不知是哪一位",
        "写执法证号",
        "there are several officers “{value}” ({ids})",
        "write the number of the certificate",
    ),
}
