"""Looks at a Word template before it is used: unknown fields, broken braces, code, outside files."""

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from ssj_core.causes import cause, named_cause
from ssj_core.problems import Problem, problem
from ssj_core.readers.package import open_package
from ssj_core.text import Text
from ssj_documents.allowed import code_in
from ssj_documents.braces import broken_braces, half_open
from ssj_documents.extras import needing
from ssj_documents.fields import Fields, Unknown
from ssj_documents.parts import fetched, paragraphs_of, sources_of
from ssj_documents.tags import FIELD, MARKUP, SHOWN, plain_text, tags, without
from ssj_documents.word import environment

_LARGEST: Final = 20 << 20
_TOO_LARGE: Final = Text("比一份模板该有的大得多", "much larger than a template should be")
_NO_PACKAGE: Final = Text("打不开", "it cannot be opened")
_UNREADABLE: Final = frozenset({"SSJ-D012", "SSJ-D014"})


def check(data: bytes, file: str, sample: dict[str, Any], each: Sequence[str] = ()) -> list[Problem]:
    """Everything that is wrong with a template, at once; `sample` are facts with every field there is.

    `each` are the lists of which the paper has one part for each entry: one of them is to be looped over.

    Raises:
        InputError: a library is missing.
    """
    with needing("forms"):
        from docxtpl import DocxTemplate
    if len(data) > _LARGEST:
        return [_broken(file, _TOO_LARGE)]
    if isinstance(package := open_package(data, file), Problem):
        return [_broken(file, _NO_PACKAGE)]
    if sum(info.file_size for info in package.parts.values()) > 5 * _LARGEST:
        return [_broken(file, _TOO_LARGE)]
    doc = DocxTemplate(io.BytesIO(data))
    try:
        doc.render_init()
        sources, paragraphs = list(sources_of(doc)), list(paragraphs_of(doc))
    except Exception as error:  # python-docx and lxml raise a dozen classes for damaged files
        return [_broken(file, named_cause(error))]
    found = [problem("SSJ-D015", file=file, value=target) for target in fetched(doc)]
    for source in sources:
        found += _source_problems(source, file, sample)
    if not any(p.code == "SSJ-D012" for p in found):
        found += [problem("SSJ-D012", file=file, value=value) for value in half_open(paragraphs)]
    if not any(p.code in _UNREADABLE for p in found):  # what does not pair may be what is looked for
        found += _unfilled(sources, file, each)
    return list({(p.code, p.value): p for p in found}.values())


def _unfilled(sources: Sequence[str], file: str, each: Sequence[str]) -> Iterator[Problem]:
    """A template whose paper would say the same of everybody: no loop over its forms, or no field at all."""
    written = [plain_text(tag) for source in sources for tag in FIELD.findall(source)]
    loop = rf"\bfor\b.*\bin\s+(?:{'|'.join(each)})(?![\w.\[])"
    if each and not any(re.search(loop, tag) for tag in written):
        yield problem("SSJ-D018", file=file, value="、".join(each), list=each[0])
    elif not any(tag.startswith("{{") for tag in written):
        yield problem("SSJ-D019", file=file)


def _source_problems(source: str, file: str, sample: dict[str, Any]) -> Iterator[Problem]:
    from jinja2 import TemplateError

    stray = list(broken_braces(source, sample))
    yield from (problem("SSJ-D012", file=file, value=value) for value in stray)
    lines = re.sub("<w:p[ >]", r"\n\g<0>", source)  # one paragraph a line, so that a mistake has a place
    try:
        tree = None if stray else environment().parse(lines)
    except TemplateError:
        tree = None
    if tree is not None and not list(code_in(tree)):
        yield from (_unknown(file, unknown) for unknown in Fields(sample).unknown(tree))
        return
    wrong = []
    fields, scope = Fields(sample), dict(sample)
    for tag in tags(lines):
        if tag.tree is None:
            wrong.append(tag.text)
            if not any(one in plain_text(tag.text) for one in stray):
                yield _malformed(file, tag.text, tag.error)
            continue
        if code := list(code_in(tag.tree)):
            yield from (problem("SSJ-D013", file=file, value=c) for c in code)
            continue
        yield from (_unknown(file, unknown) for unknown in fields.unknown(tag.tree, scope))
        scope |= fields.bound(tag.tree, scope)
    if not stray:
        yield from _structure(without(lines, wrong), file)


def _structure(lines: str, file: str) -> Iterator[Problem]:
    """A loop or condition without its end, or an end without its beginning."""
    from jinja2 import TemplateError

    try:
        environment().parse(lines)
    except TemplateError as error:
        at = getattr(error, "lineno", None) or 1
        yield _malformed(file, lines.split("\n")[at - 1], error)


def _malformed(file: str, text: str, error: BaseException | None) -> Problem:
    reason = cause(ValueError(MARKUP.sub("", str(error))))
    return problem("SSJ-D014", file=file, value=plain_text(text)[:SHOWN], reason=reason)


def _unknown(file: str, unknown: Unknown) -> Problem:
    from ssj_core.plugin.registry import nearest

    known = "、".join(unknown.known) or "—"
    near = nearest(unknown.last, unknown.known, alike=0.5)  # of a word of two characters one may be wrong
    return problem("SSJ-D011", file=file, value=unknown.name, known=known, **near)


def _broken(file: str, reason: object) -> Problem:
    return problem("SSJ-D010", file=file, value=file, reason=reason)
