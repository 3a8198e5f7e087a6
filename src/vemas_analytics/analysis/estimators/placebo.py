"""Is the stop special? The same model at false dates before it."""

from dataclasses import dataclass
from functools import partial
from math import log
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from vemas_analytics.analysis.estimators.arguments import Floats, read_cells_in_time, read_columns, read_vector
from vemas_analytics.analysis.estimators.interrupted import interrupted_series

LEAST_BEFORE: Final = 24
LEAST_AFTER: Final = 12


@dataclass(frozen=True, slots=True)
class PlaceboInTime:
    """Level ratios at false stops.

    Attributes
    ----------
    positions : tuple of int
        Index of the first cell after each false stop that could be fitted.
    ratios : array, shape (number of positions,)
        Level ratio of the model at each, from the cells before the real stop only.
    actual : float or None
        Level ratio at the real stop.
    p_value : float or None
        Share of stops, the real one counted in, whose ratio is at least as far from 1 as the real one.
    n_as_strong : int
        False stops at least as far from 1.
    """

    positions: tuple[int, ...]
    ratios: Floats
    actual: float | None
    p_value: float | None
    n_as_strong: int


def placebo_in_time(
    counts: ArrayLike,
    exposure: ArrayLike,
    after: ArrayLike,
    *,
    harmonics: int = 2,
    period: float = 12,
    dummies: ArrayLike | None = None,
    slope: bool = False,
    least_before: int = LEAST_BEFORE,
    least_after: int = LEAST_AFTER,
    time: ArrayLike | None = None,
) -> PlaceboInTime:
    """Fit the model of :func:`interrupted_series` at every false stop before the real one.

    If false dates give steps as large, the model finds steps everywhere and the real one says little.

    Parameters
    ----------
    counts, exposure, after : array, shape (n,)
        As for :func:`interrupted_series`; the cells after must be the last ones.
    harmonics, period, dummies, slope
        As for :func:`interrupted_series`; dummy columns that are constant before the stop are left out there.
    least_before, least_after : int
        Cells that a false stop needs on either side, before the real one.
    time : array of float, shape (n,), optional
        As for :func:`interrupted_series`.

    Returns
    -------
    PlaceboInTime
        ``p_value`` cannot be below 1 / (number of false stops + 1), and neighbouring stops share their cells.

    Raises
    ------
    ValueError
        As for :func:`interrupted_series`, and when the cells after are not the last ones.

    Notes
    -----
    Abadie, Diamond and Hainmueller 2015 (Am. J. Polit. Sci. 59:495) for placebos in time.
    Assumption at risk: the years before the stop are as eventful as others would be. Known breaks among them
    (2014, COVID-19) make false stops look strong.
    """
    y, e, side = read_cells_in_time(counts, exposure, after)
    stop = int(np.flatnonzero(side)[0])
    if not side[stop:].all():
        message = "the cells after the stop must be the last ones"
        raise ValueError(message)
    extra = np.empty((y.size, 0)) if dummies is None else read_columns("dummies", dummies, length=y.size)
    moments = np.arange(y.size, dtype=np.float64) if time is None else read_vector("time", time, length=y.size)
    fit = partial(interrupted_series, harmonics=harmonics, period=period, slope=slope)
    actual = fit(y, e, side, dummies=extra, time=moments).value
    earlier = extra[:stop]
    earlier = earlier[:, np.ptp(earlier, axis=0) > 0] if earlier.shape[1] else earlier
    found: dict[int, float] = {}
    for position in range(least_before, stop - least_after + 1):
        false_side = np.arange(stop) >= position
        result = fit(y[:stop], e[:stop], false_side, dummies=earlier, time=moments[:stop])
        if result.value is not None:
            found[position] = result.value
    ratios = np.array(list(found.values()))
    ratios.setflags(write=False)
    if actual is None or not found:
        return PlaceboInTime(tuple(found), ratios, actual, None, 0)
    as_strong = sum(_strength(ratio) >= _strength(actual) for ratio in found.values())
    return PlaceboInTime(tuple(found), ratios, actual, (1 + as_strong) / (1 + len(found)), as_strong)


def _strength(ratio: float) -> float:
    return abs(log(ratio)) if ratio > 0 else float("inf")
