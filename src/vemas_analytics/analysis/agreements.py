"""Agreements and working groups with each region."""

from typing import Final

import pandas as pd

from vemas_analytics.analysis.material import Material
from vemas_analytics.analysis.provenance import cite_frame
from vemas_analytics.analysis.tabulate import tabulate_frame
from vemas_analytics.model.finding import Finding
from vemas_analytics.model.names import TOTAL

COLUMNS: Final = ("date", "precision", "kind", "partner", "saxon_party", "source")


def find_agreements(material: Material) -> list[Finding]:
    """List the agreements of every region, oldest first; an agreement with several regions once in ALL.

    Parameters
    ----------
    material : Material
        Its tables may hold an annex ``agreements``.

    Returns
    -------
    list of Finding
        Question ``agreements``; table columns as `COLUMNS`, no rows where no file gave any.
    """
    frame = material.tables.agreements
    if len(frame):
        frame = frame.rename(columns={"date_precision": "precision"})
        frame = frame.sort_values("date", kind="stable", na_position="last")
    return [
        Finding(
            question="agreements",
            measure="agreements",
            region=region,
            table=tabulate_frame(chosen, COLUMNS),
            sources=cite_frame(chosen),
        )
        for region in material.regions
        for chosen in [_of_region(frame, region)]
    ]


def _of_region(frame: pd.DataFrame, region: str) -> pd.DataFrame:
    if frame.empty:
        return frame
    if region == TOTAL:
        key = [name for name in ("source_file", "source_sheet", "source_row") if name in frame.columns]
        return frame.drop_duplicates(key or ["id"])
    return frame[frame["region"] == region]
