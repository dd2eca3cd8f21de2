"""Builds the shipped Word templates: A4 pages, named styles, tables that WPS and Word show alike."""

import io
from collections.abc import Sequence
from copy import deepcopy
from typing import Any, Final

TITLE, HEITI, KAITI, BODY = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"
"""The fonts GB/T 9704 asks for, by name only: the office's machine has them, none is shipped."""

SUBSTITUTES: Final = {TITLE: "宋体", KAITI: "楷体", BODY: "仿宋"}

STYLES: Final = {
    # name: font, points, exact line height (0: single), centred
    "公文标题": (TITLE, 22, 30, True),
    "表格标题": (TITLE, 18, 24, True),
    "副标题": (KAITI, 14, 20, True),
    "正文文书": (BODY, 16, 28, False),
    "正文顶格": (BODY, 16, 28, False),
    "正文居中": (BODY, 16, 28, True),
    "落款": (BODY, 16, 28, False),
    "页码": (BODY, 14, 0, True),
    "紧": (BODY, 9, 12, False),
    "摘要": (BODY, 8, 11, False),
    "一级标题": (HEITI, 16, 28, False),
    "栏头": (HEITI, 10.5, 0, True),
    "栏": (BODY, 10.5, 0, False),
    "栏居中": (BODY, 10.5, 0, True),
    "栏尾": (BODY, 10.5, 0, False),
    "小字": (BODY, 9, 0, False),
    "小字居中": (BODY, 9, 0, True),
    "页脚文书": (BODY, 9, 0, True),
    "分块": (HEITI, 12, 20, False),
    "分块注": (BODY, 9, 0, False),
    "提示": (HEITI, 10.5, 0, True),
    "间隔": (BODY, 4, 5, False),
}
_INDENTED: Final = frozenset({"正文文书", "一级标题"})
_WITH_NEXT: Final = frozenset({"分块", "分块注", "栏尾"})
"""Never alone at the foot of a page."""
_BROKEN: Final = frozenset({"紧", "摘要"})
"""Their long digests and values are broken wherever the line ends."""
_TWIPS: Final = 1440 / 25.4


class Sheet:
    """A template under construction; `margins` are top, bottom, left, right in millimetres.

    `doc` is a document of python-docx, which is imported only where it is used.
    """

    def __init__(self, margins: tuple[int, int, int, int]) -> None:
        import docx
        from docx.shared import Mm

        self.doc: Any = docx.Document()
        self.width = 210 - margins[2] - margins[3]
        section = self.doc.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Mm, margins)
        section.header_distance, section.footer_distance = Mm(12), Mm(12)
        _defaults(self.doc)
        for name, (font, points, line, centred) in STYLES.items():
            _style(self.doc, name, font, points, line, centred)

    def line(self, text: str, style: str = "栏") -> None:
        """A paragraph; one that holds nothing but `{%p … %}` is an instruction."""
        self.doc.add_paragraph(text, style=style)

    def gap(self) -> None:
        """A thin empty line: two tables that touch would become one."""
        self.line("", "间隔")

    def table(
        self,
        widths: Sequence[float],
        rows: Sequence[Sequence[object]],
        *,
        head: int = 0,
        lines: bool = True,
        together: bool = False,
        followed: bool = False,
    ) -> Any:
        """A table of columns in millimetres. A cell is a text, or `Cell`; one that spans takes the next columns.

        The first `head` rows are repeated on every page; no row is broken over two, and where `together`, the table is
        not either if a page can hold it. Where `followed`, the line below it stands on its page.
        """
        table = self.doc.add_table(rows=0, cols=len(widths))
        if lines:
            table.style = "Table Grid"
        _fixed(table, widths)
        for number, row in enumerate(rows):
            cells = [c if isinstance(c, Cell) else Cell(str(c)) for c in row]
            made = _row(table, widths, cells, repeated=number < head)
            if followed or (together and number < len(rows) - 1):
                _kept(made)
        return table

    def end(self, text: str, style: str) -> None:
        """The last line of a form, which ends its section: each form begins on a new page and is numbered by itself.

        The break hangs on a line that is read: in an empty one it would get a page of its own where this one is full.
        `word.fill` takes the break of the last form away.
        """
        paragraph = self.doc.add_paragraph(text, style=style)
        section = deepcopy(self.doc.sections[-1]._sectPr)
        _numbered(section)
        paragraph._p.get_or_add_pPr().append(section)

    def footer(self, text: str, style: str = "页脚文书") -> None:
        """The footer; `#` stands for the number of the page."""
        footer = self.doc.sections[0].footer
        paragraph = footer.paragraphs[0]
        paragraph.style = self.doc.styles[style]
        before, mark, behind = text.partition("#")
        paragraph.add_run(before)
        if mark:
            _field(paragraph, "PAGE")
            paragraph.add_run(behind)

    def save(self, title: str) -> bytes:
        """The bytes of the template."""
        _numbered(self.doc.sections[-1]._sectPr)
        _substitutes(self.doc)
        _without_thumbnail(self.doc)
        properties = self.doc.core_properties
        properties.title, properties.author, properties.comments = title, "ssj-core", ""
        out = io.BytesIO()
        self.doc.save(out)
        return out.getvalue()


