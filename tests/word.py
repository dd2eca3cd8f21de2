"""What stands in a Word file, read with python-docx alone; and templates with something wrong in them."""

import io
import re
import zipfile
from collections.abc import Iterator

import docx
from docx.table import Table

PART = "word/document.xml"


def texts(data: bytes) -> Iterator[str]:
    """Every paragraph of the body in its order, those in tables too; a cell that spans is read once."""
    document = docx.Document(io.BytesIO(data))
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                seen = []
                for cell in row.cells:
                    if cell._tc not in seen:
                        seen.append(cell._tc)
                        yield cell.text
        else:
            yield block.text


def text(data: bytes) -> str:
    """The whole body."""
    return "\n".join(texts(data))


def changed(data: bytes, old: str, new: str, part: str = PART) -> bytes:
    """The file with something else in one of its parts, as somebody edits it in Word."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name).decode() if name == part else before.read(name)
            if isinstance(content, str):
                assert old in content, old
                content = content.replace(old, new, 1)
            after.writestr(name, content)
    return out.getvalue()


def xml(data: bytes, part: str = PART) -> str:
    """A part as it stands in the file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(part).decode()


def repeated_rows(data: bytes) -> int:
    """How many rows are repeated on every page."""
    return len(re.findall("<w:tblHeader", xml(data)))
