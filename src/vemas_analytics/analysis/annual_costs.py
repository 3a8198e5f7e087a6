"""What a year cost as far as lists and settings state it, and what it can be divided by."""

from typing import Final

import numpy as np

from vemas_analytics.analysis.caveats import coverage_caveats, order_caveats
from vemas_analytics.analysis.firms import count_year_firms
from vemas_analytics.analysis.material import Material
from vemas_analytics.analysis.series import count_year
from vemas_analytics.analysis.tabulate import tabulate
from vemas_analytics.analysis.unit_costs import read_costs
from vemas_analytics.model.finding import Finding, Scalar
from vemas_analytics.model.names import TOTAL, Measure
from vemas_analytics.model.settings import EXPENDITURE_KINDS

COLUMNS: Final = (
    "year", "state", "n_trips", "n_cost_known", "cost_eur", "n_met", "n_contacts", "cost_met_eur",
    "n_firms", "n_inquiries", "n_orders", *(f"{kind}_eur" for kind in EXPENDITURE_KINDS),
)  # fmt: skip


def find_annual_costs(material: Material, year: int) -> list[Finding]:
    """State costs and amounts of the year and the year before, and the counts they can be divided by.

    Nothing is divided here and nothing allocated: that needs a key which only the organisation can give.

    Parameters
    ----------
    material : Material
    year : int

    Returns
    -------
    list of Finding
        Question ``annual_costs``, measure trips, the total, baseline the year; table columns as `COLUMNS`, two
        rows, the year before first. ``cost_eur`` is the sum over the ``n_cost_known`` held trips with a cost (None
        without any); ``n_contacts`` and ``cost_met_eur`` belong to the ``n_met`` of them whose companies are known
        too; counts are None where the list was not kept for the whole year; amounts of the settings are None where
        none is stated. Amounts in euros.
    """
    records, coverage = material.measures["trips"], material.coverage("trips")
    code = material.regions.index(TOTAL)
    inside = records.inside([count_year(material, "trips", year).period])
    return [
        Finding(
            question="annual_costs",
            measure="trips",
            region=TOTAL,
            method="sum",
            baseline=str(year),
            caveats=order_caveats([*coverage_caveats(coverage), "costs_incomplete"]),
            table=tabulate(COLUMNS, [_row(material, item) for item in (year - 1, year)]),
            sources=records.cite(code, inside),
        )
    ]


def _row(material: Material, year: int) -> tuple[Scalar, ...]:
    records, coverage = material.measures["trips"], material.coverage("trips")
    count = count_year(material, "trips", year)
    part = records.of(material.regions.index(TOTAL))
    chosen = records.inside([count.period])[part]
    costs = read_costs(material, records)
    cost, companies = costs.cost[part][chosen], costs.companies[part][chosen]
    known = ~np.isnan(cost)
    met = known & ~np.isnan(companies)
    return (
        year,
        count.state(coverage),
        int(chosen.sum()) if coverage.state != "not_recorded" else None,
        int(known.sum()),
        float(cost[known].sum()) if known.any() else None,
        int(met.sum()),
        int(companies[met].sum()),
        float(cost[met].sum()) if met.any() else None,
        count_year_firms(material, year).n_firms,
        _count(material, "inquiries", year),
        _count(material, "orders", year),
        *(_stated(material, year, kind) for kind in EXPENDITURE_KINDS),
    )


def _count(material: Material, measure: Measure, year: int) -> int | None:
    """Return how many there are in a wholly recorded year, else None."""
    count, coverage = count_year(material, measure, year), material.coverage(measure)
    whole = count.state(coverage) == "recorded"
    return int(count.tally.n[material.regions.index(TOTAL)]) if whole else None


def _stated(material: Material, year: int, kind: str) -> float | None:
    amounts = [
        item.amount_eur for item in material.panel.settings.expenditure if (item.year, item.kind) == (year, kind)
    ]
    return sum(amounts) if amounts else None
