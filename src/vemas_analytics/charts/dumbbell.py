"""Two rates of each region on one line: what it was before, what it is since."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from matplotlib.figure import Figure

from vemas_analytics.charts.canvas import Box, Canvas, draw_nothing_known
from vemas_analytics.charts.drawing import drawing
from vemas_analytics.charts.key_row import KeyItem, draw_key, key_height, plan_key
from vemas_analytics.charts.names import finding_name, fit_text
from vemas_analytics.charts.row_scale import RowScale, draw_row_scale, fit_rows, plan_scale, write_left_out
from vemas_analytics.charts.spec import ChartSpec
from vemas_analytics.model.finding import Finding, Scalar
from vemas_analytics.model.names import OTHERS, RUSSIA, TOTAL
from vemas_analytics.reference.numbers import format_decimal

DAYS_PER_YEAR = 365.25
_BEFORE_PHASE = "II"
_LAST_PLACES = {OTHERS: 1, RUSSIA: 2}
_RADIUS = 1.15
_MOST_NAME_MM = 42.0


@dataclass(frozen=True, slots=True)
class Pair:
    """The two rates per year of a region, None where there is none."""

    finding: Finding
    before: float | None
    after: float | None

    @property
    def is_known(self) -> bool:
        """Tell whether both rates are known."""
        return self.before is not None and self.after is not None


@drawing
def draw_dumbbell(findings: Sequence[Finding], spec: ChartSpec) -> Figure:
    """Draw for each region the rate per year before and since the stop, joined by a line, the largest first.

    Parameters
    ----------
    findings : sequence of Finding
        Question ``phases`` (phase II, or the last but one, against the last) or ``before_after`` of one baseline;
        one for each region. The total is left out where there are regions; records without a region come last.
    spec : ChartSpec
        Rows need 3.4 mm each.

    Raises
    ------
    KeyError
        When no such finding is among them.
    """
    asked = [finding for finding in findings if finding.question in ("phases", "before_after")]
    if not asked:
        message = "dumbbell needs findings of question 'phases' or 'before_after'"
        raise KeyError(message)
    canvas = Canvas(spec)
    whole = Box(1.0, 1.0, spec.width_mm - 2.0, spec.height_mm - 2.0)
    pairs = [read_pair(finding) for finding in (region_parts(asked) or asked)]
    if not any(pair.is_known for pair in pairs):
        draw_nothing_known(canvas, whole)
        return canvas.figure
    pairs.sort(key=_rank)
    _draw_rows(canvas, pairs, whole, _side_names(canvas, asked[0]))
    return canvas.figure


def _rank(pair: Pair) -> tuple[int, bool, float, str]:
    return _LAST_PLACES.get(pair.finding.region, 0), not pair.is_known, -(pair.before or 0.0), pair.finding.region


def region_parts(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings without the total; the small regions together only where not given one by one."""
    parts = [finding for finding in findings if finding.region not in (TOTAL, OTHERS)]
    others = [finding for finding in findings if finding.region == OTHERS]
    totals = [finding for finding in findings if finding.region == TOTAL]
    is_complete = bool(totals) and sum(map(_count, parts)) >= _count(totals[0])
    return parts if is_complete else [*parts, *others]


def _count(finding: Finding) -> int:
    if finding.n_before is not None:
        return finding.n_before
    rows = finding.table.records() if finding.question == "phases" and finding.table is not None else ()
    return sum(int(cast("int", row["n"] or 0)) for row in rows)


def read_pair(finding: Finding) -> Pair:
    """Return the rates per year of a phases or before/after finding."""
    if finding.question == "before_after":
        partial = {"coverage_partial", "not_recorded"} & set(finding.caveats)
        before = None if partial else _rate(finding.n_before, finding.days_before)
        return Pair(finding, before, None if partial else _rate(finding.n_after, finding.days_after))
    rows = list(finding.table.records()) if finding.table is not None else []
    if len(rows) < 2:
        return Pair(finding, None, None)
    return Pair(finding, _per_year(_before_row(rows)), _per_year(rows[-1]))


def _before_row(rows: Sequence[dict[str, Scalar]]) -> dict[str, Scalar]:
    return next((row for row in rows[:-1] if row["phase"] == _BEFORE_PHASE), rows[-2])


def _per_year(row: dict[str, Scalar]) -> float | None:
    value = row["per_year"]
    return None if value is None else float(cast("float", value))


def _rate(count: int | None, days: float | None) -> float | None:
    return None if count is None or not days else count * DAYS_PER_YEAR / days


def _side_names(canvas: Canvas, finding: Finding) -> tuple[str, str]:
    texts = canvas.texts
    rows = list(finding.table.records()) if finding.table is not None else []
    if finding.question == "phases" and len(rows) > 1:
        keys = str(_before_row(rows)["phase"]), str(rows[-1]["phase"])
        return texts.text("chart.phase", key=keys[0]), texts.text("chart.phase", key=keys[1])
    return texts.text("chart.sides.before"), texts.text("chart.sides.after")


