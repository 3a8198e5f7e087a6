"""The inquiry workbook: a sheet per year, columns and spellings changing with whoever kept it."""

import dataclasses
import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np

from vemas_analytics.synthetic.cases import Inquiry, pick
from vemas_analytics.synthetic.lists import (
    Fault,
    faults_of,
    footnotes,
    garble,
    insert_lines,
    with_blanks,
    with_cell,
    with_header_again,
)
from vemas_analytics.synthetic.sheets import CellValue, Line, Sheet, SheetFile, note_sheet, title_lines
from vemas_analytics.synthetic.spelling import spell_amount, spell_date, spell_regions
from vemas_analytics.synthetic.words import NOTE, read_names

FILE_NAME = "Anfragen_2012-2024.xlsx"
REPEATED_HEADER_YEARS = (2013, 2019)


@dataclass(frozen=True, slots=True)
class Layout:
    """How one year's list is laid out; ``groups`` is the upper of two header rows, or empty."""

    columns: tuple[tuple[str, str], ...]
    dates: tuple[str, ...]
    groups: tuple[str, ...]

    def index(self, content: str) -> int:
        """Return the column that holds something, -1 when the list has none."""
        return next((number for number, (name, _) in enumerate(self.columns) if name == content), -1)


@lru_cache(maxsize=1)
def read_layouts() -> Mapping[int, Layout]:
    """Return the layout of each year's sheet."""
    text = (files("vemas_analytics.synthetic") / "tables" / "layouts.toml").read_text("utf-8")
    return {
        year: Layout(tuple((n, h) for n, h in item["columns"]), tuple(item["dates"]), tuple(item.get("groups", ())))
        for item in tomllib.loads(text)["inquiries"]
        for year in item["years"]
    }


def _cells(inquiry: Inquiry, layout: Layout, rng: np.random.Generator) -> tuple[CellValue, ...]:
    names = read_names()
    style = pick(rng, layout.dates)
    in_euros = inquiry.currency == "EUR" and inquiry.value is not None
    content: dict[str, CellValue] = {
        "number": inquiry.number,
        "running": _running(inquiry.number),
        "date": spell_date(inquiry.received_on, inquiry.precision, style),
        "region": spell_regions(inquiry.regions, rng) or None,
        "russian": inquiry.russian_company,
        "saxon": inquiry.saxon_company or None,
        "subject": inquiry.subject,
        "kind": names["subject_kind_words"][inquiry.subject_kind],
        "channel": names["channel_words"].get(inquiry.channel),
        "value": spell_amount(inquiry.value, inquiry.currency, rng),
        "plain_value": inquiry.value,
        "currency": inquiry.currency or None,
        "value_teur": (inquiry.value or 0) // 1000 if in_euros else spell_amount(inquiry.value, inquiry.currency, rng),
        "status": pick(rng, names["inquiry_status_words"][inquiry.status]),
        "closed": spell_date(inquiry.closed_on, "day", style) if inquiry.closed_on else None,
        "email": "kontakt@example.invalid" if rng.random() < 0.3 else None,
        "note": "Rückfrage gestellt" if rng.random() < 0.1 else None,
    }
    return tuple(content[name] for name, _ in layout.columns)


def _running(number: str) -> int | str:
    """Return the part of a number that counts within the year: 17 of A13-017."""
    _, _, counter = number.partition("-")
    return int(counter) if counter.isdigit() else number


def listed_number(inquiry: Inquiry) -> str:
    """Return the number under which the list of its year has an inquiry."""
    layout = read_layouts()[inquiry.received_on.year]
    return str(_running(inquiry.number)) if layout.index("running") >= 0 else inquiry.number


def _line(inquiry: Inquiry, layout: Layout, rng: np.random.Generator) -> Line:
    return Line("record", _cells(inquiry, layout, rng), key=inquiry.key)


def _stray(fault: Fault, number: int, year: int, layout: Layout, rng: np.random.Generator) -> Line:
    """Return an extra line that no list should keep: its fault shows in one cell."""
    names = read_names()
    inquiry = Inquiry(
        key="",
        number=f"A{year % 100:02d}-{900 + number}",
        received_on=dt.date(year, int(rng.integers(1, 13)), int(rng.integers(1, 28))),
        precision="day",
        regions=("RU-SVE",),
        russian_company=pick(rng, names["russian"]).partition("|")[0],
        saxon_company="",
        subject="Drehmaschinen",
        subject_kind="production_technology",
        channel="direct",
        value=None,
        currency="",
        status="answered",
        closed_on=None,
    )
    line = dataclasses.replace(_line(inquiry, layout, rng), fault=fault.kind, value=fault.value)
    value: CellValue = fault.value or None
    if fault.kind == "amount_negative" and fault.value.lstrip("-").isdigit():
        value = int(fault.value)
    column = {"date_impossible": "date", "date_missing": "date", "out_of_scope": "region"}.get(fault.kind, "value")
    index = layout.index(column)
    return with_cell(line, index if index >= 0 else layout.index("plain_value"), value)


