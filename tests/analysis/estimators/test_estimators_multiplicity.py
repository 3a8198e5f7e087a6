"""Adjusted p-values against statsmodels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from vemas_analytics.analysis.estimators import adjust_p_values
from vemas_analytics.errors import OptionError

NAMES = {"bh": "fdr_bh", "by": "fdr_by", "holm": "holm", "bonferroni": "bonferroni"}


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.sampled_from(list(NAMES)))
def test_agrees_with_statsmodels(p: list[float], method: str) -> None:
    expected = multipletests(p, method=NAMES[method])[1]
    assert adjust_p_values(p, method=method) == pytest.approx(expected, rel=1e-9)  # type: ignore[arg-type]


def test_order_is_kept_and_the_input_too() -> None:
    p = np.array([0.04, 0.001, 0.03])
    assert adjust_p_values(p) == pytest.approx([0.04, 0.003, 0.04])
    assert p.tolist() == [0.04, 0.001, 0.03]


def test_no_region_no_value() -> None:
    assert adjust_p_values([]).size == 0


def test_bad_values_are_refused() -> None:
    with pytest.raises(OptionError, match="bh, by, holm, bonferroni"):
        adjust_p_values([0.1], method="fdr")  # type: ignore[arg-type]
    for bad in ([1.2], [-0.1], [np.nan]):
        with pytest.raises(ValueError, match="p holds"):
            adjust_p_values(bad)
