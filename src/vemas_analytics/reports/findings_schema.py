"""The layout of findings.json as a JSON Schema, from the closed lists of the model; published as a file of docs/.

Rewrite it with ``python -m vemas_analytics.reports.findings_schema > docs/findings.schema.json``.
"""

import json
from typing import Any, Final, get_args

from vemas_analytics.model.finding import CAVEATS, Method, Unit
from vemas_analytics.reports.findings_json import SCHEMA

_DATE: Final = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_NUMBER: Final = {"type": ["number", "null"]}
_SHARE: Final = {"type": ["number", "null"], "minimum": 0, "maximum": 1}
_COUNT: Final = {"type": ["integer", "null"], "minimum": 0}
_DAYS: Final = {"type": ["number", "null"], "minimum": 0}
_WORD: Final = {"type": "string", "minLength": 1}


def findings_schema() -> dict[str, Any]:
    """Return the schema that every findings.json keeps: closed objects, closed lists, null for what is missing."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "findings.json of vemas_analytics",
        "description": "Every figure of a report with its interval, windows, reservations and source rows.",
        **_closed({"schema": {"const": SCHEMA}, "findings": {"type": "array", "items": _finding()}}),
    }


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _finding() -> dict[str, Any]:
    return _closed(
        {
            "key": {
                "type": "string",
                "pattern": "^[^/]+/[^/]+/[^/]+/[^/]+/[^/]+$",
                "description": "question/measure/region/method/baseline",
            },
            "question": _WORD,
            "measure": _WORD,
            "region": {**_WORD, "description": "code of ISO 3166-2:RU, RU (none given), ALL (total) or -"},
            "method": {"enum": [*get_args(Method), "-"]},
            "baseline": _WORD,
            "estimate": {"anyOf": [{"type": "null"}, _estimate()]},
            "n_before": _COUNT,
            "n_after": _COUNT,
            "days_before": _DAYS,
            "days_after": _DAYS,
            "caveats": {"type": "array", "items": {"enum": list(CAVEATS)}, "uniqueItems": True},
            "table": {"anyOf": [{"type": "null"}, _table()]},
            "series": {"type": "array", "items": _point()},
            "sources": {"type": "array", "items": _source()},
        }
    )


def _estimate() -> dict[str, Any]:
    return _closed(
        {
            "value": {**_NUMBER, "description": "ratios are after / before"},
            "low": {**_NUMBER, "description": "null: refused or unbounded"},
            "high": {**_NUMBER, "description": "null: refused or unbounded"},
            "level": _SHARE,
            "unit": {"enum": list(get_args(Unit))},
            "p_value": _SHARE,
        }
    )


def _table() -> dict[str, Any]:
    cell = {"type": ["string", "number", "boolean", "null"]}
    return _closed(
        {
            "columns": {"type": "array", "items": _WORD, "uniqueItems": True},
            "rows": {"type": "array", "items": {"type": "array", "items": cell}},
        }
    )


def _point() -> dict[str, Any]:
    return _closed(
        {
            "start": _DATE,
            "end": {**_DATE, "description": "the first day that does not belong"},
            "value": _NUMBER,
            "covered": {"type": "boolean", "description": "only here does 0 mean that nothing came"},
            "low": _NUMBER,
            "high": _NUMBER,
        }
    )


def _source() -> dict[str, Any]:
    rows = {"type": "array", "items": {"type": "integer", "minimum": 1}}
    return _closed({"file": _WORD, "sheet": {"type": "string", "description": "empty for CSV"}, "rows": rows})


if __name__ == "__main__":
    print(json.dumps(findings_schema(), ensure_ascii=False, indent=2))
