"""English sentences that are known, each with its Chinese one; what is found in them is filled in."""

import re
from collections.abc import Mapping
from typing import Final

from ssj_core.text import Text

_HOLE: Final = re.compile(r"\{(\d)\}")
_LONGEST: Final = 200


class Patterns:
    """A table of patterns (whole sentences, as regular expressions) to Chinese with `{1}`, `{2}` for what they hold."""

    def __init__(self, table: Mapping[str, str], *, ending: str = "", ending_zh: str = "") -> None:
        self._known = [(re.compile(f"(?s:{pattern})"), zh) for pattern, zh in table.items()]
        self._ending = re.compile(f"(?s:(.*?)(?:{ending})?)")
        self._ending_zh = ending_zh

    def find(self, message: str) -> Text | None:
        """The sentence in both languages; None if it is not known."""
        whole = self._ending.fullmatch(message)
        if whole is None:
            return None
        found_at = [part for part in whole.groups()[1:] if part]
        at = _HOLE.sub(lambda hole: found_at[int(hole[1]) - 1], self._ending_zh) if found_at else ""
        for pattern, zh in self._known:
            if found := pattern.fullmatch(whole[1].strip()):
                return Text(_HOLE.sub(lambda hole, found=found: found[int(hole[1])] or "", zh) + at, message)  # type: ignore[misc]
        return None


def quoted(message: str, kind: str = "") -> Text:
    """What nobody translated, told as what it is: somebody else's words."""
    words = " ".join(message.split()) or kind
    if len(words) > _LONGEST:  # some libraries say what happened first, some last
        words = f"{words[: _LONGEST // 2]}…{words[-_LONGEST // 2 :]}"
    return Text(f"原文：{words}", words)
