"""The first sheet of a marked copy: what was found, what the colours mean, what to do, and the list with links."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from vemas_analytics.marked.job import KINDS, Front, MarkKind
from vemas_analytics.marked.package import MAIN, OFFICE, Package
from vemas_analytics.marked.styles_part import Look, Styles
from vemas_analytics.model.sheets import column_letters

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_TABLE_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"
_COLUMNS = ("number", "severity", "sheet", "place", "heading", "value", "what", "why", "remedy")
_WIDTHS = (6, 17, 18, 8, 18, 20, 24, 46, 40)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_LONGEST = 32_000
_LINE_POINTS = 13.0
_ACCENT = "1F3A5F"
_TITLE = Look(size=14, bold=True, colour=_ACCENT, wrap=False)
_HEADING = Look(size=11, bold=True, colour=_ACCENT, wrap=False)
_LINE = Look(wrap=False)
_BODY = Look(ruled=True)
_NUMBER = Look(ruled=True, right=True)
_HEAD = Look(bold=True, colour="FFFFFF", ground=_ACCENT)
_LINK = Look(colour=_ACCENT, underlined=True, ruled=True)


@dataclass(slots=True)
class FrontPart:
    """The finished sheet; ``header_row`` is the row of the list's headings, 0 where there is nothing to list."""

    rows: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    header_row: int = 0


class FrontSheet:
    """Builds the first sheet row by row.

    Parameters
    ----------
    front : Front
    styles : Styles
        Of the workbook, to which the looks are added.
    colours : mapping of MarkKind to (cell, row)
    notes : sequence of str
        What the marking itself has to say: hidden rows, comments left out, parts that were kept.
    hidden : set of (sheet, row, column)
        Marks that nobody sees without unhiding.
    """

    def __init__(
        self,
        front: Front,
        styles: Styles,
        colours: Mapping[MarkKind, tuple[str, str]],
        notes: Sequence[str],
        hidden: set[tuple[str, int, int]],
    ) -> None:
        self._front, self._styles, self._colours, self._notes = front, styles, colours, notes
        self._hidden = hidden
        self._part = FrontPart()

    def build(self) -> FrontPart:
        """Return the rows and links."""
        front = self._front
        self._row([(front.title, _TITLE)], height=20)
        self._row([(front.subject, _LINE)])
        for heading, sentences in front.paragraphs:
            self._row([])
            self._row([(heading, _HEADING)])
            for sentence in sentences:
                self._row([(sentence, _LINE)])
        self._legend()
        self._lists()
        if self._notes:
            self._row([])
            self._row([(front.words["remarks"], _HEADING)])
            for note in self._notes:
                self._row([(note, _LINE)])
        self._items()
        return self._part

    def _legend(self) -> None:
        words = self._front.words
        self._row([])
        self._row([(words["legend"], _HEADING)])
        for kind in KINDS:
            ground = self._colours[kind][0]
            shown = [
                (str(self._front.counts.get(kind, 0)), Look(ground=ground, right=True, wrap=False)),
                (words[f"kind.{kind}"], Look(ground=ground, wrap=False, bold=True)),
                (words[f"meaning.{kind}"], _LINE),
            ]
            self._row(shown)

    def _lists(self) -> None:
        words = self._front.words
        self._row([])
        self._row([(words["lists"], _HEADING)])
        if not self._front.lists:
            self._row([(words["no_lists"], _LINE)])
            return
        for sheet, table, read, kept, aside, reasons in self._front.lists:
            line = words["list_line"].format(table=table, read=read, kept=kept, aside=aside)
            text = f"{sheet}: {line}" if sheet else line
            self._row([(text + (f" ({reasons})" if reasons else "") + ".", _LINE)])

    def _items(self) -> None:
        front = self._front
        self._row([])
        self._row([(front.words["items"] if front.items else front.words["no_items"], _HEADING)])
        if not front.items:
            return
        self._part.header_row = len(self._part.rows) + 1
        self._row([(front.words[f"column.{name}"], _HEAD) for name in _COLUMNS], height=30)
        for number, item in enumerate(front.items, 1):
            place = "" if item.row is None else str(item.row)
            if item.row is not None and item.column is not None:
                place = f"{column_letters(item.column)}{item.row}"
            why = item.why
            if item.row is not None and (item.sheet, item.row, item.column or 0) in self._hidden:
                why = f"{why} {front.words['hidden']}"
            texts = (item.sheet, place, item.heading, item.value, item.what, why, item.remedy)
            ground = self._colours[item.kind][0]
            link = bool(place) and len(self._part.links) < 60_000
            looks = [_LINK if link and name == "place" else _BODY for name in _COLUMNS[2:]]
            cells = [
                (front.words[f"kind.{item.kind}"], Look(ground=ground, ruled=True)),
                *zip(texts, looks, strict=True),
            ]
            height = _LINE_POINTS * max(_lines(text, width) for text, width in zip(texts, _WIDTHS[2:], strict=True))
            self._row([(number, _NUMBER), *cells], height=min(400.0, max(15.0, height + 2)))
            if link:
                self._link(len(self._part.rows), item.sheet, f"{column_letters(item.column or 0)}{item.row}")

    def _link(self, row: int, sheet: str, place: str) -> None:
        target = "'" + sheet.replace("'", "''") + f"'!{place}"
        column = column_letters(_COLUMNS.index("place"))
        self._part.links.append(f'<hyperlink ref="{column}{row}" location={quoteattr(target)}/>')

    def _row(self, cells: Sequence[tuple[str | int, Look]], height: float = 0) -> None:
        number = len(self._part.rows) + 1
        shown = "".join(self._cell(f"{column_letters(column)}{number}", *cell) for column, cell in enumerate(cells))
        tall = f' ht="{height:g}" customHeight="1"' if height else ""
        self._part.rows.append(f'<row r="{number}"{tall}>{shown}</row>')

    def _cell(self, place: str, value: str | int, look: Look) -> str:
        if isinstance(value, int):
            return f'<c r="{place}" s="{self._styles.look(look)}"><v>{value}</v></c>'
        return text_cell(place, value, self._styles, look)


