"""Excel's own charts, editable by the reader, drawn from the columns of a table."""

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.legend import Legend
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.worksheet.worksheet import Worksheet

from vemas_analytics.model.document import NativeChart, TableBlock

_PALETTE = ("1F4E79", "7F9DB9", "C8A25A", "5B6673", "A9B4C0", "8C5A3C", "3E7D6B", "B0763A")
_WIDTH_CM, _HEIGHT_CM = 20, 10
_MOST_LABELS = 16


def add_chart(sheet: Worksheet, table: TableBlock, spec: NativeChart, header_row: int, anchor: str) -> None:
    """Place the chart of a table on its sheet.

    Parameters
    ----------
    sheet : Worksheet
    table : TableBlock
        Already written with its header in ``header_row``, first column A.
    spec : NativeChart
        Names the category column and the value columns by key.
    header_row : int
    anchor : str
        Top left cell of the chart.
    """
    keys = [column.key for column in table.columns]
    last_row = header_row + len(table.rows) - len(table.total_rows)
    chart: BarChart | LineChart
    if spec.kind == "line":
        chart = LineChart()
    else:
        chart = BarChart()
        chart.type = "bar" if spec.kind == "bar" else "col"
        chart.gapWidth = 45
        if spec.kind == "stacked_column":
            chart.grouping = "stacked"
            chart.overlap = 100
    chart.title = spec.title
    chart.y_axis.title = spec.y_title or None
    chart.y_axis.delete = False
    chart.x_axis.delete = False
    chart.y_axis.majorGridlines = None
    chart.y_axis.number_format = "#,##0"
    chart.y_axis.scaling.min = 0
    for key in spec.series:
        column = keys.index(key) + 1
        chart.add_data(Reference(sheet, min_col=column, min_row=header_row, max_row=last_row), titles_from_data=True)
    category = keys.index(spec.category) + 1
    chart.set_categories(Reference(sheet, min_col=category, min_row=header_row + 1, max_row=last_row))
    for position, series in enumerate(chart.series):
        colour = _PALETTE[position % len(_PALETTE)]
        series.graphicalProperties = GraphicalProperties(solidFill=colour)
        series.graphicalProperties.line.solidFill = colour
        if spec.kind == "line":
            series.smooth = False
    if len(spec.series) == 1:
        chart.legend = None
        if len(table.rows) <= _MOST_LABELS:
            chart.dataLabels = _value_labels()
    else:
        chart.legend = Legend()
        chart.legend.position = "b"
    chart.layout = Layout(manualLayout=ManualLayout(x=0.09, y=0.16, h=0.62, w=0.88, layoutTarget="inner"))
    chart.width, chart.height = _WIDTH_CM, _HEIGHT_CM
    sheet.add_chart(chart, anchor)


def _value_labels() -> DataLabelList:
    # Switched off one by one: LibreOffice prints every label that is not refused.
    labels = DataLabelList()
    labels.showVal = True
    labels.showSerName = labels.showCatName = labels.showLegendKey = labels.showPercent = False
    return labels
