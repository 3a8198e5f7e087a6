"""Every drawing under strain: no label meets another, none is cut off, whatever the findings hold."""

import pytest
from awkward_findings import (
    ALL_COVERAGE,
    FORTY,
    LONG_SERIES,
    YEAR,
    make_change_points,
    make_changes,
    make_compared,
    make_course,
    make_curves,
    make_events,
    make_monthly,
    make_placebo,
    make_rates,
    with_long_names,
)
from chart_findings import STOP, make_change, make_phases, make_spec, make_yearly
from chart_labels import find_faults, measure_labels

from vemas_analytics.charts import DRAWINGS, render_svg
from vemas_analytics.model.finding import Finding, SeriesPoint
from vemas_analytics.model.names import LANGUAGES, Language

NARROW = {"width_mm": 120.0}
REGIONS = FORTY[:12]
SPREAD = [0.5 + 0.01 * i for i in range(90)]

Case = tuple[str, list[Finding], dict[str, object]]


def _series(first: int, last: int, value: float) -> list[Finding]:
    return [make_course(first, last, value), make_monthly(first, last, [value, value * 2, 0, value])]


CASES: dict[str, Case] = {
    "course": ("counterfactual", _series(2012, 2024, 5.0), {"height_mm": 62.0}),
    "course tiny": ("counterfactual", _series(2012, 2024, 0.02), {"height_mm": 50.0}),
    "course huge": ("counterfactual", _series(2012, 2024, 1_234_567.0), {"height_mm": 50.0}),
    "course zeros": ("counterfactual", _series(2012, 2024, 0.0), {}),
    "course short after": ("counterfactual", _series(2018, 2022, 5.0), NARROW),
    "course wide band": ("counterfactual", [make_course(2012, 2024, 4.0, wide=900.0)], {}),
    "course forty years": ("counterfactual", _series(1990, 2030, 5.0), {}),
    "course without a model": (
        "counterfactual",
        [Finding("course", "inquiries", "ALL"), make_monthly(2012, 2024, [3])],
        {},
    ),
    "months": ("monthly_columns", [make_monthly(2012, 2024, [1, 0, 7])], {"height_mm": 50.0}),
    "months huge": ("monthly_columns", [make_monthly(2012, 2024, [9e7], measure="offer_value_eur")], NARROW),
    "months partial with gaps": ("monthly_columns", [make_monthly(2001, 2023, [2, None, 1], covered=False)], {}),
    "levels": ("change_points", [make_change_points([7, 4, 2, 0.3]), make_monthly(2012, 2024, [6, 4, 1])], {}),
    "levels many": (
        "change_points",
        [make_change_points([5, 1] * 10), make_monthly(2012, 2024, [5, 1])],
        {"height_mm": 60.0},
    ),
    "levels none": ("change_points", [make_change_points([1]), make_monthly(2012, 2024, [0])], {"height_mm": 46.0}),
    "placebo": (
        "placebo_strip",
        [make_placebo(SPREAD, 0.07), make_placebo(SPREAD, 0.9, measure="offers")],
        {"height_mm": 50.0},
    ),
    "placebo one place": ("placebo_strip", [make_placebo([1.0] * 300, 0.0)], {"height_mm": 34.0}),
    "placebo huge": ("placebo_strip", [make_placebo([40.0, 0.01, 7.0], 9.0)], {**NARROW, "height_mm": 34.0}),
    "placebo dates": ("placebo_dates", [make_placebo(SPREAD, 0.07)], {}),
    "placebo dates huge": ("placebo_dates", [make_placebo([40.0, 0.01, 7.0] * 20, 9.0)], NARROW),
    "curves": (
        "cumulative_incidence",
        [make_curves((0.16, 0.41, 0.12, 0)), make_curves((0, 0.4, 0, 0), side="after")],
        {"height_mm": 46.0},
    ),
    "curves that end together": (
        "cumulative_incidence",
        [make_curves((0.25, 0.25, 0.25, 0.25)), make_curves((0, 0, 0, 0.01), side="after")],
        {"height_mm": 46.0},
    ),
    "curves tiny": ("cumulative_incidence", [make_curves((0.001, 0.002, 0, 0))], {**NARROW, "height_mm": 46.0}),
    "horizons only": (
        "cumulative_incidence",
        [make_curves((1.0, 0, 0, 0), question="conversion"), Finding("conversion", "offers", "ALL", baseline="after")],
        {"height_mm": 46.0},
    ),
    "ranks": ("rank_intervals", [make_compared(REGIONS)], {"height_mm": 62.0}),
    "ranks of one": ("rank_intervals", [make_compared(REGIONS[:1])], {"height_mm": 30.0}),
    "ranks of forty": ("rank_intervals", [make_compared(FORTY, 9000.0)], {"height_mm": 160.0}),
    "ranks cut": ("rank_intervals", [make_compared(FORTY, 0.01, falls=False)], {"height_mm": 60.0}),
    "ranks, long names": ("rank_intervals", [make_compared(REGIONS)], {"height_mm": 62.0, **with_long_names()}),
    "ranks narrow": ("rank_intervals", [make_compared(REGIONS, 1e5)], {**NARROW, "height_mm": 62.0}),
    "map": ("tile_map", make_changes(FORTY), {"height_mm": 115.0}),
    "map low": ("tile_map", [make_compared(FORTY)], {"height_mm": 92.0}),
    "map huge": ("tile_map", make_changes(FORTY, 1e6), {"height_mm": 100.0}),
    "map narrow": ("tile_map", make_changes(FORTY, 30.0), {**NARROW, "height_mm": 100.0}),
    "map of counts": ("tile_map", make_rates(FORTY, 3.0), {"height_mm": 100.0}),
    "map partial": (
        "tile_map",
        [
            Finding("before_after", "trips", code, n_before=3, n_after=0, caveats=("coverage_partial",))
            for code in REGIONS
        ],
        {"height_mm": 100.0},
    ),
    "map of one": ("tile_map", [make_change(None, None, None, 0, 0, region="RU-SVE")], {"height_mm": 100.0}),
    "pairs": ("dumbbell", make_rates(REGIONS), {"height_mm": 62.0}),
    "pairs of one": ("dumbbell", make_rates(REGIONS[:1]), {"height_mm": 20.0}),
    "pairs huge": ("dumbbell", make_rates(FORTY, 1e6), {"height_mm": 150.0}),
    "pairs tiny": ("dumbbell", make_rates(REGIONS, 0.001), {"height_mm": 50.0}),
    "pairs zeros": ("dumbbell", make_rates(REGIONS, 0.0), {"height_mm": 60.0}),
    "pairs cut, long names": ("dumbbell", make_rates(FORTY), {**NARROW, "height_mm": 50.0, **with_long_names()}),
    "pairs, some unknown": (
        "dumbbell",
        [
            *make_rates(REGIONS[:3]),
            make_phases([(None, None)] * 4, region="RU-SVE"),
            make_phases([(7, None)] * 4, region="RU-TA"),
        ],
        {"height_mm": 40.0},
    ),
    "waterfall": ("waterfall", make_changes(REGIONS), {"height_mm": 80.0}),
    "waterfall of one": ("waterfall", make_changes(REGIONS[:1]), {"height_mm": 30.0}),
    "waterfall of forty": ("waterfall", make_changes(FORTY, 1e6), {"height_mm": 90.0}),
    "waterfall zeros": ("waterfall", make_changes(REGIONS, 0.0), {"height_mm": 30.0}),
    "waterfall, long names": ("waterfall", make_changes(REGIONS), {**NARROW, "height_mm": 80.0, **with_long_names()}),
    "waterfall that rises": ("waterfall", make_changes(REGIONS, 0.05), {"height_mm": 70.0}),
    "calendar": ("event_calendar", make_events(REGIONS, 12), {"height_mm": 100.0}),
    "calendar of one": ("event_calendar", make_events(REGIONS[:1], 3), {"height_mm": 40.0}),
    "calendar of forty": ("event_calendar", make_events(FORTY, 30), {"height_mm": 200.0}),
    "calendar cut, long names": (
        "event_calendar",
        make_events(FORTY, 4),
        {**NARROW, "height_mm": 80.0, **with_long_names()},
    ),
    "calendar of all": ("event_calendar", make_events(("ALL",), 60), {"height_mm": 60.0}),
    "years of forty years": ("yearly_columns", [LONG_SERIES], {}),
    "years short after": ("yearly_columns", [make_yearly(2012, 2022, [5])], NARROW),
    "multiples of forty": (
        "small_multiples",
        [make_yearly(2001, 2024, [10_000, 7], region=code) for code in FORTY],
        {"height_mm": 240.0},
    ),
    "multiples, long names": (
        "small_multiples",
        [make_yearly(2012, 2024, [3], region=code) for code in REGIONS],
        {**NARROW, "height_mm": 120.0, **with_long_names()},
    ),
    "changes of forty": ("ratio_intervals", make_changes(FORTY, 1e5), {"height_mm": 250.0}),
    "changes, long names": ("ratio_intervals", make_changes(REGIONS), {"height_mm": 90.0, **with_long_names()}),
    "steps": ("window_steps", make_changes(REGIONS), {"height_mm": 50.0}),
    "steps huge": ("window_steps", make_changes(REGIONS, 1e6)[:1], {**NARROW, "height_mm": 40.0}),
    "coverage narrow": ("coverage_bars", ALL_COVERAGE, {**NARROW, "height_mm": 45.0}),
    "months of a year": ("annual_months", [YEAR], {}),
    "phases huge": ("phase_columns", [make_phases([(10**7, 1.5e6)] * 4)], NARROW),
    "region page": (
        "region_page",
        [make_yearly(2001, 2024, [0, 2000]), *make_events(("RU-SVE",), 80)],
        {"height_mm": 85.0},
    ),
    "strip": ("activity_strip", make_events(("ALL",), 300), {"height_mm": 60.0}),
}

