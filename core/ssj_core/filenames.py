"""Names of files and folders made from names of firms and batches: safe on every system, and no two alike."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

LONGEST: Final = 60
"""Characters of a name without its suffix; a path on Windows has 259 in all."""

WHOLE: Final = 255
"""For `longest`: a name that is safe already, cut by nothing but what a file system holds."""

_MOST_BYTES: Final = 200  # of UTF-8; a name on Linux has 255, and some are added for a number and a suffix
_FORBIDDEN: Final = re.compile(r'[\\/:*?"<>|／＼]+')
_DROPPED: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_SYMBOLS: Final = frozenset({"So", "Sk"})
_DEVICE: Final = re.compile(
    r"(?:CON|PRN|AUX|NUL|CLOCK\$|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])(?:[. ].*)?", re.IGNORECASE
)
_UNNAMED: Final = "未命名"


def safe_name(text: str, longest: int = LONGEST, *, tail: str = "") -> str:
    """Return `text` as the name of a file or folder, without a suffix; `tail` ends it and is never cut.

    What no name may hold (slashes, colons, …) and pictures become `_`, what cannot be seen (bidirectional and control
    characters) goes, a name that Windows keeps for devices gets a `_` before it, a long one is cut. Never empty.
    """
    end = _plain(tail).rstrip(" ._")
    name = _cut(_plain(text).lstrip(" .-~_$"), longest - len(end), _MOST_BYTES - len(end.encode())).rstrip(" ._")
    if not name:
        name = _UNNAMED
    return f"_{name}{end}" if _DEVICE.fullmatch(f"{name}{end}") else f"{name}{end}"


def copies(names: Iterable[str], text: str, suffix: str = "") -> list[str]:
    """Those of `names` that `text` and its numbered copies have, as `名单.xlsx`, `名单（2）.xlsx`, in their order."""
    alike = re.compile(rf"{re.escape(_key(safe_name(text, WHOLE)))}(?:\((\d+)\))?{re.escape(_key(suffix))}")
    found = [(int(match[1] or 1), name) for name in names if (match := alike.fullmatch(_key(name)))]
    return [name for _, name in sorted(found)]


class FileNames:
    """The names given in one folder: the second that is alike, in capitals or width too, gets （2） and so on."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {_key(name) for name in taken}

    def give(self, text: str, suffix: str = "", longest: int = LONGEST) -> str:
        """Return a safe name with its suffix, such as `.xlsx`, that was not given before."""
        name = safe_name(text, longest)
        number = 1
        while _key(given := f"{name}{_numbered(number)}{suffix}") in self._taken:
            number += 1
        self._taken.add(_key(given))
        return given


def _numbered(number: int) -> str:
    return f"（{number}）" if number > 1 else ""


def _key(name: str) -> str:
    """Names alike by this are one file on some system: Windows knows no capitals, others fold width or accents."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def _shown(sign: str) -> str:
    kind = unicodedata.category(sign)
    if sign in "\t\n\r":
        return " "
    if kind in _DROPPED or sign in "\ufe0e\ufe0f\u20e3":
        return ""
    return "_" if kind in _SYMBOLS and ord(sign) > 0xFF else " " if kind == "Zs" else sign


def _plain(text: str) -> str:
    shown = "".join(map(_shown, _FORBIDDEN.sub("_", unicodedata.normalize("NFC", text))))
    return re.sub("_{2,}", "_", " ".join(shown.split()))


def _cut(name: str, longest: int, most_bytes: int) -> str:
    cut = name[: max(longest, 0)]
    while len(cut.encode()) > most_bytes and cut:
        cut = cut[:-1]
    return cut
