"""Every drawing of the demo and of the public record, in both languages, as a report would ask for it."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from chart_labels import find_faults

from vemas_analytics import analyse, build_panel, load
from vemas_analytics.charts import DRAWINGS, ChartSpec, draw, mark_breaks, mark_phases
from vemas_analytics.model.document import ChartRef
from vemas_analytics.model.finding import Finding, Findings
from vemas_analytics.model.names import LANGUAGES, Language
from vemas_analytics.model.panel import Panel
from vemas_analytics.reference.chart_alt import RULES, alternative_text

DATA = Path(__file__).parents[2] / "data"
SOURCES = ("demo", "public_record")
LEAD = "RU-SVE"
ASKED: dict[str, tuple[float, tuple[tuple[str | None, ...], ...]]] = {
    "yearly_columns": (58.0, (("yearly", "inquiries", "ALL"),)),
    "small_multiples": (120.0, (("yearly", "offers"),)),
    "phase_columns": (60.0, (("phases", "trips", "ALL"),)),
    "activity_strip": (60.0, (("activities", None, "ALL"),)),
    "region_page": (85.0, (("yearly", "inquiries", LEAD), ("activities", None, LEAD))),
    "coverage_bars": (50.0, (("coverage",),)),
    "ratio_intervals": (160.0, (("before_after", "inquiries", None, "all_before"),)),
    "counterfactual": (62.0, (("course", "offers", "ALL"), ("monthly", "offers", "ALL"))),
    "cumulative_incidence": (46.0, (("conversion_curve", "inquiries", "ALL"),)),
    "tile_map": (92.0, (("before_after", "offers", None, "all_before"),)),
    "rank_intervals": (105.0, (("regions_compared", "offers"),)),
    "placebo_strip": (50.0, (("placebo", None, "ALL"),)),
    "placebo_dates": (60.0, (("placebo", "inquiries", LEAD),)),
    "change_points": (46.0, (("change_points", "offers", "ALL"), ("monthly", "offers", "ALL"))),
    "monthly_columns": (50.0, (("monthly", "trips", "ALL"),)),
    "dumbbell": (100.0, (("phases", "offers"),)),
    "window_steps": (50.0, (("before_after", "inquiries", "ALL", "phase_II"),)),
    "waterfall": (100.0, (("before_after", "offers", None, "phase_II"),)),
    "event_calendar": (120.0, (("activities",),)),
}
"""Height and finding parts of each drawing; `annual_months` belongs to the annual review."""


@lru_cache(maxsize=len(SOURCES))
def _analysed(source: str) -> tuple[Panel, Findings]:
    settings, tables = load(DATA / source)
    panel = build_panel(tables, settings)
    return panel, analyse(tables, panel)


def _asked(drawing: str, findings: Findings) -> Iterator[Finding]:
    for parts in ASKED[drawing][1]:
        yield from findings.select(*parts)


def _options(panel: Panel, language: Language) -> dict[str, object]:
    stop = panel.settings.stop.effective_from
    spec = ChartSpec(breaks=mark_breaks(panel.settings.breaks, language), phases=mark_phases(panel.phases, language))
    bands = {"breaks": spec.breaks, "phases": spec.phases}
    return {
        "stop": stop.isoformat(),
        **{
            name: [{"key": b.key, "label": b.label, "start": b.start, "end": b.end} for b in shown]
            for name, shown in bands.items()
        },
    }


def test_every_drawing_is_asked_for() -> None:
    assert {*ASKED, "annual_months"} == set(DRAWINGS) == set(RULES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("drawing", ASKED)
def test_no_label_meets_another_or_the_edge(drawing: str, source: str, language: Language) -> None:
    panel, findings = _analysed(source)
    keys = tuple(finding.key for finding in _asked(drawing, findings))
    assert keys
    ref = ChartRef("c", drawing, keys, "", "", "", height_mm=ASKED[drawing][0], options=_options(panel, language))
    assert find_faults(draw(ref, findings, language)) == []


@pytest.mark.parametrize("drawing", ASKED)
def test_the_alternative_text_of_the_demo_says_a_number_in_both_languages(drawing: str) -> None:
    _, findings = _analysed("demo")
    texts = [alternative_text(drawing, list(_asked(drawing, findings)), language) for language in LANGUAGES]
    assert len(set(texts)) == 2
    for text in texts:
        message = text.split(". ", 1)[1]
        assert any(sign.isdigit() for sign in message), text
        assert text.endswith("."), text


def test_alternative_texts_tell_the_shortfall_and_say_when_nothing_is_known() -> None:
    _, demo = _analysed("demo")
    _, public = _analysed("public_record")
    course = demo.get("course", "inquiries", "ALL")
    assert course is not None
    assert course.estimate is not None
    text = alternative_text("counterfactual", [course], "de")
    for number in (course.estimate.value, course.estimate.low, course.estimate.high):
        assert str(round(number or 0)) in text
    assert alternative_text("counterfactual", public.select("course", "inquiries", "ALL"), "de").endswith(
        "Keine Angaben."
    )
    partial = alternative_text("activity_strip", public.select("activities", None, "ALL"), "de")
    assert "Mindestens" in partial
    named = alternative_text("dumbbell", demo.select("phases", "inquiries"), "de", labels={LEAD: "Unsere Region"})
    assert "Unsere Region" in named
