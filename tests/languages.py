"""Watches every problem that any test makes: no English sentence in its Chinese message, no Chinese in its English.

What stands in the office's own files is in the office's language: values, headers, names, paths. What we say ourselves
is not, and where a message quotes somebody else's words it says so (原文).
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from ssj_core.problems import Problem
from ssj_core.problems.model import EN

SAID: Final = frozenset({"reason", "why", "what", "expected", "nearest", "near", "because", "source", "title"})
"""Parameters that are words of the programme, not of a file."""

WHOLLY_OURS: Final = frozenset({"reason", "why", "what"})
"""Those among them that hold no word of a file: a guess names a header of the office's."""

TYPED: Final = frozenset({"SSJ-D005", "SSJ-E050", "SSJ-V103"})
"""Problems whose reason is what somebody of the office wrote down."""

_WORD: Final = r"[A-Za-z][a-z']+"
_SENTENCE: Final = re.compile(rf"(?<![-./\w]){_WORD}(?: {_WORD}){{2,}}(?![-./\w])")
_QUOTED: Final = re.compile(r"“[^”]*”|\"[^\"]*\"|'[^']*'|原文：.*|ssj-core .*|pip .*|apt .*", re.DOTALL)
_WIDEST: Final = re.compile("“.*”", re.DOTALL)  # what is quoted may hold a quotation mark
_BRACKETS: Final = re.compile(r"\([^()]*\)|（[^（）]*）|\[[^\][]*\]|(?m:^\[.*\]$)")
_HAN: Final = re.compile("[\u3400-\u9fff]")


@contextmanager
def watched() -> Iterator[None]:
    """Look at every problem that is made, and complain of those in the wrong language at the end."""
    wrong: set[str] = set()
    made = Problem.__init__

    def looked_at(self: Problem, *args: Any, **kwargs: Any) -> None:
        made(self, *args, **kwargs)
        wrong.update(f"{self.code}: {text}" for text in mixed(self))

    Problem.__init__ = looked_at  # type: ignore[method-assign]
    try:
        yield
    finally:
        Problem.__init__ = made  # type: ignore[method-assign]
    assert not wrong, "told in another language than the message: " + "; ".join(sorted(wrong))


def mixed(one: Problem) -> Iterator[str]:
    """Texts of ours in the wrong language."""
    for name in SAID & one.params.keys():
        zh, en = one.params[name], one.params.get(name + EN, one.params[name])
        if f"原文：{{{name}}}" in one.entry.zh:
            continue
        if _SENTENCE.search(_QUOTED.sub("", zh)):
            yield f"{name} = {zh!r} in Chinese"
        if name in WHOLLY_OURS and "原文" not in zh and one.code not in TYPED and _HAN.search(_QUOTED.sub("", en)):
            yield f"{name} = {en!r} in English"
    for name, en in one.params.items():
        if (
            name.endswith(EN)
            and name.removesuffix(EN) not in WHOLLY_OURS
            and _HAN.search(_BRACKETS.sub("", _QUOTED.sub("", en)))
        ):
            yield f"{name} = {en!r} in English, neither quoted nor in brackets"
