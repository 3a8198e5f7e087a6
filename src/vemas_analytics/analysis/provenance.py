"""From a figure back to its rows: compact references to file, sheet and rows."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vemas_analytics.model.finding import SourceRef

Sheets = Sequence[tuple[str, str]]


def number_sheets(frame: pd.DataFrame) -> tuple[tuple[tuple[str, str], ...], NDArray[np.int64]]:
    """Return the sheets of the rows in order of name, and for each row the index of its sheet.

    Parameters
    ----------
    frame : pandas.DataFrame
        Columns source_file, source_sheet (missing for CSV).
    """
    files = frame["source_file"].fillna("").astype(str).tolist()
    sheets = frame["source_sheet"].fillna("").astype(str).tolist()
    pairs = list(zip(files, sheets, strict=True))
    order = tuple(sorted(set(pairs)))
    index = {pair: number for number, pair in enumerate(order)}
    return order, np.array([index[pair] for pair in pairs], dtype=np.int64)


def cite(sheets: Sheets, codes: NDArray[np.int64], rows: NDArray[np.int64]) -> tuple[SourceRef, ...]:
    """Return one reference per sheet, rows ascending, each once.

    Parameters
    ----------
    sheets : sequence of (file, sheet)
    codes : array of int64, shape (n,)
        Index into ``sheets`` of each row.
    rows : array of int64, shape (n,)
        Row as the spreadsheet program counts.
    """
    if not codes.size:
        return ()
    order = np.lexsort((rows, codes))
    codes, rows = codes[order], rows[order]
    new = np.concatenate(([True], (codes[1:] != codes[:-1]) | (rows[1:] != rows[:-1])))
    codes, rows = codes[new], rows[new]
    firsts = np.flatnonzero(np.concatenate(([True], codes[1:] != codes[:-1])))
    ends = [*firsts[1:].tolist(), len(codes)]
    return tuple(
        SourceRef(*sheets[int(codes[first])], tuple(rows[first:end].tolist()))
        for first, end in zip(firsts.tolist(), ends, strict=True)
    )


def cite_frame(frame: pd.DataFrame) -> tuple[SourceRef, ...]:
    """Return the references of a frame's own source columns; rows without a number are left out."""
    if frame.empty or "source_row" not in frame.columns:
        return ()
    known = frame[frame["source_row"].notna()]
    sheets, codes = number_sheets(known)
    return cite(sheets, codes, known["source_row"].to_numpy(dtype=np.int64))
