"""The papers this plugin prints, as renderers of the registry."""

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Final

from ssj_core.documents.model import Dossier, Renderer
from ssj_core.problems import InputError, Problem, errors
from ssj_documents.checking import check
from ssj_documents.extras import needing
from ssj_documents.facts import facts
from ssj_documents.layouts import form
from ssj_documents.sample import sample_facts
from ssj_documents.word import fill, settled

Layout = Callable[[], bytes]


@cache
def _template(layout: Layout) -> bytes:
    with needing("forms"):
        return settled(layout())


def _word(layout: Layout, dossier: Dossier, template: bytes | None) -> bytes:
    if template is not None and (found := errors(_check(template, "template"))):
        raise InputError(found)
    own = _template(layout) if template is None else template
    with needing("forms"):
        return fill(own, facts(dossier))


def _check(data: bytes, file: str) -> Sequence[Problem]:
    with needing("forms"):
        return check(data, file, sample_facts())


def _in_word(name: str, title: str, layout: Layout) -> Renderer:
    return Renderer(
        id=f"documents.{name}",
        title=title,
        suffix="docx",
        render=partial(_word, layout),
        template=partial(_template, layout),
        check=_check,
    )


RENDERERS: Final = (_in_word("form", "一企一表", form.template),)
