"""Codes of loads, limits and colleagues of last time that must follow from the earlier draws of a ledger."""

from typing import Final

from ssj_core.problems.model import Entry


def _differs(zh: str, en: str) -> Entry:
    return Entry(
        "error",
        zh,
        "先确认台账和各次抽取的文件夹齐全；仍然如此，请抽取单位书面说明",
        en,
        "see first that the ledger and the folders of all draws are there; if it stays so ask the office in writing",
    )


ENTRIES: Final[dict[str, Entry]] = {
    "SSJ-V107": _differs(
        "{name} 封存的已有次数是 {value}，按台账中更早的抽取应为 {right}",
        "the load sealed for {name} is {value}; by the earlier draws of the ledger it is {right}",
    ),
    "SSJ-V108": _differs(
        "{name} 封存的上限是 {value}，按各期上限和台账中更早的抽取应为 {right}",
        "the cap sealed for {name} is {value}; by the limits and the earlier draws of the ledger it is {right}",
    ),
    "SSJ-V109": _differs(
        "封存的上次同组人员是 {value}，按台账中更早的抽取应为 {right}",
        "the colleagues of last time that were sealed are {value}; by the earlier draws of the ledger they are {right}",
    ),
    "SSJ-V116": Entry(
        "note",
        "本单位的以往检查名单也算在内（SHA-256 {value}）；它的内容这里看不到，已有次数可以更多，上限可以更少",
        "不必处理",
        "a list of the office counts, too (SHA-256 {value}); what it says is not seen here: loads may be more, caps less",
        "nothing to do",
    ),
    "SSJ-V120": Entry(
        "warning",
        "更早的抽取 {value} 不在或读不懂，已有次数、各期上限和上次同组的人员算不出来",
        "取来 {value} 的文件夹，放进 draws 再核验",
        "the earlier draw {value} is missing or cannot be read: loads, limits and colleagues of last time cannot be told",
        "fetch the folder {value} into draws and verify again",
    ),
}
