"""Lists without any header: rows of one form from the first to the last."""

from typing import Final

from vemas_analytics.etl.layout.body_sample import Row, filled, is_measured
from vemas_analytics.etl.layout.cell_kinds import kind_of
from vemas_analytics.model.sheets import ListRows, RawColumn, RawSheet, RawTable

_LEAST_ROWS: Final = 2
_LEAST_COLUMNS: Final = 3
_SAMPLED_ROWS: Final = 200
_DATA: Final = frozenset({"number", "date", "year", "symbol"})


def list_without_header(sheet: RawSheet, file: str) -> RawTable | None:
    """Return the rows of a sheet as a list without header, or None where they are of different forms.

    All rows must fill the same columns, three at least, and each column of numbers or days holds such in the first
    row too. The list belongs to no table of the package: without headings nobody knows what stands in it.

    Parameters
    ----------
    sheet : RawSheet
    file : str
        Path inside the source.
    """
    rows = [(sheet.first_row + at, row) for at, row in enumerate(sheet.rows) if filled(row)]
    if len(rows) < _LEAST_ROWS:
        return None
    first = _columns(rows[0][1])
    sample = [row for _, row in rows[:_SAMPLED_ROWS]]
    if len(first) < _LEAST_COLUMNS or any(_columns(row) != first for row in sample):
        return None
    measured = [column for column in first if is_measured(sample, column)]
    if not measured or any(kind_of(rows[0][1][column]) not in _DATA for column in measured):
        return None
    return RawTable(
        file=file,
        sheet=sheet.sheet,
        table=None,
        header_rows=(),
        columns=tuple(RawColumn(column, "", None) for column in first),
        rows=ListRows([number for number, _ in rows], [row for _, row in rows]),
        hidden=sheet.hidden,
    )


def _columns(row: Row) -> list[int]:
    return [column for column, value in enumerate(row) if value is not None]
