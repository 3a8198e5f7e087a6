"""P-values of many regions, adjusted for their number."""

from typing import Final, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike

from vemas_analytics.analysis.estimators.arguments import Floats, check_option, read_vector

Adjustment: TypeAlias = Literal["bh", "by", "holm", "bonferroni"]
ADJUSTMENTS: Final[tuple[Adjustment, ...]] = get_args(Adjustment)


def adjust_p_values(p: ArrayLike, *, method: Adjustment = "bh") -> Floats:
    """Adjust p-values for their number, so that the regions found can be told together.

    Parameters
    ----------
    p : array of float, shape (n,)
        P-values in [0, 1].
    method : {"bh", "by", "holm", "bonferroni"}
        ``bh`` bounds the expected share of false findings, ``by`` the same under any dependence; ``holm`` and
        ``bonferroni`` bound the chance of a single one.

    Returns
    -------
    array of float, shape (n,)
        Adjusted p-values in the order given, read-only: reject where they do not exceed the level.

    Raises
    ------
    OptionError
        When the method is unknown.
    ValueError
        For missing values or values outside [0, 1].

    Notes
    -----
    Benjamini and Hochberg 1995 (J. R. Stat. Soc. B 57:289), Benjamini and Yekutieli 2001 (Ann. Stat. 29:1165),
    Holm 1979 (Scand. J. Stat. 6:65).
    Assumption at risk: ``bh`` needs independent or positively dependent tests; regions share their shocks.
    """
    check_option("method", method, ADJUSTMENTS)
    raw = read_vector("p", p)
    if np.any((raw < 0) | (raw > 1)):
        message = "p holds a value outside 0 to 1"
        raise ValueError(message)
    n = raw.size
    order = np.argsort(raw, kind="stable")
    rank = np.arange(1, n + 1)
    if method == "bonferroni":
        stepped = raw[order] * n
    elif method == "holm":
        stepped = np.maximum.accumulate(raw[order] * (n - rank + 1))
    else:
        weight = float(np.sum(1.0 / rank)) if method == "by" else 1.0
        stepped = np.minimum.accumulate((raw[order] * n * weight / rank)[::-1])[::-1]
    adjusted = np.empty(n)
    adjusted[order] = np.minimum(stepped, 1.0)
    adjusted.setflags(write=False)
    return adjusted
