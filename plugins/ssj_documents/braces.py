"""Finds braces in a template that are no field: one of a pair is missing, full-width, or stands apart."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from ssj_documents.tags import FIELD, MARKUP, SHOWN, plain_text

_BRACES: Final = re.compile(r"｛{1,2}[^｛｝{}]{0,40}｝{0,2}|｛%|%｝|\{[^\S\n]*[{%]|[}%][^\S\n]*\}|\{#|#\}")
"""What opens or closes a field or instruction, its two signs together or apart."""
_WHOLE: Final = re.compile(r"[{｛][^\n]{0,40}?[}｝](?:[^\S\n]*[}｝])?")
_MARK: Final = re.compile(r"\{[{%]|[}%]\}")
_INNER: Final = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{#.*?#\}")
_AROUND: Final = 18
_SHORT: Final = 2
"""Two signs by themselves are shown with what stands around them."""
_LOOPED: Final = re.compile(r"\bfor\s+(\w+)\s+in\b")
_LOOPS: Final = ("表", "人", "块", "类", "项", "户")
"""What the shipped templates call one entry of a list: another template has them from there."""


def half_open(paragraphs: Iterable[str]) -> Iterator[str]:
    """Fields that begin in one paragraph and do not end there, or the other way round.

    docxtpl would join them with all that stands between, and drop it with an instruction that is among it.
    """
    for text in paragraphs:
        for stray in _MARK.finditer(_INNER.sub(lambda field: " " * len(field[0]), text)):
            yield " ".join(text[max(0, stray.start() - _AROUND) : stray.end() + _AROUND].split())


def broken_braces(source: str, sample: dict[str, Any]) -> Iterator[str]:
    """Braces outside of any field, and fields that hold another brace: one of theirs is missing, or stands apart."""
    fields = FIELD.findall(source)
    for field in fields:
        if re.search("[{}]", field[2:-2]):
            yield plain_text(field)[:SHOWN]
    left = MARKUP.sub("", FIELD.sub("", source).replace("</w:p>", "\n"))
    looped = {name for field in fields for name in _LOOPED.findall(plain_text(field))}
    known = "|".join(map(re.escape, sorted({*sample, *looped, *_LOOPS})))
    single = re.compile(rf"\{{[^\S\n]*(?:{known})\b[^{{}}\n]{{0,40}}\}}?|\b(?:{known})\.[\w.]+[^\S\n]*\}}")
    told = 0
    for stray in sorted((*_BRACES.finditer(left), *single.finditer(left)), key=re.Match.start):
        if stray.start() < told:
            continue  # it is part of what was shown
        whole = _WHOLE.match(left, stray.start()) or stray
        around = 12 if len(whole[0]) <= _SHORT else 0
        shown = left[max(told, whole.start() - around) : whole.end() + around]
        told = whole.end()
        yield " ".join(shown.split())[:SHOWN]
