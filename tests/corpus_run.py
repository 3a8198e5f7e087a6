"""Any folder of spreadsheets through the check: does one of them bring it down, and what became of them all?

Run with ``python tests/corpus_run.py FOLDER``. Nothing here is a test: it takes minutes to hours and files that are
not ours. Each file goes through ``inspect`` in a process that is watched from outside for time and memory; then all
of them go through ``vemas check --out`` in batches, each beside one good list. ``--as TABLE`` makes every sheet pass
for a list of that table, so that cleaning and marked copies meet what they would never meet else.
Faults end with exit code 1: a traceback, an abort, a hang, a limit broken, or the good list not loaded. Seconds are
those of the processors, not the clock's; memory is that of the program and its children together.
"""

import argparse
import contextlib
import csv
import json
import os
import random
import resource
import select
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final

SUFFIXES: Final = frozenset(
    ".xlsx .xlsm .xltx .xltm .xlam .xls .xlt .xla .xlw .xlsb .ods .ots .fods .parquet .pq .csv .tsv .tab "
    ".dif .slk .dbf .sxc .stc .123 .wk1 .wk3 .wk4 .wks .wb1 .wb2 .wq1 .numbers .gnumeric .prn .et .uos".split()
)
GOOD: Final = "0_good_list.csv"
GOOD_ROWS: Final = "Eingang;Region;Firma;Betreff\n02.03.2013;Kaluga;OOO Werk;Pressen\n"
SECONDS: Final = 20.0
MIB: Final = 1024.0
HANG: Final = 120.0
FAULTS: Final = ("traceback", "abort", "hang", "good list lost", "over 20 s", "over 1 GiB")


def main() -> int:
    """Run both passes and print the counts."""
    options = _options()
    if options.worker:
        return _work(Path(options.folder), options.table, full=options.full)
    files = _files(Path(options.folder), options.only)
    with tempfile.TemporaryDirectory(prefix="corpus-", dir=options.scratch) as scratch:
        runs = [] if options.batches_only else [_each_alone(files, Path(scratch), options.table, full=options.full)]
        runs += [_in_batches(files, Path(scratch), options.table, options.batch)] if options.batch else []
        with Path(options.report or os.devnull).open("w", encoding="utf-8") as report:
            found = [_noted(record, report) for run in runs for record in run]
    return _told(found)


def _noted(record: dict[str, Any], report: IO[str]) -> dict[str, Any]:
    report.write(json.dumps(record, ensure_ascii=False) + "\n")
    report.flush()
    return record


def _options() -> argparse.Namespace:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("folder")
    words.add_argument("--batch", type=int, default=200, help="Files in one run of the command; 0 leaves it out.")
    words.add_argument("--batches-only", action="store_true", help="Leaves out the files alone.")
    words.add_argument("--full", action="store_true", help="A check with marked copies for each file alone, too.")
    words.add_argument("--as", dest="table", default="", help="Table that every sheet is taken for.")
    words.add_argument("--only", help="File with one path a line: these instead of all.")
    words.add_argument("--report", help="File that gets one line of JSON for each file and batch.")
    words.add_argument("--scratch", help="Folder for what is written on the way.")
    words.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    return words.parse_args()


def _files(folder: Path, only: str | None) -> list[Path]:
    if only:
        return [Path(line) for line in Path(only).read_text(encoding="utf-8").splitlines() if line]
    found = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    random.Random(5).shuffle(found)
    return found


def _each_alone(files: list[Path], scratch: Path, table: str, *, full: bool) -> Iterator[dict[str, Any]]:
    worker = None
    for number, path in enumerate(files):
        if worker is None or worker.poll() is not None or number % 500 == 0:
            _end(worker)
            command = [sys.executable, __file__, "--worker", *(["--full"] if full else []), "--as", table, str(scratch)]
            worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        yield {"file": str(path), **_answer(worker, path)}
    _end(worker)


def _answer(worker: "subprocess.Popen[bytes]", path: Path) -> dict[str, Any]:
    assert worker.stdin is not None
    assert worker.stdout is not None
    start = time.monotonic()
    with _Watched(worker.pid) as watched:
        worker.stdin.write(f"{path.resolve()}\n".encode())
        worker.stdin.flush()
        ready, _, _ = select.select([worker.stdout], [], [], HANG)
        line = worker.stdout.readline() if ready else b""
    told: dict[str, Any] = json.loads(line) if line else {"fault": "abort" if ready else "hang"}
    if not line:
        _end(worker)
    told["mib"] = max(watched.peak_mib, told.get("own_mib", 0.0))
    told["clock"] = round(time.monotonic() - start, 2)
    if "fault" not in told and told["seconds"] > SECONDS:
        told["fault"] = "over 20 s"
    if "fault" not in told and told["mib"] > MIB:
        told["fault"] = "over 1 GiB"
    return told


def _end(worker: "subprocess.Popen[bytes] | None") -> None:
    if worker is not None:
        for child in _family(worker.pid):
            with contextlib.suppress(OSError):
                os.kill(child, 9)
        worker.wait()


def _work(scratch: Path, table: str, *, full: bool) -> int:
    """Answer with one line of JSON for each path on standard input."""
    for line in sys.stdin:
        path = Path(line.rstrip("\n"))
        with contextlib.suppress(OSError):
            Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak begins anew
        start = _computed()
        try:
            told = _looked_at(path)
            if full:
                told |= _checked(path, scratch / "alone", table)
        except BaseException:
            told = {"fault": "traceback", "said": traceback.format_exc()[-2_000:]}
        told |= {"seconds": round(_computed() - start, 2), "own_mib": _peak_mib()}
        print(json.dumps(told), flush=True)
    return 0


