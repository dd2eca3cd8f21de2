"""Which parts of a Word file are rendered as a template, and what it would fetch from elsewhere."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from docxtpl import DocxTemplate


_TEXT: Final = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")


def sources_of(doc: "DocxTemplate") -> Iterator[str]:
    """Every text that is rendered: the body, headers and footers, footnotes, properties."""
    yield from map(doc.patch_xml, _written(doc))
    properties = doc.docx.core_properties
    for name in ("author", "comments", "identifier", "language", "subject", "title"):
        yield str(getattr(properties, name))


def paragraphs_of(doc: "DocxTemplate") -> Iterator[str]:
    """The words of every paragraph as they were typed, before docxtpl joins what it takes for one field."""
    for xml in _written(doc):
        yield from ("".join(_TEXT.findall(paragraph)) for paragraph in xml.split("</w:p>"))


def _written(doc: "DocxTemplate") -> Iterator[str]:
    yield doc.get_xml()
    for uri in (doc.HEADER_URI, doc.FOOTER_URI):
        for _, part in doc.get_headers_footers(uri):
            yield doc.get_part_xml(part)
    for part in doc.docx.part.package.iter_parts():
        if part.content_type.endswith(".footnotes+xml"):
            yield part.blob.decode("utf-8")


def fetched(doc: "DocxTemplate") -> Iterator[str]:
    """What would be fetched from elsewhere; a link that somebody has to click is none."""
    for part in doc.docx.part.package.iter_parts():
        for link in part.rels.values():
            if link.is_external and not link.reltype.endswith("/hyperlink"):
                yield link.target_ref
