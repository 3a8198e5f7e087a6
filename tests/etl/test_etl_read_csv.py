from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vemas_analytics.etl.reading.read_csv import find_delimiter, read_text_list
from vemas_analytics.etl.reading.sandbox import UnreadableFileError
from vemas_analytics.etl.reading.text_encoding import find_encoding

GERMAN = "Anfrage;Gegenstand\n1;Prüfstände für Öfen – „groß“, 5 €\n2;Maßmaschinen, Führungen\n"
RUSSIAN = (
    "Дата;Регион;Компания\n01.02.2013;Свердловская область;ОАО «Уралмаш»\n02.02.2013;Татарстан;ООО Камский завод\n"
)


@pytest.mark.parametrize(
    ("text", "encoding", "expected"),
    [
        (GERMAN, "utf-8", "utf-8"),
        (GERMAN, "utf-8-sig", "utf-8-sig"),
        (GERMAN, "utf-16", "utf-16"),
        (GERMAN, "utf-16-le", "utf-16-le"),
        (GERMAN, "cp1252", "cp1252"),
        (GERMAN, "mac_roman", "mac_roman"),
        (GERMAN.replace("–", "-").replace("„", '"').replace("“", '"').replace("€", "EUR"), "cp850", "cp850"),
        ("Region;Firma\n1;Übersetzung Größe\n2;öffentlich, Österreich\n", "cp850", "cp850"),
        ("Region;Firma\n1;Übersetzung Größe\n2;öffentlich, Österreich\n", "mac_roman", "mac_roman"),
        (GERMAN, "utf-16-be", "utf-16-be"),
        (RUSSIAN, "utf-16-le", "utf-16-le"),
        (RUSSIAN, "utf-16-be", "utf-16-be"),
        (RUSSIAN, "utf-16", "utf-16"),
        (RUSSIAN.replace("«", "").replace("»", ""), "cp866", "cp866"),
        (RUSSIAN, "cp1251", "cp1251"),
        (RUSSIAN, "utf-8", "utf-8"),
        (RUSSIAN.replace("«", "").replace("»", ""), "koi8_r", "koi8_r"),
        ("Region;Firma\n1;Müller\n", "cp1252", "cp1252"),
        ("ОТЧЕТ\n", "cp1251", "cp1251"),
        ("Wert €;Straße\n", "cp1252", "cp1252"),
        ("a;b\n1;2\n", "ascii", "utf-8"),
    ],
)
def test_encoding_by_evidence(text: str, encoding: str, expected: str) -> None:
    content = text.encode(encoding)
    assert find_encoding(content).name == expected
    assert content.decode(expected).removeprefix("\ufeff") == text


def test_stray_bytes_in_utf8_are_read_as_cp1252() -> None:
    content = (GERMAN * 20).encode() + "3;Küche\n".encode("cp1252")
    text = read_text_list(content)
    assert (text.encoding, text.strays) == ("utf-8", True)
    assert text.sheet.rows[-1] == ("3", "Küche")
    assert not read_text_list((GERMAN * 20).encode()).strays


def test_a_mark_before_another_encoding_does_not_hide_the_list() -> None:
    text = read_text_list(b"\xef\xbb\xbf" + "Region;Firma\n1;Müller\n".encode("cp1252"))
    assert (text.encoding, text.strays, text.sheet.rows[1]) == ("utf-8-sig", True, ("1", "Müller"))


def test_padding_and_control_characters_are_left_out_and_said() -> None:
    text = read_text_list(b"Region;Firma\nKaluga\x00\x00;Werk\n")
    assert (text.sheet.rows[1], text.controls_dropped) == (("Kaluga", "Werk"), True)
    text = read_text_list("Region;Firma\nKaluga;Wer\x01k\n".encode("utf-16") + "x;y\n".encode("utf-16-le") * 99)
    assert (text.sheet.rows[1], text.controls_dropped) == (("Kaluga", "Werk"), True)
    assert not read_text_list(b"a;b\n1;2\n").controls_dropped


