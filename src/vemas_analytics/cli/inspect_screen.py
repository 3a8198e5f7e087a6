"""What inspect says on screen: for each sheet its tables, where they stand, what they mean, and what is no record."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from vemas_analytics.model.names import Language
from vemas_analytics.model.sheets import RawColumn, RawSheet, RawTable, ReadFile, column_letters
from vemas_analytics.reference.column_labels import column_label
from vemas_analytics.reference.numbers import format_list
from vemas_analytics.reference.texts import Catalogue, read_texts

_LONGEST_HEADER: Final = 40
_DELIMITERS: Final = {";": "semicolon", ",": "comma", "\t": "tab", "|": "bar"}


def layout_lines(path: Path, read: ReadFile, language: Language) -> Iterator[str]:
    """Yield the lines that tell a person how a file was read.

    Parameters
    ----------
    path : Path
    read : ReadFile
        From `vemas_analytics.etl.read_layout`.
    language : {"de", "en"}
    """
    texts = read_texts(language)
    if read.format == "csv":
        delimiter = _DELIMITERS.get(read.delimiter or "")
        named = texts.text(f"inspect.delimiter.{delimiter}") if delimiter else read.delimiter
        yield texts.text("inspect.text", file=path.name, encoding=read.encoding, delimiter=named)
    elif read.sheets:
        yield texts.text("inspect.workbook", file=path.name, format=read.format)
    elif not path.stat().st_size:
        yield texts.text("inspect.no_content", file=path.name)
    else:
        yield texts.text("inspect.other", file=path.name, format=read.format)
    for sheet in read.sheets:
        tables = [table for table in read.tables if table.sheet == sheet.sheet]
        if sheet.sheet:
            hidden = texts.text("inspect.hidden") if sheet.hidden else ""
            yield texts.text("inspect.sheet", sheet=sheet.sheet, hidden=hidden, tables=_content(texts, sheet, tables))
        elif not tables:
            yield f"  {_content(texts, sheet, tables)}"
        for number, table in enumerate(tables, start=1):
            yield from _table_lines(texts, number, table)


def _content(texts: Catalogue, sheet: RawSheet, tables: Sequence[RawTable]) -> str:
    from vemas_analytics.etl import is_for_picking

    if not sheet.rows:
        return texts.text("inspect.empty")
    if not tables and is_for_picking(sheet):
        return texts.text("inspect.pick_list")
    return texts.plural("inspect.tables", len(tables))


def _table_lines(texts: Catalogue, number: int, table: RawTable) -> Iterator[str]:
    rows = [row.number for row in table.rows if row.structural is None]
    records = texts.plural("inspect.records", len(rows), first=min(rows, default=0), last=max(rows, default=0))
    form = "none" if not table.header_rows else "one" if len(table.header_rows) == 1 else "many"
    head = format_list([str(row) for row in table.header_rows], texts.language) if table.header_rows else ""
    yield "  " + texts.text(f"inspect.head_{form}", number=number, rows=head, records=records)
    title = table.facts.get("heading")
    if title is not None:
        yield "    " + texts.text("inspect.title", title=_short(str(title.value)))
    if table.table:
        yield "    " + texts.text("inspect.read_as", table=texts.text(f"marked.table.{table.table}"))
    else:
        yield "    " + texts.text("inspect.not_ours")
    yield "    " + texts.text("inspect.columns", columns=", ".join(_column(texts, table, c) for c in table.columns))
    aside = [_rows_for(texts, table, reason) for reason in dict.fromkeys(row.structural for row in table.rows)]
    if any(aside):
        yield "    " + texts.text("inspect.aside", reasons="; ".join(filter(None, aside)))


def _column(texts: Catalogue, table: RawTable, column: RawColumn) -> str:
    letter = column_letters(column.index)
    shown = (
        texts.text("inspect.column", letter=letter, header=_short(column.header))
        if column.header.strip()
        else texts.text("inspect.unnamed", letter=letter)
    )
    if table.table is None or column.field in {None, "ignore"}:
        return shown
    label = column_label(table.table, str(column.field), texts.language)
    return shown if label == column.header else texts.text("inspect.meaning", column=shown, label=label)


def _rows_for(texts: Catalogue, table: RawTable, reason: str | None) -> str:
    if reason is None:
        return ""
    numbers = [row.number for row in table.rows if row.structural == reason]
    spans = format_list(_spans(numbers), texts.language)
    rows = texts.text(f"inspect.{'one_row' if len(numbers) == 1 else 'many_rows'}", rows=spans)
    return texts.text("inspect.aside_rows", reason=texts.text(f"inspect.reason.{reason}"), rows=rows)


def _spans(numbers: Sequence[int]) -> list[str]:
    """Return runs of rows as ``5`` or ``7-9``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return [str(first) if first == last else f"{first}-{last}" for first, last in runs]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_HEADER else line[: _LONGEST_HEADER - 1].rstrip() + "…"
