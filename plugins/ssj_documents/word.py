"""Fills a Word template: in a sandbox, every value escaped, the same bytes for the same input."""

import io
import zipfile
from typing import TYPE_CHECKING, Any, Final

from ssj_core.problems import InputError, problem
from ssj_documents.code import png
from ssj_documents.extras import needing

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

_QR_MM: Final = 26
_ZIP_DAY: Final = (1980, 1, 1, 0, 0, 0)  # the earliest a zip file can hold


def fill(template: bytes, facts: dict[str, Any]) -> bytes:
    """The filled file. `template` has passed `checking.check`.

    Raises:
        InputError: a library is missing, or the template still goes wrong.
    """
    with needing("forms"):
        from docxtpl import DocxTemplate
        from jinja2 import TemplateError

        doc = DocxTemplate(io.BytesIO(template))
        doc.render_init()
        try:
            doc.render(with_pictures(doc, facts), jinja_env=environment())
        except TemplateError as error:
            raise InputError([problem("SSJ-D014", value="–", reason=error)]) from None
        _ended(doc)
        out = io.BytesIO()
        doc.save(out)
    return settled(out.getvalue())


def _ended(doc: Any) -> None:
    """The section of the last form is that of the document: a break behind it would make an empty page."""
    from docx.oxml.ns import qn

    body = doc.docx.element.body
    section = body.find(qn("w:sectPr"))
    last = section.getprevious() if section is not None else None
    if last is not None and (own := last.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")) is not None:
        body.replace(section, own)


def environment() -> "SandboxedEnvironment":
    """No access to the machine, no field that is silently empty, everything escaped."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def with_pictures(doc: Any, facts: dict[str, Any]) -> dict[str, Any]:
    """The facts with each form's code as a picture of this document."""
    from docx.shared import Mm
    from docxtpl import InlineImage

    def picture(text: str) -> Any:
        return InlineImage(doc, io.BytesIO(png(text)), width=Mm(_QR_MM))

    return {**facts, "各表": [{**form, "二维码": picture(form["二维码"])} for form in facts["各表"]]}


def settled(data: bytes) -> bytes:
    """The same file with its parts dated alike: equal contents make equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            info = zipfile.ZipInfo(part.filename, _ZIP_DAY)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(info, old.read(part))
    return out.getvalue()
