"""What a report run wrote, ready to be compared with a second count."""

import datetime as dt
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import openpyxl
from recount import Recount

STOP = dt.date(2022, 2, 24)


@dataclass(frozen=True)
class ReportSet:
    """What a run wrote, and the lists it was made from, counted a second way."""

    source: Path
    reports: Path
    tables: Path
    as_of: dt.date

    @cached_property
    def findings(self) -> dict[str, dict]:
        content = json.loads((self.reports / "findings.json").read_text("utf-8"))
        return {finding["key"]: finding for finding in content["findings"]}

    @cached_property
    def recount(self) -> Recount:
        return Recount(self.tables, stop=STOP, as_of=self.as_of)

    def select(self, question: str, measure: str = "", region: str = "") -> list[dict]:
        return [
            finding
            for finding in self.findings.values()
            if finding["question"] == question
            and measure in {"", finding["measure"]}
            and region in {"", finding["region"]}
        ]

    def one(self, question: str, measure: str, region: str) -> dict:
        (finding,) = self.select(question, measure, region)
        return finding

    def workbook(self, language: str) -> openpyxl.Workbook:
        return openpyxl.load_workbook(self.reports / f"before-after.{language}.xlsx")


def rows_of(finding: dict) -> list[dict]:
    """The table behind a finding, row by row."""
    return [dict(zip(finding["table"]["columns"], row, strict=True)) for row in finding["table"]["rows"]]


def sources_of(finding: dict) -> set[tuple[str, str, int]]:
    """The source rows a finding names."""
    return {(source["file"], source["sheet"], row) for source in finding["sources"] for row in source["rows"]}
