"""Whether several changes differ by more than chance: one test for all, in place of intervals held side by side."""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from vemas_analytics.analysis.estimators.arguments import read_nonnegative

DRAWS: Final = 9999
SEED: Final = 2022
_TOLERANCE: Final = 1e-9


def homogeneity_p_value(after: ArrayLike, before: ArrayLike, *, draws: int = DRAWS, seed: int = SEED) -> float | None:
    """Test that all groups share one change from before to after.

    Parameters
    ----------
    after, before : array of int, shape (groups,)
        Events of each group in the same two windows.
    draws : int
        Tables drawn under the hypothesis.
    seed : int
        Same seed, same result.

    Returns
    -------
    float or None
        P-value, never below ``1 / (draws + 1)``; None where nothing can differ: fewer than two groups with events,
        or none on one of the sides.

    Notes
    -----
    Given each group's events and their sum after, the events after are multivariate hypergeometric under one common
    change, whatever the exposures; p is the share of tables at least as far from it by Pearson's chi-squared
    (Agresti 2002, Categorical Data Analysis, 3.5; Monte Carlo as Besag and Clifford 1989, Biometrika 76:633).
    Assumption at risk: independent events. Clustered ones make the p-value too small.
    """
    late = read_nonnegative("after", after)
    totals = late + read_nonnegative("before", before, length=late.size)
    late, totals = late[totals > 0], totals[totals > 0]
    n_late, n = late.sum(), totals.sum()
    if late.size < 2 or n_late in {0, n}:
        return None
    expected = totals * n_late / n
    drawn = np.random.default_rng(seed).multivariate_hypergeometric(totals.astype(np.int64), int(n_late), size=draws)
    distances = ((drawn - expected) ** 2 / expected).sum(axis=1)
    observed = ((late - expected) ** 2 / expected).sum()
    return float((1 + np.count_nonzero(distances >= observed * (1 - _TOLERANCE))) / (draws + 1))
