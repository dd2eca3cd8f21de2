"""Codes SSJ-A…: cases of a plugin, and draws compared with the rules of today."""

from typing import Final

from ssj_core.problems.model import Entry

ENTRIES: Final[dict[str, Entry]] = {
    "SSJ-A001": Entry(
        "error",
        "一个案例只问一件事，这里问的是：{value}",
        "下列各项写一个，只写一个：{known}",
        "a case asks one thing; this one asks {value}",
        "write one of these and no other: {known}",
    ),
    "SSJ-A002": Entry(
        "error",
        "问 {kind} 的案例不会有 {value} 这一结果",
        "expect 里可以写：{known}",
        "a case that asks for {kind} cannot expect {value}",
        "expect may hold: {known}",
    ),
    "SSJ-A003": Entry(
        "error",
        "案例没有写结果应当是什么：{value}",
        "在 expect 里至少写一项：{known}",
        "the case does not say what must come out: {value}",
        "write at least one of these into expect: {known}",
    ),
    "SSJ-A004": Entry(
        "error",
        "问 {kind} 的案例缺少 {value}",
        "补上 {value}；只写与本案例有关的栏目",
        "a case that asks for {kind} needs {value}",
        "add {value}, with what matters for this case only",
    ),
    "SSJ-A005": Entry(
        "error",
        "清单 {id} 里没有事项 {value}",
        "可用的事项：{known}{near}",
        "the checklist {id} has no item {value}",
        "its items: {known}{near_en}",
    ),
    "SSJ-A006": Entry(
        "error",
        "{value} 不是“规则集/批次”",
        "写成 fuping_zjj_2021/key-1 这样；可用的：{known}{near}",
        "{value} is not a ruleset and its batch",
        "write it like fuping_zjj_2021/key-1; known: {known}{near_en}",
    ),
    "SSJ-A007": Entry(
        "warning",
        "{what}没有案例：{value}（{when}）",
        "在 cases 里加一条：一句规定、其中一天、应当的结果",
        "no case touches this {what_en}: {value} ({when_en})",
        "add one to the cases: a sentence of law, a day of it, what must come out",
    ),
    "SSJ-A010": Entry(
        "error",
        "没有格式 {value}",
        "可用的格式：{known}{near}",
        "there is no format {value}",
        "formats: {known}{near_en}",
    ),
}