def test_a_file_is_read_in_portions_and_no_further_than_memory_allows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("".join(f"{number};Text {number}\n" for number in range(60_000)), "utf-8")
    rows = read_text_list(path).sheet.rows
    assert (len(rows), rows[0], rows[-1]) == (60_000, ("0", "Text 0"), ("59999", "Text 59999"))
    with pytest.raises(UnreadableFileError) as caught:
        read_text_list(path, memory_mib=5)
    assert caught.value.reason == "too_large"


def test_long_remarks_are_no_reason_to_refuse() -> None:
    long = "Bemerkung " * 3_000
    rows = read_text_list("".join(f"{number};{long}\n" for number in range(600)).encode()).sheet.rows
    assert (len(rows), rows[599]) == (600, ("599", long))


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a;b;c\n1,5;2,5;3,5\n2,5;3,5;4,5\n", ";"),
        ("a,b,c\n1,2,3\n4,5,6\n", ","),
        ("a\tb\tc\n1,5\t2,5\t3,5\n", "\t"),
        ("a|b|c\n1|2|3\n", "|"),
        ("Anfragen, Stand 2013, alle Regionen\n\nNr;Datum;Wert\n1;02.03.2013;1,5\n2;03.03.2013;2,5\n", ";"),
        ('a,b\n"x;y;z","u;v;w"\n"x;y;z","u;v;w"\n', ","),
        ("nur eine Spalte\nWert\n", ";"),
    ],
)
def test_delimiter(text: str, delimiter: str) -> None:
    assert find_delimiter(text) == delimiter


def test_a_record_is_one_row_and_blank_lines_count() -> None:
    text = read_text_list(b'a,b\n1,"zwei\nZeilen"\n\n2,"mit ""Zitat"""\n')
    assert text.sheet.rows == (("a", "b"), ("1", "zwei\nZeilen"), (), ("2", 'mit "Zitat"'))


def test_an_open_quote_does_not_swallow_the_rest() -> None:
    text = read_text_list(b'foo,bar\n1,"offen\n2,zu\n3,auch\n')
    assert text.quotes_ignored
    assert text.sheet.rows == (("foo", "bar"), ("1", "offen"), ("2", "zu"), ("3", "auch"))


def test_empty_cells_are_none_and_spelling_stays() -> None:
    assert read_text_list(b"a;b;c\n 1 ;;   \n").sheet.rows[1] == (" 1 ", None, None)


def test_separator_line_of_excel_is_no_row() -> None:
    text = read_text_list(b"sep=|\na|b\n1;2|3\n")
    assert (text.delimiter, text.sheet.rows) == ("|", (("a", "b"), ("1;2", "3")))


@pytest.mark.parametrize("content", [b"<html><table></table></html>", b"\x89PNG\r\n\x1a\n\x00\x00\x00", b"{\\rtf1 x}"])
def test_other_content_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFileError):
        read_text_list(content)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        text = read_text_list(content)
    except UnreadableFileError as error:
        if error.reason not in {"bad_text", "not_a_spreadsheet"}:
            raise
        return
    assert all(cell is None or cell for row in text.sheet.rows for cell in row)


CELLS = st.text(alphabet=st.characters(categories=("L", "N", "P", "Zs"), include_characters='";,\t\n'), max_size=8)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=8))
def test_what_a_spreadsheet_writes_comes_back(rows: list[tuple[str, str, str]]) -> None:
    text = "".join(";".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n" for row in rows)
    read = read_text_list(("sep=;\n" + text).encode("utf-8-sig")).sheet.rows
    expected = [tuple(cell if cell and not cell.isspace() else None for cell in row) for row in rows]
    while expected and not any(expected[-1]):
        expected.pop()
    assert list(read) == expected


def test_the_line_that_names_any_separator_counts() -> None:
    read = read_text_list("sep=^\r\nEinrNr^Name^Plätze\r\n10002^Kita Elbe^80\r\n".encode())
    assert read.delimiter == "^"
    assert read.sheet.rows == (("EinrNr", "Name", "Plätze"), ("10002", "Kita Elbe", "80"))
