"""Goals of the annual review from targets.csv beside vemas.toml."""

import csv
import re
from pathlib import Path

from vemas_analytics.config.checking import check_node, nearest, refuse, refuse_unknown_region
from vemas_analytics.config.shape import VEMAS_TOML, Records
from vemas_analytics.errors import ConfigError
from vemas_analytics.model.names import TOTAL
from vemas_analytics.model.settings import Target

FILE_NAME = "targets.csv"
_NUMBER = re.compile(r"\d+(\.\d+)?\Z")


def read_targets(path: Path) -> tuple[Target, ...]:
    """Read targets.csv: columns measure, year, value, and optionally region and source.

    Comma or semicolon, UTF-8; in a file with semicolons the decimal sign may be a comma.

    Raises
    ------
    ConfigError
        For an unknown column, a bad value, or a file that is no text; with file and line.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise refuse(str(path), "", f"cannot be read ({error})", "save it as CSV in UTF-8") from None
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    reader = csv.DictReader(text.splitlines(), delimiter=delimiter)
    keys = _target_shape().keys
    for name in reader.fieldnames or ():
        if name not in keys:
            raise refuse(str(path), f"column {name}", "unknown column", nearest(name, keys))
    return tuple(
        target_from(_typed(row, delimiter, str(path), reader.line_num), str(path), f"line {reader.line_num}")
        for row in reader
        if any((cell or "").strip() for name, cell in row.items() if name is not None)
    )


def _typed(row: dict[str, str], delimiter: str, file: str, line: int) -> dict[str, object]:
    if None in row or None in row.values():
        raise refuse(file, f"line {line}", "has another number of columns than the header", "put texts in quotes")
    typed: dict[str, object] = {name: cell.strip() for name, cell in row.items() if cell.strip()}
    for name in {"year", "value"} & typed.keys():
        written = str(typed[name])
        plain = written.replace(",", ".") if delimiter == ";" and "." not in written else written
        if not _NUMBER.match(plain) or (delimiter == ";" and re.fullmatch(r"\d{1,3}(\.\d{3})+", written)):
            raise refuse(file, f"line {line}, {name}", f"{written!r} is no plain number", "write it as 1234 or 1234.5")
        typed[name] = int(plain) if plain.isdigit() else float(plain)
    return typed


def _target_shape() -> Records:
    shape = VEMAS_TOML.keys["targets"]
    if not isinstance(shape, Records):
        message = "the shape of targets is not a list of tables"
        raise TypeError(message)
    return shape


def target_from(entry: object, file: str, key: str) -> Target:
    """Return a Target from one raw entry, checked.

    Raises
    ------
    ConfigError
        See `check_node`.
    """
    try:
        checked = check_node(_target_shape(), [entry], file, "targets")[0]
    except ConfigError as error:
        raise ConfigError(str(error).replace("targets[1]", key, 1)) from None
    region = checked.get("region", TOTAL)
    refuse_unknown_region(region, file, f"{key}.region")
    return Target(
        measure=checked["measure"],
        year=checked["year"],
        value=float(checked["value"]),
        region=region,
        source=checked.get("source", ""),
    )
