"""Excel's own charts, editable by the reader, drawn from the cells of a table."""

from dataclasses import dataclass
from typing import Final

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import DataPoint
from openpyxl.chart.series import Series
from openpyxl.chart.series_factory import SeriesFactory
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
    RichTextProperties,
)
from openpyxl.worksheet.worksheet import Worksheet

from vemas_analytics.model.document import Cell, NativeChart, TableBlock
from vemas_analytics.reference.theme import read_theme
from vemas_analytics.reports.workbook.printing import CM_PER_DIGIT
from vemas_analytics.reports.workbook.styles import FONT_NAME
from vemas_analytics.reports.workbook.text_width import longest_word

_TITLE_SIZE, _TEXT_SIZE = 1200, 1000
_HEIGHT_CM: Final = 8.0
_LEAST_WIDTH_CM, _MOST_WIDTH_CM = 13.0, 26.5
_COLUMN_CM, _ROW_CM, _BETWEEN_CM = 1.1, 0.74, 0.15
_POINTS_PER_CM: Final = 28.35
_BAR_WIDTH_CM: Final = 16.0
_HEAD_CM: Final = 2.2


@dataclass(frozen=True, slots=True)
class ChartSize:
    """Width and height of a chart on the sheet, in centimetres."""

    width: float
    height: float

    @property
    def digits(self) -> float:
        """Width in Excel's unit of column width."""
        return self.width / CM_PER_DIGIT

    @property
    def height_points(self) -> float:
        """Height in points, the unit of row heights."""
        return self.height * _POINTS_PER_CM


def chart_size(table: TableBlock, spec: NativeChart) -> ChartSize:
    """Return the size at which no label has to be turned or left out."""
    if spec.row is not None:
        labels = [column.header for column in table.columns if column.key in spec.series]
    else:
        first = [column.key for column in table.columns].index(spec.category)
        labels = [row[first].text for index, row in enumerate(table.rows) if index not in table.total_rows]
    if spec.kind == "bar":
        return ChartSize(_BAR_WIDTH_CM, max(_HEIGHT_CM, _HEAD_CM + len(labels) * _ROW_CM))
    each = max(_COLUMN_CM, max(map(longest_word, labels), default=0.0) * CM_PER_DIGIT + _BETWEEN_CM)
    return ChartSize(min(_MOST_WIDTH_CM, max(_LEAST_WIDTH_CM, len(labels) * each)), _HEIGHT_CM)


def add_chart(
    sheet: Worksheet, table: TableBlock, spec: NativeChart, header_row: int, anchor: str, accent: str
) -> None:
    """Place the chart of a table on its sheet.

    Parameters
    ----------
    sheet : Worksheet
    table : TableBlock
        Already written with its header in ``header_row``, first column A.
    spec : NativeChart
        Names the columns, or the row, that are drawn.
    header_row : int
    anchor : str
        Top left cell of the chart.
    accent : str
        The organisation's colour, or empty.
    """
    theme = read_theme(accent)
    colours = {role: value.lstrip("#") for role, value in theme.colours.items()}
    chart = _empty_chart(spec, colours)
    keys = [column.key for column in table.columns]
    if spec.row is None:
        _add_columns(sheet, chart, table, spec, header_row, keys, colours)
    else:
        _add_row(sheet, chart, spec, header_row, keys, colours)
    if len(chart.series) == 1:
        chart.legend = None
    else:
        chart.legend = Legend()
        chart.legend.position = "t" if spec.kind == "bar" else "b"
        chart.legend.txPr = _text_properties(colours["ink"])
    if spec.kind != "line":
        chart.dataLabels = _value_labels(_label_format(_drawn_cells(table, spec, keys)), colours["ink"])
    size = chart_size(table, spec)
    chart.width, chart.height = size.width, size.height  # type: ignore[assignment]
    sheet.add_chart(chart, anchor)


def _empty_chart(spec: NativeChart, colours: dict[str, str]) -> BarChart | LineChart:
    chart: BarChart | LineChart
    if spec.kind == "line":
        chart = LineChart()
    else:
        chart = BarChart()
        chart.type = "bar" if spec.kind == "bar" else "col"
        chart.gapWidth = 45
        chart.overlap = 100 if spec.kind == "stacked_column" else 0
        chart.grouping = "stacked" if spec.kind == "stacked_column" else "clustered"
    chart.title = _title(spec, colours)
    chart.roundedCorners = False
    chart.graphical_properties = GraphicalProperties(solidFill="FFFFFF", ln=LineProperties(noFill=True))
    axis = GraphicalProperties(ln=LineProperties(solidFill=colours["rule"]))
    chart.x_axis.delete = False
    chart.x_axis.txPr = _text_properties(colours["ink"], turn=0)
    chart.x_axis.graphicalProperties = axis
    chart.x_axis.majorTickMark = "none"
    chart.x_axis.tickLblPos = "low"
    chart.x_axis.tickLblSkip = 1  # type: ignore[attr-defined]
    # Bars and columns carry their values; an axis beside them would say everything twice.
    chart.y_axis.delete = spec.kind != "line"
    chart.y_axis.majorGridlines = None
    chart.y_axis.txPr = _text_properties(colours["ink"])
    chart.y_axis.number_format = "#,##0"
    chart.y_axis.scaling.min = 0
    if spec.kind == "bar":
        chart.x_axis.scaling.orientation = "maxMin"
    return chart


