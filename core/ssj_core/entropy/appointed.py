"""What the parts of an appointed event are called on Chinese paper; their keys are English words already."""

from collections.abc import Mapping
from typing import Final

_WORDS: Final[Mapping[str, str]] = {
    "after": "不早于",
    "anchor": "链端",
    "chain": "链",
    "date": "开奖日",
    "deadline": "截止",
    "game": "彩种",
    "issue": "期号",
    "label": "用途",
    "network": "网络",
    "parties": "各方",
    "pulse": "脉冲",
    "rolls": "掷数",
    "round": "轮次",
    "time": "时间",
}
"""By key, of the sources that ship: another's part goes by the key that its plugin gave it."""


def part_word(key: str) -> str:
    """The Chinese word for one part of an event that was sealed for a source."""
    return _WORDS.get(key, key)
