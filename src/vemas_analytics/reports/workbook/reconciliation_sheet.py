"""The sheet that recounts figures of the report by live formulas over the records."""

from dataclasses import replace
from typing import Final

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from vemas_analytics.model.document import Cell, CellKind, Column, Reconciliation, RecountLine
from vemas_analytics.reference.numbers import format_date, format_decimal, format_integer
from vemas_analytics.reports.workbook.grid import Grid, column_widths, write_grid
from vemas_analytics.reports.workbook.recount import TOLERANCE, Recounter, recount_formula
from vemas_analytics.reports.workbook.sheet_writer import MOST_HEAD, SheetWriter
from vemas_analytics.reports.workbook.styles import Look

RECONCILIATION_TABLE: Final = "reconciliation"
"""Key of the table on this sheet."""

_COLUMNS: Final = ("what", "region", "window", "start", "end", "reported", "recounted", "difference", "result")
_NUMBERS: Final = frozenset({"reported", "recounted", "difference"})
_LETTER: Final = {key: get_column_letter(index) for index, key in enumerate(_COLUMNS, start=1)}


def write_reconciliation(writer: SheetWriter, reconciliation: Reconciliation, chapter: int) -> str:
    """Write the sheet after the tables it refers to; its formulas name columns of the records sheets.

    Beside each formula stands the value it gives, so that it shows before anything is recalculated.

    Parameters
    ----------
    writer : SheetWriter
        Knows where the tables of the document stand.
    reconciliation : Reconciliation
    chapter : int
        Decides the colour of the tab.

    Returns
    -------
    str
        Name of the sheet.
    """
    say = writer.texts.text
    sheet = writer.new_sheet(reconciliation.sheet_title, chapter)
    lines = reconciliation.lines
    recounter = Recounter([item for item in writer.document.records if not item.is_pointer])
    recounts = [recounter.value(line) for line in lines]
    rows = [_row(writer, line, value) for line, value in zip(lines, recounts, strict=True)]
    recounted = list(zip(lines, recounts, rows, strict=True))
    n_bad = sum(row[-1].text == say("workbook.reconciliation.disagrees") for row in rows)
    result = _result_texts(writer, len(lines))
    shown = [] if not lines else [result[0] if not n_bad else f"{result[1]}{n_bad}"]
    top = 3 if writer.document.banner else 2
    header = writer.write_head(
        sheet, reconciliation.title, [*shown, *reconciliation.notes, writer.source_line()], MOST_HEAD
    )
    columns = tuple(Column(key, _header(writer, key), "right" if key in _NUMBERS else "left") for key in _COLUMNS)
    if not rows:
        nothing = say("workbook.reconciliation.nothing")
        rows = [(Cell(nothing, nothing), *(Cell(None, "") for _ in _COLUMNS[1:]))]
    grid = Grid(writer.names.table(RECONCILIATION_TABLE), columns, rows, filtered=len(lines) > 1)
    widths = tuple(column_widths(grid))
    write_grid(sheet, replace(grid, widths=widths), header, writer.styler)
    for number, (line, value, row) in enumerate(recounted, start=header + 1):
        _put_formulas(writer, sheet, number, line, value, row)
    if lines:
        results = f"{_LETTER['result']}{header + 1}:{_LETTER['result']}{header + len(lines)}"
        agrees = _quoted(say("workbook.reconciliation.agrees"))
        n_good = f"COUNTIF({results},{agrees})"
        formula = f"=IF({n_good}=ROWS({results}),{_quoted(result[0])},{_quoted(result[1])}&(ROWS({results})-{n_good}))"
        writer.styler.apply(sheet[f"A{top}"], Look(face="strong"))
        writer.put_formula(sheet, f"A{top}", formula, shown[0])
    sheet.freeze_panes = f"B{header + 1}"
    writer.finish(sheet, sum(widths), header)
    return sheet.title


def _header(writer: SheetWriter, key: str) -> str:
    own = "period" if key == "window" and writer.document.kind == "annual" else key
    return writer.texts.text(f"workbook.reconciliation.column_{own}")


def _result_texts(writer: SheetWriter, n: int) -> tuple[str, str]:
    say, count = writer.texts.text, format_integer(n, writer.document.language)
    good = "workbook.reconciliation.one_agrees" if n == 1 else "workbook.reconciliation.all_agree"
    return say(good, n=count), say("workbook.reconciliation.some_disagree", n=count)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _reported_number(line: RecountLine) -> float | None:
    """Return what the cell of the report holds as a number; None for a symbol."""
    value = line.reported.value
    if isinstance(value, str) or not isinstance(value, int | float):
        return None
    return value / 1000 if line.reported.kind == "keur" else value


def _row(writer: SheetWriter, line: RecountLine, recounted: float) -> tuple[Cell, ...]:
    language = writer.document.language
    reported = _reported_number(line)
    difference = recounted - (reported or 0)
    agrees = abs(difference) < TOLERANCE
    result = writer.texts.text(f"workbook.reconciliation.{'agrees' if agrees else 'disagrees'}")
    shown = format_decimal(recounted, language) if line.unit == "per_year" else format_integer(recounted, language)
    kind: CellKind = "decimal" if line.unit == "per_year" else "integer"
    days = [Cell(day, format_date(day, language), "date") if day else Cell(None, "") for day in (line.start, line.end)]
    return (
        Cell(line.what, line.what),
        Cell(line.region, line.region),
        Cell(line.window, line.window),
        *days,
        line.reported,
        Cell(recounted, shown, kind),
        Cell(difference, format_integer(difference, language), kind),
        Cell(result, result),
    )


def _put_formulas(
    writer: SheetWriter, sheet: Worksheet, number: int, line: RecountLine, value: float, row: tuple[Cell, ...]
) -> None:
    def at(key: str) -> str:
        return f"{_LETTER[key]}{number}"

    own = {key: f"${_LETTER[key]}{number}" for key in ("region", "start", "end")}
    source = writer.place_of(line.place)
    reported = _reported_number(line)
    if source:
        writer.put_formula(sheet, at("reported"), f"={source}", line.reported.text if reported is None else reported)
    difference = value - (reported or 0)
    writer.put_formula(sheet, at("recounted"), recount_formula(line, own), value)
    told = f"=IF(ISNUMBER({at('reported')}),{at('recounted')}-{at('reported')},{at('recounted')})"
    writer.put_formula(sheet, at("difference"), told, difference)
    words = [_quoted(writer.texts.text(f"workbook.reconciliation.{key}")) for key in ("agrees", "disagrees")]
    result = f"=IF(ABS({at('difference')})<{TOLERANCE},{words[0]},{words[1]})"
    writer.put_formula(sheet, at("result"), result, row[-1].text)
