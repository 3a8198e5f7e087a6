"""The story of the inquiries: a Russian company asks."""

from collections.abc import Sequence

from vemas_analytics.etl.clean.money import read_money
from vemas_analytics.etl.clean.records import CleanedList, CleaningRules
from vemas_analytics.etl.clean.requests import finish_requests
from vemas_analytics.etl.clean.rows import RowReader
from vemas_analytics.etl.clean.same_value import SameValue
from vemas_analytics.etl.parse.cells import as_text
from vemas_analytics.model.sheets import RawTable
from vemas_analytics.reference.words import read_words


def clean_inquiries(raw: RawTable, rules: CleaningRules) -> CleanedList:
    """Clean one list of inquiries.

    Parameters
    ----------
    raw : RawTable
        Recognised as ``inquiries``.
    rules : CleaningRules
    """
    reader = RowReader(raw, rules)
    reader.reject_empty(("inquiry_id",), ("received_on", "closed_on"))
    received = reader.dates("received_on", required=True)
    closed = reader.dates("closed_on", required=False)
    marks = _read_marks(reader)
    money = read_money(reader, "value", [reading.start for reading in received])
    columns = {
        "channel": reader.codes("channel"),
        "event_id": reader.texts("event_id"),
    }
    return finish_requests(reader, "inquiries", received, closed, money, columns, marks)


def _read_marks(reader: RowReader) -> Sequence[str | None]:
    """Return the status that a mark in the column of the closing date means: ``Erledigt? ja`` is closed.

    The mark is no date and takes back the complaint that it is none; it is noted where it settles the status.
    """
    column, stated = reader.cells("closed_on"), reader.texts("status")
    answers, headings = read_words()["mark"], read_words()["mark.inquiries"]
    if isinstance(column.values, SameValue) and column.values[:1] == [None]:
        return ()
    marks: list[str | None] = []
    for at, row in enumerate(reader.rows):
        text = as_text(column.values[at])
        answer = answers.code(text) if text else None
        if answer is None:
            marks.append(None)
            continue
        header = column.headers[at]
        status = "open" if answer == "no" else headings.code_within(header) or "closed"
        complaint = ("other_date_unreadable", row.number, header)
        reader.problems[:] = [item for item in reader.problems if (item.code, item.row, item.column) != complaint]
        if stated[at] is None:
            reader.note("status_from_mark", row.number, header, text, taken=status, field="inquiries.status")
        marks.append(status)
    return marks
