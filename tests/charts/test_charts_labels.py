"""Every label of every drawing is measured: none overlaps another, none is cut off, none is too small."""

import pytest
from chart_findings import (
    REGIONS,
    make_change,
    make_coverage,
    make_months,
    make_phases,
    make_spec,
    make_yearly,
    many_activities,
)
from chart_labels import find_faults, measure_labels
from matplotlib.figure import Figure
from matplotlib.text import Text

from vemas_analytics.charts import DRAWINGS
from vemas_analytics.model.finding import Finding
from vemas_analytics.model.names import LANGUAGES, Language

ORDINARY = (62, 71, 58, 44, 41, 47, 52, 49, 31, 38, 5, 9, 4, 2)
PLAIN_PHASES = ((120, 46.4), (260, 46.6), (60, 30.2), (19, 6.7))


def _regions(first: int, last: int, scale: float, count: int) -> list[Finding]:
    return [
        make_yearly(first, last, [round(value * scale / (i + 1)) for value in ORDINARY], region=code)
        for i, code in enumerate(REGIONS[:count])
    ]


CASES: dict[str, tuple[str, list[Finding], dict[str, object]]] = {
    "yearly plain": ("yearly_columns", [make_yearly(2012, 2024, ORDINARY)], {}),
    "yearly large, 25 years": ("yearly_columns", [make_yearly(2001, 2025, [1200, 2000, 1999, 3, 0, 958])], {}),
    "yearly large, 12 years": ("yearly_columns", [make_yearly(2013, 2024, [2000, 1871, 1999, 1500])], {}),
    "yearly zeros": ("yearly_columns", [make_yearly(2012, 2024, [0])], {}),
    "yearly gaps": ("yearly_columns", [make_yearly(2008, 2024, [None, None, 5, 12, None, 7])], {}),
    "yearly partial": ("yearly_columns", [make_yearly(2001, 2023, [0, 3, 7, 1, 12], covered=False)], {}),
    "yearly stop at the edge": ("yearly_columns", [make_yearly(2012, 2022, ORDINARY)], {}),
    "yearly after only": ("yearly_columns", [make_yearly(2022, 2024, [3, 2, 1])], {}),
    "yearly value": (
        "yearly_columns",
        [make_yearly(2012, 2024, [12_345_678, 999_000, 0], measure="offer_value_eur")],
        {},
    ),
    "yearly narrow": ("yearly_columns", [make_yearly(2012, 2024, ORDINARY)], {"width_mm": 120.0, "height_mm": 45.0}),
    "multiples 1": ("small_multiples", _regions(2012, 2024, 1, 1), {}),
    "multiples 6": ("small_multiples", _regions(2012, 2024, 1, 6), {"height_mm": 90.0}),
    "multiples 20": ("small_multiples", _regions(2001, 2025, 28, 20), {"height_mm": 170.0}),
    "multiples zeros": ("small_multiples", _regions(2012, 2024, 0, 5), {"height_mm": 90.0}),
    "phases plain": (
        "phase_columns",
        [make_phases(PLAIN_PHASES), make_change(0.14, 0.1, 0.2), make_change(0.2, 0.1, 0.3, baseline="all_before")],
        {},
    ),
    "phases three panels": (
        "phase_columns",
        [
            make_phases(PLAIN_PHASES),
            make_change(0.14, 0.1, 0.2),
            make_phases(((20, 8.1), (40, 7.1), (None, None), (0, 0.0)), region="RU-SVE"),
            make_change(0.0, 0.0, 0.2, 40, 0, region="RU-SVE"),
            make_phases(((2000, 1871.5), (3, 7.1), (6, 6.0), (7, 4.0)), region="RU-TA"),
        ],
        {},
    ),
    "phases partial": (
        "phase_columns",
        [make_phases(((26, None), (18, None), (2, None), (0, None)), measure="trips", state="partial")],
        {},
    ),
    "strip": ("activity_strip", [many_activities(90)], {}),
    "strip crowded": ("activity_strip", [many_activities(400)], {"height_mm": 50.0}),
    "region": (
        "region_page",
        [make_yearly(2012, 2024, ORDINARY), many_activities(40)],
        {"height_mm": 85.0, "y_max": 80.0},
    ),
    "region without activities": ("region_page", [make_yearly(2012, 2024, ORDINARY)], {}),
    "coverage": ("coverage_bars", make_coverage(), {"height_mm": 50.0}),
    "intervals": (
        "ratio_intervals",
        [
            make_change(0.1, 0.05, 0.2, 2000, 209, region="RU-SVE"),
            make_change(0.0, 0.0, 0.3, 40, 0, region="RU-TA"),
            make_change(1.4, 0.5, 3.9, 12, 8, region="RU-NIZ"),
            make_change(0.5, 0.1, None, 9, 4, region="RU-KLU"),
            make_change(None, None, None, None, None, region="RU-SPE"),
            make_change(0.5, 0.1, 9.0, 2, 1, region="RU-MOW"),
            make_change(0.14, 0.11, 0.19, 2062, 219),
        ],
        {},
    ),
    "months": ("annual_months", [make_months([5, 6, 4, 1, 0, 2, 1, 0, None, 0, 1, 0], [7] * 12, [6.2] * 12)], {}),
    "months large": ("annual_months", [make_months([2000] * 12, [1999] * 12, [1850.0] * 12)], {}),
    "nothing known": ("yearly_columns", [Finding("yearly", "inquiries", "ALL")], {}),
}  # fmt: skip


def _draw(name: str, language: Language) -> Figure:
    drawing, findings, changes = CASES[name]
    return DRAWINGS[drawing](findings, make_spec(language, **changes))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_no_label_meets_another_or_the_edge(name: str, language: Language) -> None:
    assert find_faults(_draw(name, language)) == []


@pytest.mark.parametrize("name", CASES)
def test_type_is_large_enough_and_in_the_report_font(name: str) -> None:
    figure = _draw(name, "de")
    assert min(label.size for label in measure_labels(figure)) >= 7.5
    families = {family for text in figure.findobj(Text) if text.get_text() for family in text.get_fontfamily()}
    assert families == {"Fira Sans"}


@pytest.mark.parametrize(
    "name", [name for name in CASES if name.startswith(("yearly p", "yearly l", "multiples 6", "strip", "region"))]
)
def test_the_stop_is_labelled_with_its_day(name: str) -> None:
    texts = [label.text for label in measure_labels(_draw(name, "de"))]
    assert texts.count("Aussetzung 24.02.2022") == 1
    assert "COVID-19" in texts
    assert "EU-Sanktionen" in texts
