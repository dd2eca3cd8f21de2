"""What a file is, from its first bytes: names lie, offices rename .xls to .xlsx."""

import re
from typing import Final

from attrs import frozen

from ssj_core.problems import Problem, problem
from ssj_core.readers.model import ReadOptions
from ssj_core.readers.unmarked import utf_16
from ssj_core.text import Text

_BOMS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_HTML: Final = re.compile(rb"<(!doctype\s+html|html|head|meta|table|body|div)\b", re.IGNORECASE)
_MIME: Final = b"mime-version:"
_MIME_SEARCHED: Final = len(_MIME)
_END_SEARCHED: Final = (1 << 16) + 22
"""The directory of an archive stands at its end, with a remark of 64 KB at the most behind it."""
_SPREADSHEET: Final = b"urn:schemas-microsoft-com:office:spreadsheet"


@frozen
class Content:
    """A kind of content: the suffix it ought to have, and its name for messages."""

    suffix: str
    name: Text


TEXT: Final = Content(".csv", Text("文本（CSV）", "text (CSV)"))
XLSX: Final = Content(".xlsx", Text("xlsx 工作簿", "an .xlsx workbook"))
OLE: Final = Content(".xls", Text("旧版表格（.xls 或 WPS 的 .et）", "an old spreadsheet (.xls or .et)"))
ENCRYPTED: Final = Content(".encrypted", Text("加了密码的工作簿", "a workbook protected by a password"))
HTML: Final = Content(
    ".html", Text("网页（系统导出时常冒充 .xls）", "a web page, as old systems export under the name .xls")
)
XML: Final = Content(".xml", Text("XML 表格（Excel 2003）", "an XML spreadsheet (Excel 2003)"))
XLSB: Final = Content(".xlsb", Text("二进制工作簿（.xlsb）", "a binary workbook (.xlsb)"))
ODS: Final = Content(".ods", Text("ODS 表格", "an ODS spreadsheet"))
DOC: Final = Content(".doc", Text("旧版 Word 文档或别的 Office 文件", "an old Word document or another Office file"))
DOCX: Final = Content(".docx", Text("Word 文档", "a Word document"))
ZIP: Final = Content(".zip", Text("压缩包", "a zip archive"))
CUT: Final = Content(".cut", Text("不完整的工作簿或压缩包", "an incomplete workbook or archive"))
PDF: Final = Content(".pdf", Text("PDF", "a PDF"))
BINARY: Final = Content(".bin", Text("图片或别的二进制文件", "a picture or another binary file"))

GENERAL: Final = (TEXT, OLE, ZIP, BINARY)
"""Kinds that may hold many formats: here, and only here, the name of the file may say more."""

RECOGNISED: Final = frozenset(c.suffix for c in (TEXT, XLSX, OLE, HTML, XML, XLSB, ODS, DOCX, PDF))

_PARTS: Final = (
    (b"xl/workbook.xml", XLSX),
    (b"xl/workbook.bin", XLSB),
    (b"opendocument.spreadsheet", ODS),
    (b"word/document.xml", DOCX),
)


def sniff(data: bytes) -> Content:
    """Say what the bytes are; whatever is not recognised as something else is text."""
    if data.startswith(b"PK\x03\x04") and b"PK\x05\x06" not in data[-_END_SEARCHED:]:
        return CUT
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return next((content for part, content in _PARTS if part in data), ZIP)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return ENCRYPTED if _ENCRYPTED in data else OLE
    if data.startswith(b"%PDF-"):
        return PDF
    head = data[:1024]
    if not head.startswith(_BOMS) and b"\0" in head and not utf_16(data):
        return BINARY
    for bom in _BOMS:
        head = head.removeprefix(bom)
    head = head.replace(b"\0", b"").lstrip()  # NUL: what remains of UTF-16 is plain enough for this
    if head[:_MIME_SEARCHED].lower().startswith(_MIME):
        return HTML  # a page with its parts in one file
    if head.startswith(b"<") and _SPREADSHEET in head and b"<html" not in head:
        return XML
    if _HTML.match(head) or (head.startswith(b"<") and b"<html" in head):
        return HTML
    return XML if head.startswith(b"<?xml") else TEXT


def without_effect(setting: str, value: str, content: Content, options: ReadOptions) -> Problem:
    """Tell that the plan says something about a file which means nothing for such content."""
    name = content.name
    return problem("SSJ-F022", file=options.file, value=value, setting=setting, found=name.zh, found_en=name.en)
