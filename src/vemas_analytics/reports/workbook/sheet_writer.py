"""What every sheet of the workbook has: title, banner, lines of text, a way back, its set-up for print."""

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from vemas_analytics.model.document import CellPlace, Document, TableBlock
from vemas_analytics.reference.numbers import format_date
from vemas_analytics.reference.texts import Catalogue, read_texts
from vemas_analytics.reference.theme import read_theme
from vemas_analytics.reports.workbook.names import Names, cell_reference
from vemas_analytics.reports.workbook.native_charts import ChartSize, add_chart, chart_size
from vemas_analytics.reports.workbook.printing import Extent, chart_area, set_up_print
from vemas_analytics.reports.workbook.record_rows import RecordRows
from vemas_analytics.reports.workbook.styles import LINE_HEIGHT, ROW_HEIGHT, Face, Look, Styler, put_text
from vemas_analytics.reports.workbook.text_width import break_lines, text_width

MOST_HEAD = 100.0
"""Width of the lines above a table, in digits: some 110 characters."""

TITLE_SCALE = 1.38
"""How much wider a title is than text of the body."""

GAP_DIGITS = 2.5
"""Empty column between what is written and a drawing beside it."""

_TITLE_HEIGHT = 22.0
_LINK_HEIGHT = LINE_HEIGHT + 6


