"""Records that find no room in the workbook, as Parquet files beside it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd

from vemas_analytics.model.document import Document
from vemas_analytics.model.names import TABLES, TableName
from vemas_analytics.model.tables import Tables
from vemas_analytics.reports.compose.records import LEFT_OUT, records_file, records_key


def record_files(tables: Tables, document: Document) -> dict[str, Callable[[Path], None]]:
    """Return name and writer of each file that the workbook of a document points to."""
    keys = {sheet.key for sheet in document.records if sheet.is_pointer}
    return {
        records_file(table): partial(write_records_file, tables, table)
        for table in TABLES
        if records_key(table) in keys
    }


def write_records_file(tables: Tables, table: TableName, path: Path) -> None:
    """Write one table as the workbook's pointer promises: every column but those on persons, codes as codes.

    Parameters
    ----------
    tables : Tables
    table : str
    path : Path
        Overwritten.
    """
    frame = tables.frame(table)
    kept: pd.DataFrame = frame[[name for name in frame.columns if name not in LEFT_OUT]]
    kept.to_parquet(path, engine="pyarrow", index=False)
