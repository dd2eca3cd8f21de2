"""The two-dimensional code of a form: which draw, which form, and the beginning of its record's digest."""

import io
from typing import Final

from ssj_core.documents.model import Visit

_MARK: Final = 16
"""Hexadecimal digits of the digest in the code: enough to find, the whole stands on the form."""


def code_text(draw: str, visit: Visit) -> str:
    """`ssj-form:<draw>:<number>.<version>:<16 hex>`: no name, no telephone number, no address of the web."""
    return f"ssj-form:{draw}:{visit.number:03}.{visit.version}:{visit.digest[:_MARK]}"


def png(text: str) -> bytes:
    """As a picture for a Word file; raises `ImportError` without segno."""
    import segno

    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", scale=6, border=2)
    return out.getvalue()


def svg(text: str) -> str:
    """As a drawing for a PDF; raises `ImportError` without segno."""
    import segno

    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", scale=6, border=2, xmldecl=False, svgns=True, nl=False
    )
    return out.getvalue().decode()
