"""Codes of draws."""

from typing import Final

from ssj_core.problems.model import Entry

ENTRIES: Final[dict[str, Entry]] = {
    "SSJ-M001": Entry(
        "error",
        "执法人员不够：{zh}",
        "{zh_todo}",
        "too few officers: {en}",
        "{en_todo}",
    ),
    "SSJ-M002": Entry(
        "error",
        "席位无人可派：{zh}",
        "{zh_todo}",
        "places nobody may fill: {en}",
        "{en_todo}",
    ),
    "SSJ-M003": Entry(
        "note",
        "另有 {value} 个检查对象与 {first} 情形相同",
        "解决了这一个，其余的也就解决了",
        "{value} more subjects are in the same position as {first}",
        "what helps the one helps the others",
    ),
}
