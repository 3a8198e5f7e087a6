"""The child process that opens workbooks: a file that aborts its reader takes down no more than this process.

It is started by path and skips the doors of the packages it belongs to, so that it imports nothing but what a file
needs. Protocol: each request is one line of JSON, ``{"path": ..., "sparse": ...}`` for a file or
``{"database": {...}}`` for a query; the answer is a sequence of frames, each eight bytes of length and a pickle of
plain values: ``("format", name)``, then for each sheet ``("sheet", {...})`` with the fields of a `RawSheet` and
``("rows", list of tuples)`` as often as needed, at last ``("end",)`` or ``("error", reason)``.
"""

import json
import pickle
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO

_PACKAGE = Path(__file__).parents[2]


class RefusedError(Exception):
    """A file that is not opened at all; ``reason_code`` is a code of ``reference/read_failures.csv``."""

    def __init__(self, reason_code: str) -> None:
        super().__init__(reason_code)
        self.reason_code = reason_code


def main(memory_mib: int) -> None:
    """Answer requests until the pipe closes."""
    _skip_doors()
    from vemas_analytics.memory_limit import limit_memory

    limit_memory(memory_mib)
    answers = sys.stdout.buffer
    for line in sys.stdin.buffer:
        finished = _answer(json.loads(line), answers)
        answers.flush()
        if not finished:
            return


def _skip_doors() -> None:
    """Stand in for the packages around this file: their doors would import all of pandas."""
    for name, folder in ((_PACKAGE.name, _PACKAGE), (f"{_PACKAGE.name}.etl", _PACKAGE / "etl")):
        package = ModuleType(name)
        package.__path__ = [str(folder)]
        sys.modules.setdefault(name, package)


def _send(answers: BinaryIO, *message: object) -> None:
    body = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    answers.write(len(body).to_bytes(8, "big"))
    answers.write(body)


def _answer(request: dict[str, Any], answers: BinaryIO) -> bool:
    """Send one workbook; False when this process should not be used again."""
    try:
        for frame in _frames(request):
            _send(answers, *frame)
            if frame[0] == "format":
                answers.flush()  # said before anything can go wrong
        _send(answers, "end")
    except MemoryError:
        _send(answers, "error", "too_large")
        return False
    except BrokenPipeError:
        return False
    except BaseException as error:  # a panic of the reader is no Exception
        _send(answers, "error", _reason(error), getattr(error, "detail", ""))
        return isinstance(error, Exception)
    return True


def _reason(error: BaseException) -> str:
    stated = getattr(error, "reason_code", None)
    if isinstance(stated, str):
        return stated
    said = f"{type(error).__name__} {error}"
    if "ArrowMemoryError" in said or "Cannot allocate memory" in said:
        return "too_large"
    return "encrypted" if "assword" in said else "damaged"


def _frames(request: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    """Yield the frames of a request, the reader chosen by content."""
    if "database" in request:
        from vemas_analytics.etl.reading.database_rows import database_frames

        yield from database_frames(**request["database"])
        return
    try:
        content = Path(request["path"]).read_bytes()
    except OSError as error:
        raise RefusedError("no_access") from error
    from vemas_analytics.etl.reading.binary_parts import is_locked_xls
    from vemas_analytics.etl.reading.workbook_format import find_format

    name = find_format(content)
    if name in {"encrypted", "unknown"}:
        raise RefusedError("encrypted" if name == "encrypted" else "not_a_spreadsheet")
    yield "format", name
    if name == "xls" and is_locked_xls(content):
        raise RefusedError("encrypted")
    if name == "parquet":
        from vemas_analytics.etl.reading.parquet_rows import parquet_frames

        yield from parquet_frames(content)
    elif name in {"fods", "xml", "html"} or (request.get("sparse") and name == "ods"):
        from vemas_analytics.etl.reading.markup_sheets import markup_frames

        yield from markup_frames(content, name)
    elif request.get("sparse"):
        yield from _second_reader(name)(content)
    else:
        from vemas_analytics.etl.reading.workbook_sheets import workbook_frames

        yield from workbook_frames(content, name)


def _second_reader(name: str) -> Callable[[bytes], Iterator[tuple[Any, ...]]]:
    """Return what reads a workbook row by row; only what this file needs is imported."""
    if name == "xls":
        from vemas_analytics.etl.reading.xls_rows import xls_frames

        return xls_frames
    if name == "xlsb":
        from vemas_analytics.etl.reading.xlsb_rows import xlsb_frames

        return xlsb_frames
    from vemas_analytics.etl.reading.workbook_sheets import sparse_frames

    return sparse_frames


if __name__ == "__main__":
    main(int(sys.argv[1]))
