"""What every drawing is told besides its findings: size, language, marks of time, scale."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import cast

from vemas_analytics.errors import OptionError
from vemas_analytics.model.document import ChartRef
from vemas_analytics.model.names import Language
from vemas_analytics.model.settings import Break, Phase

OPTIONS = ("stop", "breaks", "phases", "y_max", "labels", "until")
"""The keys that `ChartRef.options` may hold."""


@dataclass(frozen=True, slots=True)
class TimeBand:
    """A marked stretch of time, half-open ``[start, end)``; without ``end`` a date, without ``start`` open."""

    label: str
    start: dt.date | None
    end: dt.date | None
    key: str = ""


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """How a chart is drawn.

    Parameters
    ----------
    language : {"de", "en"}
    width_mm, height_mm : float
        Final size on the page; text is set in points at this size and never scaled.
    stop : datetime.date, optional
        First day of "after"; a labelled line in every chart of time.
    breaks : tuple of TimeBand
        Other events that change the level: shaded bands, or a dotted line where there is no end.
    phases : tuple of TimeBand
        Named along the top.
    y_max : float, optional
        Common scale of several charts, in the unit of the finding.
    labels : mapping of str
        Names to show instead of the usual ones, by finding key or region code.
    accent : str
        Colour ``#RRGGBB`` instead of the theme's.
    until : datetime.date, optional
        Last day that a line of time reaches at least, so that nothing after the stop is seen to be nothing.
    """

    language: Language = "de"
    width_mm: float = 170.0
    height_mm: float = 60.0
    stop: dt.date | None = None
    breaks: tuple[TimeBand, ...] = ()
    phases: tuple[TimeBand, ...] = ()
    y_max: float | None = None
    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    accent: str = ""
    until: dt.date | None = None


def mark_breaks(breaks: Iterable[Break], language: Language) -> tuple[TimeBand, ...]:
    """Return the bands of the configured breaks, for drawing in a notebook."""
    return tuple(TimeBand(item.label[language], item.start, item.end, item.key) for item in breaks)


def mark_phases(phases: Iterable[Phase], language: Language) -> tuple[TimeBand, ...]:
    """Return the bands of the configured phases, for drawing in a notebook."""
    return tuple(TimeBand(item.label[language], item.start, item.end, item.key) for item in phases)


def _as_date(value: object) -> dt.date | None:
    if value is None or value == "":
        return None
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value))


def _as_bands(value: object) -> tuple[TimeBand, ...]:
    entries = cast("Iterable[Mapping[str, object]]", value or ())
    return tuple(
        TimeBand(
            str(entry.get("label", "")),
            _as_date(entry.get("start")),
            _as_date(entry.get("end")),
            str(entry.get("key", "")),
        )
        for entry in entries
    )


def read_spec(ref: ChartRef, language: Language, accent: str = "") -> ChartSpec:
    """Return the specification that a `ChartRef` carries.

    Raises
    ------
    OptionError
        For an option that no drawing knows.
    """
    unknown = sorted(set(ref.options) - set(OPTIONS))
    if unknown:
        message = f"chart {ref.key}: unknown option {unknown[0]!r}; known are {', '.join(OPTIONS)}"
        raise OptionError(message)
    y_max = ref.options.get("y_max")
    return ChartSpec(
        language=language,
        width_mm=ref.width_mm,
        height_mm=ref.height_mm,
        stop=_as_date(ref.options.get("stop")),
        breaks=_as_bands(ref.options.get("breaks")),
        phases=_as_bands(ref.options.get("phases")),
        y_max=None if y_max is None else float(cast("float", y_max)),
        labels=cast("Mapping[str, str]", ref.options.get("labels") or {}),
        accent=accent,
        until=_as_date(ref.options.get("until")),
    )