def text_cell(place: str, text: str, styles: Styles, look: Look) -> str:
    """Return a cell that holds text, whatever it begins with."""
    if not text:
        return f'<c r="{place}" s="{styles.look(look)}"/>'
    if text.startswith(_FORMULA_STARTS):
        look = Look(look.size, look.bold, look.colour, look.underlined, look.ground, look.wrap, look.ruled, quoted=True)
    shown = escape(_ILLEGAL.sub(" ", text[:_LONGEST]))
    return f'<c r="{place}" s="{styles.look(look)}" t="inlineStr"><is><t xml:space="preserve">{shown}</t></is></c>'


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column, words not broken."""
    lines, filled = 1, 0
    for word in text.split():
        length = len(word)
        if filled and filled + 1 + length > width * 1.15:
            lines, filled = lines + 1, length
        else:
            filled += length + (1 if filled else 0)
        lines += max(0, length - 1) // max(1, int(width * 1.15)) if length > width else 0
    return lines


def add_front(package: Package, part: FrontPart, front: Front) -> str:
    """Put the first sheet into the package as a part and return its name; the workbook does not name it yet."""
    name = package.free_name("xl/worksheets/sheet{}.xml")
    package.write(name, b"", _SHEET_TYPE)
    table = _add_table(package, name, part, front) if part.header_row else ""
    package.write(name, "".join(_sheet(part, table)).encode("utf-8"))
    return name


def _sheet(part: FrontPart, table: str) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    yield f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
    yield '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
    yield '<selection activeCell="A1" sqref="A1"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>'
    for number, width in enumerate(_WIDTHS, 1):
        yield f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
    yield "</cols><sheetData>"
    yield from part.rows
    yield "</sheetData>"
    if part.links:
        yield "<hyperlinks>"
        yield from part.links
        yield "</hyperlinks>"
    yield '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
    yield '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
    yield "<headerFooter><oddFooter>&amp;R&amp;P / &amp;N</oddFooter></headerFooter>"
    if table:
        yield f'<tableParts count="1"><tablePart r:id="{table}"/></tableParts>'
    yield "</worksheet>"


def _add_table(package: Package, sheet: str, part: FrontPart, front: Front) -> str:
    """Make the list a table with filters; its number must be free among the tables of the workbook."""
    existing = [
        package.read(name).decode("utf-8", "replace")
        for name in package.names
        if name.startswith("xl/tables/") and name.endswith(".xml")
    ]
    numbers = [int(found) for text in existing for found in re.findall(r"<(?:\w+:)?table\b[^>]*?\sid=\"(\d+)\"", text)]
    number = max([0, *numbers]) + 1
    title = front.words["table_name"]
    while any(f'"{title}"'.casefold() in text.casefold() for text in existing):
        title += "_"
    area = f"A{part.header_row}:{column_letters(len(_COLUMNS) - 1)}{part.header_row + len(front.items)}"
    headings = "".join(
        f'<tableColumn id="{index}" name={quoteattr(front.words["column." + name])}/>'
        for index, name in enumerate(_COLUMNS, 1)
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<table xmlns="{MAIN}" id="{number}" name="{title}" displayName="{title}" ref="{area}" totalsRowShown="0">'
        f'<autoFilter ref="{area}"/><tableColumns count="{len(_COLUMNS)}">{headings}</tableColumns>'
        '<tableStyleInfo showFirstColumn="0" showLastColumn="0" showRowStripes="0" showColumnStripes="0"/></table>'
    )
    name = package.free_name("xl/tables/table{}.xml")
    package.write(name, content.encode("utf-8"), _TABLE_TYPE)
    return package.relate(sheet, "table", name)