def _add_columns(
    sheet: Worksheet,
    chart: BarChart | LineChart,
    table: TableBlock,
    spec: NativeChart,
    header_row: int,
    keys: list[str],
    colours: dict[str, str],
) -> None:
    last_row = header_row + len(table.rows) - len(table.total_rows)
    for key in spec.series:
        column = keys.index(key) + 1
        values = Reference(sheet, min_col=column, min_row=header_row, max_row=last_row)
        chart.series.append(SeriesFactory(values, title_from_data=True))
    category = keys.index(spec.category) + 1
    chart.set_categories(Reference(sheet, min_col=category, min_row=header_row + 1, max_row=last_row))
    for key, series in zip(spec.series, chart.series, strict=True):
        _colour(series, colours["accent"] if not spec.dark or key in spec.dark else colours["accent_mid"], spec)


def _add_row(
    sheet: Worksheet,
    chart: BarChart | LineChart,
    spec: NativeChart,
    header_row: int,
    keys: list[str],
    colours: dict[str, str],
) -> None:
    columns = [keys.index(key) + 1 for key in spec.series]
    row = header_row + 1 + (spec.row or 0)
    values = Reference(sheet, min_col=min(columns), max_col=max(columns), min_row=row)
    series = SeriesFactory(values, title=spec.title)
    chart.series.append(series)
    chart.set_categories(Reference(sheet, min_col=min(columns), max_col=max(columns), min_row=header_row))
    _colour(series, colours["accent_mid"] if spec.dark else colours["accent"], spec)
    for index, key in enumerate(spec.series):
        if key in spec.dark:
            point = DataPoint(idx=index, invertIfNegative=False)
            point.graphicalProperties = _solid(colours["accent"])
            series.dPt.append(point)


def _colour(series: Series, colour: str, spec: NativeChart) -> None:
    series.graphicalProperties = _solid(colour)
    if spec.kind == "line":
        series.smooth = False
    else:
        series.invertIfNegative = False


def _solid(colour: str) -> GraphicalProperties:
    return GraphicalProperties(solidFill=colour, ln=LineProperties(solidFill=colour))


def _characters(colour: str, size: int = _TEXT_SIZE, *, bold: bool = False) -> CharacterProperties:
    fill = GraphicalProperties(solidFill=colour).solidFill
    return CharacterProperties(sz=size, b=bold, solidFill=fill, latin=Font(typeface=FONT_NAME))


def _text_properties(colour: str, turn: int | None = None) -> RichText:
    characters = _characters(colour)
    body = RichTextProperties(rot=turn) if turn is not None else RichTextProperties()
    return RichText(bodyPr=body, p=[Paragraph(pPr=ParagraphProperties(defRPr=characters), endParaRPr=characters)])


def _title(spec: NativeChart, colours: dict[str, str]) -> Title:
    lines = [
        Paragraph(
            pPr=ParagraphProperties(algn="l", defRPr=_characters(colours["ink"], size, bold=bold)),
            r=[RegularTextRun(rPr=_characters(colours["ink"], size, bold=bold), t=text)],
        )
        for text, size, bold in ((spec.title, _TITLE_SIZE, True), (spec.y_title, _TEXT_SIZE, False))
        if text
    ]
    layout = Layout(manualLayout=ManualLayout(xMode="edge", yMode="edge", x=0.01, y=0.02))
    return Title(tx=Text(rich=RichText(p=lines)), overlay=False, layout=layout)


def _drawn_cells(table: TableBlock, spec: NativeChart, keys: list[str]) -> list[Cell]:
    rows = table.rows if spec.row is None else (table.rows[spec.row],)
    return [row[keys.index(key)] for row in rows for key in spec.series]


def _label_format(cells: list[Cell]) -> str:
    """Return a format that shows no nought: a text such as "not recorded" is drawn as nought by Excel."""
    numbers = [cell for cell in cells if cell.value is not None and cell.kind not in {"text", "symbol", "interval"}]
    plain = "#,##0.0" if any(cell.kind == "decimal" for cell in numbers) else "#,##0"
    bound = '"\u2265 "' if numbers and all(cell.text.startswith("\u2265") for cell in numbers) else ""
    return f"{bound}{plain};\u2212{plain};;"


def _value_labels(number_format: str, colour: str) -> DataLabelList:
    # Switched off one by one: LibreOffice prints every label that is not refused.
    labels = DataLabelList()
    labels.numFmt = number_format
    labels.txPr = _text_properties(colour)
    labels.showVal = True
    labels.showSerName = labels.showCatName = labels.showLegendKey = labels.showPercent = False
    return labels