def _draw_rows(canvas: Canvas, pairs: Sequence[Pair], whole: Box, sides: tuple[str, str]) -> None:
    line = canvas.line_height("small")
    key = plan_key(
        canvas,
        [
            KeyItem("own", canvas.texts.text("chart.per_year_in", side=sides[0]), _sample_before),
            KeyItem("own", canvas.texts.text("chart.per_year_in", side=sides[1]), _sample_after),
        ],
        whole.width,
    )
    draw_key(canvas, key, whole.left, whole.top)
    top = whole.top - key_height(canvas, key)
    n_shown, height = fit_rows(canvas, len(pairs), top - whole.bottom - line - 1.2)
    shown, left_out = pairs[:n_shown], len(pairs) - n_shown
    names = [finding_name(pair.finding, canvas.spec) for pair in shown]
    name_mm = min(max(canvas.width_of(name, "small") for name in names) + 3.0, _MOST_NAME_MM)
    plot = Box(whole.left + name_mm, top - height * len(shown), whole.width - name_mm, height * len(shown))
    digits = _digits(max(max(pair.before or 0.0, pair.after or 0.0) for pair in shown))
    label_mm = max(
        canvas.width_of(format_decimal(value, canvas.spec.language, digits), "small")
        for pair in shown
        for value in (pair.before or 0.0, pair.after or 0.0)
    )
    inner = Box(plot.left + label_mm, plot.bottom, plot.width - 2 * label_mm - 2.0, plot.height)
    scale = plan_scale(canvas, inner, [(pair.before, pair.after) for pair in pairs], is_change=False)
    draw_row_scale(canvas, scale)
    edges = [top - index * height for index in range(len(shown) + 1)]
    canvas.lines([((whole.left, y), (whole.right, y)) for y in edges], colour="rule", line=0.4, layer=0.7)
    for index, pair in enumerate(shown):
        middle = top - (index + 0.5) * height
        y = middle - canvas.cap_height("small") / 2
        canvas.text(whole.left, y, fit_text(canvas, names[index], name_mm - 2.0, "small"), align="left", role="small")
        _draw_pair(canvas, pair, scale, middle, digits)
    if left_out:
        write_left_out(canvas, left_out, whole)


def _digits(largest: float) -> int:
    """Return so many decimals that the largest rate shows two figures."""
    limits = ((100.0, 0), (1.0, 1), (0.1, 2))
    return next((digits for limit, digits in limits if largest >= limit), 3 if largest > 0 else 1)


def _draw_pair(canvas: Canvas, pair: Pair, scale: RowScale, middle: float, digits: int) -> None:
    y = middle - canvas.cap_height("small") / 2
    if pair.before is None or pair.after is None:
        key = "chart.change_refused" if pair.finding.n_before else "chart.not_recorded"
        text = canvas.texts.text(key)
        ground = canvas.box_of(scale.x(0.0) + 1.5, y, text, align="left", role="small")
        canvas.rectangle(Box(ground.left - 0.3, y - 0.5, ground.width + 0.6, 3.0), fill="paper", layer=1.9)
        canvas.text(ground.left, y, text, align="left", role="small", colour="ink_soft")
        return
    before, after = scale.x(pair.before), scale.x(pair.after)
    canvas.lines([((before, middle), (after, middle))], colour="ink_soft", line=1.4, layer=2.8)
    canvas.polygon(_square(before, middle), fill="accent_mid", edge="accent")
    canvas.polygon(_diamond(after, middle), fill="accent", edge="accent")
    texts = [format_decimal(value, canvas.spec.language, digits) for value in (pair.before, pair.after)]
    left, right = (0, 1) if before <= after else (1, 0)
    beside, width = min(before, after) - _RADIUS - 0.6, canvas.width_of(texts[left], "small")
    axis = scale.x(0.0)
    if beside - width < axis < beside + 0.4:
        beside = axis - 0.6
    for index, align, x in (
        (left, "right", beside),
        (right, "left", max(before, after) + _RADIUS + 0.6),
    ):
        width = canvas.width_of(texts[index], "small")
        ground = Box(x - width - 0.2 if align == "right" else x - 0.2, y - 0.5, width + 0.4, 2.9)
        canvas.rectangle(ground, fill="paper", layer=1.9)
        canvas.text(x, y, texts[index], align=align, role="small")  # type: ignore[arg-type]


def _sample_before(canvas: Canvas, box: Box) -> None:
    canvas.polygon(_square(box.left + box.width / 2, box.bottom + box.height / 2), fill="accent_mid", edge="accent")


def _sample_after(canvas: Canvas, box: Box) -> None:
    canvas.polygon(_diamond(box.left + box.width / 2, box.bottom + box.height / 2), fill="accent", edge="accent")


def _square(x: float, y: float) -> tuple[tuple[float, float], ...]:
    r = _RADIUS * 0.8
    return (x - r, y - r), (x - r, y + r), (x + r, y + r), (x + r, y - r)


def _diamond(x: float, y: float) -> tuple[tuple[float, float], ...]:
    r = _RADIUS
    return (x - r, y), (x, y + r), (x + r, y), (x, y - r)
