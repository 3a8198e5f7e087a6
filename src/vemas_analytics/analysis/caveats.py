"""Which reservations a finding carries, always in the order of the closed list."""

from collections.abc import Iterable
from typing import Final

from vemas_analytics.model.finding import CAVEATS
from vemas_analytics.model.panel import Coverage

_RANK: Final = {code: rank for rank, code in enumerate(CAVEATS)}


def order_caveats(codes: Iterable[str]) -> tuple[str, ...]:
    """Return each code once, in the order of `CAVEATS`.

    Raises
    ------
    KeyError
        For a code outside the closed list: a fault of the program.
    """
    return tuple(sorted(set(codes), key=lambda code: _RANK[code]))


def coverage_caveats(coverage: Coverage) -> tuple[str, ...]:
    """Return what the state of a table's keeping demands to be said."""
    if coverage.state == "not_recorded":
        return ("not_recorded",)
    codes = () if coverage.declared else ("coverage_inferred",)
    return (*codes, "coverage_partial") if coverage.state == "partial" else codes
