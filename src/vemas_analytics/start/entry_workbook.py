"""The entry workbook: one list a sheet, with drop-downs, checks and help, that loads without a problem."""

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from vemas_analytics.model.names import TABLES, Language, TableName
from vemas_analytics.model.tables import CATEGORIES
from vemas_analytics.reference.entry_columns import EntryColumn, read_entry_columns
from vemas_analytics.reference.exchange_rates import read_exchange_rates
from vemas_analytics.reference.regions import read_regions
from vemas_analytics.reference.texts import Catalogue, read_texts
from vemas_analytics.reference.theme import read_theme
from vemas_analytics.reference.words import word_of

HELP_ROW, HEADER_ROW = 3, 5
LAST_ROW = 2_000
"""Down to which row drop-downs and checks reach."""

_FONT = "Arial"
_FIRST_DAY, _LAST_DAY = "DATE(1990,1,1)", "DATE(2099,12,31)"
_FORMATS: Mapping[str, Mapping[Language, str]] = {
    "day": {"de": "dd.mm.yyyy", "en": "yyyy-mm-dd"},
    "past_day": {"de": "dd.mm.yyyy", "en": "yyyy-mm-dd"},
    "amount": {"de": "#,##0.00", "en": "#,##0.00"},
    "count": {"de": "0", "en": "0"},
}
_SAID_BY_AN_EMPTY_CELL = {"attended": "unknown"}
_STAMP = (1980, 1, 1, 0, 0, 0)
_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def write_entry_workbook(path: Path, language: Language = "de") -> None:
    """Write the entry workbook.

    Parameters
    ----------
    path : Path
        Overwritten.
    language : {"de", "en"}
        Of sheets, headings, lists and help.
    """
    stream = io.BytesIO()
    _build(language).save(stream)
    _write_repeatably(stream, path)


def choices(language: Language) -> dict[str, tuple[str, ...]]:
    """Return the entries of every drop-down by its name, as ``reference/entry_columns.csv`` names it."""
    regions = read_regions()
    names = sorted((regions.name(code, language) for code in regions.codes), key=str.casefold)
    found = {
        "regions": (*names, read_texts(language).text("start.russia")),
        "currency": ("EUR", *sorted(read_exchange_rates().rates)),
    }
    for columns in read_entry_columns().values():
        for column in columns:
            if column.choices and column.choices not in found:
                left_out = _SAID_BY_AN_EMPTY_CELL.get(column.choices, "")
                codes = [code for code in CATEGORIES[column.choices] if code != left_out]
                found[column.choices] = tuple(word_of(column.choices, code, language) for code in codes)
    return found


def _build(language: Language) -> Workbook:
    texts, looks = read_texts(language), _Looks()
    workbook = Workbook()
    workbook.properties.creator = texts.text("start.creator")
    workbook.properties.title = texts.text("start.notes.title")
    workbook.properties.language = language
    names: dict[str, str] = {}
    sheets = {table: workbook.create_sheet(texts.text(f"start.sheet.{table}")) for table in TABLES}
    notes = workbook.active
    if not isinstance(notes, Worksheet):
        message = "a new workbook without a sheet"
        raise TypeError(message)
    _lists(workbook, texts, language, looks, names)
    for table, sheet in sheets.items():
        _entry_sheet(sheet, table, texts, language, looks, names)
    notes.title = texts.text("start.notes_sheet")
    _notes(notes, texts, language, looks)
    workbook.active = 0
    return workbook


class _Looks:
    """Fonts and grounds of the workbook."""

    def __init__(self) -> None:
        theme = read_theme()
        self.accent = theme.colour("accent").lstrip("#")
        soft, rule = theme.colour("ink_soft").lstrip("#"), theme.colour("rule").lstrip("#")
        self.title = Font(name=_FONT, size=14, bold=True, color=self.accent)
        self.body = Font(name=_FONT, size=10)
        self.soft = Font(name=_FONT, size=10, italic=True, color=soft)
        self.header = Font(name=_FONT, size=10, bold=True, color="FFFFFF")
        self.ground = PatternFill("solid", start_color=self.accent, end_color=self.accent)
        self.rule = Border(bottom=Side(style="thin", color=rule))
        self.top = Alignment(vertical="top", wrap_text=True)
        self.wide = Alignment(vertical="top", wrap_text=False)


