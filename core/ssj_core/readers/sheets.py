"""Which part of the package holds which sheet, and how far each sheet reaches."""

import html
import posixpath
import re
from collections.abc import Mapping
from typing import Final

from attrs import evolve, frozen

from ssj_core.problems import Problem, problem
from ssj_core.readers.extent import MAX_CELLS, EntityError, Extent, measure
from ssj_core.readers.package import DamagedError, Package
from ssj_core.readers.unseen import Unseen

_TAG: Final = re.compile(
    r"<(?:[\w.-]++:)?(sheet|Relationship)((?:\s++[\w:.-]++\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'))*+)\s*+/?>"
)
_ATTRIBUTE: Final = re.compile(r"([\w:.-]++)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)')")
_NONE: Final = Extent(0, 0)


@frozen
class Sheets:
    """The extents of the sheets, by name; a sheet whose part was not found has none."""

    extents: Mapping[str, Extent]

    def unseen(self, sheet: str) -> Unseen:
        """Return what of a sheet the screen does not show."""
        return self.extents.get(sheet, _NONE).unseen

    def merged(self, sheet: str) -> tuple[tuple[tuple[int, int], tuple[int, int]], ...]:
        """Return first and last cell of merged cells, from 0, where the parser does not tell."""
        return self.extents.get(sheet, _NONE).merged


def inspect(package: Package, file: str) -> Sheets | Problem:
    """Look at every XML part once; refuse entities, damage and sheets too large for the parser.

    Every part, not only the sheets the workbook lists: the parser behind us may find its sheets by another road.
    """
    measured: dict[str, Extent] = {}
    try:
        names = _names(package)
        for part in package.parts:
            if part.endswith((".xml", ".rels")):
                measured[part] = measure(package.chunks(part))
        extents = {name: _with_tables(part, measured, package) for name, part in names.items() if part in measured}
    except DamagedError as error:
        return problem("SSJ-F006", file=file, reason=error)
    except EntityError:
        return problem("SSJ-F008", file=file)
    except UnicodeDecodeError as error:
        return problem("SSJ-F006", file=file, reason=error)
    titles = {part: name for name, part in names.items()}
    too_large = oversized({titles.get(part, part): extent for part, extent in measured.items()}, file)
    return too_large or Sheets(extents)


def _with_tables(part: str, measured: Mapping[str, Extent], package: Package) -> Extent:
    """The extent of a sheet; the filter of a table on it is kept in a part of its own."""
    extent = measured[part]
    folder, _, file = part.rpartition("/")
    relations = f"{folder}/_rels/{file}.rels"
    if extent.unseen.filtered or relations not in package.parts:
        return extent
    targets = (posixpath.normpath(posixpath.join("/", folder, one)) for one in _targets(package, relations).values())
    filtered = any(measured[t].unseen.filtered for one in targets if (t := one.lstrip("/").lower()) in measured)
    return evolve(extent, unseen=evolve(extent.unseen, filtered=filtered))


def oversized(extents: Mapping[str, Extent], file: str, most: int = MAX_CELLS) -> Problem | None:
    """Tell of a sheet that would not fit into memory."""
    for sheet, extent in extents.items():
        if extent.rows * extent.columns > most:
            return problem("SSJ-F009", file=file, sheet=sheet, rows=extent.rows, columns=extent.columns)
    return None


def _names(package: Package) -> dict[str, str]:
    """Map the name of each sheet to its part."""
    targets = {
        name: posixpath.normpath(posixpath.join("/xl", target)).lstrip("/").lower()
        for name, target in _targets(package, "xl/_rels/workbook.xml.rels").items()
    }
    sheets = _tags(package.text("xl/workbook.xml"), "sheet")
    return {html.unescape(one.get("name", "")): targets.get(one.get("id", ""), "") for one in sheets}


def _targets(package: Package, relations: str) -> dict[str, str]:
    """Where the relations of a part lead, by id."""
    return {one.get("id", ""): one.get("target", "") for one in _tags(package.text(relations), "Relationship")}


def _tags(xml: str, wanted: str) -> list[dict[str, str]]:
    """Return the attributes of the wanted tags; prefixes and case of attribute names are dropped."""
    return [
        {key.rpartition(":")[2].lower(): a or b for key, a, b in _ATTRIBUTE.findall(attributes)}
        for name, attributes in _TAG.findall(xml)
        if name == wanted
    ]
