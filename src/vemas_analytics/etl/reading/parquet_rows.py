"""The rows of a Parquet file as frames for the parent process; runs in the child process only."""

from collections.abc import Iterator
from typing import Any, Final

from vemas_analytics.etl.reading.typed_values import cell_rows
from vemas_analytics.etl.reading.workbook_sheets import ROWS_A_FRAME, Frame, row_frames, sheet_frame

_WIDEST: Final = 100_000


class TooWideError(Exception):
    """More columns than any list has."""

    reason_code = "too_large"


def parquet_frames(content: bytes) -> Iterator[Frame]:
    """Yield the one sheet of a Parquet file: the names of its columns in row 1, its records below.

    Parameters
    ----------
    content : bytes

    Raises
    ------
    Exception
        Whatever the reader raises on a damaged file; the caller makes one reason of it.
    """
    import pyarrow as pa
    from pyarrow import parquet

    pa.set_cpu_count(1)  # threads claim address space that the limit does not spare
    pa.set_io_thread_count(1)
    file = parquet.ParquetFile(pa.BufferReader(content), pre_buffer=False)
    names = [str(name) for name in file.schema_arrow.names]
    if len(names) > _WIDEST:
        raise TooWideError
    yield sheet_frame("", titled=True)
    yield "rows", [tuple(name or None for name in names)]
    rows_a_batch = max(1, min(ROWS_A_FRAME, 400_000 // max(1, len(names))))
    for batch in file.iter_batches(batch_size=rows_a_batch, use_threads=False):
        columns: list[list[Any]] = [_values(column) for column in batch.columns]
        yield from row_frames(cell_rows(zip(*columns, strict=True)), 0)


def _values(column: Any) -> list[Any]:
    """Return a column as plain values; moments to the nanosecond, which Python has not, lose their last digits."""
    import pyarrow as pa

    if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
        column = column.cast(pa.timestamp("us", tz=column.type.tz), safe=False)
    elif pa.types.is_duration(column.type) and column.type.unit == "ns":
        column = column.cast(pa.duration("us"), safe=False)
    elif pa.types.is_time64(column.type) and column.type.unit == "ns":
        column = column.cast(pa.time64("us"), safe=False)
    values: list[Any] = column.to_pylist()
    return values