class Cell:
    """A cell: paragraphs (parted by LF), style, columns it takes, least height of its row in millimetres."""

    def __init__(self, text: str, style: str = "栏", span: int = 1, height: float = 0) -> None:
        self.text, self.style, self.span, self.height = text, style, span, height


def _element(tag: str, **attributes: object) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def _fonts(properties: Any, font: str) -> None:
    """All four kinds of signs in one font: else □ and “ ” take a Latin one."""
    from docx.oxml.ns import qn

    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    properties.insert(0, _element("w:rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font, hint="eastAsia"))


def _defaults(doc: Any) -> None:
    """Chinese of the mainland: without it a missing font falls back to a Japanese one."""
    from docx.oxml.ns import qn

    properties = doc.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    _fonts(properties, BODY)
    properties.append(_element("w:lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"))


def _substitutes(doc: Any) -> None:
    """Which font to take where one is missing: Windows has 仿宋 and 楷体 without _GB2312, few have 小标宋."""
    (part,) = (p for p in doc.part.package.iter_parts() if str(p.partname) == "/word/fontTable.xml")
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for name, other in SUBSTITUTES.items()
    )
    part._blob = part.blob.replace(b"</w:fonts>", f"{fonts}</w:fonts>".encode())


def _without_thumbnail(doc: Any) -> None:
    """The picture of another document that python-docx begins with."""
    links = doc.part.package.rels
    for name in [n for n, link in links.items() if link.reltype.endswith("/thumbnail")]:
        del links[name]


def _style(doc: Any, name: str, font: str, points: float, line: float, centred: bool) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    style: Any = doc.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = doc.styles["Normal"]
    style.font.size = Pt(points)
    _fonts(style.element.get_or_add_rPr(), font)
    shape = style.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing = Pt(line) if line else 1.0
    if centred:
        shape.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if name in _BROKEN:
        style.element.get_or_add_pPr().append(_element("w:wordWrap", val="0"))
    if name in _WITH_NEXT:
        shape.keep_with_next = True
    if name in _INDENTED:
        style.element.get_or_add_pPr().append(_element("w:ind", firstLineChars=200, firstLine=640))
    if name == "落款":
        shape.keep_with_next = True  # name, day and receipt are signed together
        shape.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        shape.right_indent = Pt(4 * points)  # four characters free, as GB/T 9704 asks


def _fixed(table: Any, widths: Sequence[float]) -> None:
    """Widths in the grid: WPS and LibreOffice go by it, Word by the cells."""
    table.autofit = False
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = round(width * 36000)
    properties = table._tbl.tblPr
    margins = _element("w:tblCellMar")
    for side, twips in (("top", 28), ("left", 57), ("bottom", 28), ("right", 57)):
        margins.append(_element(f"w:{side}", w=twips, type="dxa"))
    properties.append(margins)


def _row(table: Any, widths: Sequence[float], cells: Sequence[Cell], *, repeated: bool) -> Any:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.shared import Mm

    row = table.add_row()
    properties = row._tr.get_or_add_trPr()
    properties.append(_element("w:cantSplit"))
    if height := max(c.height for c in cells):
        properties.append(_element("w:trHeight", val=round(height * _TWIPS), hRule="atLeast"))
    if repeated:
        properties.append(_element("w:tblHeader"))
    at = 0
    for cell in cells:
        made = row.cells[at]
        if cell.span > 1:
            made = made.merge(row.cells[at + cell.span - 1])
        made.width = Mm(sum(widths[at : at + cell.span]))
        made.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        first, *others = cell.text.split("\n")
        paragraph = made.paragraphs[0]
        paragraph.style = table.part.document.styles[cell.style]
        paragraph.add_run(first)
        for text in others:
            made.add_paragraph(text, style=cell.style)
        at += cell.span
    return row


def _kept(row: Any) -> None:
    """On one page with the row below."""
    for cell in row.cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def _numbered(section: Any) -> None:
    from docx.oxml.ns import qn

    for old in (*section.findall(qn("w:pgNumType")), *section.findall(qn("w:type"))):
        section.remove(old)
    section.insert(len(section.findall(qn("w:footerReference"))), _element("w:type", val="nextPage"))
    after = section.find(qn("w:pgMar"))
    after.addnext(_element("w:pgNumType", start=1))


def _field(paragraph: Any, code: str) -> None:
    run = paragraph.add_run()
    for kind in ("begin", None, "end"):
        if kind:
            run._r.append(_element("w:fldChar", fldCharType=kind))
        else:
            text = _element("w:instrText")
            text.text = code
            run._r.append(text)
