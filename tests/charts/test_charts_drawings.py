"""What the drawings show: columns in proportion, time cut at the day, honest gaps, the same bytes each time."""

import datetime as dt
import xml.etree.ElementTree as ET

import pytest
from chart_findings import STOP, make_activities, make_change, make_phases, make_spec, make_yearly
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from vemas_analytics.charts import (
    DRAWINGS,
    TimeBand,
    draw,
    draw_activity_strip,
    draw_phase_columns,
    draw_ratio_intervals,
    draw_region_page,
    draw_small_multiples,
    draw_yearly_columns,
    mark_breaks,
    mark_phases,
    render_svg,
)
from vemas_analytics.errors import OptionError
from vemas_analytics.model.document import ChartRef
from vemas_analytics.model.finding import Findings
from vemas_analytics.model.settings import DEFAULT_BREAKS, Stop, default_phases
from vemas_analytics.reference.theme import read_theme


def _columns(figure: Figure, role: str = "accent", accent: str = "") -> list[Rectangle]:
    """Return the rectangles filled with the colour of a role, from left to right."""
    wanted = read_theme(accent).colour(role)
    red, green, blue = (int(wanted[i : i + 2], 16) / 255 for i in (1, 3, 5))
    found = [
        patch
        for patch in figure.axes[0].patches
        if isinstance(patch, Rectangle) and patch.get_facecolor()[:3] == pytest.approx((red, green, blue), abs=0.003)
    ]
    return sorted(found, key=lambda patch: float(patch.get_x()))


def _texts(figure: Figure) -> list[str]:
    return [text.get_text().replace("\u00a0", " ") for text in figure.axes[0].texts]


def _hatched(figure: Figure) -> bool:
    wanted = read_theme().colour("hatch")
    red = int(wanted[1:3], 16) / 255
    return any(
        line.get_colors()[0][0] == pytest.approx(red, abs=0.003) and len(line.get_segments()) > 3
        for line in figure.axes[0].collections
        if isinstance(line, LineCollection)
    )


def test_columns_are_as_high_as_their_values_from_a_zero_baseline() -> None:
    bars = _columns(draw_yearly_columns([make_yearly(2015, 2018, [10, 20, 5, 40])], make_spec()))
    heights = [bar.get_height() for bar in bars]
    assert [height / heights[0] for height in heights] == pytest.approx([1, 2, 0.5, 4])
    assert len({bar.get_y() for bar in bars}) == 1


def test_the_year_of_the_stop_is_two_columns_as_wide_as_their_days() -> None:
    bars = _columns(draw_yearly_columns([make_yearly(2021, 2023, [30, 6, 6, 3])], make_spec()))
    year, before, after, _ = (bar.get_width() for bar in bars)
    seams = 2 * 0.15
    assert before + after + seams == pytest.approx(year)
    assert (before + 0.15) / year == pytest.approx(54 / 365)
    shown = _texts(draw_yearly_columns([make_yearly(2021, 2023, [30, 6, 5, 3])], make_spec()))
    assert {"bis 23.02.: 6", "ab 24.02.: 5"} <= set(shown)


def test_unknown_years_are_hatched_and_named_while_zeros_are_zeros() -> None:
    gap = draw_yearly_columns([make_yearly(2012, 2024, [None, None, None, 4, 5])], make_spec())
    assert _hatched(gap)
    assert "nicht erfasst" in _texts(gap)
    zeros = draw_yearly_columns([make_yearly(2012, 2018, [0])], make_spec())
    assert not _hatched(zeros)
    assert _texts(zeros).count("0") == 7


def test_partial_records_are_lighter_and_say_at_least() -> None:
    figure = draw_yearly_columns([make_yearly(2015, 2017, [4, 0, 2], covered=False)], make_spec())
    assert _columns(figure) == []
    assert len(_columns(figure, "accent_light")) == 2
    assert {"≥ 4", "≥ 2"} <= set(_texts(figure))
    assert "0" not in _texts(figure), "a partial record knows no zeros"


def test_amounts_are_printed_in_thousand_euros() -> None:
    figure = draw_yearly_columns([make_yearly(2015, 2016, [1_234_567, 500], measure="offer_value_eur")], make_spec())
    assert "1.235" in _texts(figure)


def test_small_multiples_share_one_scale_and_stand_by_size_with_unknown_region_last() -> None:
    findings = [
        make_yearly(2015, 2015, [9], region="RU"),
        make_yearly(2015, 2015, [2], region="RU-TA"),
        make_yearly(2015, 2015, [8], region="RU-SVE"),
    ]
    figure = draw_small_multiples(findings, make_spec(labels={"RU-SVE": "Swerdlowsk", "RU-TA": "Tatarstan"}))
    heights = sorted(bar.get_height() for bar in _columns(figure))
    assert heights == pytest.approx([heights[2] * 2 / 9, heights[2] * 8 / 9, heights[2]])
    titles = [text for text in _texts(figure) if text in ("Swerdlowsk", "Tatarstan", "ohne Regionsangabe")]
    assert titles == ["Swerdlowsk", "Tatarstan", "ohne Regionsangabe"]


def test_a_common_scale_makes_region_pages_comparable() -> None:
    tall = draw_region_page([make_yearly(2015, 2016, [20])], make_spec(y_max=20.0))
    small = draw_region_page([make_yearly(2015, 2016, [5])], make_spec(y_max=20.0))
    assert _columns(small)[0].get_height() * 4 == pytest.approx(_columns(tall)[0].get_height())


