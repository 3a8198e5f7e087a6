"""A figure drawn in millimetres: every position is known, so nothing overlaps by accident."""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, cast

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.ft2font import LoadFlags
from matplotlib.patches import PathPatch, Polygon, Rectangle
from matplotlib.path import Path

from vemas_analytics.charts.spec import ChartSpec
from vemas_analytics.reference.fonts import FONT_FAMILY, font_file, printable
from vemas_analytics.reference.texts import Catalogue, read_texts
from vemas_analytics.reference.theme import Theme, read_theme

MM_PER_INCH = 25.4
MM_PER_POINT = MM_PER_INCH / 72
CAP_HEIGHT = 0.69
"""Height of capitals and figures of Fira Sans, as a share of the font size."""

_MEASURING_SCALE = 32

Align = Literal["left", "center", "right"]


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, weight: int = 400) -> float:
    """Return the width in millimetres of a line of text set at ``size`` points."""
    font = get_font(str(font_file(weight)))
    # measured large and without hinting: at the size of a screen, letters would be rounded to whole pixels
    font.set_size(size, 72 * _MEASURING_SCALE)
    font.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    width, _ = font.get_width_height()
    return float(width) / 64 / _MEASURING_SCALE * MM_PER_POINT


@lru_cache(maxsize=32)
def _face(size: float, weight: int) -> FontProperties:
    # the family goes into the SVG, the file is what matplotlib itself measures: no registry, no global state
    return FontProperties(family=FONT_FAMILY, weight=weight, size=size, fname=str(font_file(weight)))


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in millimetres from the lower left corner of the figure."""

    left: float
    bottom: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Right edge."""
        return self.left + self.width

    @property
    def top(self) -> float:
        """Upper edge."""
        return self.bottom + self.height

    def overlaps(self, other: "Box", gap: float = 0.0) -> bool:
        """Tell whether the two come closer than ``gap``."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.bottom < other.top + gap
            and other.bottom < self.top + gap
        )


def text_box(x: float, y: float, text: str, size: float, *, align: Align = "center", weight: int = 400) -> Box:
    """Return the room that a line of text takes whose baseline starts, ends or is centred at (x, y)."""
    width = text_width(text, size, weight)
    left = {"left": x, "center": x - width / 2, "right": x - width}[align]
    height = size * MM_PER_POINT
    return Box(left, y - 0.2 * height, width, (CAP_HEIGHT + 0.25) * height)


@dataclass(slots=True)
class Canvas:
    """One figure with one set of axes whose coordinates are millimetres on the page."""

    spec: ChartSpec
    figure: Figure = field(init=False)
    axes: Axes = field(init=False)
    theme: Theme = field(init=False)
    texts: Catalogue = field(init=False)

    def __post_init__(self) -> None:
        """Set up an empty figure of the wanted size."""
        width, height = self.spec.width_mm, self.spec.height_mm
        self.figure = Figure(figsize=(width / MM_PER_INCH, height / MM_PER_INCH), dpi=72)
        self.axes = self.figure.add_axes((0.0, 0.0, 1.0, 1.0))
        self.axes.set_axis_off()
        self.axes.set_xlim(0, width)
        self.axes.set_ylim(0, height)
        self.theme = read_theme(self.spec.accent)
        self.texts = read_texts(self.spec.language)

    def _add(self, mark: Artist) -> None:
        """Take up a mark; nothing is drawn outside the figure, and no limit follows what is drawn."""
        mark.set_clip_on(False)
        self.axes.add_artist(mark)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        align: Align = "center",
        role: str = "text",
        colour: str = "ink",
        weight: int = 400,
        upright: bool = False,
    ) -> None:
        """Set a line of text on the baseline y; ``upright`` turns it by 90 degrees, rising from (x, y)."""
        self.axes.text(
            x,
            y,
            printable(text),
            fontproperties=_face(self.theme.size(role), weight),
            color=self.theme.colour(colour),
            ha=align,
            va="baseline",
            rotation=90 if upright else 0,
            rotation_mode="anchor",
            parse_math=False,
            zorder=5,
        )

    def rectangle(
        self, box: Box, *, fill: str = "", edge: str = "", line: float = 0.6, layer: float = 2.0, dashed: bool = False
    ) -> None:
        """Draw a rectangle filled with the colour of a role and, or, outlined; ``line`` in points."""
        self._add(
            Rectangle(
                (box.left, box.bottom),
                box.width,
                box.height,
                facecolor=self.theme.colour(fill) if fill else "none",
                edgecolor=self.theme.colour(edge) if edge else "none",
                linewidth=line if edge else 0.0,
                linestyle=(0, (2, 1.4)) if dashed else "solid",
                joinstyle="miter",
                zorder=layer,
            )
        )

    def polygon(
        self, corners: Sequence[tuple[float, float]], *, fill: str = "", edge: str = "", line: float = 0.7
    ) -> None:
        """Draw a closed shape through the corners."""
        self._add(
            Polygon(
                list(corners),
                closed=True,
                facecolor=self.theme.colour(fill) if fill else self.theme.colour("paper"),
                edgecolor=self.theme.colour(edge) if edge else "none",
                linewidth=line if edge else 0.0,
                zorder=4,
            )
        )

    def lines(
        self,
        segments: Sequence[tuple[tuple[float, float], tuple[float, float]]],
        *,
        colour: str = "rule",
        line: float = 0.5,
        dots: bool = False,
        layer: float = 1.5,
    ) -> None:
        """Draw straight segments of one style."""
        if not segments:
            return
        self._add(
            LineCollection(
                list(segments),
                colors=[self.theme.colour(colour)],
                linewidths=[line],
                linestyles=[(0, (1, 2))] if dots else ["solid"],
                capstyle="butt",
                zorder=layer,
            )
        )

    def bars(self, boxes: Sequence[Box], *, fill: str, layer: float = 2.5) -> None:
        """Draw many rectangles of one colour as a single mark, which is quicker than one by one."""
        corners = [
            ((box.left, box.bottom), (box.left, box.top), (box.right, box.top), (box.right, box.bottom))
            for box in boxes
            if box.height > 0
        ]
        self.shapes(corners, fill=fill, layer=layer)

    def shapes(
        self,
        corners: Sequence[Sequence[tuple[float, float]]],
        *,
        fill: str,
        edge: str = "",
        line: float = 0.6,
        layer: float = 4.0,
    ) -> None:
        """Draw many closed shapes of one look as a single mark."""
        if corners:
            self._add(
                PolyCollection(
                    list(corners),
                    facecolors=[self.theme.colour(fill)],
                    edgecolors=[self.theme.colour(edge)] if edge else "none",
                    linewidths=[line if edge else 0.0],
                    zorder=layer,
                )
            )

    def path(
        self,
        points: Sequence[tuple[float, float]],
        *,
        colour: str = "ink",
        line: float = 1.0,
        dashed: bool = False,
        layer: float = 3.0,
    ) -> None:
        """Draw one line through the points."""
        if len(points) < 2:
            return
        self._add(
            PathPatch(
                Path(list(points)),
                facecolor="none",
                edgecolor=self.theme.colour(colour),
                linewidth=line,
                linestyle=(0, (3, 1.6)) if dashed else "solid",
                capstyle="butt",
                joinstyle="round",
                zorder=layer,
            )
        )

    def area(self, points: Sequence[tuple[float, float]], *, fill: str, layer: float = 0.9) -> None:
        """Fill the shape through the points without an outline."""
        if len(points) < 3:
            return
        self._add(
            Polygon(
                list(points),
                closed=True,
                facecolor=self.theme.colour(fill),
                edgecolor="none",
                linewidth=0,
                zorder=layer,
            )
        )

    def hatch(self, box: Box, *, step: float = 1.8) -> None:
        """Fill a box with thin diagonals, drawn as lines so that every reader of the file shows the same."""
        self.hatch_many((box,), step=step)

    def hatch_many(
        self, boxes: Sequence[Box], *, step: float = 1.8, colour: str = "hatch", falling: bool = False
    ) -> None:
        """Hatch boxes as one surface: the diagonals run on from box to box; ``falling`` leans them the other way."""
        segments = []
        for box in boxes:
            # x0 - y0 of the diagonals is a multiple of the step, wherever the box lies
            low, high = box.left - box.top, box.right - box.bottom
            if falling:
                low, high = box.left + box.bottom, box.right + box.top
            for index in range(math.floor(low / step) + 1, math.ceil(high / step)):
                at = index * step
                if falling:
                    x0, x1 = max(box.left, at - box.top), min(box.right, at - box.bottom)
                    ends = ((x0, at - x0), (x1, at - x1))
                else:
                    x0, x1 = max(box.left, at + box.bottom), min(box.right, at + box.top)
                    ends = ((x0, x0 - at), (x1, x1 - at))
                if x1 > x0:
                    segments.append(ends)
        self.lines(segments, colour=colour, line=0.4, layer=1.0)

    def width_of(self, text: str, role: str = "text", weight: int = 400) -> float:
        """Return the width in millimetres of a text set in the size of a role."""
        return text_width(printable(text), self.theme.size(role), weight)

    def box_of(
        self, x: float, y: float, text: str, *, align: Align = "center", role: str = "text", weight: int = 400
    ) -> Box:
        """Return the room that `text` would take with the same arguments."""
        return text_box(x, y, printable(text), self.theme.size(role), align=align, weight=weight)

    def line_height(self, role: str = "text") -> float:
        """Return the distance in millimetres from one line of text to the next."""
        return self.theme.size(role) * 1.25 * MM_PER_POINT

    def cap_height(self, role: str = "text") -> float:
        """Return the height in millimetres of capitals and figures."""
        return self.theme.size(role) * CAP_HEIGHT * MM_PER_POINT


def draw_nothing_known(canvas: Canvas, box: Box, *, key: str = "chart.no_data") -> None:
    """Say in the room of a chart that there is nothing to show, instead of an empty frame."""
    canvas.hatch(box, step=3.0)
    label = canvas.texts.text(key)
    width = canvas.width_of(label, "strong") + 6
    middle = box.left + box.width / 2, box.bottom + box.height / 2
    height = canvas.line_height("strong") * 1.4
    canvas.rectangle(Box(middle[0] - width / 2, middle[1] - height / 2, width, height), fill="paper", layer=2.0)
    canvas.text(middle[0], middle[1] - canvas.cap_height("strong") / 2, label, role="strong", colour="ink_soft")


def render_svg(figure: Figure) -> bytes:
    """Return the figure as SVG with text as text and the same bytes on every run."""
    target = io.BytesIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "vemas-analytics"}):
        figure.savefig(target, format="svg", metadata=cast("dict[str, str]", {"Date": None, "Creator": None}))
    return target.getvalue()
