"""Collects the problems of one roster, so that one reading tells them all, with personal data blotted out."""

from collections.abc import Iterable
from typing import Final, TypedDict

from attrs import evolve

from ssj_core.problems import Problem, problem
from ssj_core.readers.brief import cut
from ssj_core.roster.privacy import mask
from ssj_core.text import quoted

_LONGEST_LIST: Final = 600
_SLIP: Final = 0.85


class Near(TypedDict):
    """Two parameters of a message: what a word may have meant."""

    nearest: str
    nearest_en: str


class CellError(ValueError):
    """A cell cannot be understood; `code` is the problem it makes, `params` what its message says of this cell."""

    def __init__(self, code: str, **params: str) -> None:
        self.code, self.params = code, params
        super().__init__(code)


class Findings:
    """The problems of one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def add(self, code: str, *, row: int | None = None, field: str = "", value: object = "", **params: object) -> None:
        """Note a problem of the catalogue."""
        told = {name: cut(mask(str(param)), _LONGEST_LIST) for name, param in params.items()}
        shown = cut(mask(str(value)))  # masked first: half a number would not be known as one
        self.problems.append(problem(code, file=self.file, row=row, field=cut(mask(field)), value=shown, **told))

    def extend(self, rows: Iterable[int]) -> None:
        """Say that the last problem tells of these rows, too."""
        self.problems[-1] = evolve(self.problems[-1], also=tuple(rows))


def nearest(word: str, candidates: Iterable[str], count: int = 3) -> Near:
    """Return what the word may have meant; of numbers, which are all alike, only what differs by a slip."""
    from difflib import get_close_matches

    near = get_close_matches(cut(word), sorted(set(candidates)), count, _SLIP if _is_number(word) else 0.5)
    if not near:
        return {"nearest": "", "nearest_en": ""}
    near = [cut(one) for one in near]
    return {"nearest": f"；最接近的是：{'、'.join(near)}", "nearest_en": f"; nearest: {', '.join(map(quoted, near))}"}


def _is_number(word: str) -> bool:
    return word.isascii() and sum(sign.isdigit() for sign in word) * 2 > len(word)
