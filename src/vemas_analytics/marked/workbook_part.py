"""The workbook as a whole: its sheets by name, and the first sheet set before them."""

import re
from typing import Any

from lxml import etree

from vemas_analytics.marked.package import MAIN, OFFICE, Package, UnfitError, parse_xml, serialise

_SELECTED = re.compile(rb"""\s+tabSelected\s*=\s*["'][^"']*["']""")
_KEPT = (
    ("charts", re.compile(r"xl/charts/chart\d+\.xml")),
    ("charts", re.compile(r"xl/charts/chartEx\d+\.xml")),
    ("images", re.compile(r"xl/media/")),
    ("pivots", re.compile(r"xl/pivotTables/pivotTable\d+\.xml")),
    ("slicers", re.compile(r"xl/slicers/")),
    ("macros", re.compile(r"xl/vbaProject\.bin")),
    ("controls", re.compile(r"xl/(ctrlProps|activeX)/[^/]+\.xml")),
    ("links", re.compile(r"xl/externalLinks/externalLink\d+\.xml")),
)


class WorkbookPart:
    """The part that names the sheets."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._root = parse_xml(package.read(package.workbook))
        sheets = self._root.find(f"{{{MAIN}}}sheets")
        if self._root.tag != f"{{{MAIN}}}workbook" or sheets is None:
            message = "a workbook in another form of the format"
            raise UnfitError(message)
        self._sheets = sheets
        self._parts = {identifier: (kind, name) for identifier, kind, name in package.relations(package.workbook)}

    @property
    def styles(self) -> str:
        """Name of the part that holds the styles."""
        for kind, name in self._parts.values():
            if kind == "styles":
                return name
        message = "no styles"
        raise UnfitError(message)

    def sheets(self) -> dict[str, str]:
        """Return the name of the part of each sheet."""
        found = {}
        for item in self._sheets:
            kind, part = self._parts.get(str(item.get(f"{{{OFFICE}}}id")), ("", ""))
            if kind == "worksheet":
                found[str(item.get("name"))] = part
        return found

    def hidden_sheets(self) -> set[str]:
        """Return the names of the sheets that are not shown."""
        return {str(item.get("name")) for item in self._sheets if item.get("state", "visible") != "visible"}

    def free_name(self, wanted: str) -> str:
        """Return a sheet name that is not taken."""
        taken = {str(item.get("name")).casefold() for item in self._sheets}
        name, number = wanted, 2
        while name.casefold() in taken:
            name, number = f"{wanted} ({number})", number + 1
        return name

    def put_first(self, name: str, part: str, header_row: int) -> None:
        """Name a sheet before all others and open the workbook with it."""
        for _, other in self._parts.values():
            if other.startswith(("xl/worksheets/", "xl/chartsheets/", "xl/dialogsheets/")) and other != part:
                content = self._package.read(other)
                if _SELECTED.search(content[:20_000]):
                    self._package.write(other, _SELECTED.sub(b"", content, count=1))
        for item in self._root.iter(f"{{{MAIN}}}definedName"):
            if item.get("localSheetId") is not None:
                item.set("localSheetId", str(int(item.get("localSheetId")) + 1))
        for view in self._root.iter(f"{{{MAIN}}}workbookView"):
            view.attrib.pop("firstSheet", None)
            view.set("activeTab", "0")
        numbers = [int(item.get("sheetId", "0")) for item in self._sheets]
        identifier = self._package.relate(self._package.workbook, "worksheet", part)
        entry = etree.Element(f"{{{MAIN}}}sheet", name=name, sheetId=str(max([0, *numbers]) + 1))
        entry.set(f"{{{OFFICE}}}id", identifier)
        self._sheets.insert(0, entry)
        if header_row:
            self._repeat_header(name, header_row)
        self._package.write(self._package.workbook, serialise(self._root))

    def _repeat_header(self, name: str, row: int) -> None:
        names = self._root.find(f"{{{MAIN}}}definedNames")
        if names is None:
            names = etree.Element(f"{{{MAIN}}}definedNames")
            before = [self._root.find(f"{{{MAIN}}}{tag}") for tag in ("externalReferences", "functionGroups", "sheets")]
            next(item for item in before if item is not None).addnext(names)
        element: Any = etree.Element(f"{{{MAIN}}}definedName", name="_xlnm.Print_Titles", localSheetId="0")
        quoted = name.replace("'", "''")
        element.text = f"'{quoted}'!${row}:${row}"
        names.insert(0, element)


def kept_parts(package: Package) -> dict[str, int]:
    """Count what else the workbook holds and the copy keeps: charts, images, macros and the like."""
    counts: dict[str, int] = {}
    for name in package.names:
        for kind, pattern in _KEPT:
            if pattern.match(name):
                counts[kind] = counts.get(kind, 0) + 1
    return counts
