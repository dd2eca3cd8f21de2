"""The same workbook gives the same bytes: what a library writes of the moment into its package is taken out again."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Final

_CORE: Final = "docProps/core.xml"
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(<)")
_CREATED: Final = re.compile(rb"(<dcterms:created[^>]*>)[^<]*(<)")
_NO_TIME: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - the format knows no zones here


def times(data: bytes) -> tuple[bytes, bytes]:
    """When a workbook was made and last changed, as it says; a fixed moment where it does not."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        core = archive.read(_CORE) if _CORE in archive.namelist() else b""
    fixed = f"{_NO_TIME.isoformat()}Z".encode()
    made, changed = (
        found[0].rpartition(b">")[2] if (found := re.search(rb"<dcterms:%s[^>]*>[^<]*" % word, core)) else fixed
        for word in (b"created", b"modified")
    )
    return made, changed


def repacked(data: bytes, moments: tuple[bytes, bytes], change: Callable[[str, bytes], bytes]) -> bytes:
    """The package with every part as `change` gives it back, no moment of writing in it but those given."""
    made, changed = (re.sub(rb"[^0-9TZ:+.-]", b"", one) for one in moments)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            held = change(info.filename, old.read(info))
            if info.filename == _CORE:
                held = _MODIFIED.sub(rb"\g<1>" + changed + rb"\g<2>", held)
                held = _CREATED.sub(rb"\g<1>" + made + rb"\g<2>", held)
            part = zipfile.ZipInfo(info.filename, (1980, 1, 1, 0, 0, 0))
            part.compress_type, part.external_attr = zipfile.ZIP_DEFLATED, info.external_attr
            new.writestr(part, held)
    return out.getvalue()
