"""The workbook: typed cells, named tables, alternative texts, no formula from a source, the same bytes."""

import datetime as dt
import zipfile
from pathlib import Path

import openpyxl
import pytest

from vemas_analytics.model.document import (
    Cell,
    Column,
    Document,
    ListBlock,
    NativeChart,
    RecordsSheet,
    Section,
    TableBlock,
)
from vemas_analytics.reports.workbook import write_workbook


def _table(key: str = "years", rows: int = 3, *, chart: bool = True) -> TableBlock:
    return TableBlock(
        key=key,
        title="Anfragen je Jahr",
        sheet_title="Anfragen je Jahr",
        scope="Anzahl, alle Regionen",
        source="Quelle: Listen",
        columns=(
            Column("year", "Jahr"),
            Column("n", "Anzahl", align="right"),
            Column("share", "Anteil", align="right", group="Vergleich"),
            Column("value", "Summe", align="right", group="Vergleich"),
        ),
        rows=tuple(
            (
                Cell(2012 + i, str(2012 + i), "text"),
                Cell(10 * i, str(10 * i), "integer"),
                Cell(-0.5, "\u221250 %", "percent"),
                Cell(1234567.0, "1.235", "keur"),
            )
            for i in range(rows)
        ),
        chart=NativeChart("column", "Anfragen", "year", ("n",), 'Säulen: "Anfragen" <je Jahr> & Region')
        if chart
        else None,
    )


def _document(*sections: Section, records: tuple[RecordsSheet, ...] = ()) -> Document:
    return Document(
        kind="before-after",
        language="de",
        edition="intern",
        title="Marktarbeit Russland",
        subtitle="Musternetz",
        banner="DEMO \u2013 erfundene Daten",
        organisation="Musternetz",
        as_of=dt.date(2024, 12, 31),
        sections=sections,
        cover=(("Stand", "31.12.2024"),),
        notes=("Erste Anmerkung",),
        symbols=(("n. e.", "nicht erfasst"),),
        records=records,
    )


@pytest.fixture
def written(tmp_path: Path) -> Path:
    first = Section("page_one", "Seite 1", (ListBlock(("Satz eins.", "Satz zwei."), numbered=True), _table("first")))
    second = Section("tables", "Tabellen", (_table(),))
    records = RecordsSheet(
        "records_inquiries",
        "Datensätze Anfragen",
        (Column("id", "Kennung"), Column("on", "Eingang"), Column("firm", "Firma")),
        (
            (Cell("=1+1", "=1+1"), Cell(dt.date(2022, 2, 24), "24.02.2022", "date"), Cell("@x", "@x")),
            (Cell("-5", "-5"), Cell(None, ""), Cell("\x0bOOO Muster", "OOO Muster")),
        ),
    )
    path = tmp_path / "out.xlsx"
    write_workbook(_document(first, second, records=(records,)), path)
    return path


def test_order_of_sheets_and_contents_links(written: Path) -> None:
    book = openpyxl.load_workbook(written)
    assert book.sheetnames[:4] == ["Deckblatt", "Inhalt", "Zusammenfassung", "Anmerkungen"]
    assert book.active is not None
    assert book.active.title == "Deckblatt"
    contents = book["Inhalt"]
    targets = {cell.hyperlink.location for row in contents.iter_rows() for cell in row if cell.hyperlink}
    assert targets >= {f"'{name}'!A1" for name in book.sheetnames if name != "Inhalt"}


def test_numbers_are_numbers_dates_are_dates_and_text_is_never_a_formula(written: Path) -> None:
    book = openpyxl.load_workbook(written)
    sheet = book["Datensätze Anfragen"]
    values = {cell.value: cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert values["=1+1"] == "s"
    assert values["@x"] == "s"
    assert values["-5"] == "s"
    assert values[dt.datetime(2022, 2, 24)] == "d"
    years = book["Anfragen je Jahr"]
    numbers = [cell.value for row in years.iter_rows() for cell in row if cell.data_type == "n"]
    assert -0.5 in numbers
    assert 1234.567 in numbers


def test_tables_are_named_and_nothing_is_merged(written: Path) -> None:
    book = openpyxl.load_workbook(written)
    names = [name for sheet in book.worksheets for name in sheet.tables]
    assert len(names) == len(set(names))
    assert {"t_first", "t_years", "t_records_inquiries"} <= set(names)
    assert all(not sheet.merged_cells.ranges for sheet in book.worksheets)


def test_banner_stands_on_every_sheet(written: Path) -> None:
    for sheet in openpyxl.load_workbook(written).worksheets:
        texts = [cell.value for row in sheet.iter_rows(max_row=5) for cell in row]
        assert "DEMO \u2013 erfundene Daten" in texts, sheet.title


def test_each_drawing_has_its_alternative_text(written: Path) -> None:
    with zipfile.ZipFile(written) as package:
        drawings = [package.read(name).decode() for name in package.namelist() if name.startswith("xl/drawings/d")]
    assert len(drawings) == 2
    for drawing in drawings:
        assert "&lt;je Jahr&gt; &amp; Region" in drawing


def test_same_document_same_bytes(tmp_path: Path) -> None:
    document = _document(Section("a", "A", (ListBlock(("x",)), _table())))
    write_workbook(document, tmp_path / "1.xlsx")
    write_workbook(document, tmp_path / "2.xlsx")
    assert (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()


def test_a_partial_count_shows_at_least_and_stays_a_number(tmp_path: Path) -> None:
    partial = TableBlock(
        "partial",
        "Reisen",
        (Column("phase", "Phase"), Column("n", "Anzahl", align="right")),
        ((Cell("I", "I"), Cell(25, "\u2265 25", "integer")), (Cell("IV", "IV"), Cell(None, "n. e.", "symbol"))),
        sheet_title="Reisen",
    )
    path = tmp_path / "out.xlsx"
    write_workbook(_document(Section("one", "Eins", ()), Section("two", "Zwei", (partial,))), path)
    cells = [cell for row in openpyxl.load_workbook(path)["Reisen"].iter_rows() for cell in row]
    (count,) = [cell for cell in cells if cell.value == 25]
    assert count.number_format == '"\u2265 "#,##0'
    assert "n. e." in {cell.value for cell in cells}
