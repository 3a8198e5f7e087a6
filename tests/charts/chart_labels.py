"""The rooms that labels take on a figure, measured by the Agg renderer, and what is wrong with them."""

import itertools
from dataclasses import dataclass

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

DESCENDER_MM = 0.35
"""Glyph boxes carry the descender's room: so much of it may touch."""


@dataclass(frozen=True)
class Label:
    """A text with its box in millimetres and its size in points."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float

    def meets(self, other: "Label") -> bool:
        """Tell whether two labels overlap."""
        return not (
            self.right <= other.left + 0.05
            or other.right <= self.left + 0.05
            or self.top <= other.bottom + DESCENDER_MM
            or other.top <= self.bottom + DESCENDER_MM
        )


def measure_labels(figure: Figure) -> list[Label]:
    """Return every label with a text."""
    figure.set_dpi(254)
    renderer = FigureCanvasAgg(figure).get_renderer()
    found = []
    for text in figure.findobj(Text):
        assert isinstance(text, Text)
        if text.get_text():
            box = text.get_window_extent(renderer)
            found.append(
                Label(text.get_text(), box.x0 / 10, box.y0 / 10, box.x1 / 10, box.y1 / 10, float(text.get_fontsize()))
            )
    return found


def find_faults(figure: Figure) -> list[str]:
    """Return a line for each label that is cut off at the edge, meets another or is too small to read."""
    width, height = (inches * 25.4 for inches in figure.get_size_inches())
    labels = measure_labels(figure)
    faults = [] if labels else ["a chart without any word"]
    for label in labels:
        inside = label.left >= -0.05 and label.bottom >= -0.05
        if not (inside and label.right <= width + 0.05 and label.top <= height + 0.05):
            faults.append(f"{label.text!r} is cut off at the edge")
        if label.size < 7.5:
            faults.append(f"{label.text!r} is too small")
    faults += [
        f"{one.text!r} meets {other.text!r}" for one, other in itertools.combinations(labels, 2) if one.meets(other)
    ]
    return faults
