"""Rules on the parts of the file: what makes Excel offer a repair, and what must not be in it at all."""

import math
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Final

from lxml import etree
from openpyxl.utils import get_column_letter

from vemas_analytics.reports.workbook.rules.breach import Breach
from vemas_analytics.reports.workbook.rules.drawings import check_chart, check_drawing
from vemas_analytics.reports.workbook.rules.formulas import check_formulas
from vemas_analytics.reports.workbook.rules.order import CHILDREN
from vemas_analytics.reports.workbook.rules.sheets import bounds_of
from vemas_analytics.reports.workbook.rules.styles import check_styles, read_cell_styles

_RELATIONS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_R_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MOST_TEXT, _MOST_FOOTER, _MOST_SHEET_NAME = 32_767, 255, 31
_MOST_STYLES, _MOST_FONTS = 64_000, 1_024
_MOST_WIDTH, _MOST_HEIGHT = 255.0, 409.5
_BAD_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]|^'|'$")
_NAME = re.compile(r"[A-Za-z_\\][\w.\\]{0,254}", re.ASCII)
_LIKE_CELL = re.compile(r"[A-Za-z]{1,3}\d+|[rR]\d*[cC]\d*", re.ASCII)
_REFUSED = re.compile(r"vbaProject|externalLinks|pivot|connections|embeddings|activeX|customUI|queryTable", re.I)
_ONLY_DIGITS = re.compile(r"[\d.,]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|(?<!_x005F)_x00[01][0-9A-Fa-f]_")
_STAMP: Final = (1980, 1, 1, 0, 0, 0)
_DATE_FORMATS: Final = frozenset({"14", "15", "16", "17", "22"})


def check_package(package: zipfile.ZipFile) -> Iterator[Breach]:
    """Yield breaches of rules on the package; texts are read, nothing of it is run.

    Parameters
    ----------
    package : ZipFile
        Of a workbook.
    """
    parts: dict[str, etree._Element] = {}
    for entry in package.infolist():
        if _REFUSED.search(entry.filename):
            yield Breach("nothing-foreign", "", entry.filename, "macros, links to other files, queries and the like")
        if entry.date_time != _STAMP:
            yield Breach("fixed-stamps", "", entry.filename, str(entry.date_time))
        if entry.filename.endswith((".xml", ".rels")):
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
            parts[entry.filename] = etree.fromstring(package.read(entry), parser)
    yield from _check_relations(parts, set(package.namelist()))
    for name, root in parts.items():
        yield from _check_order(name, root)
        if name.startswith("xl/charts/chart"):
            yield from check_chart(name, root)
        elif name.startswith("xl/drawings/drawing"):
            yield from check_drawing(name, root)
    if "xl/workbook.xml" in parts:
        yield from _Workbook(parts).check()
    yield from _check_stamps(parts)


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _check_relations(parts: dict[str, etree._Element], names: set[str]) -> Iterator[Breach]:
    for name, root in parts.items():
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        for relation in root.iter(_RELATIONS):
            target = relation.get("Target", "")
            if relation.get("TargetMode") == "External":
                yield Breach("nothing-foreign", "", name, target)
                continue
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            if path not in names:
                yield Breach("part-missing", "", name, target)
    types = parts.get("[Content_Types].xml")
    if types is None:
        yield Breach("part-missing", "", "[Content_Types].xml", "no list of parts")
        return
    listed = [item.get("PartName", "").lstrip("/") for item in types.iter("{*}Override")]
    endings = {item.get("Extension", "") for item in types.iter("{*}Default")}
    for part, count in Counter(listed).items():
        if part not in names or count > 1:
            yield Breach("part-missing", "", part, "listed, but not in the file" if count == 1 else "listed twice")
    for part in names - set(listed) - {"[Content_Types].xml"}:
        if part.rpartition(".")[2] not in endings:
            yield Breach("part-missing", "", part, "in the file, but of no stated kind")


def _check_order(name: str, root: etree._Element) -> Iterator[Breach]:
    for element in root.iter():
        order = CHILDREN.get(_local(element))
        if order is None or (_local(element) == "c" and not name.startswith("xl/worksheets")):
            continue
        if _local(element) == "title" and name.startswith("docProps"):
            continue
        last = 0
        for child in element:
            word = _local(child)
            if not word:
                continue
            if word not in order or order.index(word) < last:
                yield Breach("element-order", "", name, f"{word} in {_local(element)}")
                break
            last = order.index(word)


def _check_stamps(parts: dict[str, etree._Element]) -> Iterator[Breach]:
    core = parts.get("docProps/core.xml")
    stamps = [] if core is None else [core.findtext(f"{{*}}{word}") or "" for word in ("created", "modified")]
    if len(set(stamps)) != 1 or not all(stamp.endswith("T00:00:00Z") for stamp in stamps):
        yield Breach("fixed-stamps", "", "docProps/core.xml", str(stamps))


