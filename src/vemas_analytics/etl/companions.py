"""Files that accompany the lists: where they lie, and what stands in them, line by line."""

import difflib
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from vemas_analytics.errors import ConfigError
from vemas_analytics.etl.parse.cells import as_text
from vemas_analytics.etl.reading.read_csv import read_text_list
from vemas_analytics.etl.reading.sandbox import UnreadableFileError
from vemas_analytics.model.settings import Settings
from vemas_analytics.model.sheets import CellValue, SourceFile
from vemas_analytics.reference.companion_columns import read_companion_columns
from vemas_analytics.reference.phrases import phrase
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
        raise _refused("several_files", name=name, names=names)
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
        listed = ", ".join(dict.fromkeys(known.values()))
        raise _refused("no_column", path=path, missing=", ".join(missing), known=listed)
    lines: list[tuple[int, Mapping[str, str]]] = []
    for number, row in enumerate(rows[first + 1 :], first + 2):
        cells = [as_text(cell) for cell in row]
        if not any(cells):
            continue
        if any(cells[len(fields) :]):
            raise _refused("too_many_cells", path=path, line=number)
        values = dict.fromkeys(known.values(), "")
        values |= {field: cell for field, cell in zip(fields, cells, strict=False) if field is not None}
        lines.append((number, values))
    return lines


def _rows(path: Path) -> Sequence[Sequence[CellValue]]:
    try:
        return read_text_list(path.read_bytes()).sheet.rows
    except OSError as error:
        raise _refused("unreadable", path=path, reason=error.strerror) from None
    except UnreadableFileError:
        raise _refused("no_csv", path=path) from None


def _fields(path: Path, header: Sequence[CellValue], known: Mapping[str, str]) -> list[str | None]:
    fields: list[str | None] = []
    for cell in header:
        text = str(cell or "").strip()
        field = known.get(fold(text))
        if text and field is None:
            near = difflib.get_close_matches(fold(text), list(known), n=1, cutoff=0.6)
            advice = phrase("refusals.known_are", names=", ".join(dict.fromkeys(known.values())))
            if near:
                advice = phrase("refusals.did_you_mean", name=known[near[0]])
            raise _refused("unknown_column", path=path, column=text, advice=advice)
        if field is not None and field in fields:
            raise _refused("column_twice", path=path, column=field)
        fields.append(field)
    return fields


def _refused(key: str, **params: object) -> ConfigError:
    message = phrase(f"refusals.{key}", **params)
    return ConfigError(message.en, message.de)
