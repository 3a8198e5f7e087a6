"""The story of the offers: a Saxon company or network answers with a price."""

from vemas_analytics.etl.clean.money import read_money
from vemas_analytics.etl.clean.records import CleanedList, CleaningRules
from vemas_analytics.etl.clean.requests import finish_requests
from vemas_analytics.etl.clean.rows import RowReader
from vemas_analytics.model.sheets import RawTable


def clean_offers(raw: RawTable, rules: CleaningRules) -> CleanedList:
    """Clean one list of offers.

    Parameters
    ----------
    raw : RawTable
        Recognised as ``offers``.
    rules : CleaningRules
    """
    reader = RowReader(raw, rules)
    reader.reject_empty(("offer_id", "inquiry_id"), ("offered_on", "decided_on"))
    offered = reader.dates("offered_on", required=True)
    decided = reader.dates("decided_on", required=False)
    money = read_money(reader, "value", [reading.start for reading in offered])
    columns = {
        "inquiry_id": reader.texts("inquiry_id"),
        "network": reader.texts("network"),
    }
    return finish_requests(reader, "offers", offered, decided, money, columns)
