"""findings.json: every figure of the reports for scripts, missing and unbounded as null."""

import datetime as dt
import json
import math
from pathlib import Path
from typing import Final, TypeAlias

from vemas_analytics.model.finding import Estimate, Finding, Findings

SCHEMA: Final = "vemas-findings-1"
"""Name of the layout; it changes when a reader would have to."""

Json: TypeAlias = str | int | float | bool | list["Json"] | dict[str, "Json"] | None


def _plain(value: object) -> Json:
    """Return a value as JSON knows it; NaN and infinities become null, dates ISO text."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    message = f"a finding holds {type(value).__name__}, which has no place in findings.json"
    raise TypeError(message)


def _estimate(estimate: Estimate | None) -> Json:
    if estimate is None:
        return None
    return {
        "value": _plain(estimate.value),
        "low": _plain(estimate.low),
        "high": _plain(estimate.high),
        "level": _plain(estimate.level),
        "unit": estimate.unit,
        "p_value": _plain(estimate.p_value),
    }


def _table(finding: Finding) -> Json:
    if finding.table is None:
        return None
    return {
        "columns": list(finding.table.columns),
        "rows": [[_plain(value) for value in row] for row in finding.table.rows],
    }


def finding_as_json(finding: Finding) -> dict[str, Json]:
    """Return one finding as plain JSON values, in the order of the published layout."""
    return {
        "key": finding.key,
        "question": finding.question,
        "measure": finding.measure,
        "region": finding.region,
        "method": finding.method,
        "baseline": finding.baseline,
        "estimate": _estimate(finding.estimate),
        "n_before": _plain(finding.n_before),
        "n_after": _plain(finding.n_after),
        "days_before": _plain(finding.days_before),
        "days_after": _plain(finding.days_after),
        "caveats": list(finding.caveats),
        "table": _table(finding),
        "series": [
            {
                "start": _plain(point.start),
                "end": _plain(point.end),
                "value": _plain(point.value),
                "covered": point.covered,
                "low": _plain(point.low),
                "high": _plain(point.high),
            }
            for point in finding.series
        ],
        "sources": [
            {"file": source.file, "sheet": source.sheet, "rows": list(source.rows)} for source in finding.sources
        ],
    }


def write_findings(findings: Findings, path: Path) -> None:
    """Write all findings as ``findings.json``: UTF-8, one finding a line, the same bytes for the same findings.

    Parameters
    ----------
    findings : Findings
        For the public edition: what `published_findings` leaves.
    path : Path
        File to write.

    Raises
    ------
    TypeError
        When a finding holds a value that is neither text, number, truth value, date nor None.
    """
    lines = [
        json.dumps(finding_as_json(item), ensure_ascii=False, allow_nan=False, separators=(", ", ": "))
        for item in findings
    ]
    body = ",\n".join(lines)
    path.write_text(f'{{"schema": "{SCHEMA}", "findings": [\n{body}\n]}}\n', encoding="utf-8", newline="\n")