def _lists(workbook: Workbook, texts: Catalogue, language: Language, looks: _Looks, names: dict[str, str]) -> None:
    """Write the lists behind the drop-downs, one a column, each with a name of its own."""
    sheet = workbook.create_sheet(texts.text("start.lists_sheet"))
    sheet["A1"] = sheet.title
    sheet["A1"].font = looks.title
    for number, (key, entries) in enumerate(choices(language).items(), 1):
        letter = get_column_letter(number)
        head = sheet.cell(3, number, _list_title(texts, key))
        head.font, head.fill, head.alignment = looks.header, looks.ground, looks.top
        for row, entry in enumerate(entries, 4):
            sheet.cell(row, number, entry).font = looks.body
        sheet.column_dimensions[letter].width = max(14, *(len(entry) + 2 for entry in entries))
        name = "Liste_" + re.sub(r"\W", "_", key)
        area = f"'{sheet.title}'!${letter}$4:${letter}${len(entries) + 3}"
        workbook.defined_names[name] = DefinedName(name, attr_text=area)
        names[key] = name
    sheet.freeze_panes = "A4"
    sheet.protection.sheet = True
    _printable(sheet, texts, landscape=True)


def _list_title(texts: Catalogue, key: str) -> str:
    table, _, field = key.rpartition(".")
    return texts.text(f"start.list.{field}_{table}" if table else f"start.list.{key}")


def _entry_sheet(
    sheet: Worksheet, table: TableName, texts: Catalogue, language: Language, looks: _Looks, names: Mapping[str, str]
) -> None:
    columns = read_entry_columns()[table]
    sheet["A1"] = texts.text("start.title", sheet=sheet.title)
    sheet["A1"].font = looks.title
    sheet["A2"] = texts.text("start.scope", first=HEADER_ROW + 1)
    sheet["A2"].font = looks.soft
    for number, column in enumerate(columns, 1):
        _entry_column(sheet, number, column, texts, language, looks, names)
    sheet.row_dimensions[HELP_ROW].height = 80
    sheet.row_dimensions[HELP_ROW + 1].height = 4  # an empty row keeps the help out of the headings
    sheet.row_dimensions[HEADER_ROW].height = 30
    last = get_column_letter(len(columns))
    listed = Table(displayName=f"tbl_{sheet.title}", ref=f"A{HEADER_ROW}:{last}{HEADER_ROW + 1}")
    listed.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    sheet.add_table(listed)
    sheet.freeze_panes = f"B{HEADER_ROW + 1}"
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    _printable(sheet, texts, landscape=True)


def _entry_column(
    sheet: Worksheet,
    number: int,
    column: EntryColumn,
    texts: Catalogue,
    language: Language,
    looks: _Looks,
    names: Mapping[str, str],
) -> None:
    letter = get_column_letter(number)
    explained = sheet.cell(HELP_ROW, number, column.help[language])
    explained.font, explained.alignment = looks.soft, Alignment(vertical="bottom", wrap_text=True)
    head = sheet.cell(HEADER_ROW, number, column.heading[language])
    head.font, head.fill, head.alignment = looks.header, looks.ground, Alignment(vertical="center", wrap_text=True)
    dimension = sheet.column_dimensions[letter]
    dimension.width = column.width
    dimension.font = looks.body
    if column.kind in _FORMATS:
        dimension.number_format = _FORMATS[column.kind][language]
        sheet.cell(HEADER_ROW + 1, number).number_format = dimension.number_format
    sheet.cell(HEADER_ROW + 1, number).font = looks.body
    rule = _validation(column, letter, texts, language, names)
    rule.add(f"{letter}{HEADER_ROW + 1}:{letter}{LAST_ROW}")
    sheet.add_data_validation(rule)


