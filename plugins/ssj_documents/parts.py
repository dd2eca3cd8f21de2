"""Which parts of a Word file are rendered as a template, and what it would fetch from elsewhere."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docxtpl import DocxTemplate


def sources_of(doc: "DocxTemplate") -> Iterator[str]:
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


def fetched(doc: "DocxTemplate") -> Iterator[str]:
    """What would be fetched from elsewhere; a link that somebody has to click is none."""
    for part in doc.docx.part.package.iter_parts():
        for link in part.rels.values():
            if link.is_external and not link.reltype.endswith("/hyperlink"):
                yield link.target_ref
