"""Which regions a cell or a section speaks of."""

import re
from functools import lru_cache

from vemas_analytics.model.document import Section, TableBlock
from vemas_analytics.model.names import Language
from vemas_analytics.reference.regions import read_regions

REGION_COLUMNS = frozenset({"region", "regions"})
_SECTION = "region_"


@lru_cache(maxsize=2)
def _names(language: Language) -> tuple[dict[str, str], re.Pattern[str]]:
    """Return the code of each name, and a pattern that finds the longest of them."""
    regions = read_regions()
    codes = {regions.name(code, language): code for code in regions.codes}
    codes |= {regions.short(code, language): code for code in regions.codes}
    longest = sorted(codes, key=lambda name: (-len(name), name))
    return codes, re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")


def regions_in(text: str, language: Language) -> tuple[str, ...]:
    """Return the codes of the regions that a text names, in its order."""
    codes, pattern = _names(language)
    if text in codes:
        return (codes[text],)
    return tuple(dict.fromkeys(codes[name] for name in pattern.findall(text)))


def region_column(table: TableBlock) -> int | None:
    """Return the index of the column that holds regions, if there is one."""
    return next((index for index, column in enumerate(table.columns) if column.key in REGION_COLUMNS), None)


def page_region(section: Section) -> str | None:
    """Return the code of the region whose page a section is."""
    if not section.key.startswith(_SECTION):
        return None
    code = section.key.removeprefix(_SECTION).replace("_", "-")
    return code if code in read_regions().codes else None
