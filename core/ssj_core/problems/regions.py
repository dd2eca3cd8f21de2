"""Codes SSJ-R051, R052 and R062 to R064: what a sound code says of its body, another kind than a firm or another region."""

from typing import Final

from ssj_core.problems.model import Entry

ENTRIES: Final[dict[str, Entry]] = {
    "SSJ-R051": Entry(
        "warning",
        "信用代码“{value}”不以 91、92、93 开头，不是企业、个体工商户或农民专业合作社",
        "机关、事业单位、社会组织等是检查对象的，不必处理；否则对照证照核对",
        "the credit code “{value}” does not begin with 91, 92 or 93: no company, trader or co-operative",
        "nothing to do if offices, institutions or associations are to be inspected; else compare with the licence",
    ),
    "SSJ-R052": Entry(
        "warning",
        "{total} 个对象中有 {count} 个的信用代码不以 91、92、93 开头（第 {rows} 行等），不是企业、个体工商户或农民专业合作社",
        "机关、事业单位、社会组织等是检查对象的，不必处理；否则对照证照核对",
        "the credit codes of {count} of {total} subjects do not begin with 91, 92 or 93 (rows {rows} …): "
        "no companies, traders or co-operatives",
        "nothing to do if offices, institutions or associations are to be inspected; else compare with the licence",
    ),
    "SSJ-R062": Entry(
        "error",
        "计划写的 regions = “{value}”不是行政区划代码的开头",
        '写 2 位（省）、4 位（市）或 6 位（县）数字，例如 regions = ["130624"]',
        "regions = “{value}” of the plan is not the beginning of a region code",
        'write 2, 4 or 6 digits, such as regions = ["130624"]',
    ),
    "SSJ-R063": Entry(
        "warning",
        "“{value}”是在别处（{region}）登记的，不在计划写的辖区 {known} 里",
        "核对代码和住所；确在本辖区经营、归本单位监管的，不必改",
        "“{value}” was registered elsewhere ({region}), not in {known} as the plan says",
        "check code and address; nothing to do if the firm works in the region and is yours to inspect",
    ),
    "SSJ-R064": Entry(
        "warning",
        "{total} 个对象中有 {count} 个不在计划写的辖区 {known} 登记（第 {rows} 行等）",
        "先看计划里的 regions 写得对不对（市、省登记的企业开头不同，可以多写几个）；再核对名录",
        "{count} of {total} subjects were not registered in {known} as the plan says (rows {rows} …)",
        "see first whether regions in the plan is right (city and province have codes of their own; name several), then the roster",
    ),
}
