"""Workbooks and databases opened at arm's length: one reused child process with a limit on memory and on time."""

import atexit
import datetime as dt
import io
import json
import pickle
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import IO, Any, Final, Literal, Self, TypeAlias

from vemas_analytics.child_process import ChildProcess, Conversation
from vemas_analytics.model.settings import Limits
from vemas_analytics.model.sheets import FileFormat, RawSheet

FailureReason: TypeAlias = Literal[
    "damaged", "encrypted", "not_a_spreadsheet", "too_large", "too_slow", "crashed", "no_access", "bad_text",
    "no_driver", "no_connection", "bad_query", "no_table", "no_password", "too_many_faults",
]  # fmt: skip

_CHILD = Path(__file__).with_name("workbook_child.py")
_PLAIN_TYPES = {name: getattr(dt, name) for name in ("date", "datetime", "time", "timedelta")}
_SECOND_TRY: Final = frozenset({"xlsx", "xlsm", "xlsb", "xls", "ods"})
"""Formats with a second reader, slower and row by row."""

_CURABLE: Final = frozenset({"crashed", "too_large", "damaged"})
_ROWS_HERE: Final = "rows"
_MIB: Final = 1024 * 1024
_READING_SHARE: Final = 0.95
"""Part of the time allowed that the child may take; the rest is for what follows on its answer."""

ROWS_SHARE: Final = 0.55
"""Part of the memory allowed that the rows of one file may take here; finding and cleaning lists takes the rest."""

ROW_COST: Final = 200
"""Bytes that a row comes to take as a record of a table, whatever stands in it."""

_WEIGHED_CELLS: Final = 50_000
_BYTES_A_CELL, _BYTES_A_ROW, _GROWTH = 8, 64, 14
"""A row held here: a place for each cell, the row itself, and at most so many times the bytes it was sent in."""


class UnreadableFileError(Exception):
    """A file gave nothing; ``reason`` is a code of ``reference/read_failures.csv``, ``detail`` a word more."""

    def __init__(self, reason: FailureReason, detail: str = "") -> None:
        super().__init__(reason)
        self.reason: FailureReason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class WorkbookContent:
    """What a workbook holds: its true format, whatever its name says, and its sheets."""

    format: FileFormat
    sheets: tuple[RawSheet, ...]


