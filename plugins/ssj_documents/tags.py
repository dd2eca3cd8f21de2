"""Takes a template apart into its fields and instructions, so that each is looked at whatever is wrong around it."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from jinja2 import TemplateError, nodes

FIELD: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
MARKUP: Final = re.compile(r"<[^>]*>")
"""The XML that Word writes between the letters of one field."""
SHOWN: Final = 40
"""How many signs of a template a message quotes."""
_WORD: Final = re.compile(r"\{%[-+]?\s*([^\W\d]\w*)")
_MIDDLE: Final = frozenset({"else", "endfor", "endif"})
_BLOCKS: Final = frozenset({"for", "if", "macro", "call", "filter", "block", "autoescape", "with", "raw"})


class Tag(NamedTuple):
    """A field or instruction as it is written, and parsed as if it stood alone: a tree, or what is wrong with it."""

    text: str
    tree: "nodes.Template | None"
    error: "TemplateError | None"


def tags(source: str) -> Iterator[Tag]:
    """Every field, loop and condition of a template, in order; what ends one says nothing by itself."""
    from jinja2 import TemplateError

    from ssj_documents.word import environment

    for text in FIELD.findall(source):
        alone = _alone(text)
        if alone is None:
            continue
        try:
            yield Tag(text, environment().parse(alone), None)
        except TemplateError as error:
            yield Tag(text, None, error)


def plain_text(text: str) -> str:
    """What somebody sees of it in Word, blanks drawn together."""
    return " ".join(MARKUP.sub("", text).split())


def without(source: str, wrong: list[str]) -> str:
    """A template without some of its tags, to see whether the rest fits together."""
    for text in wrong:
        source = source.replace(text, "")
    return source


def _alone(text: str) -> str | None:
    """A tag made whole: with the end of its block, or as the condition that an `elif` is."""
    found = _WORD.match(text)
    word: Any = found[1] if found else ""
    if word in _MIDDLE or text.startswith("{#"):
        return None
    if word == "elif":
        return text.replace("elif", "if", 1) + "{% endif %}"
    return f"{text}{{% end{word} %}}" if word in _BLOCKS else text
