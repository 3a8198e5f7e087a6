"""Names of regions and of what a finding shows, short enough for a chart."""

from typing import cast

from vemas_analytics.charts.canvas import Canvas
from vemas_analytics.charts.spec import ChartSpec
from vemas_analytics.model.finding import Finding
from vemas_analytics.model.names import TOTAL, Measure
from vemas_analytics.reference.measures import read_measures
from vemas_analytics.reference.regions import read_regions
from vemas_analytics.reference.texts import read_texts


def region_name(code: str, spec: ChartSpec) -> str:
    """Return the short name of a region in the chart's language; ``spec.labels`` wins."""
    if code in spec.labels:
        return spec.labels[code]
    texts = read_texts(spec.language)
    if f"chart.regions.{code}" in texts:
        return texts.text(f"chart.regions.{code}")
    return read_regions().short(code, spec.language)


def finding_name(finding: Finding, spec: ChartSpec) -> str:
    """Return what a finding is called in a chart of several: its label, else its region."""
    return spec.labels.get(finding.key) or region_name(finding.region, spec)


def fit_text(canvas: Canvas, text: str, width: float, role: str = "text", weight: int = 400) -> str:
    """Return ``text``, shortened with an ellipsis when it is wider than ``width`` millimetres."""
    if canvas.width_of(text, role, weight) <= width + 1e-6:
        return text
    for length in range(len(text) - 1, 0, -1):
        shorter = text[:length].rstrip(" -·,.") + "…"
        if canvas.width_of(shorter, role, weight) <= width:
            return shorter
    return ""


def measure_name(finding: Finding, spec: ChartSpec) -> str:
    """Return what a finding of several measures is called: its label, else its measure, with the region if not all."""
    if finding.key in spec.labels:
        return spec.labels[finding.key]
    measure = read_measures()[cast("Measure", finding.measure)].label[spec.language]
    if finding.region == TOTAL:
        return measure
    return f"{measure}, {region_name(finding.region, spec)}"
