"""findings.json of whole reports keeps its published schema, and its page in docs/ names every question and column."""

import json
import math
import re
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from vemas_analytics.reports.findings_schema import findings_schema

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module", params=["demo", "public_record"])
def written(request):
    path = request.getfixturevalue(request.param).reports / "findings.json"
    return json.loads(path.read_text("utf-8"), parse_constant=lambda name: pytest.fail(f"{name} in JSON"))


def test_the_published_schema_is_that_of_the_package():
    assert json.loads((DOCS / "findings.schema.json").read_text("utf-8")) == findings_schema()


def test_every_finding_keeps_the_schema(written):
    checker = jsonschema.Draft202012Validator(findings_schema())
    assert [f"{list(error.path)}: {error.message}" for error in checker.iter_errors(written)] == []
    keys = [finding["key"] for finding in written["findings"]]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("estimate", "unit"), "furlong"),
        (("caveats",), ["no_such_code"]),
        (("estimate", "p_value"), 1.2),
        (("n_before",), "288"),
        (("series",), [{"start": "2022-02-24"}]),
        (("another",), 1),
    ],
)
def test_the_schema_can_be_broken(demo, path, value):
    finding = json.loads(json.dumps(demo.select("before_after", "inquiries", "ALL")[0]))
    place = finding
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    checker = jsonschema.Draft202012Validator(findings_schema())
    assert list(checker.iter_errors({"schema": "vemas-findings-1", "findings": [finding]}))


def test_key_rows_and_limits_agree(written):
    for finding in written["findings"]:
        parts = [finding[part] for part in ("question", "measure", "region", "method", "baseline")]
        assert finding["key"] == "/".join(parts)
        table = finding["table"]
        if table:
            assert {len(row) for row in table["rows"]} <= {len(table["columns"])}, finding["key"]
        for value, low, high in _limits(finding):
            assert low is None or low <= value + 1e-9, finding["key"]
            assert high is None or value - 1e-9 <= high, finding["key"]
        assert all(point["start"] < point["end"] for point in finding["series"])


def _limits(finding) -> Iterator[tuple[float, float | None, float | None]]:
    for one in (finding["estimate"], *finding["series"]):
        if one is not None and one["value"] is not None:
            assert math.isfinite(one["value"])
            yield one["value"], one["low"], one["high"]


def test_the_page_names_every_question_and_column(written):
    page = (DOCS / "findings.md").read_text("utf-8")
    named = {match[1]: match[0] for match in re.finditer(r"^\| `(\w+)`.*$", page, re.MULTILINE)}
    for finding in written["findings"]:
        assert finding["question"] in named
        missing = [
            column
            for column in (finding["table"] or {"columns": []})["columns"]
            if f"`{column}`" not in named[finding["question"]]
        ]
        assert missing == [], finding["key"]