def _computed() -> float:
    """Return the processor seconds of this process and its children, the ones at work included."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    at_work = 0
    for child in _family(os.getpid())[1:]:
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{child}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
            at_work += int(fields[11]) + int(fields[12])
    return time.process_time() + ended.ru_utime + ended.ru_stime + at_work / os.sysconf("SC_CLK_TCK")


def _looked_at(path: Path) -> dict[str, Any]:
    from vemas_analytics.errors import VemasError
    from vemas_analytics.etl import inspect_file

    try:
        seen = inspect_file(path)
    except VemasError as error:
        if "\n" in str(error):
            raise
        return {"refused": str(error).rpartition(": ")[2].partition(";")[0]}
    json.dumps(seen, allow_nan=False, ensure_ascii=False).encode()
    tables = [table for sheet in seen["sheets"] for table in sheet["tables"]]
    return {"format": seen["format"], "lists": len(tables), "records": sum(table["n_rows"] for table in tables)}


def _checked(path: Path, folder: Path, table: str) -> dict[str, Any]:
    from vemas_analytics import load
    from vemas_analytics.handover import write_check

    shutil.rmtree(folder, ignore_errors=True)
    _lay_out([path], folder / "in", table)
    settings, tables = load([folder / "in"])
    copies = write_check(settings, tables, folder / "out")
    kept = int((tables.inquiries["source_file"].astype(str) == GOOD).sum())
    codes = Counter(problem.code for problem in tables.problems if problem.file != GOOD)
    told: dict[str, Any] = {"kept": len(tables.inquiries) - kept, "copies": len([c for c in copies if c.path])}
    told |= {"problems": dict(codes), "not_copied": [str(copy.reason) for copy in copies if not copy.path][:3]}
    return told if kept == 1 else {**told, "fault": "good list lost"}


def _in_batches(files: list[Path], scratch: Path, table: str, size: int) -> Iterator[dict[str, Any]]:
    for begin in range(0, len(files), size):
        folder = scratch / f"batch{begin}"
        batch = files[begin : begin + size]
        _lay_out(batch, folder / "in", table)
        yield {"batch": begin, "files": len(batch), **_batch_checked(folder)}
        shutil.rmtree(folder)


def _batch_checked(folder: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "vemas_analytics", "check", str(folder / "in"), "--out", str(folder / "out")]
    start = time.monotonic()
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT)
        with _Watched(process.pid) as watched:
            code = process.wait()
    text = (folder / "said").read_text(encoding="utf-8", errors="replace")
    told: dict[str, Any] = {"clock": round(time.monotonic() - start, 2), "mib": watched.peak_mib, "code": code}
    ledger = folder / "out" / "ledger.csv"
    told["copies"] = len([path for path in (folder / "out" / "marked").rglob("*") if path.is_file()])
    if "Traceback" in text:
        told |= {"fault": "traceback", "said": text[-2_000:]}
    elif code:
        told |= {"fault": "abort", "said": text[-2_000:]}
    elif not _is_kept(ledger):
        told["fault"] = "good list lost"
    return told


def _is_kept(ledger: Path) -> bool:
    if not ledger.is_file():
        return False
    with ledger.open(encoding="utf-8-sig", newline="") as stream:
        return any(line["file"] == GOOD and line["rows_kept"] == "1" for line in csv.DictReader(stream))


def _lay_out(files: list[Path], folder: Path, table: str) -> None:
    folder.mkdir(parents=True)
    for number, path in enumerate(files):
        shutil.copyfile(path, folder / f"{number:03}_{path.name}")
    (folder / GOOD).write_text(GOOD_ROWS, encoding="utf-8")
    if table:
        (folder / "vemas.toml").write_text(f'[files]\n"{GOOD}" = "inquiries"\n"*" = "{table}"\n', encoding="utf-8")


class _Watched:
    """The memory of a process and its children together, looked at many times a second (where /proc tells it)."""

    def __init__(self, pid: int) -> None:
        self.peak_mib = 0.0
        self._pid = pid
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "_Watched":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.05):
            self.peak_mib = max(self.peak_mib, round(sum(map(_resident_mib, _family(self._pid))), 1))


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return [pid]
    return [pid, *(member for child in children for member in _family(int(child)))]


def _resident_mib(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError, ValueError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024


def _peak_mib() -> float:
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM"):
                return round(int(line.split()[1]) / 1024, 1)
    return 0.0


def _told(found: list[dict[str, Any]]) -> int:
    alone = [record for record in found if "file" in record]
    batches = [record for record in found if "batch" in record]
    endings = Counter(Path(record["file"]).suffix.lower() for record in alone)
    for ending, count in sorted(endings.items(), key=lambda item: -item[1]):
        of_it = [record for record in alone if Path(record["file"]).suffix.lower() == ending]
        outcome = Counter(record.get("refused") or f"read as {record.get('format', '?')}" for record in of_it)
        print(f"{ending}: {count}; " + "; ".join(f"{what} {n}" for what, n in outcome.most_common()))
    for name, unit in (("seconds", "s"), ("mib", "MiB")):
        top = sorted(alone, key=lambda record: -record.get(name, 0.0))[:5]
        print(f"most {unit}: " + ", ".join(f"{record.get(name)} {Path(record['file']).name}" for record in top))
    print(f"{len(alone)} files alone, {sum(record['files'] for record in batches)} in {len(batches)} batches, ", end="")
    print(f"{sum(record.get('copies', 0) for record in found)} marked copies")
    faults = Counter(record["fault"] for record in found if "fault" in record)
    print("; ".join(f"{fault}: {faults[fault]}" for fault in FAULTS))
    for record in found:
        if "fault" in record:
            said = str(record.get("said", "")).strip().splitlines()
            print(f"{record['fault']}: {record.get('file', record.get('batch'))} {' | '.join(said[-3:])[-300:]}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
