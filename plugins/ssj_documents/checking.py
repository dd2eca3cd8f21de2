"""Looks at a Word template before it is used: unknown fields, broken braces, code, outside files."""

import io
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from ssj_core.causes import cause, named_cause
from ssj_core.problems import Problem, problem
from ssj_core.readers.package import open_package
from ssj_core.text import Text
from ssj_documents.extras import needing
from ssj_documents.fields import Fields, Unknown
from ssj_documents.tags import FIELD, tags, without
from ssj_documents.word import environment

if TYPE_CHECKING:
    from docxtpl import DocxTemplate
    from jinja2 import nodes

_LARGEST: Final = 20 << 20
_SHOWN: Final = 40
_TOO_LARGE: Final = Text("比一份模板该有的大得多", "much larger than a template should be")
_NO_PACKAGE: Final = Text("打不开", "it cannot be opened")
_BRACES: Final = re.compile(r"｛{1,2}[^｛｝{}]{0,40}｝{0,2}|｛%|%｝|\{[^\S\n]*[{%]|[}%][^\S\n]*\}|\{#|#\}")
"""What opens or closes a field or instruction, its two signs together or apart."""
_WHOLE: Final = re.compile(r"[{｛][^\n]{0,40}?[}｝](?:[^\S\n]*[}｝])?")
_SHORT: Final = 2
"""Two signs by themselves are shown with what stands around them."""
_LOOPED: Final = re.compile(r"\bfor\s+(\w+)\s+in\b")
_LOOPS: Final = ("表", "人", "块", "类", "项", "户")
"""What the shipped templates call one entry of a list: another template has them from there."""
_UNREADABLE: Final = frozenset({"SSJ-D012", "SSJ-D014"})
_TAG: Final = re.compile(r"<[^>]*>")
_ALLOWED: Final = frozenset({
    "Template", "Output", "TemplateData", "Name", "Getattr", "Getitem", "Const", "For", "If", "CondExpr", "Compare",
    "Operand", "And", "Or", "Not", "Filter", "Test",
})  # fmt: skip
_FILTERS: Final = frozenset({"length", "count", "join", "default", "first", "last", "upper", "lower", "trim"})


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
        sources = list(_sources(doc))
    except Exception as error:  # python-docx and lxml raise a dozen classes for damaged files
        return [_broken(file, named_cause(error))]
    found = [problem("SSJ-D015", file=file, value=target) for target in _outside(doc)]
    for source in sources:
        found += _source_problems(source, file, sample)
    if not any(p.code in _UNREADABLE for p in found):  # what does not pair may be what is looked for
        found += _unfilled(sources, file, each)
    return list({(p.code, p.value): p for p in found}.values())


def _unfilled(sources: Sequence[str], file: str, each: Sequence[str]) -> Iterator[Problem]:
    """A template whose paper would say the same of everybody: no loop over its forms, or no field at all."""
    written = [_plain_text(tag) for source in sources for tag in FIELD.findall(source)]
    loop = rf"\bfor\b.*\bin\s+(?:{'|'.join(each)})(?![\w.\[])"
    if each and not any(re.search(loop, tag) for tag in written):
        yield problem("SSJ-D018", file=file, value="、".join(each), list=each[0])
    elif not any(tag.startswith("{{") for tag in written):
        yield problem("SSJ-D019", file=file)


def _broken(file: str, reason: object) -> Problem:
    return problem("SSJ-D010", file=file, value=file, reason=reason)


def _sources(doc: "DocxTemplate") -> Iterator[str]:
    """Every text that is rendered: the body, headers and footers, footnotes, properties."""
    yield doc.patch_xml(doc.get_xml())
    for uri in (doc.HEADER_URI, doc.FOOTER_URI):
        for _, part in doc.get_headers_footers(uri):
            yield doc.patch_xml(doc.get_part_xml(part))
    for part in doc.docx.part.package.iter_parts():
        if part.content_type.endswith(".footnotes+xml"):
            yield doc.patch_xml(part.blob.decode("utf-8"))
    properties = doc.docx.core_properties
    for name in ("author", "comments", "identifier", "language", "subject", "title"):
        yield str(getattr(properties, name))


