"""How many Saxon firms took part per phase, and how many of them for the first time."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from vemas_analytics.analysis.caveats import coverage_caveats, order_caveats
from vemas_analytics.analysis.material import Material
from vemas_analytics.analysis.provenance import cite_frame
from vemas_analytics.analysis.tabulate import tabulate
from vemas_analytics.model.finding import Finding, SourceRef
from vemas_analytics.model.names import DATE_COLUMN, TOTAL, Measure, TableName
from vemas_analytics.model.periods import clip_periods, day_number, possible_days

COLUMNS: Final = ("phase", "n_firms", "n_first_timers")
_FIRM_COLUMN: Final[dict[TableName, str]] = {
    "inquiries": "saxon_company",
    "offers": "saxon_company",
    "attendance": "organisation",
}
_TABLE_MEASURES: Final[tuple[Measure, ...]] = ("inquiries", "offers", "forums")
_SOURCE: Final = ["source_file", "source_sheet", "source_row"]


def find_firms(material: Material) -> list[Finding]:
    """Count distinct Saxon firms in inquiries, offers and forum lists, per phase and region.

    Names are compared without regard to case and spacing. A firm is a first-timer in the phase of its first
    record anywhere in these lists, whatever the region.

    Parameters
    ----------
    material : Material

    Returns
    -------
    list of Finding
        Question ``firms``; table columns as `COLUMNS`; None where none of the lists was kept in the phase.
    """
    seen = appearances(material)
    first = seen.groupby("firm")["start"].transform("min") if len(seen) else seen["start"]
    columns = []
    used = np.zeros(len(seen), dtype=bool)
    for phase in material.panel.phases:
        periods = clip_periods([(phase.start, phase.end)], (dt.date.min, material.end))
        start, end = (day_number(day) for day in periods[0]) if periods else (0, 0)
        inside = ((seen["start"] >= start) & (seen["until"] <= end)).to_numpy(dtype=bool)
        new = inside & ((first >= start) & (first < end)).to_numpy(dtype=bool)
        used |= inside
        covered = any(
            material.coverage(measure).state == "recorded" and material.covered(measure, [(phase.start, phase.end)])
            for measure in _TABLE_MEASURES
        )
        columns.append((phase.key, _distinct(seen[inside]), _distinct(seen[new]), covered))
    caveats = order_caveats(code for name in _TABLE_MEASURES for code in coverage_caveats(material.coverage(name)))
    return [
        Finding(
            question="firms",
            measure="firms",
            region=region,
            caveats=caveats,
            table=tabulate(COLUMNS, [_row(column, region) for column in columns]),
            sources=cite_frame(seen[used & (seen["region"] == region).to_numpy(dtype=bool)]),
        )
        for region in material.regions
    ]


@dataclass(frozen=True, slots=True)
class YearFirms:
    """Distinct Saxon firms of a year, and those of them seen for the first time; None where no list was kept."""

    n_firms: int | None
    n_first_timers: int | None
    sources: tuple[SourceRef, ...]


def count_year_firms(material: Material, year: int) -> YearFirms:
    """Count the distinct Saxon firms in inquiries, offers and forum lists of a calendar year, total."""
    seen = appearances(material)
    seen = seen[seen["region"] == TOTAL]
    start, end = day_number(dt.date(year, 1, 1)), day_number(dt.date(year + 1, 1, 1))
    inside = ((seen["start"] >= start) & (seen["until"] <= end)).to_numpy(dtype=bool)
    firms = set(seen["firm"][inside])
    earlier = set(seen["firm"][(seen["start"] < start).to_numpy(dtype=bool)])
    kept = any(
        material.coverage(measure).state == "recorded"
        and material.covered(measure, [(dt.date(year, 1, 1), dt.date(year + 1, 1, 1))])
        for measure in _TABLE_MEASURES
    )
    if not firms and not kept:
        return YearFirms(None, None, ())
    return YearFirms(len(firms), len(firms - earlier), cite_frame(seen[inside]))


def find_annual_firms(material: Material, year: int) -> list[Finding]:
    """Count the firms of the year and of the year before.

    Returns
    -------
    list of Finding
        Question ``annual_firms``, the total, baseline the year; table columns year, n_firms, n_first_timers, the
        year before first. Whether a firm takes part for the first time is told by the lists alone.
    """
    counts = {item: count_year_firms(material, item) for item in (year - 1, year)}
    caveats = [code for name in _TABLE_MEASURES for code in coverage_caveats(material.coverage(name))]
    return [
        Finding(
            question="annual_firms",
            measure="firms",
            region=TOTAL,
            method="count",
            baseline=str(year),
            caveats=order_caveats([*caveats, "names_as_written"]),
            table=tabulate(
                ("year", "n_firms", "n_first_timers"),
                [(item, count.n_firms, count.n_first_timers) for item, count in counts.items()],
            ),
            sources=counts[year].sources,
        )
    ]


def _row(column: tuple[str, dict[str, int], dict[str, int], bool], region: str) -> tuple[object, ...]:
    key, n_firms, n_new, covered = column
    if region not in n_firms and not covered:
        return (key, None, None)
    return (key, n_firms.get(region, 0), n_new.get(region, 0))


def _distinct(seen: pd.DataFrame) -> dict[str, int]:
    return {str(region): int(n) for region, n in seen.groupby("region")["firm"].nunique().items()}


def appearances(material: Material) -> pd.DataFrame:
    """Return region, firm, start, until and source of every record that names a Saxon firm, ALL added."""
    parts = []
    for table, column in _FIRM_COLUMN.items():
        frame = material.tables.frame(table)
        date = DATE_COLUMN[table]
        kept = frame[frame[column].notna() & frame[date].notna() & (frame[date] <= pd.Timestamp(material.panel.as_of))]
        if table == "attendance":
            held = (kept["forum_status"] == "held") & kept["attended"].isin(("attended", "unknown"))
            kept = kept[held & (kept["side"] == "saxon")]
        start, until = possible_days(kept, date)
        part = pd.DataFrame(
            {
                "region": kept["region"].astype("string").to_numpy(),
                "firm": kept[column].astype("string").str.split().str.join(" ").str.casefold().to_numpy(),
                "start": start,
                "until": until,
                **{name: kept[name].to_numpy() for name in _SOURCE},
            }
        )
        parts += [part, part.assign(region=TOTAL)]
    return pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
