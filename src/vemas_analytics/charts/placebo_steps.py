"""The steps at false stops and at the real one, as both drawings of a placebo read and mark them."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from vemas_analytics.charts.canvas import Box, Canvas
from vemas_analytics.charts.key_row import KeyItem
from vemas_analytics.model.finding import Finding

RADIUS_MM = 0.8
"""Half the width of the mark of a false stop."""

REAL_RADIUS_MM = 1.3
"""Half the width of the mark of the real one."""


@dataclass(frozen=True, slots=True)
class Step:
    """The change of level at a date: ``ratio`` after/before as a factor."""

    day: dt.date
    ratio: float
    is_stop: bool

    @property
    def change(self) -> float:
        """The step as a share: -0.5 for half as many."""
        return self.ratio - 1.0

    @property
    def strength(self) -> float:
        """Distance from no change in either direction; none left is stronger than any."""
        return abs(math.log(self.ratio)) if self.ratio > 0 else math.inf


def read_steps(finding: Finding) -> list[Step]:
    """Return the steps of a placebo finding in order of its table."""
    rows = finding.table.records() if finding.table is not None else ()
    return [
        Step(cast("dt.date", row["date"]), float(cast("float", row["ratio"])), bool(row["is_stop"])) for row in rows
    ]


def at_least_as_strong(steps: Sequence[Step], real: Step) -> list[Step]:
    """Return the steps at least as strong as the real one, itself among them."""
    return [step for step in steps if step.strength >= real.strength]


def diamond(x: float, y: float, radius: float = RADIUS_MM) -> tuple[tuple[float, float], ...]:
    """Return the corners of a diamond."""
    return (x - radius, y), (x, y + radius), (x + radius, y), (x, y - radius)


def draw_diamond(canvas: Canvas, x: float, y: float, fill: str, edge: str, radius: float = RADIUS_MM) -> None:
    """Draw a diamond around a point."""
    canvas.polygon(diamond(x, y, radius), fill=fill, edge=edge)


def placebo_key(canvas: Canvas, *, has_extreme: bool) -> list[KeyItem]:
    """Return the key of the marks that occur."""
    texts = canvas.texts
    items = [KeyItem("own", texts.text("chart.false_stop"), _sample_false)]
    items += [KeyItem("own", texts.text("chart.false_stop_extreme"), _sample_extreme)] if has_extreme else []
    return [*items, KeyItem("own", texts.text("chart.real_stop"), _sample_real)]


def _sample_false(canvas: Canvas, box: Box) -> None:
    draw_diamond(canvas, box.left + box.width / 2, box.bottom + box.height / 2, "paper", "accent")


def _sample_extreme(canvas: Canvas, box: Box) -> None:
    draw_diamond(canvas, box.left + box.width / 2, box.bottom + box.height / 2, "accent", "accent")


def _sample_real(canvas: Canvas, box: Box) -> None:
    draw_diamond(canvas, box.left + box.width / 2, box.bottom + box.height / 2, "stop", "stop", REAL_RADIUS_MM)
