"""Poisson regression with offset and Pearson scale, small enough to be exact in its last bit."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from vemas_analytics.analysis.estimators.arguments import Floats

MAX_STEPS: Final = 60
TOLERANCE: Final = 1e-11
STEEPEST: Final = 25.0
"""Logarithm of a fitted factor beyond which a coefficient runs to infinity: the data do not carry it."""
FARTHEST: Final = 300.0
"""Logarithm of an expected count beyond which the steps have run away; the next would overflow."""


@dataclass(frozen=True, slots=True)
class QuasiFit:
    """Coefficients, shape (k,), their covariance at scale 1, shape (k, k), dispersion and memory of residuals."""

    coefficients: Floats
    covariance: Floats
    dispersion: float
    lag1: float | None


def fit_quasi_poisson(y: Floats, design: Floats, offset: Floats) -> QuasiFit | None:
    """Fit log E(y) = design @ b + offset by iterated weighted least squares; None where the data carry no fit.

    Nelder and Wedderburn 1972 (J. R. Stat. Soc. A 135:370); the dispersion is Pearson X2 over n - k.
    """
    n, k = design.shape
    if n <= k or y.sum() == 0 or np.linalg.matrix_rank(design) < k:
        return None
    eta = np.log(np.maximum(y, 0.1 * y.mean()))
    coefficients = np.zeros(k)
    for _ in range(MAX_STEPS):
        if np.max(np.abs(eta)) > FARTHEST:
            return None
        mean = np.exp(eta)
        root = np.sqrt(mean)
        working = eta - offset + (y - mean) / mean
        updated = np.linalg.lstsq(design * root[:, None], working * root, rcond=None)[0]
        if not np.all(np.isfinite(updated)):
            return None
        moved = float(np.max(np.abs(updated - coefficients)))
        coefficients = updated
        eta = design @ coefficients + offset
        if moved < TOLERANCE * (1.0 + float(np.max(np.abs(coefficients)))):
            break
    else:
        return None
    mean = np.exp(eta)
    spread = np.log(mean) - np.log(y.mean())
    if float(np.min(spread)) < -STEEPEST:
        return None
    residual = (y - mean) / np.sqrt(mean)
    x2 = float(residual @ residual)
    return QuasiFit(
        coefficients=coefficients,
        covariance=np.linalg.inv(design.T @ (design * mean[:, None])),
        dispersion=x2 / (n - k),
        lag1=float(residual[1:] @ residual[:-1]) / x2 if x2 > 0 else None,
    )
