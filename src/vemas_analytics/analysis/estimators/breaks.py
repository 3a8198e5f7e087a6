"""Change points of a series, found without being told where to look."""

from typing import Final, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vemas_analytics.analysis.estimators.arguments import Floats, check_option, read_nonnegative, read_vector

ChangeCost: TypeAlias = Literal["poisson", "normal"]
CHANGE_COSTS: Final[tuple[ChangeCost, ...]] = get_args(ChangeCost)

MAD_TO_SIGMA: Final = 0.6744897501960817
"""Median of the absolute value of a standard normal variable."""


class PoissonCost:
    """Twice the negative log likelihood of a segment of counts at its own rate, up to a constant.

    The shape of a custom cost of ruptures: ``fit`` takes the signal, ``error`` costs the half-open ``[start, end)``.
    """

    model = "poisson"

    def __init__(self, min_size: int) -> None:
        self.min_size = min_size
        self.signal: Floats = np.empty((0, 1))
        self._total: Floats = np.zeros(1)

    def fit(self, signal: Floats) -> "PoissonCost":
        """Keep the running totals of the signal, shape (n,) or (n, 1)."""
        self.signal = np.reshape(signal, (-1, 1))
        self._total = np.concatenate([[0.0], np.cumsum(self.signal[:, 0])])
        return self

    def error(self, start: int, end: int) -> float:
        """Return the cost of ``[start, end)``."""
        return float(self.errors(np.array([start]), end)[0])

    def errors(self, starts: NDArray[np.int64], end: int) -> Floats:
        """Return the cost of ``[start, end)`` for each start; a segment without events costs nothing."""
        total = self._total[end] - self._total[starts]
        rate = np.where(total > 0, total / (end - starts), 1.0)
        return np.asarray(-2.0 * total * np.log(rate), dtype=np.float64)


class SquaredErrorCost(PoissonCost):
    """Residual sum of squares of a segment around its own mean."""

    model = "normal"

    def fit(self, signal: Floats) -> "SquaredErrorCost":
        """Keep the running totals of the signal and its square, both from the overall mean."""
        super().fit(signal)
        centred = self.signal[:, 0] - self.signal[:, 0].mean()
        self._total = np.concatenate([[0.0], np.cumsum(centred)])
        self._square = np.concatenate([[0.0], np.cumsum(centred * centred)])
        return self

    def errors(self, starts: NDArray[np.int64], end: int) -> Floats:
        """Return the cost of ``[start, end)`` for each start."""
        total = self._total[end] - self._total[starts]
        square = self._square[end] - self._square[starts]
        return np.asarray(np.maximum(0.0, square - total * total / (end - starts)), dtype=np.float64)


_COSTS: Final[dict[str, type[PoissonCost]]] = {"poisson": PoissonCost, "normal": SquaredErrorCost}


def change_points(
    values: ArrayLike,
    *,
    cost: ChangeCost = "poisson",
    n_breaks: int | None = None,
    penalty: float | None = None,
    min_size: int = 2,
) -> tuple[int, ...]:
    """Find where the level of a series changes.

    To see whether the data put a change at the stop by themselves, or rather at a known break.

    Parameters
    ----------
    values : array of float, shape (n,)
        Counts (``poisson``) or measurements (``normal``) of cells of equal length, in the order of time.
    cost : {"poisson", "normal"}
        Twice the negative Poisson log likelihood, or the residual sum of squares.
    n_breaks : int, optional
        With it, the best partition with exactly that many changes (dynamic programming).
    penalty : float, optional
        Price of one change, in the unit of the cost; without it and ``n_breaks``: 2 log n (Schwarz), times the
        noise variance for ``normal`` (from the median absolute difference of neighbours).
    min_size : int
        Least number of values between two changes.

    Returns
    -------
    tuple of int
        Index of the first value after each change, rising; empty without one.

    Raises
    ------
    OptionError
        When the cost is unknown.
    ValueError
        For negative counts, missing values, both ``n_breaks`` and ``penalty``, or more breaks than fit.

    Notes
    -----
    Bai and Perron 2003 (J. Appl. Econometrics 18:1) for a given number of changes, by ruptures (Truong, Oudre and
    Vayatis 2020, Signal Processing 167:107299). With a price the optimum that PELT seeks (Killick, Fearnhead and
    Eckley 2012, JASA 107:1590), found without pruning (Jackson et al. 2005, IEEE Signal Proc. Letters 12:105).
    Assumption at risk: independent values. Clustered or correlated counts yield changes that are none; raise the
    penalty by the dispersion.
    """
    check_option("cost", cost, CHANGE_COSTS)
    series = read_nonnegative("values", values) if cost == "poisson" else read_vector("values", values)
    if min_size < 1 or (n_breaks is not None and n_breaks < 0) or (penalty is not None and penalty < 0):
        message = "min_size must be one or more, n_breaks and penalty zero or more"
        raise ValueError(message)
    if n_breaks is not None and penalty is not None:
        message = "give n_breaks or penalty, not both"
        raise ValueError(message)
    if n_breaks is not None and (n_breaks + 1) * min_size > series.size:
        message = f"{n_breaks} breaks at least {min_size} apart do not fit into {series.size} values"
        raise ValueError(message)
    if n_breaks == 0 or series.size < 2 * min_size:
        return ()
    costs = _COSTS[cost](min_size).fit(series)
    if n_breaks is not None:
        return _given_number(costs, n_breaks, min_size)
    return _given_price(costs, _schwarz(series, cost) if penalty is None else penalty, min_size)


def _given_number(costs: PoissonCost, n_breaks: int, min_size: int) -> tuple[int, ...]:
    import ruptures
    from ruptures.base import BaseCost

    # ruptures tells costs by their base class; joining the two here keeps its import out of the module.
    adapter = type("Cost", (type(costs), BaseCost), {})(min_size)
    ends = ruptures.Dynp(custom_cost=adapter, min_size=min_size, jump=1).fit(costs.signal).predict(n_bkps=n_breaks)
    return tuple(int(end) for end in ends[:-1])


def _given_price(costs: PoissonCost, penalty: float, min_size: int) -> tuple[int, ...]:
    """Least cost plus price by dynamic programming over the last change."""
    n = costs.signal.shape[0]
    # Pruning as in PELT of ruptures misses the best partition when min_size exceeds 1; nothing is pruned here.
    best = np.full(n + 1, np.inf)
    best[0] = -penalty
    last = np.zeros(n + 1, dtype=np.int64)
    for end in range(min_size, n + 1):
        starts = np.arange(0, end - min_size + 1)
        totals = best[starts] + costs.errors(starts, end) + penalty
        last[end] = int(np.argmin(totals))
        best[end] = totals[last[end]]
    found: list[int] = []
    end = int(last[n])
    while end > 0:
        found.append(end)
        end = int(last[end])
    return tuple(reversed(found))


def _schwarz(series: Floats, cost: ChangeCost) -> float:
    price = 2.0 * float(np.log(series.size))
    if cost == "poisson":
        return price
    noise = float(np.median(np.abs(np.diff(series)))) / (MAD_TO_SIGMA * float(np.sqrt(2.0)))
    return price * noise * noise