class _Workbook:
    """The workbook's sheets with their tables, names and styles, as the parts hold them."""

    def __init__(self, parts: dict[str, etree._Element]) -> None:
        self.parts = parts
        root = parts["xl/workbook.xml"]
        targets = self._targets("xl/workbook.xml")
        self.sheets = {
            item.get("name", ""): targets.get(item.get(_R_ID, ""), "") for item in root.iterfind(".//{*}sheet")
        }
        self.n_sheets = len(list(root.iterfind(".//{*}sheet")))
        self.defined = list(root.iterfind(".//{*}definedName"))
        self.names = frozenset(item.get("name", "") for item in self.defined)
        styles = parts.get("xl/styles.xml")
        self.cell_styles = read_cell_styles(styles)
        self.formats = [] if styles is None else [x.get("numFmtId", "") for x in styles.iterfind("{*}cellXfs/{*}xf")]
        self.n_fonts = 0 if styles is None else len(styles.findall("{*}fonts/{*}font"))
        self.table_names: Counter[str] = Counter()
        self.table_ids: Counter[str] = Counter()

    def _targets(self, part: str) -> dict[str, str]:
        folder, name = posixpath.split(part)
        relations = self.parts.get(f"{folder}/_rels/{name}.rels")
        if relations is None:
            return {}
        found = {}
        for item in relations.iter(_RELATIONS):
            target = item.get("Target", "")
            whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[item.get("Id", "")] = whole
        return found

    def check(self) -> Iterator[Breach]:
        folded = Counter(name.casefold() for name in self.sheets)
        for name in self.sheets:
            if len(name) > _MOST_SHEET_NAME or _BAD_SHEET_NAME.search(name) or not name.strip():
                yield Breach("sheet-name", name, "", f"{len(name)} characters")
            if folded[name.casefold()] > 1 or name.casefold() == "history" or self.n_sheets != len(self.sheets):
                yield Breach("sheet-name", name, "", "used twice, or kept by Excel for itself")
        yield from self._check_names()
        if not 0 < len(self.formats) < _MOST_STYLES or self.n_fonts >= _MOST_FONTS:
            yield Breach("styles", "", "xl/styles.xml", f"{len(self.formats)} formats, {self.n_fonts} fonts")
        for name, part in self.sheets.items():
            if part not in self.parts:
                yield Breach("part-missing", name, part, "no such sheet in the file")
                continue
            yield from self._check_sheet(name, part, self.parts[part])
        for counter in (self.table_names, self.table_ids):
            for word, count in counter.items():
                if count > 1:
                    yield Breach("table-names", "", word, "used twice")

    def _check_names(self) -> Iterator[Breach]:
        counted = Counter((item.get("name", "").casefold(), item.get("localSheetId")) for item in self.defined)
        for item in self.defined:
            name, text = item.get("name", ""), item.text or ""
            if name.startswith("_xlnm."):
                if name == "_xlnm.Print_Titles" and re.search(r"\$\d+:\$\d+,.*\$[A-Z]+:\$[A-Z]+$", text):
                    yield Breach("defined-names", "", name, "columns to repeat stand before rows")
            elif not _NAME.fullmatch(name) or _LIKE_CELL.fullmatch(name):
                yield Breach("defined-names", "", name, "no name that Excel takes")
            if counted[name.casefold(), item.get("localSheetId")] > 1 or "#REF!" in text or not text:
                yield Breach("defined-names", "", name, text or "empty")
            for quoted in re.findall(r"'((?:[^']|'')+)'!", text):
                if quoted.replace("''", "'") not in self.sheets:
                    yield Breach("defined-names", "", name, text)

    def _check_sheet(self, name: str, part: str, root: etree._Element) -> Iterator[Breach]:
        if len(list(root.iter("{*}autoFilter"))) > 0:
            yield Breach("autofilter-once", name, "", "a filter of the sheet beside that of its table")
        if root.find("{*}dataValidations") is not None or root.find("{*}conditionalFormatting") is not None:
            yield Breach("nothing-foreign", name, "", "drop-downs or conditional formats")
        cells: dict[str, etree._Element] = {}
        has_digits = False
        for cell in root.iterfind("{*}sheetData/{*}row/{*}c"):
            cells[cell.get("r", "")] = cell
            has_digits = has_digits or bool(_ONLY_DIGITS.fullmatch("".join(x.text or "" for x in cell.iter("{*}t"))))
            yield from self._check_value(name, cell)
        if has_digits and root.find("{*}ignoredErrors/{*}ignoredError[@numberStoredAsText='1']") is None:
            yield Breach("digits-as-text", name, "", "Excel marks texts of digits as a likely mistake")
        yield from check_styles(name, cells.values(), self.cell_styles)
        for column in root.iterfind("{*}cols/{*}col"):
            if not 0 < float(column.get("width", "8")) <= _MOST_WIDTH:
                yield Breach("sizes", name, get_column_letter(int(column.get("min", "1"))), column.get("width", ""))
        for row in root.iterfind("{*}sheetData/{*}row"):
            if float(row.get("ht", "15")) > _MOST_HEIGHT:
                yield Breach("sizes", name, row.get("r", ""), row.get("ht", ""))
        for text in root.iterfind("{*}headerFooter/*"):
            if len(text.text or "") > _MOST_FOOTER:
                yield Breach("sizes", name, "", "header or footer longer than 255 characters")
        yield from self._check_links(name, root)
        tables = [self.parts[path] for path in self._linked(part, root, "tablePart") if path in self.parts]
        for table in tables:
            yield from self._check_table(name, table, cells)
        words = {table.get("displayName", "") for table in tables}
        formulas = (cell for cell in cells.values() if cell.find("{*}f") is not None)
        yield from check_formulas(name, formulas, words, self.sheets.keys(), self.names)
        for path in (*self._linked(part, root, "drawing"), *self._linked(part, root, "tablePart")):
            if path not in self.parts:
                yield Breach("part-missing", name, path or "drawing", "linked, but not in the file")

    def _linked(self, part: str, root: etree._Element, word: str) -> list[str]:
        targets = self._targets(part)
        return [targets.get(item.get(_R_ID, ""), "") for item in root.iter(f"{{*}}{word}")]

    def _check_value(self, name: str, cell: etree._Element) -> Iterator[Breach]:
        place, kind = cell.get("r", ""), cell.get("t", "n")
        style = int(cell.get("s", "0"))
        if style >= len(self.formats):
            yield Breach("styles", name, place, f"format {style} does not exist")
        texts = "".join(item.text or "" for item in cell.iter("{*}t"))
        if len(texts) > _MOST_TEXT:
            yield Breach("text-length", name, place, f"{len(texts)} characters")
        if _CONTROL.search(texts):
            yield Breach("control-characters", name, place, repr(texts[:40]))
        if any(
            (item.text or "") != (item.text or "").strip()
            and item.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve"
            for item in cell.iter("{*}t")
        ):
            yield Breach("text-spaces", name, place, repr(texts[:40]))
        value = cell.findtext("{*}v")
        if kind == "n" and value:
            number = float(value)
            if not math.isfinite(number):
                yield Breach("number", name, place, value)
            elif style < len(self.formats) and self.formats[style] in _DATE_FORMATS and number < 1:
                yield Breach("date-before-1900", name, place, value)
        elif kind == "d":
            yield Breach("date-before-1900", name, place, "a date as text")

    def _check_links(self, name: str, root: etree._Element) -> Iterator[Breach]:
        for link in root.iter("{*}hyperlink"):
            target = link.get("location", "")
            match = re.fullmatch(r"'((?:[^']|'')+)'!\$?[A-Z]+\$?\d+", target)
            if match is None or match.group(1).replace("''", "'") not in self.sheets:
                yield Breach("link-target", name, link.get("ref", ""), target or "no target in this workbook")

    def _check_table(self, name: str, table: etree._Element, cells: dict[str, etree._Element]) -> Iterator[Breach]:
        word, reference = table.get("displayName", ""), table.get("ref", "")
        self.table_names[word.casefold()] += 1
        self.table_ids[table.get("id", "")] += 1
        if word.casefold() in {item.casefold() for item in self.names}:
            yield Breach("table-names", name, reference, f"{word} names a range too")
        if not _NAME.fullmatch(word) or _LIKE_CELL.fullmatch(word):
            yield Breach("table-names", name, reference, word)
        left, top, right, bottom = bounds_of(reference)
        if bottom <= top:
            yield Breach("table-header", name, reference, "no row below the header")
        headers = [item.get("name", "") for item in table.iterfind(".//{*}tableColumn")]
        shown = []
        for column in range(left, right + 1):
            cell = cells.get(f"{get_column_letter(column)}{top}")
            is_text = cell is not None and cell.get("t") in {"s", "inlineStr"}
            shown.append("".join(item.text or "" for item in cell.iter("{*}t")) if is_text and cell is not None else "")
        if headers != shown or len({item.casefold() for item in headers}) < len(headers) or "" in headers:
            yield Breach("table-header", name, reference, repr(headers))
        filters = table.findall("{*}autoFilter")
        if len(filters) > 1 or any(item.get("ref") != reference for item in filters):
            yield Breach("autofilter-once", name, reference, "the filter does not fit the table")