EMPTY: dict[str, list[Finding]] = {
    "yearly_columns": [Finding("yearly", "inquiries", "ALL")],
    "small_multiples": [Finding("yearly", "inquiries", "RU-SVE")],
    "phase_columns": [Finding("phases", "inquiries", "ALL")],
    "activity_strip": [Finding("activities", "activities", "ALL")],
    "region_page": [Finding("yearly", "inquiries", "RU-SVE")],
    "coverage_bars": [Finding("coverage", "inquiries", "ALL")],
    "ratio_intervals": [Finding("before_after", "inquiries", "RU-SVE")],
    "annual_months": [Finding("annual_months", "inquiries", "ALL", baseline="2022")],
    "counterfactual": [
        Finding("course", "inquiries", "ALL", series=(SeriesPoint(STOP, STOP.replace(year=2023), None, False),))
    ],
    "cumulative_incidence": [Finding("conversion", "offers", "ALL", baseline="before")],
    "tile_map": [Finding("before_after", "inquiries", "RU-SVE", caveats=("not_recorded",))],
    "rank_intervals": [Finding("regions_compared", "inquiries", "ALL")],
    "placebo_strip": [Finding("placebo", "inquiries", "ALL")],
    "placebo_dates": [Finding("placebo", "inquiries", "ALL")],
    "change_points": [Finding("change_points", "inquiries", "ALL")],
    "monthly_columns": [Finding("monthly", "inquiries", "ALL")],
    "dumbbell": [Finding("phases", "inquiries", "RU-SVE")],
    "window_steps": [Finding("before_after", "inquiries", "ALL")],
    "waterfall": [Finding("before_after", "inquiries", "ALL")],
    "event_calendar": [Finding("activities", "activities", "RU-SVE")],
}


