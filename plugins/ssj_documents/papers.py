"""The papers this plugin prints, as renderers of the registry."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cache, partial
from typing import Final

from ssj_core.documents.model import Dossier, Renderer
from ssj_core.problems import InputError, Problem, errors, problem
from ssj_documents.checking import check
from ssj_documents.extras import needing
from ssj_documents.facts import facts
from ssj_documents.layouts import form, notice, protocol, tasks
from ssj_documents.sample import sample_facts
from ssj_documents.typeset import typeset
from ssj_documents.word import fill, settled

Layout = Callable[[], bytes]


@cache
def _template(layout: Layout) -> bytes:
    with needing("forms"):
        return settled(layout())


def _word(layout: Layout, each: Sequence[str], dossier: Dossier, template: bytes | None) -> bytes:
    if template is not None and (found := errors(_check(each, template, "template"))):
        raise InputError(found)
    own = _template(layout) if template is None else template
    with needing("forms"):
        return fill(own, facts(dossier))


def _check(each: Sequence[str], data: bytes, file: str) -> Sequence[Problem]:
    with needing("forms"):
        return check(data, file, sample_facts(), each)


def _pdf(paper: str, title: str, dossier: Dossier, template: bytes | None) -> bytes:
    if template is not None:
        raise InputError([problem("SSJ-D022", value=title)])
    with needing("pdf"):
        return typeset(paper, title, facts(dossier), _day(dossier))


def _day(dossier: Dossier) -> date:
    """The day of the draw; of a record that has none that can be read, the first of its batch."""
    try:
        return datetime.fromisoformat(dossier.drawn_at).date()
    except ValueError:
        return dossier.rules.start


_ENGLISH: Final = {
    "form": "inspection forms",
    "notice": "notices of inspection",
    "protocol": "protocol of the draw",
    "tasks": "task lists of the officers",
}


def _as_pdf(name: str, title: str, *, whole: bool = False, contacts: bool = False) -> Renderer:
    return Renderer(
        id=f"documents.{name}_pdf",
        title=title,
        title_en=f"{_ENGLISH[name]} (PDF)",
        suffix="pdf",
        render=partial(_pdf, name, title),
        whole=whole,
        contacts=contacts,
    )


def _in_word(
    name: str, title: str, layout: Layout, each: Sequence[str] = (), *, whole: bool = False, contacts: bool = False
) -> Renderer:
    return Renderer(
        id=f"documents.{name}",
        title=title,
        title_en=_ENGLISH[name],
        suffix="docx",
        render=partial(_word, layout, each),
        template=partial(_template, layout),
        check=partial(_check, each),
        whole=whole,
        contacts=contacts,
    )


RENDERERS: Final = (
    _in_word("form", "一企一表", form.template, ("各表",), contacts=True),
    _in_word("notice", "检查通知书", notice.template, ("各表",), contacts=True),
    _in_word("protocol", "随机抽取会议记录", protocol.template, whole=True),
    _in_word("tasks", "检查任务单", tasks.template, ("各人", "各表")),
    _as_pdf("form", "一企一表", contacts=True),
    _as_pdf("notice", "检查通知书", contacts=True),
    _as_pdf("protocol", "随机抽取会议记录", whole=True),
    _as_pdf("tasks", "检查任务单"),
)
