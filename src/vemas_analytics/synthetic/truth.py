"""The known truth of the demo: intensities, clean records with their rows, planted faults, cases open at the stop."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from vemas_analytics.model.names import RUSSIA, TOTAL
from vemas_analytics.synthetic.activities import Forum, Trip
from vemas_analytics.synthetic.cases import Inquiry, Offer
from vemas_analytics.synthetic.inquiry_lists import listed_number
from vemas_analytics.synthetic.intensity import (
    END,
    FIRST_DAY,
    LAST_DAY,
    SEASON,
    SEGMENTS,
    STOP,
    WINDOWS,
    Stream,
    days_in,
    expected_in,
    streams_of,
    true_ratio,
)
from vemas_analytics.synthetic.sheets import Line, SheetFile
from vemas_analytics.synthetic.words import NOTE

SET_ASIDE: Final = {
    "duplicate": "duplicate",
    "status_updated": "duplicate",
    "date_impossible": "rejected",
    "date_missing": "rejected",
    "amount_negative": "rejected",
    "out_of_scope": "out_of_scope",
}
"""Planted faults whose row must not be counted, and the ledger column it falls under."""

STILL_OPEN: Final = frozenset({"open", "answered", "negotiation", "suspended"})
"""Status of a case that nothing has closed: an answer alone does not."""

Record = dict[str, Any]


def _cases(inquiries: Sequence[Inquiry], offers: Sequence[Offer]) -> dict[str, Record]:
    records: dict[str, Record] = {}
    for inquiry in inquiries:
        records[inquiry.key] = {
            "table": "inquiries",
            "id": listed_number(inquiry),
            "date": inquiry.received_on,
            "precision": inquiry.precision,
            "regions": list(inquiry.regions),
            "status": inquiry.status,
            "value": inquiry.value,
            "currency": inquiry.currency or None,
        }
    for offer in offers:
        records[offer.key] = {
            "table": "offers",
            "id": offer.number,
            "date": offer.offered_on,
            "precision": "day",
            "regions": list(offer.regions),
            "status": offer.status,
            "value": offer.value,
            "currency": offer.currency or None,
        }
    return records


def _activities(trips: Sequence[Trip], forums: Sequence[Forum]) -> dict[str, Record]:
    records: dict[str, Record] = {}
    for trip in trips:
        records[trip.key] = {
            "table": "trips",
            "id": trip.number,
            "date": trip.start_on,
            "precision": "day",
            "regions": list(trip.regions),
            "status": trip.status,
            "companies": trip.companies,
            "direction": trip.direction,
        }
    for forum in forums:
        lines: list[tuple[int, str]] = [(item.persons, item.attended) for item in forum.participants]
        lines = lines or [(forum.persons, "unknown")]
        for number, (persons, attended) in enumerate(lines, 1):
            records[f"{forum.key} line {number}"] = {
                "table": "attendance",
                "id": forum.number,
                "date": forum.held_on,
                "precision": "day",
                "regions": [forum.region],
                "persons": persons,
                "attended": attended,
            }
    return records


def _rows(files: Sequence[SheetFile]) -> Iterator[tuple[SheetFile, str, str, int, Line]]:
    for file in files:
        for sheet in file.sheets:
            for row, line in enumerate(sheet.lines, 1):
                yield file, sheet.name, sheet.table, row, line


def _placed(files: Sequence[SheetFile], records: Mapping[str, Record]) -> list[Record]:
    """Return every true record with the place where it stands, in file order."""
    return [
        {**records[line.key], "file": file.name, "sheet": sheet, "row": row}
        for file, sheet, _, row, line in _rows(files)
        if line.key in records
    ]


def _faults(files: Sequence[SheetFile]) -> list[Record]:
    places = {line.key: (file.name, sheet, row) for file, sheet, _, row, line in _rows(files) if line.key}
    faults = []
    for file, sheet, table, row, line in _rows(files):
        if not line.fault:
            continue
        fault: Record = {"kind": line.fault, "table": table, "file": file.name, "sheet": sheet, "row": row}
        if line.value:
            fault["value"] = line.value
        if line.twin:
            fault["twin"] = dict(zip(("file", "sheet", "row"), places[line.twin], strict=True))
        faults.append(fault)
    return faults


def _ledger(files: Sequence[SheetFile]) -> list[Record]:
    """Return what each list holds: rows read and why rows are set aside."""
    ledger = []
    for file in files:
        for sheet in file.sheets:
            below = [line for line in sheet.lines if line.role in {"record", "sum", "footnote", "repeated_header"}]
            if not sheet.table:
                continue
            aside = Counter(SET_ASIDE[line.fault] for line in below if line.fault in SET_ASIDE)
            aside += Counter(line.role for line in below if line.role != "record")
            reasons = ("sum", "footnote", "repeated_header", "duplicate", "rejected", "out_of_scope")
            ledger.append(
                {
                    "file": file.name,
                    "sheet": sheet.name,
                    "table": sheet.table,
                    "rows_read": len(below),
                    "rows_kept": len(below) - sum(aside.values()),
                    **{reason: aside[reason] for reason in reasons},
                }
            )
    return ledger


def _add(counts: dict[str, Counter[str]], regions: Sequence[str], month: str, n: int) -> None:
    for region in (*regions, TOTAL):
        counts.setdefault(region, Counter())[month] += n


def _month_counts(records: Sequence[Record]) -> dict[str, dict[str, dict[str, int]]]:
    """Return measure -> region -> month -> count of what was truly recorded, day and month precision."""
    counts: dict[str, dict[str, Counter[str]]] = {
        name: {} for name in ("inquiries", "offers", "trips", "trips_cancelled", "forums", "forum_attendance")
    }
    forums: set[str] = set()
    for record in records:
        if record["precision"] not in {"day", "month"}:
            continue
        table, month, regions = record["table"], f"{record['date']:%Y-%m}", record["regions"]
        if table == "trips":
            measure = "trips" if record["status"] == "held" else "trips_cancelled"
            _add(counts[measure], regions, month, 1)
        elif table == "attendance":
            if record["id"] not in forums:
                forums.add(record["id"])
                _add(counts["forums"], regions, month, 1)
            if record["attended"] != "no_show":
                _add(counts["forum_attendance"], regions, month, record["persons"])
        else:
            _add(counts[table], regions, month, 1)
    return {
        measure: {region: dict(sorted(months.items())) for region, months in sorted(by_region.items())}
        for measure, by_region in counts.items()
    }


def _window_counts(records: Sequence[Record], table: str, region: str) -> dict[str, int]:
    days = [
        record["date"]
        for record in records
        if record["table"] == table
        and record["precision"] in {"day", "month"}
        and (region == TOTAL or region in record["regions"])
    ]
    return {
        window: sum(start <= day < end for day in days for start, end in periods) for window, periods in WINDOWS.items()
    }


def _effect(streams: Sequence[Stream], records: Sequence[Record], table: str, region: str) -> Record:
    own = streams_of(streams, table, region)
    return {
        "per_month": {segment: round(sum(item.rates[segment] for item in own), 9) for segment in SEGMENTS},
        "expected": {window: round(expected_in(own, periods), 9) for window, periods in WINDOWS.items()},
        "counted": _window_counts(records, table, region),
        "ratio": {window: round(true_ratio(own, window), 12) for window in WINDOWS if window != "after"},
    }


def _effects(streams: Sequence[Stream], records: Sequence[Record]) -> Record:
    regions = sorted({code for item in streams for code in item.regions})
    tables = ("inquiries", "offers")
    return {
        region: {
            table: _effect(streams, records, table, region) for table in tables if streams_of(streams, table, region)
        }
        for region in (*regions, TOTAL)
    }


def _open_at_stop(inquiries: Sequence[Inquiry], offers: Sequence[Offer]) -> Record:
    """Return the cases open on the eve; a case closed without a date is unknown, counted apart."""
    found: Record = {}
    for table, cases in (
        (
            "inquiries",
            [(listed_number(i), i.received_on, i.status, i.closed_on, i.value, i.currency) for i in inquiries],
        ),
        ("offers", [(o.number, o.offered_on, o.status, o.decided_on, o.value, o.currency) for o in offers]),
    ):
        still: list[Record] = []
        unknown: list[Record] = []
        for number, day, status, ended, value, currency in cases:
            if day >= STOP or (ended is not None and ended < STOP):
                continue
            pending = ended is not None or status in STILL_OPEN
            (still if pending else unknown).append({"id": number, "value": value, "currency": currency or None})
        euros = [case["value"] for case in still if case["currency"] == "EUR"]
        found[table] = {"n": len(still), "value_eur_of_euro_cases": sum(euros), "cases": still, "unknown": unknown}
    return found


def build_truth(
    files: Sequence[SheetFile],
    streams: Sequence[Stream],
    cases: tuple[Sequence[Inquiry], Sequence[Offer]],
    activities: tuple[Sequence[Trip], Sequence[Forum]],
    parameters: Mapping[str, float],
) -> Record:
    """Return everything that truth.json says.

    Parameters
    ----------
    files : sequence of SheetFile
        What is written, with the truth about each line.
    streams : sequence of Stream
        The intensities that the counts were drawn from.
    cases, activities : pairs of sequences
        Inquiries and offers; trips and forums.
    parameters : mapping
        Seed and scale, for the record.

    Returns
    -------
    dict
        Plain values; ``effects`` holds, per region and table, rate per month in each segment, expected and realised
        number in each window, and the true rate ratio after/before against each baseline, integrated day by day.
    """
    records = _placed(files, {**_cases(*cases), **_activities(*activities)})
    return {
        "note": NOTE,
        "schema": "vemas-demo-truth-1",
        "parameters": dict(parameters),
        "recorded": {"start": FIRST_DAY, "end": END, "last_day": LAST_DAY},
        "stop": STOP,
        "season": dict(enumerate(SEASON, 1)),
        "segments": {name: {"start": start, "end": end} for name, (start, end) in SEGMENTS.items()},
        "windows": {
            name: {"periods": [{"start": a, "end": b} for a, b in periods], "days": days_in(periods)}
            for name, periods in WINDOWS.items()
        },
        "effects": _effects(streams, records),
        "counts": _month_counts(records),
        "coarse": [record for record in records if record["precision"] not in {"day", "month"}],
        "open_at_stop": _open_at_stop(*cases),
        "after_stop": [
            {name: record[name] for name in ("table", "id", "date", "regions", "file", "sheet", "row")}
            for record in records
            if record["date"] >= STOP and record.get("status") != "cancelled"
        ],
        "without_region": RUSSIA,
        "ledger": _ledger(files),
        "faults": _faults(files),
        "records": records,
    }


def _plain(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    message = f"{type(value).__name__} has no place in truth.json"
    raise TypeError(message)


def dump_truth(truth: Mapping[str, Any]) -> str:
    """Return the truth as JSON: long lists with one entry a line, so that changes show as lines."""
    parts = []
    for name, value in truth.items():
        if isinstance(value, list):
            entries = ",\n".join("  " + json.dumps(item, ensure_ascii=False, default=_plain) for item in value)
            parts.append(f' "{name}": [\n{entries}\n ]')
        else:
            body = json.dumps(value, ensure_ascii=False, default=_plain, indent=1).replace("\n", "\n ")
            parts.append(f' "{name}": {body}')
    return "{\n" + ",\n".join(parts) + "\n}\n"