def _validation(
    column: EntryColumn, letter: str, texts: Catalogue, language: Language, names: Mapping[str, str]
) -> DataValidation:
    """Return the check of a column; a text only shows its help, and only plain mistakes are refused outright."""
    first = HEADER_ROW + 1
    match column.kind:
        case "choice":
            rule = DataValidation(type="list", formula1=names[column.choices])
        case "day" | "past_day":
            last = "TODAY()" if column.kind == "past_day" else _LAST_DAY
            rule = DataValidation(type="date", operator="between", formula1=_FIRST_DAY, formula2=last)
        case "amount":
            rule = DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0")
        case "count":
            rule = DataValidation(type="whole", operator="greaterThanOrEqual", formula1="0")
        case "identifier":
            area = f"${letter}${first}:${letter}${LAST_ROW}"
            rule = DataValidation(type="custom", formula1=f"COUNTIF({area},{letter}{first})<2")
        case _:
            rule = DataValidation()
    key = "regions" if column.choices == "regions" else column.kind
    strict = column.kind in {"amount", "count"} or (column.kind == "choice" and key != "regions")
    rule.errorStyle = "stop" if strict else "warning"
    rule.allow_blank = True
    rule.showErrorMessage = column.kind != "text"
    if column.kind != "text":
        rule.errorTitle, rule.error = texts.text(f"start.check.{key}_title"), texts.text(f"start.check.{key}")
    rule.showInputMessage = True
    rule.promptTitle, rule.prompt = column.heading[language][:32], column.help[language]
    return rule


def _notes(sheet: Worksheet, texts: Catalogue, language: Language, looks: _Looks) -> None:
    sheet["A1"] = texts.text("start.notes.title")
    sheet["A1"].font = looks.title
    for number in range(1, 8):
        cell = sheet.cell(number + 2, 1, texts.text(f"start.notes.line_{number}"))
        cell.font, cell.alignment = looks.body, looks.wide
    row = 12
    sheet.cell(row - 1, 1, texts.text("start.table_of_columns")).font = Font(name=_FONT, size=11, bold=True)
    for number, key in enumerate(("sheet_word", "column_word", "help_word", "choices_word"), 1):
        head = sheet.cell(row, number, texts.text(f"start.{key}"))
        head.font, head.fill, head.alignment = looks.header, looks.ground, looks.top
    for table, columns in read_entry_columns().items():
        for column in columns:
            row += 1
            rule = texts.text(f"start.rule.{column.kind}").replace(
                "{name}", _list_title(texts, column.choices) if column.choices else ""
            )
            shown = (texts.text(f"start.sheet.{table}"), column.heading[language], column.help[language], rule)
            for number, text in enumerate(shown, 1):
                cell = sheet.cell(row, number, text)
                cell.font, cell.alignment, cell.border = looks.body, looks.top, looks.rule
    for letter, width in zip("ABCD", (16, 24, 62, 32), strict=True):
        sheet.column_dimensions[letter].width = width
    _printable(sheet, texts, landscape=False)


def _printable(sheet: Worksheet, texts: Catalogue, *, landscape: bool) -> None:
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    footer = sheet.oddFooter
    if footer is not None:
        footer.right.text = texts.text("start.page")


def _write_repeatably(stream: io.BytesIO, path: Path) -> None:
    """Write the package without the moment of its making: the same answers give the same bytes."""
    with zipfile.ZipFile(stream) as made, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as finished:
        for name in made.namelist():
            content = made.read(name)
            if name == "docProps/core.xml":
                content = _MOMENT.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", content)
            entry = zipfile.ZipInfo(name, date_time=_STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            finished.writestr(entry, content)
