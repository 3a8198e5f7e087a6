"""findings.json of an earlier report: its yearly figures, for telling what has been corrected since."""

import json
from pathlib import Path
from types import MappingProxyType
from typing import Any

from vemas_analytics.errors import ConfigError
from vemas_analytics.model.earlier import EarlierFigure, EarlierReport
from vemas_analytics.reports.findings_json import SCHEMA


def read_earlier_report(path: Path, name: str) -> EarlierReport:
    """Return the yearly figures of a findings.json that `write_findings` wrote, for any report.

    Parameters
    ----------
    path : Path
    name : str
        The file as the settings name it, for print.

    Raises
    ------
    ConfigError
        When the file cannot be read or is no such file.
    """
    remedy = "give the findings.json of a `vemas report` or `vemas annual` folder under [[annual]] earlier_report"
    try:
        content = json.loads(path.read_text("utf-8"))
        if content["schema"] != SCHEMA:
            message = f"{path}: its layout is {content['schema']!r}, not {SCHEMA!r}; {remedy}"
            raise ConfigError(message)
        figures = {}
        for finding in content["findings"]:
            if finding["question"] == "yearly" and finding["table"] is not None:
                figures.update(_figures(finding))
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"{path}: no findings.json of an earlier report ({type(error).__name__}); {remedy}"
        raise ConfigError(message) from error
    return EarlierReport(name, MappingProxyType(figures))


def _figures(finding: dict[str, Any]) -> dict[tuple[str, str, int], EarlierFigure]:
    found: dict[tuple[str, str, int], EarlierFigure] = {}
    for cells in finding["table"]["rows"]:
        row = dict(zip(finding["table"]["columns"], cells, strict=True))
        value = None if row["n"] is None else float(row["n"])
        key = (str(finding["measure"]), str(finding["region"]), int(row["year"]))
        found[key] = EarlierFigure(value, str(row["state"]))
    return found
