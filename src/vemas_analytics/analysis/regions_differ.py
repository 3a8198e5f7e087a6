"""Whether the regions changed differently: one test for all of them, for each baseline."""

from typing import Final

from vemas_analytics.analysis.before_after import BASELINES, MEASURES_FROM_OUTSIDE
from vemas_analytics.analysis.caveats import coverage_caveats, order_caveats
from vemas_analytics.analysis.estimators import homogeneity_p_value
from vemas_analytics.analysis.material import Material
from vemas_analytics.analysis.monthly_cells import count_months
from vemas_analytics.analysis.tabulate import tabulate
from vemas_analytics.model.finding import Estimate, Finding
from vemas_analytics.model.names import RUSSIA, TOTAL, Measure

COLUMNS: Final = ("region", "n_before", "n_after")


def find_regions_differ(material: Material) -> list[Finding]:
    """Test that all regions share one change, for inquiries and offers and every baseline.

    Intervals of single regions that overlap do not tell that the regions are alike, nor do those of the first and
    the last of many that lie apart tell that they differ.

    Parameters
    ----------
    material : Material

    Returns
    -------
    list of Finding
        Question ``regions_differ``, region ALL; the estimate has no value, only the p-value of
        `vemas_analytics.analysis.estimators.homogeneity_p_value`; None where nothing can be compared. Table columns
        as `COLUMNS`, a row per region with records on either side, in order of code.
    """
    return [_finding(material, measure, baseline) for measure in MEASURES_FROM_OUTSIDE for baseline in BASELINES]


def _finding(material: Material, measure: Measure, baseline: str) -> Finding:
    cells = count_months(material, measure, baseline)
    rows = [
        (region, cells.n_before(code), cells.n_after(code))
        for code, region in enumerate(material.regions)
        if region not in {RUSSIA, TOTAL} and cells.comparable and cells.counts[code].sum() > 0
    ]
    p_value = homogeneity_p_value([row[2] for row in rows], [row[1] for row in rows]) if rows else None
    total = material.regions.index(TOTAL)
    return Finding(
        question="regions_differ",
        measure=measure,
        region=TOTAL,
        baseline=baseline,
        estimate=None if p_value is None else Estimate(None, unit="ratio", p_value=p_value),
        n_before=cells.n_before(total) if cells.comparable else None,
        n_after=cells.n_after(total) if cells.comparable else None,
        days_before=cells.days_before,
        days_after=cells.days_after,
        caveats=order_caveats((*coverage_caveats(material.coverage(measure)), "not_causal")),
        table=tabulate(COLUMNS, rows),
        sources=cells.records.cite(total, cells.placed),
    )
