"""Reads .ods with python-calamine, behind a front door: a cell there may be repeated a billion times in one word."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from attrs import define, field

from ssj_core.problems import Problem, problem
from ssj_core.readers.content import ODS, sniff
from ssj_core.readers.model import Reading, ReadOptions, RosterReader
from ssj_core.readers.parser import read_book

if TYPE_CHECKING:
    from ssj_core.readers.extent import Extent
    from ssj_core.readers.sheets import Sheets
    from ssj_core.readers.unseen import Unseen

_ATTRIBUTES: Final = rb"((?:\s++[\w:.-]++\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'))*+)"
_TAG: Final = re.compile(
    rb"<(?:[\w.-]++:)?+(table|table-row|table-column|table-cell|covered-table-cell)" + _ATTRIBUTES + rb"\s*+(/?)>",
    re.ASCII,
)
_START: Final = re.compile(
    rb"<(?:[\w.-]++:)?(?:table|table-row|table-column|table-cell|covered-table-cell)[\s/>]", re.ASCII
)
_REPEATED: Final = re.compile(rb":number-(?:rows|columns)-repeated\s*+=\s*+[\"']\s*+\+?+0*+([0-9]*+)")
_SPANNED: Final = re.compile(rb":number-(rows|columns)-spanned\s*+=\s*+[\"']([0-9]{1,7})[\"']")
_NAME: Final = re.compile(rb"\stable:name\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)')")
_HIDDEN: Final = re.compile(rb":visibility\s*+=\s*+[\"'](?:collapse|filter)")
_FILTERED: Final = re.compile(rb":visibility\s*+=\s*+[\"']filter")
_VALUE: Final = re.compile(rb":(?:value-type|formula|value|string-value|date-value)\s*+=")
_MOST_COLUMNS: Final = 16_384
_MOST_HIDDEN: Final = 2_000_000


def read(data: bytes, options: ReadOptions) -> Reading:
    """Read the sheet the plan names, the only visible one, or the only one that looks like a roster."""
    checked = _front_door(data, options.file)
    if isinstance(checked, Problem):
        return Reading(lines=(), problems=(checked,))
    return read_book(data, checked, ODS, options)


def _front_door(data: bytes, file: str) -> "Sheets | Problem":
    content = sniff(data)
    if content is not ODS:
        return problem("SSJ-F004", file=file, found=content.name.zh, found_en=content.name.en, reader=READER.id)
    from ssj_core.readers.extent import EntityError  # here: who reads CSV need not wait for these
    from ssj_core.readers.package import DamagedError, open_package
    from ssj_core.readers.sheets import Sheets, oversized

    package = open_package(data, file)
    if isinstance(package, Problem):
        return package
    try:
        if "meta-inf/manifest.xml" in package.parts and "encryption-data" in package.text("meta-inf/manifest.xml"):
            return problem("SSJ-F005", file=file)
        extents = _measure(package.chunks("content.xml"))
    except EntityError:
        return problem("SSJ-F008", file=file)
    except (DamagedError, UnicodeDecodeError) as error:
        return problem("SSJ-F006", file=file, reason=error)
    return oversized(extents, file) or Sheets(extents)


def _measure(chunks: Iterable[bytes]) -> "dict[str, Extent]":
    """Go once over the sheets; raises `DamagedError` or `EntityError` for what is no honest sheet."""
    from ssj_core.readers.extent import EntityError, Extent, whole_tags
    from ssj_core.readers.package import DamagedError

    sheets: dict[str, _Sheet] = {}
    sheet = _Sheet()
    for piece in whole_tags(chunks):
        if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
            raise EntityError
        starts = 0
        for match in _TAG.finditer(piece):
            starts += 1
            kind, attributes, closed = match.groups()
            if kind == b"table":
                named = _NAME.search(attributes)
                name = (named[1] or named[2] or b"").decode() if named else ""
                sheet = sheets.setdefault(_unescaped(name), _Sheet())
            elif kind == b"table-column":
                sheet.column(_times(attributes), bool(_HIDDEN.search(attributes)))
            elif kind == b"table-row":
                sheet.row(_times(attributes), bool(_HIDDEN.search(attributes)))
                sheet.filtered |= bool(_FILTERED.search(attributes))
            else:
                filled = not closed or bool(_VALUE.search(attributes))
                sheet.cell(_times(attributes), filled, _spans(attributes) if b"spanned" in attributes else {})
        if starts != len(_START.findall(piece)):
            raise DamagedError("content.xml")  # a tag we cannot take apart may say anything
    return {name: Extent(one.rows, one.columns, one.unseen, tuple(one.merged)) for name, one in sheets.items()}


@define
class _Sheet:
    """Counts rows and columns with their repetitions; empty ones at the end of rows and sheet are read by nobody."""

    rows: int = 0
    columns: int = 0
    hidden: set[int] = field(factory=set)
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = field(factory=list)
    hidden_columns: set[int] = field(factory=set)
    filtered: bool = False
    _described: int = 0
    _begins: int = 0
    _ends: int = 0
    _column: int = 0

    @property
    def unseen(self) -> "Unseen":
        """What of the sheet the screen does not show."""
        from ssj_core.readers.unseen import Unseen

        return Unseen(rows=frozenset(self.hidden), columns=frozenset(self.hidden_columns), filtered=self.filtered)

    def column(self, times: int, hidden: bool) -> None:
        """Columns are described, before the first row."""
        if hidden:
            self.hidden_columns.update(range(self._described, min(self._described + times, _MOST_COLUMNS)))
        self._described += times

    def row(self, times: int, hidden: bool) -> None:
        """A row begins."""
        self._begins, self._ends, self._column = self._ends, self._ends + times, 0
        if hidden and times + len(self.hidden) < _MOST_HIDDEN:
            self.hidden.update(range(self._begins + 1, self._ends + 1))

    def cell(self, times: int, filled: bool, spans: dict[bytes, int]) -> None:
        """A cell of that row, which may span others; the parser does not tell of that."""
        if filled and (down := spans.get(b"rows", 1) - 1) + (across := spans.get(b"columns", 1) - 1) > 0:
            first = (self._begins, self._column)
            self.merged.append((first, (first[0] + down, first[1] + across)))
        self._column += times
        if filled:
            self.rows = max(self.rows, self._ends, 1)
            self.columns = max(self.columns, self._column)


def _times(attributes: bytes) -> int:
    from ssj_core.readers.package import DamagedError

    found: list[bytes] = _REPEATED.findall(attributes) if b"repeated" in attributes else []
    if any(len(digits) > 9 for digits in found):
        raise DamagedError("repeated")
    return max((int(digits or 1) for digits in found), default=1)


def _spans(attributes: bytes) -> dict[bytes, int]:
    return {kind: max(int(digits), 1) for kind, digits in _SPANNED.findall(attributes)}


def _unescaped(name: str) -> str:
    import html

    return html.unescape(name)


READER: Final = RosterReader(id="readers.ods", title="ODS 表格 / ODS spreadsheet", suffixes=(".ods",), read=read)
