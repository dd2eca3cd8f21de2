"""Cuts what is echoed in messages: a cell may hold a hundred thousand characters."""

from typing import Final

LONGEST: Final = 60


def cut(text: str, longest: int = LONGEST) -> str:
    """Return the beginning of a long text, with … for the rest."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
