"""The cleaned tables, the ledger and the problems as files for other programs."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, get_args

import pandas as pd

from vemas_analytics.errors import OptionError
from vemas_analytics.etl.companies import write_companies
from vemas_analytics.etl.problems import problems_frame
from vemas_analytics.model.names import TABLES, Language
from vemas_analytics.model.tables import Tables

FileFormat = Literal["csv", "parquet"]


def write_tables(tables: Tables, folder: Path, format: FileFormat = "csv", language: Language = "de") -> None:
    """Write inquiries, offers, trips, attendance, ledger and problems into a folder, one file each.

    The history of records that changed their status is written too where there is one.

    Parameters
    ----------
    folder : Path
        Made if it does not exist.
    format : {"csv", "parquet"}
        CSV: UTF-8, comma, ISO dates, decimal point.
    language : {"de", "en"}
        Of the problems' messages.

    Raises
    ------
    OptionError
        For another format, or for Parquet without pyarrow.
    """
    if format not in get_args(FileFormat):
        message = f"format {format!r} is not one of {', '.join(get_args(FileFormat))}"
        raise OptionError(message)
    frames: dict[str, pd.DataFrame] = {table: tables.frame(table) for table in TABLES}
    if not tables.history.empty:
        frames["history"] = tables.history
    _write(frames | _account(tables, language), folder, format)


def write_ledger(tables: Tables, folder: Path, language: Language = "de") -> None:
    """Write ledger.csv and problems.csv into a folder, and companies.csv where any company is named.

    Parameters
    ----------
    folder : Path
        Made if it does not exist.
    language : {"de", "en"}
        Of the problems' messages.
    """
    _write(_account(tables, language), folder, "csv")
    if len(tables.companies) or len(tables.company_decisions):
        write_companies(tables, folder, language)


def _account(tables: Tables, language: Language) -> dict[str, pd.DataFrame]:
    return {"ledger": tables.ledger, "problems": problems_frame(tables.problems, language)}


def _write(frames: Mapping[str, pd.DataFrame], folder: Path, file_format: FileFormat) -> None:
    """Write every frame under a temporary name and move it into place."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in frames.items():
        target = folder / f"{name}.{file_format}"
        temporary = folder / f".{name}.{file_format}.part"
        try:
            if file_format == "csv":
                _with_plain_dates(frame).to_csv(temporary, index=False, encoding="utf-8", lineterminator="\n")
            else:
                _write_parquet(frame, temporary)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)


def _with_plain_dates(frame: pd.DataFrame) -> pd.DataFrame:
    dates = [column for column in frame.columns if pd.api.types.is_datetime64_any_dtype(frame[column])]
    return frame.assign(**{column: frame[column].dt.strftime("%Y-%m-%d") for column in dates})


def _write_parquet(frame: pd.DataFrame, path: Path) -> None:
    try:
        frame.to_parquet(path, engine="pyarrow", index=False)
    except ImportError as error:
        message = "format 'parquet' needs the package pyarrow; install it with: pip install pyarrow"
        raise OptionError(message) from error