def test_phase_columns_show_rates_and_the_change_against_the_named_phase() -> None:
    numbers = ((120, 46.4), (260, 46.6), (60, 30.2), (19, 6.7))
    figure = draw_phase_columns([make_phases(numbers), make_change(0.14, 0.1, 0.2)], make_spec())
    assert {"46,4", "6,7", "n = 19", "gegenüber Phase II: −86 % (−90 % bis −80 %)"} <= set(_texts(figure))
    assert len(_columns(figure, "accent_mid")) == 3
    assert len(_columns(figure, "accent")) == 1


def test_phases_without_rates_show_numbers_and_no_percentage() -> None:
    partial = make_phases(((26, None), (18, None), (2, None), (0, None)), measure="trips", state="partial")
    texts = _texts(draw_phase_columns([partial], make_spec()))
    assert {"≥ 26", "≥ 18", "≥ 2", "keine belegt"} <= set(texts)
    assert not any("%" in text for text in texts)


@pytest.mark.parametrize(
    ("finding", "wanted"),
    [
        (make_change(0.1, 0.05, 0.2), "−90 % (−95 % bis −80 %)"),
        (make_change(0.0, 0.0, 0.3, 40, 0), "mindestens 70 % weniger"),
        (make_change(0.5, 0.1, 9.0, 4, 2), "zu wenige Fälle"),
        (make_change(None, None, None), "nicht schätzbar"),
        (make_change(1.5, 0.5, None, 20, 9), "+50 % (ab −50 %)"),
    ],
)
def test_a_change_is_worded_with_what_is_known_of_it(finding, wanted) -> None:
    assert wanted in _texts(draw_ratio_intervals([finding], make_spec()))


def test_the_strip_counts_held_activities_only() -> None:
    day = dt.date(2015, 5, 25)
    rows = [
        (day, "day", "trade_fair", "held"),
        (day, "day", "trade_fair", "cancelled"),
        (day, "year", "trade_fair", "held"),
    ]
    assert "Messe (2)" in _texts(draw_activity_strip([make_activities(rows)], make_spec()))
    partial = make_activities(rows, caveats=("coverage_partial",))
    assert "Messe (≥ 2)" in _texts(draw_activity_strip([partial], make_spec()))


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_a_drawing_without_its_finding_is_a_fault_of_the_program(drawing: str) -> None:
    with pytest.raises(KeyError, match="needs"):
        DRAWINGS[drawing]([], make_spec())


def _ref(finding_key: str, **options: object) -> ChartRef:
    return ChartRef("c", "yearly_columns", (finding_key,), "Titel", "Aussage", "Alternativtext", 120.0, 50.0, options)


def test_draw_follows_the_reference_in_size_and_options() -> None:
    finding = make_yearly(2020, 2024, [5])
    options = {
        "stop": "2022-02-24",
        "breaks": [{"label": "COVID-19", "start": "2020-03-01", "end": "2021-06-01"}],
        "phases": [{"key": "I", "label": "davor", "start": None, "end": "2022-02-24"}],
    }
    figure = draw(_ref(finding.key, **options), Findings((finding,)), "en", accent="#7A1F3D")
    assert [inches * 25.4 for inches in figure.get_size_inches()] == pytest.approx([120, 50])
    assert {"Suspension 24 February 2022", "COVID-19", "I · davor"} <= set(_texts(figure))
    assert len(_columns(figure, "accent", "#7A1F3D")) == 6


def test_draw_refuses_what_it_does_not_know() -> None:
    finding = make_yearly(2020, 2024, [5])
    with pytest.raises(OptionError, match="colour_scheme"):
        draw(_ref(finding.key, colour_scheme="x"), Findings((finding,)), "de")
    with pytest.raises(KeyError, match="yearly/offers"):
        draw(_ref("yearly/offers/ALL/-/-"), Findings((finding,)), "de")


def test_svg_has_text_as_text_and_the_same_bytes_each_time() -> None:
    def picture() -> bytes:
        return render_svg(draw_yearly_columns([make_yearly(2012, 2024, [None, 7, 3])], make_spec()))

    first = picture()
    assert first == picture()
    words = [element.text for element in ET.fromstring(first).iter("{http://www.w3.org/2000/svg}text")]
    assert "Aussetzung 24.02.2022" in words
    assert b"date" not in first.lower()
    assert b"Matplotlib v" not in first


def test_labels_from_a_user_are_never_markup() -> None:
    band = TimeBand("$\\frac{a}{b}$ <b>&</b> 🙂", dt.date(2014, 8, 1), None)
    svg = render_svg(draw_yearly_columns([make_yearly(2012, 2024, [7])], make_spec(breaks=(band,))))
    words = [element.text for element in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]
    assert "$\\frac{a}{b}$ <b>&</b> ?" in words


def test_marks_of_the_settings_serve_a_notebook() -> None:
    assert [band.label for band in mark_breaks(DEFAULT_BREAKS, "de")] == ["EU-Sanktionen", "COVID-19"]
    phases = mark_phases(default_phases(Stop()), "en")
    assert [phase.key for phase in phases] == ["I", "II", "III", "IV"]
    assert phases[-1].start == STOP


def test_years_long_before_the_first_record_are_not_drawn() -> None:
    long_empty = make_yearly(2001, 2020, [None] * 11 + [5.0] * 9)
    years = {
        text for text in _texts(draw_yearly_columns([long_empty], make_spec())) if len(text) == 4 and text.isdigit()
    }
    assert min(years) == "2010"
    assert max(years) == "2020"
