"""The demo's known effect against its report: counts, days, ratios, reciprocals."""

import json

import pytest
from report_sets import rows_of

from vemas_analytics.analysis.estimators import rate_ratio
from vemas_analytics.synthetic import write_demo


@pytest.fixture(scope="module")
def truth(demo):
    return json.loads((demo.source / "truth.json").read_text("utf-8"))


def known(truth, demo):
    """Every ratio whose truth is known, with its finding."""
    for finding in demo.select("before_after"):
        effect = truth["effects"].get(finding["region"], {}).get(finding["measure"])
        if effect is not None and finding["baseline"] in effect["ratio"]:
            yield finding, effect


def test_counts_and_days_are_those_of_the_truth(truth, demo):
    compared = 0
    for finding, effect in known(truth, demo):
        baseline = finding["baseline"]
        assert (finding["n_before"], finding["n_after"]) == (effect["counted"][baseline], effect["counted"]["after"])
        assert finding["days_before"] == truth["windows"][baseline]["days"]
        assert finding["days_after"] == truth["windows"]["after"]["days"]
        compared += 1
    assert compared > 100


def test_intervals_hold_the_truth(truth, demo):
    """Of single intervals one in twenty may miss; the totals, where they matter most, all hold it."""
    given, missed = 0, []
    for finding, effect in known(truth, demo):
        estimate = finding["estimate"]
        if estimate is None or estimate["high"] is None:
            continue
        given += 1
        if not (estimate["low"] or 0.0) <= effect["ratio"][finding["baseline"]] <= estimate["high"]:
            missed.append(finding["key"])
    assert given > 100
    assert len(missed) <= 0.05 * given, missed
    assert not any("/ALL/" in key for key in missed)


def test_the_decline_before_the_stop_is_found(truth, demo):
    """Rates fall from phase to phase as they were made to."""
    rates = [row["per_year"] for row in rows_of(demo.one("phases", "inquiries", "ALL"))]
    assert rates == sorted(rates, reverse=True)
    assert rates[0] > 1.2 * rates[1] > 1.2 * rates[3]


def test_swapped_windows_give_reciprocals(demo):
    swapped = 0
    for finding in demo.select("before_after"):
        if finding["method"] != "exact" or not finding["n_before"] or not finding["n_after"]:
            continue
        after, before = (finding["n_after"], finding["days_after"]), (finding["n_before"], finding["days_before"])
        there, back = rate_ratio(*after, *before), rate_ratio(*before, *after)
        assert there.value == pytest.approx(finding["estimate"]["value"], rel=1e-12)
        assert (back.value, back.low, back.high) == pytest.approx(
            (1 / there.value, 1 / there.high, 1 / there.low), rel=1e-10
        )
        assert back.p_value == pytest.approx(there.p_value, rel=1e-8)
        swapped += 1
    assert swapped > 20


def test_the_kept_demo_is_what_the_seed_gives(demo, tmp_path):
    write_demo(tmp_path)
    kept = {path.name: path.read_bytes() for path in demo.source.iterdir()}
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert sorted(kept) == sorted(made)
    assert [name for name in kept if kept[name] != made[name]] == []
