"""Regions too small for a line of their own, as one: each record counts once, however many of them it names."""

import dataclasses
import datetime as dt
from types import MappingProxyType

import numpy as np

from vemas_analytics.analysis.last_activity import find_last_activity
from vemas_analytics.analysis.material import Mask, Material, MeasureRecords
from vemas_analytics.analysis.open_at_stop import count_open
from vemas_analytics.analysis.phases import find_phases
from vemas_analytics.model.finding import Finding
from vemas_analytics.model.names import OTHERS, RUSSIA, TOTAL
from vemas_analytics.model.periods import clip_periods
from vemas_analytics.reference.measures import LARGE_REGION, choose_lead_measure
from vemas_analytics.reference.regions import read_regions


def find_other_regions(material: Material) -> list[Finding]:
    """Count what the small regions have together, without adding them up.

    Small is what is no partner region and has fewer than `LARGE_REGION` records of the lead measure in all phases.
    A trip to twelve small regions is one trip here, as it is in the total.

    Parameters
    ----------
    material : Material

    Returns
    -------
    list of Finding
        Questions ``phases``, ``open_at_stop`` and ``last_activity`` for region OTHERS; none without small regions.
    """
    small = _small_regions(material)
    if not small:
        return []
    together = _fold(material, small)
    return [*find_phases(together), *count_open(together), *find_last_activity(together)]


def _small_regions(material: Material) -> frozenset[str]:
    lead = choose_lead_measure(lambda measure: material.coverage(measure).state)
    records, recorded = material.measures[lead], material.coverage(lead).state == "recorded"
    limits = (dt.date.min, material.end)
    mask = np.zeros(len(records.start), dtype=bool)
    for phase in material.panel.phases:
        bounds = [(phase.start, phase.end)]
        mask |= records.inside(material.covered(lead, bounds) if recorded else clip_periods(bounds, limits))
    counts = records.count(mask & records.fine if recorded else mask)
    never = {RUSSIA, TOTAL, *read_regions().partners}
    pairs = zip(material.regions, counts.tolist(), strict=True)
    return frozenset(region for region, n in pairs if region not in never and n < LARGE_REGION)


def _fold(material: Material, regions: frozenset[str]) -> Material:
    """Return the material as if these regions were one, OTHERS, and there were no other."""
    codes = np.array([code for code, region in enumerate(material.regions) if region in regions], dtype=np.int64)
    total = material.regions.index(TOTAL)
    folded = {measure: _fold_records(records, codes, total) for measure, records in material.measures.items()}
    return dataclasses.replace(material, regions=(OTHERS,), measures=MappingProxyType(folded))


def _fold_records(records: MeasureRecords, codes: np.ndarray, total: int) -> MeasureRecords:
    named = records.record[np.isin(records.region, codes)]
    chosen: Mask = (records.region == total) & np.isin(records.record, named)
    arrays = ("record", "start", "until", "fine", "amount", "position", "sheet", "row")
    return dataclasses.replace(
        records,
        n_regions=1,
        region=np.zeros(int(chosen.sum()), dtype=np.int64),
        **{name: getattr(records, name)[chosen] for name in arrays},
    )
