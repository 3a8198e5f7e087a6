"""Speed as ratios within one run, so that a slow machine and a fast one tell the same story.

Run with ``make bench``. Nothing here is a test: a busy machine fails no build. Each figure is the median of several
repetitions; what is compared is measured in turns, so that a busy minute falls on both sides. Processor time counts,
of this process and of the one that opens workbooks, as it hardly depends on what else the machine is doing.
"""

import datetime as dt
import gc
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd

from vemas_analytics import ReportRequest, Settings, load, load_tables, write_reports
from vemas_analytics.analysis.estimators import quasi_poisson_ratio, rate_change
from vemas_analytics.model.settings import Limits

_REGIONS = ("Swerdlowsk", "Republik Tatarstan", "St. Petersburg", "Gebiet Kaluga", "Nischni Nowgorod", "Perm")
_DEMO = Path(__file__).parents[1] / "data" / "demo"


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _effort(work: Callable[[], object]) -> float:
    """Return the processor seconds that some work takes, with those of the reader's process."""
    start = _spent()
    work()
    return _spent() - start


def _spent() -> float:
    """Return the processor seconds of this process and its children, ended ones and the running reader."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    running = 0.0
    for pid in _children():
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        running += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return time.process_time() + ended.ru_utime + ended.ru_stime + running


def _children() -> list[str]:
    listed = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    return listed.read_text().split() if listed.exists() else []


def _medians(repetitions: int, *works: Callable[[], object]) -> list[float]:
    """Return the median effort of each work, all of them done in turns after one round to warm up."""
    efforts: list[list[float]] = [[] for _ in works]
    for round_number in range(repetitions + 1):
        for work, found in zip(works, efforts, strict=True):
            gc.collect()
            effort = _effort(work)
            if round_number:
                found.append(effort)
    return [statistics.median(found) for found in efforts]


def _rows(count: int) -> list[list[object]]:
    first = dt.date(2012, 1, 2)
    return [
        [
            f"A-{i:06d}",
            first + dt.timedelta(days=i % 4000),
            _REGIONS[i % len(_REGIONS)],
            f"OOO Muster {i % 997}",
            f"Muster GmbH {i % 89}",
            "Drehmaschine",
            1000.0 + i,
            "offen",
        ]
        for i in range(count)
    ]


_HEADER = [
    "Anfrage-Nr.",
    "Eingang",
    "Region",
    "Russisches Unternehmen",
    "Sächsisches Unternehmen",
    "Betreff",
    "Wert (EUR)",
    "Status",
]


def _write_workbook(path: Path, count: int) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Anfragen")
    sheet.append(_HEADER)
    for row in _rows(count):
        sheet.append(row)
    book.save(path)


def _write_csv(path: Path, count: int) -> None:
    frame = pd.DataFrame(_rows(count), columns=_HEADER)
    frame.to_csv(path, index=False, sep=";", encoding="utf-8")


def _months_of_regions() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return counts of 80 regions x 4 measures, shape (320, 180), with exposure and side of the months."""
    counts = np.random.default_rng(1).negative_binomial(1, 0.5, (320, 180))
    return counts, np.full(180, 30.4375), np.arange(180) >= 134


def _compare_regions() -> None:
    series, exposure, after = _months_of_regions()
    for counts in series:
        rate_change(counts, exposure, after)
        rate_change(counts, exposure, after, method="exact")
        quasi_poisson_ratio(counts, exposure, after)


def _fit_regions() -> None:
    """Fit the same quasi-Poisson step to the same months by statsmodels."""
    import statsmodels.api as sm

    series, exposure, after = _months_of_regions()
    design = np.column_stack([np.ones(after.size), after])
    for counts in series:
        model = sm.GLM(counts, design, family=sm.families.Poisson(), offset=np.log(exposure))
        model.fit(scale="X2").conf_int()


