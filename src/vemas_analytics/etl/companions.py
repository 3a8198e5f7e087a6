"""Files that accompany the lists: where they lie, and what stands in them, line by line."""

import difflib
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from vemas_analytics.errors import ConfigError
from vemas_analytics.etl.parse.cells import as_text
from vemas_analytics.etl.read_csv import read_text_list
from vemas_analytics.etl.sandbox import UnreadableFileError
from vemas_analytics.model.settings import Settings
from vemas_analytics.model.sheets import CellValue, SourceFile
from vemas_analytics.reference.companion_columns import read_companion_columns
from vemas_analytics.reference.words import fold


def find_companion(name: str, sources: Sequence[Path], settings: Settings) -> Path | None:
    """Return the one file of that name beside vemas.toml or beside the sources, or None.

    Parameters
    ----------
    name : str
        ``corrections.csv`` or ``companies.csv``.
    sources : sequence of Path
        Folders (the file lies in them) or files (it lies beside them).

    Raises
    ------
    ConfigError
        When there are several: none may win by chance.
    """
    folders = [source if source.is_dir() else source.parent for source in sources]
    if settings.base is not None:
        folders.insert(0, settings.base)
    found: dict[Path, Path] = {}
    for folder in folders:
        path = folder / name
        if path.is_file():
            found.setdefault(path.resolve(), path)
    if len(found) > 1:
        names = ", ".join(sorted(str(path) for path in found.values()))
        message = f"more than one {name}: {names}; put all lines into the one beside vemas.toml"
        raise ConfigError(message)
    return next(iter(found.values()), None)


def companion_source(path: Path) -> SourceFile:
    """Return a companion file as an input of the run, with its hash."""
    content = path.read_bytes()
    return SourceFile(path, path.name, hashlib.sha256(content).hexdigest(), len(content))


def read_companion(path: Path, kind: str, required: Sequence[str]) -> list[tuple[int, Mapping[str, str]]]:
    """Read a companion file: any delimiter and encoding that a list may have, German or English headings.

    Parameters
    ----------
    kind : str
        ``corrections`` or ``companies``; names the headings in ``reference/companion_columns.csv``.
    required : sequence of str
        Fields that must have a column.

    Returns
    -------
    list of (line, mapping of field to text)
        Lines as a spreadsheet program counts them, empty ones left out; every field of the kind is there, '' where
        the file has no such column or nothing stands in the cell.

    Raises
    ------
    ConfigError
        When the file cannot be read, or has an unknown, repeated or missing column; with what to do.
    """
    rows = _rows(path)
    if not rows:
        return []
    known = read_companion_columns(kind)
    first = next(index for index, row in enumerate(rows) if any(row))
    fields = _fields(path, rows[first], known)
    missing = [field for field in required if field not in fields]
    if missing:
        message = (
            f"{path}: has no column {', '.join(missing)}; its columns are {', '.join(dict.fromkeys(known.values()))}"
        )
        raise ConfigError(message)
    lines: list[tuple[int, Mapping[str, str]]] = []
    for number, row in enumerate(rows[first + 1 :], first + 2):
        cells = [as_text(cell) for cell in row]
        if not any(cells):
            continue
        if any(cells[len(fields) :]):
            message = f"{path}: line {number} has more cells than the header; put texts with a comma in quotes"
            raise ConfigError(message)
        values = dict.fromkeys(known.values(), "")
        values |= {field: cell for field, cell in zip(fields, cells, strict=False) if field is not None}
        lines.append((number, values))
    return lines


def _rows(path: Path) -> Sequence[Sequence[CellValue]]:
    try:
        return read_text_list(path.read_bytes()).sheet.rows
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror}); check its permissions"
        raise ConfigError(message) from None
    except UnreadableFileError:
        message = f"{path}: is no CSV file; save it as CSV UTF-8"
        raise ConfigError(message) from None


def _fields(path: Path, header: Sequence[CellValue], known: Mapping[str, str]) -> list[str | None]:
    fields: list[str | None] = []
    for cell in header:
        text = str(cell or "").strip()
        field = known.get(fold(text))
        if text and field is None:
            near = difflib.get_close_matches(fold(text), list(known), n=1, cutoff=0.6)
            advice = (
                f"did you mean {known[near[0]]!r}?" if near else f"known are {', '.join(dict.fromkeys(known.values()))}"
            )
            message = f"{path}: unknown column {text!r}; {advice}"
            raise ConfigError(message)
        if field is not None and field in fields:
            message = f"{path}: the column {field!r} is there twice; keep one"
            raise ConfigError(message)
        fields.append(field)
    return fields