def _twin(
    fault: Fault, year: int, by_year: Mapping[int, Sequence[Inquiry]], layout: Layout, rng: np.random.Generator
) -> Line | None:
    """Return a line that repeats a record of this sheet or of the year before."""
    pool = by_year.get(year if fault.kind == "duplicate_in_sheet" else year - 1, ())
    dated = [item for item in pool if item.precision == "day"]
    if len(dated) < 2:
        return None
    # the last one is carried on by the next year's list, perhaps with another status
    original = pick(rng, dated[:-1]) if fault.kind == "duplicate_in_sheet" else dated[-1]
    kind = "status_updated" if fault.kind == "status_updated" else "duplicate"
    return Line("record", _cells(original, layout, rng), fault=kind, twin=original.key)


def _earlier_status(inquiries: Sequence[Inquiry], year: int) -> tuple[Inquiry, ...]:
    """Show the year's last dated record as open: the next year's list carries it on with its later status."""
    if not any(fault.kind == "status_updated" for fault in faults_of("inquiries", str(year + 1))):
        return tuple(inquiries)
    last = next((item.key for item in reversed(inquiries) if item.precision == "day"), "")
    return tuple(
        dataclasses.replace(item, status="open", closed_on=None) if item.key == last else item for item in inquiries
    )


def _sum_line(inquiries: Sequence[Inquiry], layout: Layout, *, wrong: bool) -> Line:
    column = next(layout.index(name) for name in ("value", "plain_value", "value_teur") if layout.index(name) >= 0)
    total = sum(item.value or 0 for item in inquiries) + (25_000 if wrong else 0)
    if layout.columns[column][0] == "value_teur":
        total //= 1000
    cells: list[CellValue] = [None] * len(layout.columns)
    cells[0], cells[column] = "Summe", total
    return Line("sum", tuple(cells), fault="control_total" if wrong else "")


def _sheet(year: int, by_year: Mapping[int, Sequence[Inquiry]], rng: np.random.Generator) -> Sheet:
    layout, inquiries = read_layouts()[year], by_year.get(year, ())
    faults = faults_of("inquiries", str(year))
    kinds = {fault.kind for fault in faults}
    regions = {item.key: item.regions for item in inquiries}
    lines: tuple[Line, ...] = tuple(_line(item, layout, rng) for item in _earlier_status(inquiries, year))
    for fault in faults:
        lines = garble(lines, fault, regions, layout.index("number"), layout.index("region"))
    extra = []
    for number, fault in enumerate(faults):
        if fault.kind in {"duplicate", "duplicate_in_sheet", "status_updated"}:
            twin = _twin(fault, year, by_year, layout, rng)
            extra += [twin] if twin else []
        elif fault.kind in {"date_impossible", "date_missing", "out_of_scope", "amount_negative"}:
            extra.append(_stray(fault, number, year, layout, rng))
    lines = insert_lines(lines, extra, rng)
    header = Line("header", tuple(text for _, text in layout.columns))
    if year in REPEATED_HEADER_YEARS:
        lines = with_header_again(lines, header)
    plain = not any(item.currency == "RUB" for item in inquiries)
    summed = plain and not kinds & {"duplicate", "duplicate_in_sheet", "status_updated", "amount_negative"}
    total = (_sum_line(inquiries, layout, wrong="control_total" in kinds),) if summed else ()
    groups = (Line("header", tuple(text or None for text in layout.groups)),) if layout.groups else ()
    notes = footnotes("* Werte nach Angabe der Unternehmen", "Quelle: Posteingang der Geschäftsstelle")
    head = (*title_lines(f"Anfragen aus Russland {year}", NOTE, f"Stand: 31.12.{year}"), *groups, header)
    return Sheet(str(year), "inquiries", (*head, *with_blanks(lines), *total, *notes), _merged(layout))


def _merged(layout: Layout) -> tuple[str, ...]:
    starts = [number for number, text in enumerate(layout.groups) if text]
    ends = [*(start - 1 for start in starts[1:]), len(layout.groups) - 1]
    letters = "ABCDEFGHIJKLMNOP"
    return tuple(f"{letters[a]}4:{letters[b]}4" for a, b in zip(starts, ends, strict=bool(starts)) if b > a)


def plan_inquiries(inquiries: Sequence[Inquiry], rng: np.random.Generator) -> SheetFile:
    """Plan the inquiry workbook: a sheet per year and a note."""
    by_year: dict[int, list[Inquiry]] = {}
    for item in inquiries:
        by_year.setdefault(item.received_on.year, []).append(item)
    sheets = tuple(_sheet(year, by_year, rng) for year in sorted(read_layouts()))
    return SheetFile(FILE_NAME, (*sheets, note_sheet()))
