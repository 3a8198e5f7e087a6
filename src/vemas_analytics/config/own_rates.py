"""The organisation's own exchange rates, a CSV file that vemas.toml names."""

import csv
import datetime as dt
import re
from itertools import pairwise
from pathlib import Path
from typing import Final

from vemas_analytics.config.checking import nearest, refuse
from vemas_analytics.model.settings import OwnRate

_COLUMNS: Final = ("currency", "valid_from", "valid_to", "units_per_eur", "source")
_CODE = re.compile(r"[A-Z]{3}")
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,9})?")


def read_own_rates(path: Path) -> tuple[OwnRate, ...]:
    """Read a table of dated rates: columns currency, valid_from, valid_to, units_per_eur, and optionally source.

    Comma or semicolon, UTF-8; in a file with semicolons the decimal sign may be a comma. Days as 2021-04-03 or
    03.04.2021, both ends included; ``units_per_eur`` says how many units of the currency one euro bought.

    Returns
    -------
    tuple of OwnRate
        By currency and time.

    Raises
    ------
    ConfigError
        For a column or value that does not fit, for periods of one currency that overlap; with file and line.
    """
    file = str(path)
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise refuse(file, "", f"cannot be read ({error})", "save it as CSV in UTF-8") from None
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    reader = csv.DictReader(text.splitlines(), delimiter=delimiter)
    names = [name.strip() for name in reader.fieldnames or ()]
    for name in names:
        if name not in _COLUMNS:
            raise refuse(file, f"column {name}", "unknown column", nearest(name, _COLUMNS))
    for name in _COLUMNS[:4]:
        if name not in names:
            raise refuse(file, f"column {name}", "is missing", f"the table needs {', '.join(_COLUMNS[:4])}")
    reader.fieldnames = names
    rates = [_rate(row, file, reader.line_num) for row in reader if any((cell or "") for cell in row.values())]
    ordered = sorted(rates, key=lambda rate: (rate.currency, rate.valid_from))
    for before, after in pairwise(ordered):
        if before.currency == after.currency and after.valid_from <= before.valid_to:
            what = f"two rates for {after.currency} on {after.valid_from}"
            raise refuse(file, "valid_from", what, "let each period begin after the one before it has ended")
    return tuple(ordered)


def _rate(row: dict[str, str | None], file: str, line: int) -> OwnRate:
    cells = {name: (row.get(name) or "").strip() for name in _COLUMNS}
    code = cells["currency"].upper()
    if not _CODE.fullmatch(code) or code == "EUR":
        what = f"{cells['currency']!r} is no code of a foreign currency"
        raise refuse(file, f"line {line}, currency", what, "write three letters such as RUB or USD")
    start, end = (_day(cells[name], file, f"line {line}, {name}") for name in ("valid_from", "valid_to"))
    if end < start:
        raise refuse(file, f"line {line}, valid_to", f"{end} lies before {start}", "correct one of the two")
    number = cells["units_per_eur"].replace(",", ".")
    if not _NUMBER.fullmatch(number) or float(number) <= 0:
        what = f"{cells['units_per_eur']!r} is no rate"
        raise refuse(file, f"line {line}, units_per_eur", what, "write how many units one euro bought, such as 87.15")
    return OwnRate(code, start, end, float(number), cells["source"])


def _day(text: str, file: str, key: str) -> dt.date:
    match = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text)
    try:
        if match:
            return dt.date(int(match[3]), int(match[2]), int(match[1]))
        return dt.date.fromisoformat(text)
    except ValueError:
        raise refuse(file, key, f"{text!r} is no day", "write it as 2021-04-03 or 03.04.2021") from None
