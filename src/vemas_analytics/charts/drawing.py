"""What every drawing function is: findings and a specification in, a figure out."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Protocol

from matplotlib.figure import Figure

from vemas_analytics.charts.spec import ChartSpec
from vemas_analytics.model.finding import Finding


class Drawing(Protocol):
    """A drawing function as notebook and report call it."""

    def __call__(self, findings: Finding | Sequence[Finding], spec: ChartSpec | None = None) -> Figure:
        """Draw one finding or several; without ``spec`` as a new `ChartSpec` says."""
        ...


def drawing(draw: Callable[[Sequence[Finding], ChartSpec], Figure]) -> Drawing:
    """Let a drawing take a single finding, and do without a specification."""

    @wraps(draw)
    def accept(findings: Finding | Sequence[Finding], spec: ChartSpec | None = None) -> Figure:
        asked = [findings] if isinstance(findings, Finding) else findings
        return draw(asked, spec or ChartSpec())

    return accept
