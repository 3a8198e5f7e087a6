"""One report run of each source for all end-to-end tests, whatever number of workers asks for it."""

import datetime as dt
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from report_sets import ReportSet

from vemas_analytics.etl import write_tables
from vemas_analytics.pipeline import ReportRequest, write_reports

DATA = Path(__file__).parents[2] / "data"
_PATIENCE = 120.0


@pytest.fixture(scope="session")
def build_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], None]], Path]:
    """Return a function that lets the first worker build a folder and the others wait for it."""
    base = tmp_path_factory.getbasetemp()
    root = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base

    def build(name: str, make: Callable[[Path], None]) -> Path:
        folder, ready = root / name, root / f"{name}.ready"
        try:
            folder.mkdir()
        except FileExistsError:
            waited_since = time.monotonic()
            while not ready.exists():
                if time.monotonic() - waited_since > _PATIENCE:
                    pytest.fail(f"another worker did not finish {name}")
                time.sleep(0.1)
            return folder
        make(folder)
        ready.touch()
        return folder

    return build


def _write_set(source: Path, folder: Path) -> None:
    request = ReportRequest(sources=(source,), out=folder / "reports", languages=("de", "en"))
    write_tables(write_reports(request), folder / "tables", format="csv")


@pytest.fixture(scope="session")
def demo(build_once) -> ReportSet:
    """The report on the demo, in both languages."""
    folder = build_once("demo", lambda folder: _write_set(DATA / "demo", folder))
    return ReportSet(DATA / "demo", folder / "reports", folder / "tables", dt.date(2024, 12, 31))


@pytest.fixture(scope="session")
def public_record(build_once) -> ReportSet:
    """The report on the public record, in both languages."""
    folder = build_once("public_record", lambda folder: _write_set(DATA / "public_record", folder))
    return ReportSet(DATA / "public_record", folder / "reports", folder / "tables", dt.date(2023, 12, 31))
