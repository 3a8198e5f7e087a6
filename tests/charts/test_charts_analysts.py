"""What the drawings for analysts show: values in their place, sums that add up, no more claimed than is known."""

import datetime as dt
import itertools
from dataclasses import replace

import numpy as np
import pytest
from awkward_findings import (
    make_change_points,
    make_changes,
    make_compared,
    make_course,
    make_curves,
    make_events,
    make_monthly,
    make_placebo,
)
from chart_findings import STOP, make_activities, make_change, make_phases, make_spec
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle

from vemas_analytics.charts import (
    draw_change_points,
    draw_counterfactual,
    draw_cumulative_incidence,
    draw_dumbbell,
    draw_event_calendar,
    draw_monthly_columns,
    draw_placebo_dates,
    draw_placebo_strip,
    draw_rank_intervals,
    draw_tile_map,
    draw_waterfall,
)
from vemas_analytics.charts.change_class import absent_class, classify_change, read_region_values
from vemas_analytics.charts.mark_shapes import mark_shape
from vemas_analytics.model.finding import Estimate, Finding
from vemas_analytics.reference.region_table import read_regions
from vemas_analytics.reference.theme import read_theme
from vemas_analytics.reference.tile_labels import read_tile_labels

_SAMPLE_MM = 3.3
"""Lines this short are samples in the key."""


def _rgb(role: str) -> tuple[float, float, float]:
    colour = read_theme().colour(role)
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def _texts(figure: Figure) -> list[str]:
    return [text.get_text().replace("\u00a0", " ") for text in figure.axes[0].texts]


def _bars(figure: Figure, role: str) -> list[Rectangle]:
    wanted = pytest.approx(_rgb(role), abs=0.003)
    found = [
        patch
        for patch in figure.axes[0].patches
        if isinstance(patch, Rectangle) and patch.get_facecolor()[:3] == wanted
    ]
    return sorted(found, key=lambda patch: -float(patch.get_y()))


def _paths(figure: Figure, role: str) -> list[PathPatch]:
    wanted = pytest.approx(_rgb(role), abs=0.003)
    found = [p for p in figure.axes[0].patches if isinstance(p, PathPatch) and p.get_edgecolor()[:3] == wanted]
    return [path for path in found if float(np.ptp(path.get_path().vertices[:, 0])) > _SAMPLE_MM]


def _shapes(figure: Figure, role: str) -> list[PolyCollection]:
    wanted = pytest.approx(_rgb(role), abs=0.003)
    found = [item for item in figure.axes[0].collections if isinstance(item, PolyCollection)]
    return [item for item in found if item.get_facecolor()[0][:3] == wanted]


def test_the_expectation_is_dashed_after_the_stop_and_solid_before() -> None:
    figure = draw_counterfactual([make_course(2018, 2024, 4.0), make_monthly(2018, 2024, [4, 3])], make_spec())
    (fitted,), (forecast,) = _paths(figure, "ink"), _paths(figure, "stop")
    assert fitted.get_linestyle() == "solid"
    assert forecast.get_linestyle() != "solid"
    assert max(fitted.get_path().vertices[:, 0]) == pytest.approx(min(forecast.get_path().vertices[:, 0]))


def test_the_shortfall_is_hatched_between_expectation_and_count_only_after_the_stop() -> None:
    figure = draw_counterfactual([make_course(2018, 2024, 4.0), make_monthly(2018, 2024, [9, 1, 9])], make_spec())
    wanted = pytest.approx(_rgb("stop"), abs=0.003)
    hatches = [
        line for line in figure.axes[0].collections
        if isinstance(line, LineCollection) and line.get_colors()[0][:3] == wanted and len(line.get_segments()) > 5
    ]  # fmt: skip
    (hatch,) = hatches
    (forecast,) = _paths(figure, "stop")
    begin, top = min(forecast.get_path().vertices[:, 0]), max(forecast.get_path().vertices[:, 1])
    points = [point for segment in hatch.get_segments() for point in segment]
    assert min(x for x, _ in points) >= begin - 1e-6
    assert max(y for _, y in points) <= top + 1e-6
    estimate = make_course(2018, 2024, 4.0).estimate
    assert estimate is not None
    assert f"rechnerischer Ausfall: {round(estimate.value or 0)}" in _texts(figure)