def _outside(doc: "DocxTemplate") -> Iterator[str]:
    """What would be fetched from elsewhere; a link that somebody has to click is none."""
    for part in doc.docx.part.package.iter_parts():
        for link in part.rels.values():
            if link.is_external and not link.reltype.endswith("/hyperlink"):
                yield link.target_ref


def _source_problems(source: str, file: str, sample: dict[str, Any]) -> Iterator[Problem]:
    from jinja2 import TemplateError

    stray = list(_broken_braces(source, sample))
    yield from (problem("SSJ-D012", file=file, value=value) for value in stray)
    lines = re.sub("<w:p[ >]", r"\n\g<0>", source)  # one paragraph a line, so that a mistake has a place
    try:
        tree = None if stray else environment().parse(lines)
    except TemplateError:
        tree = None
    if tree is not None and not list(_code(tree)):
        yield from (_unknown(file, unknown) for unknown in Fields(sample).unknown(tree))
        return
    wrong = []
    fields, scope = Fields(sample), dict(sample)
    for tag in tags(lines):
        if tag.tree is None:
            wrong.append(tag.text)
            if not any(one in _plain_text(tag.text) for one in stray):
                yield _malformed(file, tag.text, tag.error)
            continue
        if code := list(_code(tag.tree)):
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
    reason = cause(ValueError(_TAG.sub("", str(error))))
    return problem("SSJ-D014", file=file, value=_plain_text(text)[:_SHOWN], reason=reason)


def _plain_text(text: str) -> str:
    return " ".join(_TAG.sub("", text).split())


def _unknown(file: str, unknown: Unknown) -> Problem:
    from ssj_core.plugin.registry import nearest

    known = "、".join(unknown.known) or "—"
    near = nearest(unknown.last, unknown.known, alike=0.5)  # of a word of two characters one may be wrong
    return problem("SSJ-D011", file=file, value=unknown.name, known=known, **near)


def _broken_braces(source: str, sample: dict[str, Any]) -> Iterator[str]:
    """Braces outside of any field, and fields that hold another brace: one of theirs is missing, or stands apart."""
    fields = FIELD.findall(source)
    for field in fields:
        if re.search("[{}]", field[2:-2]):
            yield _plain_text(field)[:_SHOWN]
    left = _TAG.sub("", FIELD.sub("", source).replace("</w:p>", "\n"))
    looped = {name for field in fields for name in _LOOPED.findall(_plain_text(field))}
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
        yield " ".join(shown.split())[:_SHOWN]


def _code(tree: "nodes.Node") -> Iterator[str]:
    """Whatever is more than a field, a condition or a loop."""
    from jinja2 import nodes

    for node in _all(tree):
        kind = type(node).__name__
        if kind not in _ALLOWED:
            yield _words(node)
        elif isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
            yield node.attr
        elif isinstance(node, nodes.Getitem) and not _plain(node.arg):
            yield _words(node)
        elif isinstance(node, (nodes.Getattr, nodes.Getitem)) and isinstance(node.node, nodes.Const):
            yield _words(node)  # something asked of a text that stands in the template
        elif isinstance(node, (nodes.Filter, nodes.Test)) and kind == "Filter" and node.name not in _FILTERS:
            yield f"|{node.name}"
        elif isinstance(node, nodes.Name) and node.name.startswith("_"):
            yield node.name


def _plain(key: "nodes.Node") -> bool:
    """A number or a name in quotes, as one writes to get at an entry."""
    value = getattr(key, "value", None)
    return isinstance(value, int) or (isinstance(value, str) and not value.startswith("_"))


def _all(node: "nodes.Node") -> Iterator["nodes.Node"]:
    yield node
    for child in node.iter_child_nodes():
        yield from _all(child)


_WORDS: Final = {"Call": "(…)", "Assign": "set", "Macro": "macro", "Include": "include", "Import": "import"}


def _words(node: "nodes.Node") -> str:
    name = type(node).__name__
    return _WORDS.get(name, name.lower())
