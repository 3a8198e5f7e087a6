"""Sheets that the package itself wrote into a workbook: results of a check, notes on entry, pick lists."""

from vemas_analytics.model.sheets import RawSheet
from vemas_analytics.reference.columns import fold_header, read_layout_words


def is_own_sheet(sheet: RawSheet) -> bool:
    """Tell whether a sheet is one of the package's own, by its name and its title together.

    The name alone would not do: a list of the user's may bear it, and no list is passed over in silence.
    """
    words = {fold_header(word) for word in read_layout_words().tables.get("own", ())}
    first = sheet.rows[0][0] if sheet.rows and sheet.rows[0] else None
    name = fold_header(sheet.sheet)
    return isinstance(first, str) and fold_header(first) in words and (name in words or name[:-2] in words)
