"""The offer lists: a semicolon CSV of the first years, a workbook since 2019."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

import numpy as np

from vemas_analytics.synthetic.cases import Offer, pick
from vemas_analytics.synthetic.lists import Fault, faults_of, footnotes, garble, insert_lines, with_blanks, with_cell
from vemas_analytics.synthetic.sheets import CellValue, Line, Sheet, SheetFile, note_sheet, title_lines
from vemas_analytics.synthetic.spelling import spell_amount, spell_date, spell_regions
from vemas_analytics.synthetic.words import NOTE, read_names

FIRST_WORKBOOK_YEAR: Final = 2019

_CSV_HEADERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "number": "Angebots-Nr.",
        "date": "Datum",
        "region": "Region",
        "saxon": "Sächsischer Anbieter",
        "russian": "Russischer Kunde",
        "subject": "Gegenstand",
        "value": "Angebotswert",
        "status": "Status",
        "decided": "Entscheidung am",
        "inquiry": "Bezug Anfrage",
    }
)
_BOOK_HEADERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "date": "Angebotsdatum",
        "number": "Angebotsnummer",
        "saxon": "Anbieter",
        "russian": "Kunde",
        "region": "Region des Kunden",
        "kind": "Art",
        "subject": "Gegenstand",
        "value": "Angebotssumme",
        "inquiry": "Anfrage-Nr.",
        "status": "Stand",
        "decided": "Entschieden am",
        "note": "Bemerkung",
    }
)


def _cells(
    offer: Offer, headers: Mapping[str, str], styles: Sequence[str], encoding: str, rng: np.random.Generator
) -> tuple[CellValue, ...]:
    names = read_names()
    style = pick(rng, styles)
    content: dict[str, CellValue] = {
        "number": offer.number,
        "date": spell_date(offer.offered_on, "day", style),
        "region": spell_regions(offer.regions, rng, encoding=encoding) or None,
        "saxon": offer.saxon_company,
        "russian": offer.russian_company,
        "subject": offer.subject,
        "kind": names["subject_kind_words"][offer.subject_kind],
        "value": spell_amount(offer.value, offer.currency, rng),
        "status": pick(rng, names["offer_status_words"][offer.status]),
        "decided": spell_date(offer.decided_on, "day", style) if offer.decided_on else None,
        # the lists of 2012 and 2013 number inquiries from 1 again: there is nothing to refer to
        "inquiry": offer.inquiry if offer.inquiry and not offer.inquiry.startswith(("A12", "A13")) else None,
        "note": "Sanktionsprüfung" if rng.random() < 0.08 else None,
    }
    return tuple(content[name] for name in headers)


def _stray(fault: Fault, number: int, template: Offer, line_of: Mapping[str, int], line: Line) -> Line:
    """Return an extra line that no list should keep, made from the line of some offer."""
    value: CellValue = fault.value or None
    column = {"amount_negative": "value", "out_of_scope": "region"}.get(fault.kind, "date")
    stray = with_cell(line, line_of["number"], f"AN-{template.offered_on.year}-{900 + number}")
    for blank in ("value", "inquiry", "decided"):
        stray = with_cell(stray, line_of[blank], None)
    stray = with_cell(with_cell(stray, line_of["status"], "verloren"), line_of[column], value)
    return dataclasses.replace(stray, key="", fault=fault.kind, value=fault.value)


def _list_lines(
    name: str,
    offers: Sequence[Offer],
    headers: Mapping[str, str],
    styles: Sequence[str],
    encoding: str,
    rng: np.random.Generator,
) -> tuple[Line, ...]:
    """Return the records of one list with its planted faults, header, blanks and sum."""
    columns = {content: index for index, content in enumerate(headers)}
    lines: tuple[Line, ...] = tuple(
        Line("record", _cells(item, headers, styles, encoding, rng), key=item.key) for item in offers
    )
    regions = {item.key: item.regions for item in offers}
    extra, wrong = [], False
    for number, fault in enumerate(faults_of("offers", name)):
        wrong = wrong or fault.kind == "control_total"
        if fault.kind == "duplicate_in_sheet":
            # a number used twice is planted in the first lines
            original = pick(rng, offers[2:] or offers)
            cells = _cells(original, headers, styles, encoding, rng)
            extra.append(Line("record", cells, fault="duplicate", twin=original.key))
        elif fault.kind in {"date_impossible", "date_missing", "out_of_scope", "amount_negative"}:
            template = pick(rng, offers)
            line = Line("record", _cells(template, headers, styles, encoding, rng))
            extra.append(_stray(fault, number, template, columns, line))
        else:
            lines = garble(lines, fault, regions, columns["number"], columns["region"])
    lines = insert_lines(lines, extra, rng)
    header = Line("header", tuple(headers.values()))
    return (header, *with_blanks(lines), *_total(offers, columns, wrong=wrong))


def _total(offers: Sequence[Offer], columns: Mapping[str, int], *, wrong: bool) -> tuple[Line, ...]:
    """Return the list's own sum, or nothing where roubles stand among the euros."""
    if any(item.currency == "RUB" for item in offers):
        return ()
    total = sum(item.value or 0 for item in offers) + (100_000 if wrong else 0)
    cells: list[CellValue] = [None] * len(columns)
    cells[0], cells[columns["value"]] = "Summe", spell_total(total)
    return (Line("sum", tuple(cells), fault="control_total" if wrong else ""),)


def spell_total(total: int) -> str:
    """Return a sum as the CSV list writes it."""
    return f"{total:,}".replace(",", ".") + ",00 €"


def plan_offers(offers: Sequence[Offer], rng: np.random.Generator) -> tuple[SheetFile, ...]:
    """Plan the two offer lists: cp1252 CSV to 2018, workbook from 2019."""
    early = [item for item in offers if item.offered_on.year < FIRST_WORKBOOK_YEAR]
    late = [item for item in offers if item.offered_on.year >= FIRST_WORKBOOK_YEAR]
    head = title_lines("Angebote sächsischer Unternehmen nach Russland", NOTE, "2012 bis 2018")
    lines = _list_lines("2012-2018", early, _CSV_HEADERS, ("text", "short"), "cp1252", rng)
    sheet = Sheet("", "offers", (*head, *lines, *footnotes("Angaben der Unternehmen, ohne Gewähr")))
    book_head = title_lines("Angebote nach Russland", NOTE, f"Stand: {dt.date(2024, 12, 31):%d.%m.%Y}")
    book_lines = _list_lines("ab 2019", late, _BOOK_HEADERS, ("real", "text", "serial"), "utf-8", rng)
    book = Sheet("Angebote ab 2019", "offers", (*book_head, *book_lines, *footnotes("* netto, ohne Einfuhrabgaben")))
    return (
        SheetFile("Angebote_2012-2018.csv", (sheet,), encoding="cp1252"),
        SheetFile("Angebote_ab_2019.xlsx", (book, note_sheet())),
    )