class WorkbookReader:
    """A child process that opens workbooks, started when first needed and again after a crash.

    Parameters
    ----------
    limits : Limits
        ``memory_mib`` caps the address space of the child (on Windows what it may commit), ``seconds`` the time for one
        workbook.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._child = ChildProcess((str(_CHILD), str(limits.memory_mib)))
        self._lock = threading.Lock()
        self._format: FileFormat = "unknown"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, path: Path) -> WorkbookContent:
        """Return the sheets of a workbook.

        A workbook that the fast reader does not understand, or whose sheets are too large to be held as a grid, is
        read once more row by row: often a single cell in the last corner, or a drawing, makes it so.

        Raises
        ------
        UnreadableFileError
            When it is damaged, encrypted, no workbook, or breaks a limit. The reader itself stays usable.
        """
        with self._lock:
            seconds = self._limits.seconds * _READING_SHARE
            end = time.monotonic() + seconds
            request = {"path": str(path.resolve())}
            try:
                return self._ask(request, seconds)
            except UnreadableFileError as error:
                reason, curable = error.reason, error.reason in _CURABLE and error.detail != _ROWS_HERE
            # outside the handler, whose traceback would keep the rows of the first attempt alive
            left = end - time.monotonic()
            if curable and self._format in _SECOND_TRY and left > 0:
                try:
                    return self._ask({**request, "sparse": True}, left)
                except UnreadableFileError:
                    raise UnreadableFileError(reason) from None
            raise UnreadableFileError(reason)

    def query(self, database: Mapping[str, Any]) -> WorkbookContent:
        """Return the rows of a database table or query as one sheet; see `database_rows.database_frames`.

        Raises
        ------
        UnreadableFileError
        """
        with self._lock:
            return self._ask({"database": dict(database)}, self._limits.seconds)

    def close(self) -> None:
        """End the child process."""
        with self._lock:
            self._child.stop()

    def _ask(self, request: Mapping[str, Any], seconds: float) -> WorkbookContent:
        self._format = "unknown"
        whole = False
        try:
            with self._child.conversation(seconds) as talk:
                try:
                    content = self._converse(talk, request)
                except (EOFError, OSError, pickle.UnpicklingError) as error:
                    raise UnreadableFileError("too_slow" if talk.late.is_set() else "crashed") from error
            whole = True
            return content
        except UnreadableFileError as error:
            whole = error.reason not in {"too_large", "too_slow", "damaged", "crashed"}
            raise
        finally:
            if not whole:
                self._child.stop()  # what it still has to say would be taken for the next answer

    def _converse(self, talk: Conversation, request: Mapping[str, Any]) -> WorkbookContent:
        talk.requests.write(json.dumps(request).encode() + b"\n")
        talk.requests.flush()
        budget = self._limits.memory_mib * _MIB // 4
        heads: list[RawSheet] = []
        rows: list[list[tuple[Any, ...]]] = []
        spent = 0.0
        while True:
            message, size = _receive(talk.answers, budget)
            budget -= size
            match message:
                case ("format", name):
                    self._format = name
                case ("sheet", fields):
                    heads.append(RawSheet(rows=(), **fields))
                    rows.append([])
                case ("rows", portion):
                    rows[-1].extend(portion)
                    spent += _BYTES_A_ROW * len(portion) + _BYTES_A_CELL * sum(map(len, portion)) + _GROWTH * size
                    if spent > self._limits.memory_mib * _MIB * ROWS_SHARE:
                        spent = _weight(rows)
                        if spent > 0.9 * self._limits.memory_mib * _MIB * ROWS_SHARE:
                            raise UnreadableFileError("too_large", _ROWS_HERE)
                case ("error", reason, *detail):
                    raise UnreadableFileError(reason, *detail)
                case _:
                    sheets = (replace(head, rows=_trimmed(cells)) for head, cells in zip(heads, rows, strict=True))
                    return WorkbookContent(self._format, tuple(sheets))


def shared_reader(limits: Limits) -> WorkbookReader:
    """Return the one reader of this process for these limits; it ends with the program."""
    current = _shared.get("reader")
    if current is None or _shared["limits"] != limits:
        if current is None:
            atexit.register(_close_shared)
        else:
            current.close()
        current = WorkbookReader(limits)
        _shared.update(reader=current, limits=limits)
    return current


_shared: dict[str, Any] = {}


def _close_shared() -> None:
    reader = _shared.pop("reader", None)
    if reader is not None:
        reader.close()


class _PlainUnpickler(pickle.Unpickler):
    """Reads plain values only: the child works on untrusted files and must not name code to be run here."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime" and name in _PLAIN_TYPES:
            return _PLAIN_TYPES[name]
        message = f"{module}.{name} is no cell value"
        raise pickle.UnpicklingError(message)


def _receive(answers: IO[bytes], budget: int) -> tuple[tuple[Any, ...], int]:
    head = answers.read(8)
    if len(head) < 8:
        raise EOFError
    size = int.from_bytes(head, "big")
    if size > budget:
        raise UnreadableFileError("too_large")
    body = answers.read(size)
    if len(body) < size:
        raise EOFError
    message = _PlainUnpickler(io.BytesIO(body)).load()
    return message, size


def _weight(sheets: list[list[tuple[Any, ...]]]) -> float:
    """Return the bytes that rows take here, a value that stands in many cells counted once."""
    spent = 0.0
    for rows in sheets:
        spent += sum(map(sys.getsizeof, rows)) + (_BYTES_A_CELL + ROW_COST) * len(rows)
        portion = max(1, _WEIGHED_CELLS // max(1, len(rows[0]) if rows else 1))
        for start in range(0, len(rows), portion):
            values = {id(value): value for value in chain.from_iterable(rows[start : start + portion])}
            spent += sum(map(sys.getsizeof, values.values()))
    return spent


def _trimmed(rows: list[tuple[Any, ...]]) -> tuple[tuple[Any, ...], ...]:
    """Return the rows without empty ones at the end."""
    while rows and rows[-1].count(None) == len(rows[-1]):
        rows.pop()
    return tuple(rows)
