"""Which list of a file a problem is about."""

from types import MappingProxyType

import pytest

from vemas_analytics.marked.marks import ListPlaces
from vemas_analytics.model.sheets import RawColumn
from vemas_analytics.model.tables import ListPlace


def _place(sheet: str, header_row: int, last_row: int, *headings: str) -> ListPlace:
    columns = tuple(RawColumn(index, heading, None) for index, heading in enumerate(headings))
    return ListPlace("a.xlsx", sheet, "inquiries", (header_row,), columns, last_row, MappingProxyType({}))


LOWER = _place("Blatt", 20, 30, "Eingang", "Betreff")
UPPER = _place("Blatt", 1, 10, "Eingang", "Region")
BESIDE = _place("Blatt!H:J", 1, 15, "Eingang")


@pytest.mark.parametrize(
    ("sheet", "row", "heading", "expected"),
    [
        ("Blatt", 1, "", UPPER),
        ("Blatt", 10, "", UPPER),
        ("Blatt", 11, "", LOWER),
        ("Blatt", 99, "", LOWER),
        ("Blatt", None, "Eingang", UPPER),
        ("Blatt", None, "Betreff", LOWER),
        ("Blatt", None, "Wert", None),
        ("Blatt!H:J", 12, "", BESIDE),
        ("anderes", 1, "Eingang", None),
    ],
)
def test_the_list_a_problem_is_about(sheet: str, row: int | None, heading: str, expected: ListPlace | None) -> None:
    assert ListPlaces([LOWER, BESIDE, UPPER]).about(sheet, row, heading) == expected
