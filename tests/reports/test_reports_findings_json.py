"""findings.json: the published layout, null for what is missing, and the same bytes for the same findings."""

import datetime as dt
import json

import pytest

from vemas_analytics.model.finding import DataTable, Estimate, Finding, Findings, SeriesPoint, SourceRef
from vemas_analytics.reports import write_findings

FINDING = Finding(
    "before_after",
    "inquiries",
    "RU-SVE",
    method="exact",
    baseline="phase_II",
    estimate=Estimate(0.1, None, float("inf"), 0.95, "ratio", float("nan")),
    n_before=20,
    n_after=2,
    days_before=2039.0,
    days_after=1042.0,
    caveats=("not_causal",),
    table=DataTable(("side", "n", "on"), (("before", 20, dt.date(2014, 8, 1)), ("after", None, None))),
    series=(SeriesPoint(dt.date(2014, 1, 1), dt.date(2015, 1, 1), None, False),),
    sources=(SourceRef("Anfragen Ü.xlsx", "2014", (4, 7)),),
)


def test_layout(tmp_path):
    path = tmp_path / "findings.json"
    write_findings(Findings((FINDING,)), path)
    text = path.read_text("utf-8")
    read = json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} in JSON"))
    assert read == {
        "schema": "vemas-findings-1",
        "findings": [
            {
                "key": "before_after/inquiries/RU-SVE/exact/phase_II",
                "question": "before_after",
                "measure": "inquiries",
                "region": "RU-SVE",
                "method": "exact",
                "baseline": "phase_II",
                "estimate": {
                    "value": 0.1,
                    "low": None,
                    "high": None,
                    "level": 0.95,
                    "unit": "ratio",
                    "p_value": None,
                },
                "n_before": 20,
                "n_after": 2,
                "days_before": 2039.0,
                "days_after": 1042.0,
                "caveats": ["not_causal"],
                "table": {
                    "columns": ["side", "n", "on"],
                    "rows": [["before", 20, "2014-08-01"], ["after", None, None]],
                },
                "series": [
                    {
                        "start": "2014-01-01",
                        "end": "2015-01-01",
                        "value": None,
                        "covered": False,
                        "low": None,
                        "high": None,
                    }
                ],
                "sources": [{"file": "Anfragen Ü.xlsx", "sheet": "2014", "rows": [4, 7]}],
            }
        ],
    }
    assert "Ü" in text


def test_without_estimate_and_table(tmp_path):
    path = tmp_path / "findings.json"
    write_findings(Findings((Finding("phases", "offers", "ALL"),)), path)
    read = json.loads(path.read_text("utf-8"))["findings"][0]
    assert read["estimate"] is None
    assert read["table"] is None
    assert read["series"] == []


def test_same_findings_same_bytes(tmp_path):
    for name in ("a.json", "b.json"):
        write_findings(Findings((FINDING,)), tmp_path / name)
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


def test_nothing_found_is_an_empty_list(tmp_path):
    path = tmp_path / "findings.json"
    write_findings(Findings(()), path)
    assert json.loads(path.read_text("utf-8"))["findings"] == []


def test_a_value_of_another_kind_is_refused(tmp_path):
    odd = Finding("phases", "offers", "ALL", table=DataTable(("n",), ((object(),),)))
    with pytest.raises(TypeError, match="object"):
        write_findings(Findings((odd,)), tmp_path / "findings.json")
