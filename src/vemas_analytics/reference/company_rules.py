"""Why two spellings count, or may count, as one company, in words."""

import csv
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from vemas_analytics.model.names import Language


@lru_cache(maxsize=1)
def read_company_rules() -> Mapping[str, Mapping[Language, str]]:
    """Read the rules of merging and the reasons of candidates: code -> text by language."""
    text = (files("vemas_analytics.reference") / "company_rules.csv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    return MappingProxyType({row["code"]: MappingProxyType({"de": row["de"], "en": row["en"]}) for row in rows})
