"""Codes SSJ-L…: ledger and working folder."""

from typing import Final

from ssj_core.problems.model import Entry

ENTRIES: Final[dict[str, Entry]] = {
    "SSJ-L002": Entry(
        "error",
        "抽取 {value} 已经封存，但封存的文件不见了",
        "从备份恢复 sealed 文件夹；不能另行封存",
        "the draw {value} is sealed, but its sealed files are gone",
        "restore the folder sealed from a copy; it cannot be sealed again",
    ),
    "SSJ-L003": Entry(
        "error",
        "台账里有抽取 {value}，但它的文件夹不见了",
        "从备份恢复 draws 文件夹",
        "the ledger has the draw {value}, but its folder is gone",
        "restore the folder draws from a copy",
    ),
    "SSJ-L004": Entry(
        "error",
        "抽取 {value} 的抽中名单读不懂（{reason}），无法知道谁已经抽过",
        "先运行 ssj-core verify，再从备份恢复",
        "the drawn list of {value} cannot be read ({reason}), so nobody knows who was drawn before",
        "run ssj-core verify, then restore it from a copy",
    ),
    "SSJ-L005": Entry(
        "error",
        "抽取 {value} 的封存文件与台账里的承诺不一致",
        "封存后文件被改动：从备份恢复；不能用改动后的名录抽取",
        "the sealed files of {value} do not agree with the commitment in the ledger",
        "they were changed after sealing: restore them from a copy",
    ),
    "SSJ-L006": Entry(
        "error",
        "抽取 {value} 的文件夹已经存在，内容却不是这次抽取的结果",
        "移走这个文件夹，查明来历后再运行",
        "the folder of the draw {value} exists already and holds something else",
        "move it away and find out where it came from",
    ),
    "SSJ-L007": Entry(
        "error",
        "另一个程序刚刚抽完了 {value}",
        "不必再抽；运行 ssj-core verify 查看结果",
        "another process has just drawn {value}",
        "there is nothing to do; run ssj-core verify to see the result",
    ),
    "SSJ-L020": Entry(
        "error",
        "台账里没有抽取 {value}",
        "台账里的抽取：{known}{near}",
        "the ledger has no draw {value}",
        "it has: {known}{near_en}",
    ),
    "SSJ-L021": Entry(
        "error",
        "理由 {value} 不能用",
        "写一行文字，说明为什么作废，例如“名录漏列两户，经局长批准重抽”",
        "the reason {value} cannot be used",
        "say in one line why the draw is void",
    ),
    "SSJ-L022": Entry(
        "error",
        "抽取 {value} 已经作废",
        "不必再作废；运行 ssj-core run 重新抽取",
        "the draw {value} is void already",
        "nothing to do; run ssj-core run to draw again",
    ),
    "SSJ-L023": Entry(
        "error",
        "从前导出的台账不是现在台账的开头部分：第 {value} 行起不同",
        "台账被改写过；请查明原因，并以从前公布的一份为准",
        "the ledger exported before is not the beginning of this one: they differ from line {value}",
        "the ledger was rewritten: find out why, and trust the one that was published",
    ),
    "SSJ-L008": Entry(
        "error",
        "规则集的批次 {value} 本年度已经由 {other} 封存或抽取，不能换个编号再抽",
        "确需重抽，先用 ssj-core void 写明理由作废 {other}",
        "the ruleset's batch {value} was sealed or drawn this year as {other}: another id does not make it another batch",
        "if it must be drawn again, declare {other} void with a reason first",
    ),
    "SSJ-L024": Entry(
        "error",
        "{value} 是空的，不能用来对照",
        "给出从前用 ssj-core ledger export 导出的那一份",
        "{value} is empty and says nothing about this ledger",
        "give the copy that ssj-core ledger export made before",
    ),
    "SSJ-L026": Entry(
        "error",
        "公布过的台账头 {value} 不在这份台账里：台账公布以后被改写过，或抄错了数字",
        "核对公告上的台账头；数字无误，就是台账已不是公布时的那一份",
        "the published head {value} is not in this ledger: it was rewritten afterwards, or the digits are copied wrongly",
        "compare the digits with the notice; if they are right, this is not the ledger that was published",
    ),
    "SSJ-L009": Entry(
        "error",
        "抽取编号 {value} 在台账里是另一批次的（{other}）",
        "换一个计划编号或批次编号：计划编号、批次编号连起来不能与别的计划相同",
        "the ledger has {value} as the draw of another batch ({other})",
        "give the plan or the batch another id: plan id and batch id together must not be those of another plan",
    ),
    "SSJ-L010": Entry(
        "error",
        "另一个程序正在这个文件夹里抽取",
        "等它结束后再试；确认没有其他人在操作",
        "another process is drawing in this folder",
        "try again when it has finished",
    ),
    "SSJ-L011": Entry(
        "error",
        "文件夹写不进去：{reason}",
        "检查权限、磁盘空间，或换一个文件夹",
        "the folder cannot be written: {reason}",
        "check permissions and space, or use another folder",
    ),
    "SSJ-L012": Entry(
        "error",
        "文件夹 {value} 已经存在且不是空的",
        "换一个新的文件夹名；已有的文件不会被覆盖",
        "the folder {value} exists and is not empty",
        "choose a new name; nothing is ever overwritten",
    ),
    "SSJ-L013": Entry(
        "error",
        "{value} 里没有可核验的抽取记录",
        "给出一个抽取文件夹（内有 record.toml），或含有 draws 文件夹的工作文件夹",
        "there is no draw to verify in {value}",
        "give the folder of a draw (with record.toml) or a working folder with draws",
    ),
}
