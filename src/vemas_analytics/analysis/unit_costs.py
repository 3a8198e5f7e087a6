"""What a trip, a contact, an inquiry and an order cost, where costs are given."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vemas_analytics.analysis.caveats import coverage_caveats, order_caveats
from vemas_analytics.analysis.material import Mask, Material, MeasureRecords
from vemas_analytics.analysis.tabulate import tabulate
from vemas_analytics.model.finding import Finding, Scalar
from vemas_analytics.model.names import TOTAL, Measure
from vemas_analytics.model.periods import Period

COLUMNS: Final = (
    "phase", "n_trips", "n_cost_known", "cost_eur", "n_contacts", "n_inquiries", "n_orders",
    "cost_per_trip", "cost_per_contact", "cost_per_inquiry", "cost_per_order",
)  # fmt: skip
_RESULTS: Final[tuple[Measure, ...]] = ("inquiries", "orders")


def find_unit_costs(material: Material) -> list[Finding]:
    """Divide the costs of held trips and fairs by trips, contacts, inquiries and orders, per phase and region.

    A contact is one participation of a company. Per trip and per contact only trips with known cost (and known
    companies) count on both sides; per inquiry and per order there is a quotient only where every held trip of
    the phase has a cost and the other list was kept without gaps throughout the phase as covered for trips. A
    trip to several regions counts with its whole cost in each, and once in the total.

    Parameters
    ----------
    material : Material

    Returns
    -------
    list of Finding
        Question ``unit_costs``, measure trips, the total and every region with a known cost; no estimate and no
        interval: trips are decided, not drawn by chance. Table columns as `COLUMNS`, amounts in euros, one row
        per phase with a known cost.

    Notes
    -----
    An average of costs, not the cost of one more inquiry; what came without a trip is in the divisor too.
    """
    total = material.regions.index(TOTAL)
    findings = [_finding(material, code) for code in range(len(material.regions))]
    return [item for code, item in enumerate(findings) if code == total or (item.table and item.table.rows)]


@dataclass(frozen=True, slots=True)
class TripCosts:
    """Cost and companies of each record of trips, NaN where unknown."""

    cost: NDArray[np.float64]
    companies: NDArray[np.float64]


def read_costs(material: Material, records: MeasureRecords) -> TripCosts:
    """Return cost and companies of each record of trips."""
    table = material.tables.trips
    columns = [table[name].to_numpy(dtype=np.float64, na_value=np.nan) for name in ("cost_eur", "companies")]
    cost, companies = (column[records.position] for column in columns)
    return TripCosts(cost, companies)


def _finding(material: Material, code: int) -> Finding:
    records, coverage = material.measures["trips"], material.coverage("trips")
    costs = read_costs(material, records)
    here = np.zeros(len(records.start), dtype=bool)
    here[records.of(code)] = True
    rows: list[tuple[Scalar, ...]] = []
    used = np.zeros(len(records.start), dtype=bool)
    for phase in material.panel.phases:
        periods = material.covered("trips", [(phase.start, phase.end)])
        trips = here & records.inside(periods)
        known = trips & ~np.isnan(costs.cost)
        if known.any():
            used |= trips
            rows.append((phase.key, *_row(material, code, costs, trips, known, periods)))
    return Finding(
        question="unit_costs",
        measure="trips",
        region=material.regions[code],
        method="sum",
        caveats=order_caveats([*coverage_caveats(coverage), "costs_incomplete"]),
        table=tabulate(COLUMNS, rows),
        sources=records.cite(code, used),
    )


def _row(
    material: Material, code: int, costs: TripCosts, trips: Mask, known: Mask, periods: tuple[Period, ...]
) -> tuple[Scalar, ...]:
    total, n_known = float(costs.cost[known].sum()), int(known.sum())
    met = known & ~np.isnan(costs.companies)
    contacts = float(costs.companies[met].sum())
    complete = n_known == int(trips.sum()) and material.coverage("trips").state == "recorded"
    results = [_number(material, measure, code, periods) for measure in _RESULTS]
    return (
        int(trips.sum()),
        n_known,
        total,
        int(contacts),
        *results,
        total / n_known,
        float(costs.cost[met].sum()) / contacts if contacts else None,
        *(total / n if complete and n else None for n in results),
    )


def _number(material: Material, measure: Measure, code: int, periods: tuple[Period, ...]) -> int | None:
    """Return how many there are in exactly these periods, None where the list was not kept throughout."""
    kept = material.coverage(measure).state == "recorded" and material.covered(measure, periods) == periods
    records = material.measures[measure]
    return int(records.count(records.inside(periods) & records.fine)[code]) if kept else None
