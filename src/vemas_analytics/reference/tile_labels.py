"""Names of the federal subjects of five letters at most, for the tiles of a map."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from vemas_analytics.model.names import LANGUAGES, Language
from vemas_analytics.reference.region_table import read_rows


@lru_cache(maxsize=1)
def read_tile_labels() -> Mapping[Language, Mapping[str, str]]:
    """Read tile_labels.csv: language to code to label, for all 83 subjects."""
    rows = read_rows("tile_labels.csv")
    return MappingProxyType(
        {language: MappingProxyType({row["code"]: row[f"label_{language}"] for row in rows}) for language in LANGUAGES}
    )