def test_months_are_columns_in_proportion() -> None:
    figure = draw_monthly_columns(make_monthly(2015, 2015, [2, 0, 6]), make_spec())
    (columns,) = _shapes(figure, "accent")
    heights = [max(path.vertices[:, 1]) - min(path.vertices[:, 1]) for path in columns.get_paths()]
    assert len(heights) == 8, "a month of zero has no column"
    assert max(heights) == pytest.approx(3 * min(heights))
    assert "6" in _texts(figure)


def test_levels_stand_at_their_height_from_their_month() -> None:
    figure = draw_change_points([make_change_points([6, 3]), make_monthly(2012, 2016, [6])], make_spec())
    first, second = sorted(_paths(figure, "ink"), key=lambda path: path.get_path().vertices[0][0])
    assert first.get_path().vertices[1][0] == pytest.approx(second.get_path().vertices[0][0])
    assert first.get_path().vertices[0][1] > second.get_path().vertices[0][1]
    assert {"ab Oktober 2012", "6,0 je Monat", "3,0 je Monat"} <= set(_texts(figure))


@pytest.mark.parametrize(("ratios", "words"), [
    ([0.5, 0.9, 1.4], "Von 4 geprüften Zeitpunkten zeigt nur die Aussetzung selbst einen so starken Sprung."),
    (
        [0.05, 12.0, 1.4],
        "An 3 von 4 geprüften Zeitpunkten, die Aussetzung mitgezählt, ist der Sprung mindestens so stark.",
    ),
])  # fmt: skip
def test_the_share_at_least_as_extreme_counts_both_directions(ratios, words) -> None:
    for drawing in (draw_placebo_strip, draw_placebo_dates):
        assert words in _texts(drawing(make_placebo(ratios, 0.1), make_spec()))


def test_every_false_stop_has_its_mark() -> None:
    figure = draw_placebo_strip(make_placebo([0.5 + 0.01 * i for i in range(80)], 0.9), make_spec())
    light, dark = _shapes(figure, "paper"), _shapes(figure, "accent")
    assert sum(len(item.get_paths()) for item in (*light, *dark)) == 80
    assert dark, "some are as strong as a step of a tenth"


def test_curves_are_steps_and_before_and_after_share_one_scale() -> None:
    findings = [make_curves((0.4,)), make_curves((0.2,), side="after")]
    before, after = _paths(draw_cumulative_incidence(findings, make_spec()), "accent")
    ends = [path.get_path().vertices[-1][1] - path.get_path().vertices[0][1] for path in (before, after)]
    assert ends[0] == pytest.approx(2 * ends[1])
    steps = before.get_path().vertices
    assert all(a[0] == pytest.approx(b[0]) or a[1] == pytest.approx(b[1]) for a, b in itertools.pairwise(steps))


def test_horizons_alone_are_joined_by_straight_lines_and_marked() -> None:
    (path,) = _paths(draw_cumulative_incidence([make_curves((0.4,), question="conversion")], make_spec()), "accent")
    assert len(path.get_path().vertices) == 4


@pytest.mark.parametrize(
    ("ratio", "kind"),
    [(0.1, "fall_90"), (0.11, "fall_75"), (0.3, "fall_50"), (0.9, "fall_less"), (1.0, "fall_less"), (1.01, "rise")],
)
def test_classes_of_change(ratio: float, kind: str) -> None:
    assert classify_change(ratio) == kind