class SheetWriter:
    """Writes the parts that all sheets of one workbook share.

    Attributes
    ----------
    workbook : Workbook
    alternatives : list of list of str
        Alternative texts of the drawings, per sheet that has any.
    names : Names
    styler : Styler
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.texts: Catalogue = read_texts(document.language)
        self.workbook = Workbook()
        self.workbook.remove(self.workbook.worksheets[0])
        self.alternatives: list[list[str]] = []
        self.styler = Styler(self.workbook, document.accent, self.texts)
        self.names = Names()
        self._cached: dict[str, dict[str, str | float]] = {}
        self._markup: dict[str, bytes] = {}
        self._tables: dict[str, tuple[str, int, tuple[str, ...], int]] = {}
        self._tab_colours = [read_theme(document.accent).colour(role).lstrip("#") for role in ("accent", "accent_mid")]

    def new_sheet(self, title: str, chapter: int) -> Worksheet:
        """Return a new sheet; the tabs of one chapter share a colour."""
        sheet: Worksheet = self.workbook.create_sheet(self.names.sheet(title))
        sheet.sheet_view.showGridLines = False
        sheet.sheet_format.defaultRowHeight = ROW_HEIGHT
        sheet.sheet_format.customHeight = True
        sheet.sheet_properties.tabColor = self._tab_colours[chapter % len(self._tab_colours)]
        return sheet

    def put_formula(self, sheet: Worksheet, place: str, formula: str, value: str | float) -> None:
        """Write a formula of our own into a cell that has its look, and remember the value it gives."""
        sheet[place].value = formula
        self._cached.setdefault(sheet.title, {})[place] = value

    def write_markup(self, sheet: Worksheet, rows: RecordRows, first_row: int) -> float:
        """Keep the markup of rows that follow the last one written; return their height in points."""
        self._markup[sheet.title] = "".join(rows.markup(first_row)).encode("utf-8")
        return rows.height

    def markup(self) -> dict[int, bytes]:
        """Return the rows kept as markup, by the number of the sheet."""
        numbers = {name: number for number, name in enumerate(self.workbook.sheetnames, start=1)}
        return {numbers[name]: rows for name, rows in self._markup.items()}

    def cached_values(self) -> dict[int, dict[str, str | float]]:
        """Return the values beside formulas, by the number of the sheet and the cell."""
        numbers = {name: number for number, name in enumerate(self.workbook.sheetnames, start=1)}
        return {numbers[name]: values for name, values in self._cached.items()}

    def remember(self, sheet: Worksheet, table: TableBlock, header_row: int) -> None:
        """Keep in mind where a table of the document stands."""
        keys = tuple(column.key for column in table.columns)
        self._tables.setdefault(table.key, (sheet.title, header_row, keys, len(table.rows)))

    def place_of(self, place: CellPlace) -> str:
        """Return the reference to a table's cell, empty where the table has no sheet."""
        title, header_row, keys, n_rows = self._tables.get(place.table, ("", 0, (), 0))
        if place.column not in keys or place.row >= n_rows:
            return ""
        column = get_column_letter(keys.index(place.column) + 1)
        return cell_reference(title, f"${column}${header_row + 1 + place.row}")

    def source_line(self) -> str:
        """Return the source of a table that names none of its own."""
        return self.texts.text("workbook.source", date=format_date(self.document.as_of, self.document.language))

    def write_line(
        self, sheet: Worksheet, row: int, text: str, face: Face, *, indent: int = 0, low: bool = False
    ) -> int:
        """Write one line into column A; return the next row."""
        cell = sheet.cell(row, 1)
        self.styler.apply(cell, Look(face=face, indent=indent, low=low, quoted=put_text(cell, text)))
        return row + 1

    def write_title(self, sheet: Worksheet, title: str) -> int:
        """Write title and banner; return the next row."""
        row = self.write_line(sheet, 1, title, "title")
        sheet.row_dimensions[1].height = _TITLE_HEIGHT
        return self.write_line(sheet, row, self.document.banner, "warning") if self.document.banner else row

    def write_heading(self, sheet: Worksheet, row: int, text: str) -> int:
        """Write a heading within a sheet; return the next row."""
        sheet.row_dimensions[row].height = _LINK_HEIGHT + 2
        return self.write_line(sheet, row, text, "strong", low=True)

    def write_lines(self, sheet: Worksheet, row: int, texts: Sequence[str], width: float, face: Face = "small") -> int:
        """Write texts broken into lines of ``width`` digits, each line a row; return the next row."""
        for text in texts:
            for number, line in enumerate(break_lines(text, width) if text else []):
                row = self.write_line(sheet, row, line, face, indent=min(number, 1))
        return row

    def write_link(self, sheet: Worksheet, row: int, text: str, *, column: int = 1, target: str = "") -> int:
        """Write a link to a sheet, without ``target`` to the contents; return the next row."""
        cell = sheet.cell(row, column)
        put_text(cell, text)
        place = target or self.texts.text("workbook.contents")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=cell_reference(place, "A1"), display=text)
        self.styler.apply(cell, Look(face="link", ruled=bool(target)))
        return row + 1

    def write_head(self, sheet: Worksheet, title: str, lines: Sequence[str], width: float) -> int:
        """Write title, banner, lines and the way back from A1 down; return the row of the table's header."""
        row = self.write_lines(sheet, self.write_title(sheet, title), lines, width)
        sheet.row_dimensions[row].height = _LINK_HEIGHT
        return self.write_link(sheet, row, self.texts.text("workbook.back"))

    def add_chart(self, sheet: Worksheet, table: TableBlock, header_row: int) -> ChartSize | None:
        """Place the chart of a table to its right; None when it has none."""
        if table.chart is None:
            return None
        gap = len(table.columns) + 1
        sheet.column_dimensions[get_column_letter(gap)].width = GAP_DIGITS
        anchor = f"{get_column_letter(gap + 1)}{header_row}"
        add_chart(sheet, table, table.chart, header_row, anchor, self.document.accent)
        self.alternatives.append([table.chart.alt])
        return chart_size(table, table.chart)

    def finish(
        self,
        sheet: Worksheet,
        width: float,
        header_row: int | None = None,
        *,
        chart: ChartSize | None = None,
        apart: int = 0,
        may_split: bool = False,
        below: float = 0.0,
        last_row: int | None = None,
    ) -> None:
        """Set the sheet up for print.

        Parameters
        ----------
        sheet : Worksheet
        width : float
            Of what is printed side by side, in digits; a longer title counts instead.
        header_row : int, optional
        chart : ChartSize, optional
            A chart beside the table.
        apart : int
            Number of the table's columns, where table and chart get pages of their own; 0 prints them together.
        may_split : bool
            Whether a very wide table may go over several pages side by side.
        below : float
            Height of rows written as markup, in points.
        last_row : int, optional
            The last of these.
        """
        title = text_width(str(sheet["A1"].value)) * TITLE_SCALE
        heights = [sheet.row_dimensions[row].height or ROW_HEIGHT for row in range(1, sheet.max_row + 1)]
        height = sum(heights) + below
        areas: tuple[str, ...] = ()
        if chart is not None and header_row is not None:
            height = max(height, sum(heights[: header_row - 1]) + chart.height_points)
            areas = chart_area(sheet, header_row, apart, chart.width, chart.height_points) if apart else ()
        extent = Extent(
            max(width, title),
            height,
            header_row,
            areas,
            may_split,
            has_chart=chart is not None,
            last_row=last_row or sheet.max_row,
            reservation=self.texts.text("workbook.confidential") if may_split else "",
        )
        set_up_print(sheet, self.document.language, self.document.banner, extent)
