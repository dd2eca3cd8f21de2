"""Codes SSJ-X…: explanations and proofs of single subjects and officers."""

from typing import Final

from ssj_core.problems.model import Entry

ENTRIES: Final[dict[str, Entry]] = {
    "SSJ-X001": Entry(
        "error",
        "没有写明是 {value} 里的哪一次抽取",
        "给出抽取的文件夹，或在工作文件夹后面写上抽取编号：{known}",
        "it is not said which draw of {value} is meant",
        "give the folder of a draw, or its id after the working folder: {known}",
    ),
    "SSJ-X002": Entry(
        "error",
        "没有抽取 {value}",
        "这里的抽取：{known}{near}",
        "there is no draw {value}",
        "those here are: {known}{near_en}",
    ),
    "SSJ-X003": Entry(
        "error",
        "这次抽取的名录里没有“{value}”",
        "写出完整的编号或名称{near}",
        "nobody called “{value}” stands in the rosters of this draw",
        "give the whole id or name{near_en}",
    ),
    "SSJ-X004": Entry(
        "error",
        "“{value}”有 {count} 个",
        "写出编号：{known}",
        "“{value}” may be {count} different ones",
        "give the id: {known}",
    ),
    "SSJ-X005": Entry(
        "error",
        "{value} 不在检查对象的抽取范围，没有可以证明的一行",
        "运行 ssj-core explain 查看原因",
        "{value} is no subject of the pool, so there is no line to prove",
        "ssj-core explain says why",
    ),
    "SSJ-X006": Entry(
        "error",
        "{value} 不是 ssj-proof/1 证明文件，或已被改动（{reason}）",
        "重新取得证明文件，不要用编辑器另存",
        "{value} is no proof of format ssj-proof/1, or was changed ({reason})",
        "get the proof again and do not save it from an editor",
    ),
    "SSJ-X007": Entry(
        "error",
        "文件 {value} 已经存在",
        "换一个文件名；已有的文件不会被覆盖",
        "the file {value} exists",
        "choose another name; nothing is ever overwritten",
    ),
    "SSJ-X008": Entry(
        "error",
        "抽取文件不全或不成立，无法制作证明",
        "运行 ssj-core verify 查看哪一步有问题",
        "files of the draw are missing or do not hold, so no proof is made",
        "ssj-core verify shows the step that is wrong",
    ),
}
