"""The demo under other settings: another stop, its end, other phases, an earlier reference date, single years."""

import datetime as dt
from dataclasses import replace
from types import MappingProxyType

import pytest
from recount import MEASURES, Recount

from vemas_analytics.analysis import analyse, analyse_year
from vemas_analytics.model.settings import Phase, Stop
from vemas_analytics.panel import build_panel
from vemas_analytics.pipeline import load

FIRST, LAST = dt.date(2012, 1, 1), dt.date(2025, 1, 1)
REGIONS = ("RU-SVE", "RU-KLU", "RU", "ALL")
STOP = dt.date(2022, 2, 24)


@pytest.fixture(scope="module")
def loaded(demo):
    return load([demo.source])


def counted(demo, loaded, *, as_of=dt.date(2024, 12, 31), **fields):
    """Findings under changed settings, and the second count for them."""
    settings, tables = loaded
    settings = replace(settings, **fields)
    findings = analyse(tables, build_panel(tables, settings, as_of=as_of))
    return findings, Recount(demo.tables, stop=settings.stop.effective_from, as_of=as_of)


def assert_phases(findings, recount, phases):
    for measure in MEASURES:
        for region in REGIONS:
            rows = list(findings.get("phases", measure, region).table.records())
            assert [row["phase"] for row in rows] == list(phases)
            for row in rows:
                start, end = max(row["start"] or FIRST, FIRST), min(row["end"] or LAST, recount.end)
                if start >= end:
                    assert (row["n"], row["state"]) == (None, "outside")
                    continue
                assert row["days"] == (end - start).days
                assert (row["n"], row["n_coarse"]) == recount.count(measure, region, start, end), (measure, region, row)


def assert_sides(findings, recount, before, after):
    for measure in ("inquiries", "offers"):
        for region in REGIONS:
            (finding,) = findings.select("before_after", measure, region, "all_before")
            assert finding.n_before == recount.count(measure, region, *before)[0]
            assert finding.n_after == recount.count(measure, region, *after)[0]
            assert (finding.days_before, finding.days_after) == tuple(
                (end - start).days for start, end in (before, after)
            )


def test_another_stop_cuts_its_own_month(demo, loaded):
    stop = dt.date(2021, 9, 15)
    findings, recount = counted(demo, loaded, stop=Stop(effective_from=stop))
    assert_phases(findings, recount, ("I", "II", "III", "IV"))
    assert_sides(findings, recount, (FIRST, stop), (stop, LAST))
    for table in ("inquiries", "offers"):
        for region in REGIONS:
            (row,) = findings.get("open_at_stop", table, region).table.records()
            assert row == recount.eve_figures(table, region)
    cells = {point.start: point.end for point in findings.get("monthly", "offers", "ALL").series}
    assert (cells[dt.date(2021, 9, 1)], cells[stop]) == (stop, dt.date(2021, 10, 1))


def test_a_stop_that_ended_counts_until_its_end(demo, loaded):
    end = dt.date(2023, 7, 1)
    findings, recount = counted(demo, loaded, stop=Stop(until=end))
    assert_phases(findings, recount, ("I", "II", "III", "IV"))
    assert_sides(findings, recount, (FIRST, STOP), (STOP, end))
    late = [case for case in recount.after_stop("inquiries", "ALL") if case.within(STOP, end)]
    assert findings.get("after_stop", "inquiries", "ALL").estimate.value == len(late)


def test_phases_of_ones_own_are_cut_at_their_days(demo, loaded):
    middle = dt.date(2016, 6, 15)
    names = MappingProxyType({"de": "x", "en": "x"})
    phases = (Phase("A", names, None, middle), Phase("B", names, middle, STOP), Phase("C", names, STOP, None))
    findings, recount = counted(demo, loaded, phases=phases)
    assert_phases(findings, recount, ("A", "B", "C"))


def test_an_earlier_reference_date_leaves_the_later_out(demo, loaded):
    findings, recount = counted(demo, loaded, as_of=dt.date(2020, 6, 30))
    assert_phases(findings, recount, ("I", "II", "III", "IV"))
    for measure in ("inquiries", "offers"):
        assert all(item.estimate is None for item in findings.select("before_after", measure))
        assert all(item.estimate is None for item in findings.select("open_at_stop", measure))
        assert findings.get("after_stop", measure, "ALL").estimate is None
    assert findings.get("last_activity", "trips", "ALL").table.rows[0][0] <= dt.date(2020, 6, 30)


@pytest.mark.parametrize("year", [2012, 2019, 2022, 2024])
def test_a_year_and_the_five_before_it(demo, loaded, year):
    settings, tables = loaded
    findings = analyse_year(tables, build_panel(tables, settings), year)
    for measure in MEASURES:
        for region in REGIONS:
            (row,) = findings.get("annual", measure, region).table.records()
            full = [demo.recount.year(measure, region, item) for item in range(max(2012, year - 5), year)]
            known = [value for value in full if value is not None]
            assert row["value"] == demo.recount.year(measure, region, year), (measure, region)
            assert row["previous"] == (demo.recount.year(measure, region, year - 1) if year > 2012 else None)
            assert (row["n_years5"], row["min5"], row["max5"]) == (
                len(known),
                min(known, default=None),
                max(known, default=None),
            )
            assert row["mean5"] == (pytest.approx(sum(known) / len(known)) if known else None)
    months = [row["value"] for row in findings.get("annual_months", "inquiries", "ALL").table.records()]
    assert months == [
        demo.recount.count("inquiries", "ALL", dt.date(year, m, 1), dt.date(year + m // 12, m % 12 + 1, 1))[0]
        for m in range(1, 13)
    ]


@pytest.mark.parametrize("year", [2005, 2030])
def test_a_year_without_data_has_no_noughts(loaded, year):
    settings, tables = loaded
    findings = analyse_year(tables, build_panel(tables, settings), year)
    for finding in findings.select("annual"):
        (row,) = finding.table.records()
        assert (row["value"], row["state"], finding.estimate) == (None, "not_recorded", None)
