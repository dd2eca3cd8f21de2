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
        "{id} 里没有 {value}",
        "可用的：{known}{near}",
        "{id} has no {value}",
        "it has: {known}{near_en}",
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
    "SSJ-A008": Entry(
        "error",
        "案例给栏目“{column}”写了“{value}”，规则 {rule} 把它当作{kind}",
        "写成：{kind}；没有的，不写这一栏",
        "the case gives the column “{column}” the cell “{value}”, which {rule} reads as {kind_en}",
        "write {kind_en}; where there is none, leave the column out",
    ),
    "SSJ-A010": Entry(
        "error",
        "没有格式 {value}",
        "可用的格式：{known}{near}",
        "there is no format {value}",
        "formats: {known}{near_en}",
    ),
    "SSJ-A020": Entry(
        "error",
        "这里没有封存的抽取（没有 {value}）",
        "写抽取编号，或 draws、sealed 下的文件夹",
        "there is no sealed draw here (no {value})",
        "give the id of a draw, or its folder in draws or sealed",
    ),
    "SSJ-A021": Entry(
        "error",
        "插件 {value} 不是封存时的那个：封存时 {was}（{was_digest}），现在 {now}（{now_digest}）",
        "要用当时的规则重算，先恢复：{restore}",
        "the plugin {value} is not that of the sealing: then {was} ({was_digest}), now {now_en} ({now_digest})",
        "to work with the rules of then, restore it: {restore_en}",
    ),
    "SSJ-A022": Entry(
        "warning",
        "名录不是封存时的那个：封存时 {was}，现在 {value}",
        "名录表无法比较；要比较，放回当时的名录文件",
        "the roster is not that of the sealing: then {was}, now {value}",
        "the tables cannot be compared; put the roster of then back to compare them",
    ),
    "SSJ-A023": Entry(
        "warning",
        "台账里没有 {value} 的封存，不知道当时今年已抽过谁",
        "名录表无法比较；在原来的工作文件夹里重放",
        "the ledger knows no sealing of {value}, so nobody knows who had been drawn before",
        "the tables cannot be compared; replay in the working folder of the draw",
    ),
    "SSJ-A024": Entry(
        "warning",
        "计划已经改过（现在 {value}）",
        "下面是按现在的计划重算的",
        "the plan was changed since (now {value})",
        "what follows was worked out from the plan of today",
    ),
    "SSJ-A030": Entry(
        "error",
        "{value} 里没有插件（没有 ssj-plugin.toml）",
        "写规则文件夹，或者安装包（.whl）",
        "{value} holds no plugin (no ssj-plugin.toml)",
        "give a folder of rules or a wheel",
    ),
    "SSJ-A031": Entry(
        "warning",
        "程序文件 {value} 有改动",
        "程序说的规则不能这样比较：运行案例（ssj-core plugins test），看结果有没有变",
        "the code {value} changed",
        "what code says cannot be compared like this: run the cases (ssj-core plugins test)",
    ),
}
