"""The door to everything about regions: the table of subjects and the recognition of region texts."""

from vemas_analytics.reference.region_match import MatchStatus, RegionMatch, match_region, region_match_json
from vemas_analytics.reference.region_table import (
    Region,
    RegionKind,
    RegionLanguage,
    RegionTable,
    country_name,
    read_federal_districts,
    read_regions,
)

__all__ = [
    "MatchStatus",
    "Region",
    "RegionKind",
    "RegionLanguage",
    "RegionMatch",
    "RegionTable",
    "country_name",
    "match_region",
    "read_federal_districts",
    "read_regions",
    "region_match_json",
]
