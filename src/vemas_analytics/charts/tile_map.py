"""The federal subjects as tiles of one size: where there was change, where too little, where nothing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Final

from matplotlib.figure import Figure

from vemas_analytics.charts.canvas import Box, Canvas, draw_nothing_known
from vemas_analytics.charts.change_class import (
    CHANGE_CLASSES,
    COUNT_CLASSES,
    REST_CLASSES,
    RegionValue,
    TileClass,
    absent_class,
    read_region_values,
    region_unknown,
)
from vemas_analytics.charts.drawing import drawing
from vemas_analytics.charts.key_row import KeyItem, draw_key, key_height, plan_key
from vemas_analytics.charts.names import region_name
from vemas_analytics.charts.spec import ChartSpec
from vemas_analytics.model.finding import Finding
from vemas_analytics.model.names import RUSSIA
from vemas_analytics.reference.numbers import format_integer, format_percent
from vemas_analytics.reference.regions import read_regions
from vemas_analytics.reference.tile_labels import read_tile_labels

_GAP_MM = 0.5
_WORDINGS = ("before and after", "change", "one number", "none")
"""The ways of writing a tile's number, the widest first."""

_QUESTIONS = ("regions_compared", "before_after")


@dataclass(frozen=True, slots=True)
class TileLook:
    """How a class of tile is drawn: fill and ink by role, outline, and a pattern that survives a grey print."""

    fill: str = "paper"
    ink: str = "ink"
    edge: str = ""
    dashed: bool = False
    hatch: str = ""


LOOKS: Final[Mapping[TileClass, TileLook]] = MappingProxyType(
    {
        "zero_after": TileLook("bad_dark", "paper"),
        "fall_90": TileLook("bad", "paper"),
        "fall_75": TileLook("bad_mid", "ink"),
        "fall_50": TileLook("bad_light", "ink"),
        "fall_less": TileLook("bad_pale", "ink"),
        "rise": TileLook("good", "paper", edge="ink"),
        "count_100": TileLook("accent", "paper"),
        "count_20": TileLook("accent_mid", "ink"),
        "count_5": TileLook("accent_soft", "ink"),
        "count_1": TileLook("accent_faint", "ink"),
        "too_few": TileLook("paper", "ink", edge="ink_soft", dashed=True),
        "not_estimable": TileLook("paper", "ink", edge="ink_soft", hatch="rising"),
        "none": TileLook("paper", "ink_soft", edge="rule"),
        "not_recorded": TileLook("band", "ink_soft", hatch="crossed"),
    }
)
"""The look of each class; colours are roles of the theme."""


@drawing
def draw_tile_map(findings: Sequence[Finding], spec: ChartSpec) -> Figure:
    """Draw the 83 federal subjects as a grid of tiles, each with its short name and its numbers.

    Parameters
    ----------
    findings : sequence of Finding
        Question ``regions_compared``, or ``before_after`` of one baseline for each region, or findings of one
        count for each region, or ``phases``. A region that none of them names had no record.
    spec : ChartSpec
        A map needs about 100 mm of height at full width.

    Raises
    ------
    KeyError
        When there is no finding at all.
    """
    if not findings:
        message = "tile_map needs findings of regions: 'regions_compared', 'before_after', 'phases' or counts"
        raise KeyError(message)
    canvas = Canvas(spec)
    whole = Box(1.0, 1.0, spec.width_mm - 2.0, spec.height_mm - 2.0)
    values, absent = read_region_values(findings), absent_class(findings)
    if all(value.kind == "not_recorded" for value in values.values()) and absent == "not_recorded":
        draw_nothing_known(canvas, whole)
        return canvas.figure
    is_change = any(finding.question in _QUESTIONS for finding in findings)
    tiles = {code: values.get(code, RegionValue(code, absent)) for code in read_regions().codes}
    rows = plan_key(canvas, _key(canvas, Counter(value.kind for value in tiles.values()), is_change), whole.width)
    draw_key(canvas, rows, whole.left, whole.top)
    note = _note(canvas, region_unknown(values))
    foot = canvas.line_height("small") + 1.0 if note else 0.0
    height = whole.height - key_height(canvas, rows) - 1.0 - foot
    _draw_tiles(canvas, tiles, Box(whole.left, whole.bottom + foot, whole.width, height))
    if note:
        canvas.text(whole.left, whole.bottom + 0.6, note, align="left", role="small", colour="ink_soft")
    return canvas.figure


def _key(canvas: Canvas, counts: Mapping[TileClass, int], is_change: bool) -> list[KeyItem]:
    shown = (*(CHANGE_CLASSES if is_change else COUNT_CLASSES), *REST_CLASSES)
    return [
        KeyItem(
            "own",
            canvas.texts.text(
                "chart.key_count", label=canvas.texts.text(f"chart.tiles.{kind}"), number=counts.get(kind, 0)
            ),
            partial(_draw_sample, kind=kind),
        )
        for kind in shown
        if counts.get(kind, 0)
    ]


