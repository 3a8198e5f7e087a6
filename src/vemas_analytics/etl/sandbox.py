"""Workbooks opened at arm's length: one reused child process with a limit on memory and on time."""

import atexit
import datetime as dt
import io
import json
import pickle
import subprocess
import sys
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any, Literal, Self, TypeAlias

from vemas_analytics.model.settings import Limits
from vemas_analytics.model.sheets import RawSheet

FailureReason: TypeAlias = Literal[
    "damaged", "encrypted", "not_a_spreadsheet", "too_large", "too_slow", "crashed", "no_access", "bad_text"
]
WorkbookFormat: TypeAlias = Literal["xlsx", "xlsm", "xls", "xlsb", "ods"]

_CHILD = Path(__file__).with_name("workbook_child.py")
_PLAIN_TYPES = {name: getattr(dt, name) for name in ("date", "datetime", "time", "timedelta")}


class UnreadableFileError(Exception):
    """A file gave nothing; ``reason`` is a code of ``reference/read_failures.csv``."""

    def __init__(self, reason: FailureReason) -> None:
        super().__init__(reason)
        self.reason: FailureReason = reason


@dataclass(frozen=True, slots=True)
class WorkbookContent:
    """What a workbook holds: its true format, whatever its name says, and its sheets."""

    format: WorkbookFormat
    sheets: tuple[RawSheet, ...]


class WorkbookReader:
    """A child process that opens workbooks, started when first needed and again after a crash.

    Parameters
    ----------
    limits : Limits
        ``memory_mib`` caps the child's address space (not on Windows), ``seconds`` the time for one workbook.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, path: Path) -> WorkbookContent:
        """Return the sheets of a workbook.

        Raises
        ------
        UnreadableFileError
            When it is damaged, encrypted, no workbook, or breaks a limit. The reader itself stays usable.
        """
        with self._lock:
            process = self._running()
            late = threading.Event()
            timer = threading.Timer(self._limits.seconds, _end_late, (process, late))
            timer.daemon = True
            timer.start()
            try:
                return self._converse(process, path)
            except (EOFError, OSError, pickle.UnpicklingError) as error:
                self._stop()
                raise UnreadableFileError("too_slow" if late.is_set() else "crashed") from error
            except UnreadableFileError as error:
                if error.reason in {"too_large", "damaged"}:
                    self._stop()
                raise
            finally:
                timer.cancel()

    def close(self) -> None:
        """End the child process."""
        with self._lock:
            self._stop()

    def _converse(self, process: subprocess.Popen[bytes], path: Path) -> WorkbookContent:
        requests, answers = process.stdin, process.stdout
        if requests is None or answers is None:
            raise EOFError
        requests.write(json.dumps(str(path.resolve())).encode() + b"\n")
        requests.flush()
        budget = self._limits.memory_mib * 1024 * 1024 // 4
        kind: WorkbookFormat = "xlsx"
        heads: list[RawSheet] = []
        rows: list[list[tuple[Any, ...]]] = []
        while True:
            message, size = _receive(answers, budget)
            budget -= size
            match message:
                case ("format", name):
                    kind = name
                case ("sheet", name, hidden, first_row, merged, errors):
                    heads.append(RawSheet(name, (), first_row, hidden, tuple(merged), tuple(errors)))
                    rows.append([])
                case ("rows", portion):
                    rows[-1].extend(portion)
                case ("error", reason):
                    raise UnreadableFileError(reason)
                case _:
                    sheets = (replace(head, rows=_trimmed(cells)) for head, cells in zip(heads, rows, strict=True))
                    return WorkbookContent(kind, tuple(sheets))

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._stop()
            # -P keeps the child's folder off its module path, where a file may be named like a standard module
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-B", str(_CHILD), str(self._limits.memory_mib)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        return self._process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:  # what was still buffered for a process that is gone
                    continue
        process.wait()


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


def _end_late(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


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


def _trimmed(rows: list[tuple[Any, ...]]) -> tuple[tuple[Any, ...], ...]:
    """Return the rows without empty ones at the end."""
    while rows and rows[-1].count(None) == len(rows[-1]):
        rows.pop()
    return tuple(rows)
