"""Trips of which nobody wrote down whether they took place."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from vemas_analytics.etl.clean.records import Records
from vemas_analytics.etl.clean.trips import trip_end
from vemas_analytics.etl.parse.date_reading import last_possible_day
from vemas_analytics.model.problem import Problem

_DATES = ("received_on", "offered_on", "start_on", "held_on")
_INTENDED = frozenset({"planned", "announced"})
_FINE = frozenset({"day", "week", "month"})


def latest_day(tables: Iterable[Records], today: dt.date) -> dt.date:
    """Return the last day of the last month with a record that is not merely intended; at most today."""
    latest = dt.date.min
    for records in tables:
        for name in _DATES:
            if name not in records.values:
                continue
            columns = (name, f"{name}_precision", "status", "forum_status")
            for day, precision, status, forum in set(zip(*map(records.column, columns), strict=True)):
                if day is None or day > today or day <= latest:
                    continue
                if precision in _FINE and status not in _INTENDED and forum != "announced":
                    latest = last_possible_day(day.replace(day=1), "month")
    return min(latest, today) if latest != dt.date.min else today


def settle_trip_status(trips: Records, as_of: dt.date) -> list[Problem]:
    """Give every trip without a status one: held if its end lies before the reference date, else planned.

    A list without a status column is noted once; an empty cell in such a column is noted row by row. A status
    that was given but not understood stays missing.

    Parameters
    ----------
    trips : Records
        Their status is filled in.
    as_of : datetime.date
    """
    problems: list[Problem] = []
    held_without_column: Counter[tuple[str, str]] = Counter()
    for record in trips:
        if not record.without_status or record.values.get("status") is not None:
            continue
        status = "held" if trip_end(record) < as_of else "planned"
        record.values["status"] = status
        place = record.place
        if record.without_status == "column" and status == "held":
            held_without_column[place.file, place.sheet] += 1
        else:
            taken = {"taken": status, "field": "trips.status"}
            problems.append(
                Problem("status_assumed", "note", "trips", place.file, place.sheet, place.row, params=taken)
            )
    for (file, sheet), number in held_without_column.items():
        problems.append(Problem("status_assumed_column", "note", "trips", file, sheet, params={"n": str(number)}))
    return problems
