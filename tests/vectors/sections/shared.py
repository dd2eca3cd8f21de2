"""What every section's vectors are made with."""

import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parents[1]

Case = dict[str, Any]


def visible(text: str) -> str:
    """Escape, as JSON does, what an editor would not show or might change."""
    return "".join(
        ch if ch in "\n " or (unicodedata.category(ch)[0] not in "CZM" and unicodedata.is_normalized("NFC", ch))
        else "\\u" + f"{ord(ch):04x}"
        for ch in text
    )  # fmt: skip


def page(section: str, about: str, cases: list[Case]) -> Case:
    names = [c["name"] for c in cases]
    agree("names are distinct", len(set(names)), len(names))
    return {"format": "ssj-vectors/1", "spec": "SSJ-DRAW/1", "section": section, "about": about, "cases": cases}


def agree(what: str, found: object, typed: object) -> None:
    if found != typed:
        raise SystemExit(f"{what}: the core says {found!r}, but {typed!r} is known")


def refused(call: Callable[[], object]) -> bool:
    try:
        call()
    except ValueError:
        return True
    return False
