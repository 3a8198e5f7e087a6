"""How many firms and regions carry the activity, and how much of it the largest carry."""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vemas_analytics.analysis.caveats import coverage_caveats, order_caveats
from vemas_analytics.analysis.material import Material, MeasureRecords
from vemas_analytics.analysis.tabulate import tabulate
from vemas_analytics.model.finding import Estimate, Finding, Scalar
from vemas_analytics.model.names import RUSSIA, TOTAL, Measure
from vemas_analytics.model.periods import Bounds

COLUMNS: Final = ("carrier", "window", "n", "n_named", "n_carriers", "top3_share", "top5_share", "hhi", "n_effective")
MEASURES_CARRIED: Final[tuple[Measure, ...]] = ("inquiries", "offers")
FIRM_COLUMNS: Final = {"saxon_firm": "saxon_company", "russian_firm": "russian_company"}
BY_REGION: Final = "region"
ALL_BEFORE: Final = "all_before"
FEWEST_FOR_SHARE: Final = 5


def find_concentration(material: Material) -> list[Finding]:
    """Count who carries inquiries and offers: Saxon firms, Russian firms and, in the total, regions.

    Names are compared without regard to case and spacing. A record of two regions counts for each of them among
    regions; records without a region name none.

    Parameters
    ----------
    material : Material

    Returns
    -------
    list of Finding
        Question ``concentration``, measures inquiries and offers, every region; the estimate is the share of the
        three largest Saxon firms before the stop, a plain share of the list without interval; table columns as
        `COLUMNS`, no names: ``window`` is ``all_before`` or a phase, ``n_named`` the records that name a carrier,
        ``hhi`` the sum of squared shares (1: one carries all) and ``n_effective`` its reciprocal. Shares only from
        five named records.

    Notes
    -----
    Hirschman 1964 (Am. Econ. Rev. 54:761) on the index. Assumption at risk: what loading did not
    join (`Tables.companies`) are different firms.
    """
    findings = []
    for measure in MEASURES_CARRIED:
        records = material.measures[measure]
        table = material.tables.frame(records.info.table)
        firms = {key: _firm_codes(table[column])[records.position] for key, column in FIRM_COLUMNS.items()}
        findings += [_finding(material, measure, firms, code) for code in range(len(material.regions))]
    return findings


def _firm_codes(names: pd.Series) -> NDArray[np.int64]:
    """Return a number for each name, -1 where there is none."""
    folded = names.astype("string").str.split().str.join(" ").str.casefold()
    return np.asarray(pd.factorize(folded.mask(folded == ""))[0], dtype=np.int64)


def _windows(material: Material) -> dict[str, list[Bounds]]:
    before: dict[str, list[Bounds]] = {ALL_BEFORE: list(material.panel.windows[ALL_BEFORE].periods)}
    return before | {phase.key: [(phase.start, phase.end)] for phase in material.panel.phases}


def _finding(material: Material, measure: Measure, firms: dict[str, NDArray[np.int64]], code: int) -> Finding:
    records, coverage, region = material.measures[measure], material.coverage(measure), material.regions[code]
    rows: list[tuple[Scalar, ...]] = []
    for window, bounds in _windows(material).items():
        inside = records.inside(material.covered(measure, bounds)) & records.fine
        part = records.of(code)
        for carrier, names in firms.items():
            rows.append((carrier, window, *_shares(names[part][inside[part]])))
        if region == TOTAL:
            rows.append((BY_REGION, window, *_shares(_regions(material, records)[inside & (records.region != code)])))
    share = next(row[5] for row in rows if row[:2] == ("saxon_firm", ALL_BEFORE))
    told = coverage.state != "not_recorded"
    before = records.inside(material.covered(measure, material.panel.windows[ALL_BEFORE].periods)) & records.fine
    return Finding(
        question="concentration",
        measure=measure,
        region=region,
        method="count",
        baseline=ALL_BEFORE,
        estimate=Estimate(share, unit="share") if isinstance(share, float) else None,
        n_before=int(records.count(before)[code]) if told else None,
        caveats=order_caveats([*coverage_caveats(coverage), "names_as_written"]),
        table=tabulate(COLUMNS, rows if told else []),
        sources=records.cite(code, records.fine),
    )


def _regions(material: Material, records: MeasureRecords) -> NDArray[np.int64]:
    return np.where(records.region == material.regions.index(RUSSIA), -1, records.region)


def _shares(carriers: NDArray[np.int64]) -> tuple[Scalar, ...]:
    named = carriers[carriers >= 0]
    sizes = np.sort(np.unique(named, return_counts=True)[1])[::-1]
    head = (int(carriers.size), int(named.size), int(sizes.size))
    if named.size < FEWEST_FOR_SHARE:
        return (*head, None, None, None, None)
    shares = sizes / named.size
    hhi = float(shares @ shares)
    return (*head, float(shares[:3].sum()), float(shares[:5].sum()), hhi, 1.0 / hhi)
