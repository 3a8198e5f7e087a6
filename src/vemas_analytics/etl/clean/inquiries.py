"""The story of the inquiries: a Russian company asks."""

from vemas_analytics.etl.clean.money import read_money
from vemas_analytics.etl.clean.records import CleanedList, CleaningRules
from vemas_analytics.etl.clean.requests import finish_requests
from vemas_analytics.etl.clean.rows import RowReader
from vemas_analytics.model.sheets import RawTable


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
    money = read_money(reader, "value", [reading.start for reading in received])
    columns = {
        "channel": reader.codes("channel"),
        "event_id": reader.texts("event_id"),
    }
    return finish_requests(reader, "inquiries", received, closed, money, columns)