def test_every_drawing_is_strained_and_met_with_nothing_known() -> None:
    assert {case[0] for case in CASES.values()} == set(DRAWINGS)
    assert set(EMPTY) == set(DRAWINGS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_no_label_meets_another_or_the_edge(name: str, language: Language) -> None:
    drawing, findings, changes = CASES[name]
    assert find_faults(DRAWINGS[drawing](findings, make_spec(language, **changes))) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("drawing", DRAWINGS)
def test_where_nothing_is_known_the_chart_says_so(drawing: str, language: Language) -> None:
    figure = DRAWINGS[drawing](EMPTY[drawing], make_spec(language))
    assert find_faults(figure) == []
    assert [label.text for label in measure_labels(figure)] == ["keine Angaben" if language == "de" else "no data"]


@pytest.mark.parametrize("stop", [None, STOP.replace(year=1999), STOP.replace(year=2024, month=12)])
@pytest.mark.parametrize("name", ["course", "months", "levels", "placebo dates", "calendar", "years short after"])
def test_a_stop_anywhere_or_nowhere_spoils_no_chart(name: str, stop) -> None:
    drawing, findings, changes = CASES[name]
    assert find_faults(DRAWINGS[drawing](findings, make_spec("de", **{**changes, "stop": stop}))) == []


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_the_same_findings_give_the_same_bytes(drawing: str) -> None:
    _, findings, changes = next(case for case in CASES.values() if case[0] == drawing)
    first, second = (render_svg(DRAWINGS[drawing](findings, make_spec("de", **changes))) for _ in range(2))
    assert first == second