@pytest.mark.parametrize(
    ("finding", "kind"),
    [
        (make_change(0.0, 0.0, 0.9, 5, 0, region="RU-TA"), "zero_after"),
        (make_change(0.5, 0.1, 9.0, 4, 2, region="RU-TA"), "too_few"),
        (make_change(None, None, None, 30, 2, region="RU-TA"), "not_estimable"),
        (make_change(None, None, None, 0, 0, region="RU-TA"), "none"),
        (make_change(None, None, None, None, None, region="RU-TA"), "not_recorded"),
        (replace(make_change(None, None, None, 0, 0, region="RU-TA"), caveats=("coverage_partial",)), "not_recorded"),
        (replace(make_change(0.5, 0.1, 0.9, 9, 2, region="RU-TA"), caveats=("coverage_partial",)), "not_estimable"),
        (Finding("after_stop", "inquiries", "RU-TA", estimate=Estimate(7.0)), "count_5"),
        (Finding("after_stop", "inquiries", "RU-TA", estimate=Estimate(0.0)), "none"),
        (make_phases(((60, 1.0), (50, 1.0), (None, None), (0, 0.0)), region="RU-TA"), "count_100"),
    ],
)
def test_a_tile_claims_no_more_than_is_known(finding: Finding, kind: str) -> None:
    assert read_region_values([finding])["RU-TA"].kind == kind


@pytest.mark.parametrize(
    ("before", "after", "ratio", "kind"),
    [
        (6, 0, 0.0, "zero_after"),
        (99, 2, 0.072, "fall_90"),
        (53, 2, 0.134, "fall_75"),
        (4, 0, 0.0, "too_few"),
        (4, 3, 2.6, "rise"),
        (0, 7, None, "not_estimable"),
    ],
)
def test_regions_compared_are_coloured_by_what_the_tile_counts(before, after, ratio, kind) -> None:
    """The smoothed value of every region here is a fall of more than 90 %."""
    compared = make_compared(("RU-PER",), 0.05)
    table = compared.table
    assert table is not None
    row = dict(zip(table.columns, table.rows[0], strict=True)) | {"n_before": before, "n_after": after, "ratio": ratio}
    finding = replace(compared, table=replace(table, rows=(tuple(row.values()),)))
    assert read_region_values([finding])["RU-PER"].kind == kind


def test_a_region_that_nobody_names_has_none_only_where_the_list_was_kept() -> None:
    kept = make_change(0.1, 0.05, 0.2, region="RU-SVE")
    assert absent_class([kept]) == "none"
    assert absent_class([replace(kept, caveats=("coverage_partial",))]) == "not_recorded"


def test_the_map_has_all_83_subjects_each_in_its_own_place() -> None:
    figure = draw_tile_map(make_compared(("RU-SVE", "RU-TA"), 0.1), make_spec(height_mm=115.0))
    labels = read_tile_labels()
    assert set(labels["de"]) == set(labels["en"]) == set(read_regions().codes)
    for language in ("de", "en"):
        assert len(set(labels[language].values())) == 83
        assert max(map(len, labels[language].values())) <= 5
    texts = _texts(figure)
    assert all(label in texts for label in labels["de"].values())
    assert {"100→1", "50→2"} <= set(texts)


def test_ranks_tell_their_range_and_stand_in_order() -> None:
    texts = _texts(draw_rank_intervals(make_compared(("RU-TA", "RU-SVE", "RU-PER")), make_spec()))
    names = [text for text in texts if text in ("Tatarstan", "Swerdlowsk", "Perm")]
    assert names == ["Tatarstan", "Swerdlowsk", "Perm"]
    assert {"1 (1–3)", "2 (1–3)", "3 (1–3)"} <= set(texts)


def test_the_larger_region_comes_first_and_its_rates_are_printed() -> None:
    rows = [
        make_phases(((9, 2.0), (9, 1.5), (3, 1.0), (1, 0.5)), region="RU-PER"),
        make_phases(((9, 2.0), (9, 8.0), (3, 1.0), (1, 0.5)), region="RU-TA"),
        make_phases(((9, 2.0), (9, 90.0), (3, 1.0), (1, 0.5)), region="ALL"),
    ]
    texts = _texts(draw_dumbbell(rows, make_spec()))
    assert texts.index("Tatarstan") < texts.index("Perm")
    assert {"8,0", "1,5", "0,5"} <= set(texts)
    assert "90,0" not in texts, "the total would drown the regions"


