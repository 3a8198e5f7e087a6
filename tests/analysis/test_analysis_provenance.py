import numpy as np
import pandas as pd

from vemas_analytics.analysis.provenance import cite, cite_frame
from vemas_analytics.model.finding import SourceRef

SHEETS = (("a.csv", ""), ("b.xlsx", "2019"))


def test_rows_are_sorted_each_once_and_by_sheet():
    found = cite(SHEETS, np.array([1, 0, 1, 1]), np.array([7, 3, 5, 7]))
    assert found == (SourceRef("a.csv", "", (3,)), SourceRef("b.xlsx", "2019", (5, 7)))
    assert cite(SHEETS, np.array([], dtype=int), np.array([], dtype=int)) == ()


def test_frame_without_row_numbers_has_no_sources():
    frame = pd.DataFrame({"source_file": ["a", "a"], "source_sheet": [None, None], "source_row": [None, 4]})
    assert cite_frame(frame) == (SourceRef("a", "", (4,)),)
    assert cite_frame(pd.DataFrame({"x": [1]})) == ()
