"""Speed as ratios within one run, so that a slow machine and a fast one tell the same story.

Run with ``make bench``. Nothing here is a test: a busy machine fails no build.
"""

import datetime as dt
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd

from vemas_analytics import ReportRequest, Settings, load, load_tables, write_reports
from vemas_analytics.analysis.estimators import quasi_poisson_ratio, rate_change

_REGIONS = ("Swerdlowsk", "Republik Tatarstan", "St. Petersburg", "Gebiet Kaluga", "Nischni Nowgorod", "Perm")
_DEMO = Path(__file__).parents[1] / "data" / "demo"


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


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


def _compare_regions() -> None:
    generator = np.random.default_rng(1)
    exposure = np.full(180, 30.4375)
    after = np.arange(180) >= 134
    for counts in generator.negative_binomial(1, 0.5, (320, 180)):
        rate_change(counts, exposure, after)
        quasi_poisson_ratio(counts, exposure, after)


def _line(name: str, ratio: float, bar: float) -> dict[str, object]:
    verdict = "ok" if ratio <= bar else "MISSED"
    print(f"{name:<72} {ratio:6.2f}  (at most {bar:.2f})  {verdict}", flush=True)
    return {"name": name, "ratio": round(ratio, 3), "bar": bar, "met": ratio <= bar}


def main() -> None:
    """Measure each ratio once and print it beside its bar."""
    results = []
    settings = Settings()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for count, bar in ((5_000, 1.0), (100_000, 0.5)):
            path = folder / f"Anfragen_{count}.xlsx"
            _write_workbook(path, count)
            plain = _seconds(lambda p=path: pd.read_excel(p, engine="openpyxl"))
            ours = _seconds(lambda p=path: load_tables([p], settings))
            results.append(
                _line(f"read and check {count:,} rows of .xlsx / pandas with openpyxl reads", ours / plain, bar)
            )
        per_row = {}
        for count in (10_000, 1_000_000):
            path = folder / f"Anfragen_{count}.csv"
            _write_csv(path, count)
            per_row[count] = _seconds(lambda p=path: load_tables([p], settings)) / count
        results.append(_line("cost per CSV row, 1,000,000 / 10,000 rows", per_row[1_000_000] / per_row[10_000], 1.0))
        request = ReportRequest((_DEMO,), folder / "report", ("de", "en"))
        whole = _seconds(lambda: write_reports(request))
        loading = _seconds(lambda: load([_DEMO]))
        print(f"{'demo report, both languages: seconds (of which loading)':<72} {whole:6.2f}  ({loading:.2f})")
    print(f"{'before/after of 80 regions x 4 measures: seconds (target 2)':<72} {_seconds(_compare_regions):6.2f}")
    ours = min(
        _seconds(lambda: subprocess.run([sys.executable, "-c", "import vemas_analytics"], check=True)) for _ in range(5)
    )
    pandas = min(
        _seconds(lambda: subprocess.run([sys.executable, "-c", "import pandas"], check=True)) for _ in range(5)
    )
    results.append(_line("import vemas_analytics / import pandas", ours / pandas, 1.3))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MiB")
    print(json.dumps(results))


if __name__ == "__main__":
    main()
