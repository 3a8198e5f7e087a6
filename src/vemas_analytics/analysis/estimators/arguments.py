"""What every estimator demands of its arguments, checked before anything is computed."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vemas_analytics.errors import OptionError

Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]


def check_option(name: str, value: str, allowed: Sequence[str]) -> None:
    """Refuse a value that is not in the closed list, naming the list.

    Raises
    ------
    OptionError
        When ``value`` is not allowed.
    """
    if value not in allowed:
        message = f"{name} is {value!r}; allowed are {', '.join(allowed)}"
        raise OptionError(message)


def check_level(level: float) -> None:
    """Refuse a confidence level outside (0, 1)."""
    if not 0.0 < level < 1.0:
        message = f"level is {level!r}; it must lie between 0 and 1, for example 0.95"
        raise ValueError(message)


def read_vector(name: str, values: ArrayLike, *, length: int | None = None) -> Floats:
    """Return a new one-dimensional float array without NaN, of the given length where one is demanded."""
    vector = np.array(values, dtype=np.float64)
    if vector.ndim != 1:
        message = f"{name} must be one-dimensional, not of shape {vector.shape}"
        raise ValueError(message)
    if length is not None and vector.size != length:
        message = f"{name} has {vector.size} elements where {length} are needed"
        raise ValueError(message)
    if not np.all(np.isfinite(vector)):
        message = f"{name} holds a missing or infinite value; leave such cells out before calling"
        raise ValueError(message)
    return vector


def read_nonnegative(name: str, values: ArrayLike, *, length: int | None = None) -> Floats:
    """Return a vector of values that are zero or more."""
    vector = read_vector(name, values, length=length)
    if np.any(vector < 0):
        message = f"{name} holds a negative value"
        raise ValueError(message)
    return vector


def read_mask(name: str, values: ArrayLike, *, length: int) -> Bools:
    """Return a boolean vector from booleans or zeros and ones."""
    vector = read_vector(name, values, length=length)
    if not np.all((vector == 0) | (vector == 1)):
        message = f"{name} must hold booleans (or 0 and 1) only"
        raise ValueError(message)
    return np.asarray(vector == 1, dtype=np.bool_)


def read_cells(counts: ArrayLike, exposure: ArrayLike, after: ArrayLike) -> tuple[Floats, Floats, Bools]:
    """Return counts, exposure and side of the cells that have exposure, in the order given.

    Raises
    ------
    ValueError
        When shapes differ, a value is negative or missing, a cell without exposure holds events,
        or one of the two windows has no exposure at all.
    """
    y = read_nonnegative("counts", counts)
    e = read_nonnegative("exposure", exposure, length=y.size)
    side = read_mask("after", after, length=y.size)
    if np.any((e == 0) & (y > 0)):
        message = "a cell without exposure holds events"
        raise ValueError(message)
    kept = e > 0
    y, e, side = y[kept], e[kept], side[kept]
    if not side.any() or side.all():
        message = "both windows, before and after, need at least one cell with exposure"
        raise ValueError(message)
    return y, e, side


def read_cells_in_time(counts: ArrayLike, exposure: ArrayLike, after: ArrayLike) -> tuple[Floats, Floats, Bools]:
    """Return the cells as :func:`read_cells` does, but refuse cells without exposure: their place in time matters."""
    y, e, side = read_cells(counts, exposure, after)
    if y.size != np.size(counts):
        message = "exposure must be above zero in every cell of a series"
        raise ValueError(message)
    return y, e, side


def read_columns(name: str, values: ArrayLike, *, length: int) -> Floats:
    """Return one or several columns as a new float array of shape (length, k)."""
    columns = np.array(values, dtype=np.float64)
    if columns.ndim == 1:
        columns = columns[:, None]
    if columns.ndim != 2 or columns.shape[0] != length:
        message = f"{name} must be of shape ({length},) or ({length}, k), not {np.shape(values)}"
        raise ValueError(message)
    if not np.all(np.isfinite(columns)):
        message = f"{name} holds a missing or infinite value"
        raise ValueError(message)
    return columns