def _estimates() -> Iterator[dict[str, object]]:
    """Compare exact, quasi-Poisson and chosen estimates of 80 regions x 4 measures with one fit each by statsmodels."""
    ours, theirs = _medians(5, _compare_regions, _fit_regions)
    yield _line("before/after of 80 regions x 4 measures, 3 methods / one fit by statsmodels", ours / theirs, 1.0)
    yield _line("before/after of 80 regions x 4 measures: processor seconds / 2", ours / 2.0, 1.0)


def _line(name: str, ratio: float, bar: float) -> dict[str, object]:
    verdict = "met" if ratio <= bar else "NOT MET"
    print(f"{name:<76} {ratio:6.2f}  (at most {bar:.2f})  {verdict}", flush=True)
    return {"name": name, "ratio": round(ratio, 3), "bar": bar, "met": ratio <= bar}


def _workbooks(folder: Path, settings: Settings) -> Iterator[dict[str, object]]:
    """Compare reading and checking a workbook with merely reading it by pandas and openpyxl."""
    for count, bar, repetitions in ((5_000, 1.0, 5), (100_000, 0.5, 3)):
        path = folder / f"Anfragen_{count}.xlsx"
        _write_workbook(path, count)
        ours, plain = _medians(
            repetitions,
            lambda p=path: load_tables([p], settings),  # type: ignore[misc]
            lambda p=path: pd.read_excel(p, engine="openpyxl"),  # type: ignore[misc]
        )
        yield _line(f"read and check {count:,} rows of .xlsx / pandas with openpyxl reads", ours / plain, bar)


def _growth(folder: Path, settings: Settings) -> Iterator[dict[str, object]]:
    """Compare the cost of one row of a long CSV list with that of a short one."""
    paths = {count: folder / f"Anfragen_{count}.csv" for count in (10_000, 1_000_000)}
    for count, path in paths.items():
        _write_csv(path, count)

    def read(count: int, times: int) -> Callable[[], object]:
        return lambda: [load_tables([paths[count]], settings) for _ in range(times)]

    # ten short lists in a row, as one alone would be over before the clock is sure
    short, long = _medians(3, read(10_000, 10), read(1_000_000, 1))
    per_row = short / 100_000, long / 1_000_000
    yield _line("cost per CSV row, 1,000,000 / 10,000 rows", per_row[1] / per_row[0], 1.0)
    print(f"{'   microseconds per row of 10,000 and of 1,000,000':<76} {per_row[0] * 1e6:6.1f} {per_row[1] * 1e6:6.1f}")


def _peak_memory(folder: Path, count: int) -> Iterator[dict[str, object]]:
    """Measure the largest memory of a process that reads and checks one long list and does nothing else."""
    path = folder / f"Anfragen_{count}.csv"
    script = (
        "import resource, sys; from pathlib import Path; from vemas_analytics import Settings, load_tables; "
        "from vemas_analytics.model.settings import Limits; "
        "load_tables([Path(sys.argv[1])], Settings(limits=Limits(seconds=3600))); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], check=True, capture_output=True, text=True)
    yield _line(f"peak memory of checking {count:,} rows of CSV in GiB", int(done.stdout) / 1024, 0.9)


def _imports() -> Iterator[dict[str, object]]:
    def import_of(name: str) -> Callable[[], object]:
        return lambda: subprocess.run([sys.executable, "-c", f"import {name}"], check=True)

    ours, pandas = _medians(5, import_of("vemas_analytics"), import_of("pandas"))
    yield _line("import vemas_analytics / import pandas", ours / pandas, 1.3)


def main() -> None:
    """Measure each ratio and print it beside its bar."""
    # a busy machine must not make the reader give up: what is measured is processor time
    settings = Settings(limits=Limits(seconds=3600))
    results: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        results += _workbooks(folder, settings)
        results += _growth(folder, settings)
        results += _peak_memory(folder, 1_000_000)
        request = ReportRequest((_DEMO,), folder / "report", ("de", "en"))
        whole = _seconds(lambda: write_reports(request))
        loading = _seconds(lambda: load([_DEMO]))
        print(f"{'demo report, both languages: seconds (of which loading)':<76} {whole:6.2f}  ({loading:.2f})")
    results += _estimates()
    results += _imports()
    print(json.dumps(results))


if __name__ == "__main__":
    main()
