"""Rules on styles: every cell takes its look from a named one, so that a reader changes them all at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from vemas_analytics.reports.workbook.rules.breach import Breach

_NORMAL: Final = 0
_KEPT: Final = ("fontId", "fillId", "borderId", "numFmtId")


@dataclass(frozen=True, slots=True)
class CellStyles:
    """What the workbook says of styles: which format of a cell has a name, and which differs from what it names."""

    n_formats: int
    unnamed: frozenset[int]
    changed: frozenset[int]
    names: tuple[str, ...]


def read_cell_styles(styles: etree._Element | None) -> CellStyles:
    """Return the styles of a workbook, from its part of that name."""
    if styles is None:
        return CellStyles(0, frozenset(), frozenset(), ())
    bases = styles.findall("{*}cellStyleXfs/{*}xf")
    formats = styles.findall("{*}cellXfs/{*}xf")
    named = styles.findall("{*}cellStyles/{*}cellStyle")
    of = {int(item.get("xfId", "0")): item.get("name", "") for item in named}
    unnamed, changed = set(), set()
    for number, item in enumerate(formats):
        base = int(item.get("xfId", "0"))
        if base == _NORMAL or base not in of or base >= len(bases):
            unnamed.add(number)
        elif any(item.get(key, "0") != bases[base].get(key, "0") for key in _KEPT):
            changed.add(number)
    return CellStyles(len(formats), frozenset(unnamed), frozenset(changed), tuple(of.values()))


def check_styles(sheet: str, cells: Iterable[etree._Element], styles: CellStyles) -> Iterator[Breach]:
    """Yield breaches of rules on the styles of a sheet's filled cells, of each rule the first.

    Parameters
    ----------
    sheet : str
        Its name.
    cells : iterable of elements
        The cells of the sheet.
    styles : CellStyles
        Of the workbook.
    """
    unnamed = changed = False
    for cell in cells:
        style = int(cell.get("s", "0"))
        if style >= styles.n_formats or not len(cell):
            continue
        if style in styles.unnamed and not unnamed:
            unnamed = True
            yield Breach("named-style", sheet, cell.get("r", ""), "a look of its own instead of a named style")
        if style in styles.changed and not changed:
            changed = True
            what = "font, fill, borders or number format differ from the named style's"
            yield Breach("style-kept", sheet, cell.get("r", ""), what)