def _printed(figure: Figure) -> list[float]:
    numbers = [text.split(" ")[0].replace("−", "-").replace("+", "").replace(",", ".") for text in _texts(figure)]
    found = []
    for number in numbers:
        try:
            found.append(float(number))
        except ValueError:
            continue
    return found


@pytest.mark.parametrize("scale", [0.35, 1.0, 2.7])
def test_the_printed_steps_of_a_waterfall_add_up(scale: float) -> None:
    findings = make_changes(("RU-SVE", "RU-TA", "RU-SPE", "RU-KLU", "RU-NIZ"), scale)
    before, *steps, after = _printed(draw_waterfall(findings, make_spec(height_mm=80.0)))
    assert before + sum(steps) == pytest.approx(after, abs=1e-9)


def test_records_of_several_regions_stand_in_a_row_of_their_own() -> None:
    *regions, total = make_changes(("RU-SVE", "RU-TA"))
    figure = draw_waterfall([*regions, replace(total, n_before=70)], make_spec(height_mm=60.0))
    before, *steps, after = _printed(figure)
    assert before == pytest.approx(70 * 365.25 / 2000, abs=0.05)
    assert before + sum(steps) == pytest.approx(after, abs=1e-9)
    assert "Abzug Mehrfachzuordnung" in _texts(figure)


def test_bars_of_a_waterfall_hang_together() -> None:
    figure = draw_waterfall(make_changes(("RU-SVE", "RU-TA", "RU-SPE")), make_spec(height_mm=60.0))
    falls, (before,) = _bars(figure, "bad"), _bars(figure, "accent_mid")
    right = before.get_x() + before.get_width()
    for bar in falls[:2]:
        assert bar.get_x() + bar.get_width() == pytest.approx(right)
        right = bar.get_x()


def test_the_calendar_tells_kinds_by_shape_and_held_from_cancelled() -> None:
    day = dt.date(2015, 5, 25)
    rows = [(day, "day", "trade_fair", "held"), (day.replace(year=2016), "day", "forum", "cancelled")]
    figure = draw_event_calendar(make_activities(rows, region="RU-SVE"), make_spec())
    assert "Swerdlowsk (1)" in _texts(figure)
    assert {"Messe", "Forum", "abgesagt"} <= set(_texts(figure))
    held = {len(path.vertices) for item in _shapes(figure, "accent") for path in item.get_paths()}
    cancelled = {len(path.vertices) for item in _shapes(figure, "paper") for path in item.get_paths()}
    assert len(mark_shape("trade_fair", 0, 0, 1)) + 1 in held
    assert len(mark_shape("forum", 0, 0, 1)) + 1 in cancelled
    kinds = ("business_trip", "delegation", "trade_fair", "political", "forum", "sundry")
    assert len({mark_shape(kind, 0.0, 0.0, 1.0) for kind in kinds}) == len(kinds)


def test_the_list_of_all_regions_gives_each_region_its_row() -> None:
    one = make_activities([(dt.date(2015, 5, 25), "day", "forum", "held")])
    assert "Swerdlowsk (1)" in _texts(draw_event_calendar(one, make_spec()))
    both = [one, *make_events(("RU-TA",), 2)]
    assert not any(text.startswith("Swerdlowsk") for text in _texts(draw_event_calendar(both, make_spec())))


def test_a_mark_never_steps_across_the_stop() -> None:
    rows = [(STOP - dt.timedelta(days=days), "day", "forum", "held") for days in (3, 2, 1)]
    figure = draw_event_calendar(make_activities(rows, region="RU-SVE"), make_spec(height_mm=24.0))
    line = max(
        (line for line in figure.axes[0].collections if isinstance(line, LineCollection)),
        key=lambda line: line.get_linewidths()[0],
    )
    at = line.get_segments()[0][0][0]
    marks = [path for item in _shapes(figure, "accent") for path in item.get_paths() if len(path.vertices) == 5]
    centres = [(max(path.vertices[:, 0]) + min(path.vertices[:, 0])) / 2 for path in marks]
    assert all(centre < at for centre in centres)