def _draw_sample(canvas: Canvas, box: Box, *, kind: TileClass) -> None:
    _draw_grounds(canvas, {"": (box, kind)}, step=1.1)


def _note(canvas: Canvas, value: RegionValue | None) -> str:
    if value is None or value.kind in ("none", "not_recorded"):
        return ""
    return canvas.texts.text(
        "chart.not_on_map", name=region_name(RUSSIA, canvas.spec), numbers=_numbers(canvas, value)[0]
    )


def _draw_tiles(canvas: Canvas, tiles: Mapping[str, RegionValue], room: Box) -> None:
    table = read_regions()
    n_rows = max(table[code].tile[0] for code in tiles)
    n_columns = max(table[code].tile[1] for code in tiles)
    width, height = room.width / n_columns, room.height / n_rows
    boxes = {}
    for code in tiles:
        row, column = table[code].tile
        boxes[code] = Box(room.left + (column - 1) * width, room.top - row * height, width - _GAP_MM, height - _GAP_MM)
    inner = width - _GAP_MM - 0.4
    labels: Mapping[str, str] = read_tile_labels()[canvas.spec.language]
    if any(canvas.width_of(labels[code], "small", 600) > inner for code in tiles):
        labels = {code: code.removeprefix("RU-") for code in tiles}
    wordings = {code: _numbers(canvas, value) for code, value in tiles.items()}
    # one way of writing for the whole map: counts where all fit, else the change, else the first number, else none
    fits = (
        all(canvas.width_of(texts[index], "small") <= inner for texts in wordings.values())
        for index in range(len(_WORDINGS) - 1)
    )
    level = next((index for index, is_fit in enumerate(fits) if is_fit), len(_WORDINGS) - 1)
    if height - _GAP_MM < 2 * canvas.line_height("small") * 0.95 - 0.3:
        level = len(_WORDINGS) - 1
    _draw_grounds(canvas, {code: (boxes[code], value.kind) for code, value in tiles.items()})
    for code, value in tiles.items():
        _draw_tile(canvas, boxes[code], value, labels[code], wordings[code][level])


def _numbers(canvas: Canvas, value: RegionValue) -> tuple[str, str, str, str]:
    """Return the number of a tile in each of `_WORDINGS`."""
    language, texts = canvas.spec.language, canvas.texts
    if value.kind == "not_recorded":
        mark = texts.text("chart.not_recorded_short")
        return mark, mark, mark, ""
    if value.kind == "none":
        return "0", "0", "0", ""
    if value.n_before is None:
        count = _short(canvas, value.n_after or 0)
        full = texts.text("chart.at_least", value=count) if value.at_least else count
        return full, full, count, ""
    before, after = _short(canvas, value.n_before), _short(canvas, value.n_after or 0)
    if value.at_least:
        before = texts.text("chart.at_least_tight", value=before)
    both = texts.text("chart.counts_tight", before=before, after=after)
    has_change = value.change is not None and value.kind in CHANGE_CLASSES
    change = format_percent(value.change or 0.0, language, signed=True) if has_change else before
    return both, change, before, ""


def _short(canvas: Canvas, number: int) -> str:
    if number < 10_000:
        return str(number)
    unit, divisor = ("thousands", 1_000) if number < 1_000_000 else ("millions", 1_000_000)
    return canvas.texts.text(f"chart.{unit}", value=format_integer(number / divisor, canvas.spec.language))


def _draw_grounds(canvas: Canvas, tiles: Mapping[str, tuple[Box, TileClass]], *, step: float = 1.4) -> None:
    """Draw the grounds of all tiles; hatching of one kind is a single mark."""
    for box, kind in tiles.values():
        look = LOOKS[kind]
        canvas.rectangle(box, fill=look.fill, edge=look.edge, line=0.6, dashed=look.dashed, layer=0.8)
    hatched = [(box, LOOKS[kind].hatch) for box, kind in tiles.values() if LOOKS[kind].hatch]
    canvas.hatch_many([box for box, _ in hatched], step=step)
    canvas.hatch_many([box for box, pattern in hatched if pattern == "crossed"], step=step, falling=True)


def _draw_tile(canvas: Canvas, box: Box, value: RegionValue, label: str, number: str) -> None:
    look = LOOKS[value.kind]
    middle, line = box.left + box.width / 2, canvas.line_height("small") * 0.95
    y_number = box.bottom + (box.height - 2 * line) / 2 + 0.75
    y_label = y_number + line if number else box.bottom + (box.height - canvas.cap_height("small")) / 2
    if look.hatch:
        for y, text in ((y_label, label), (y_number, number)):
            if not text:
                continue
            ground = canvas.box_of(middle, y, text, role="small")
            canvas.rectangle(
                Box(ground.left - 0.2, y - 0.3, ground.width + 0.4, canvas.cap_height("small") + 0.6),
                fill="paper" if look.fill == "paper" else look.fill,
                layer=1.4,
            )
    canvas.text(middle, y_label, label, role="small", colour=look.ink, weight=600 if value.n_before else 400)
    if number:
        canvas.text(middle, y_number, number, role="small", colour=look.ink)
