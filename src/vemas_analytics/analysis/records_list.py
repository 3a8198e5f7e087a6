"""How a single record is named in a list: its regions and its firm."""

from typing import Final

from vemas_analytics.analysis.material import Material
from vemas_analytics.model.names import TOTAL, Measure, TableName

_FIRM: Final[dict[TableName, str]] = {
    "inquiries": "russian_company",
    "offers": "saxon_company",
    "trips": "organiser",
    "attendance": "organiser",
}


def firm_column(table: TableName) -> str:
    """Return who stands for a record: who asked, who offered, who organised."""
    return _FIRM[table]


def joined_regions(material: Material, measure: Measure) -> dict[int, str]:
    """Return for each record number its region codes in order, joined by ``;``."""
    frame = material.panel.records[measure]
    by_region = frame[frame["region"] != TOTAL].sort_values(["record", "region"], kind="stable")
    joined: dict[int, str] = {}
    for record, region in zip(by_region["record"].tolist(), by_region["region"].tolist(), strict=True):
        joined[record] = f"{joined[record]};{region}" if record in joined else str(region)
    return joined
