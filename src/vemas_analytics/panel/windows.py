"""The windows that before and after are measured over."""

import datetime as dt
from typing import Final

from vemas_analytics.model.panel import Window
from vemas_analytics.model.periods import Bounds, shift_months
from vemas_analytics.model.settings import Phase, Settings
from vemas_analytics.model.timeline import COVID, find_break, resolve_phases

_FAR_PAST: Final = dt.date.min


def build_windows(settings: Settings) -> dict[str, Window]:
    """Return the baselines before the stop and the window after it, clipped to nothing yet.

    Parameters
    ----------
    settings : Settings
        Its stop, phases and breaks.

    Returns
    -------
    dict of str to Window
        ``all_before`` (everything before the stop), ``phase_II`` (the phase before the one that ends at the
        stop), ``months_24`` (the 24 months before the stop), ``y2015_2019``, ``without_covid`` (everything
        before the stop but the COVID band), ``after`` (from ``effective_from`` on).
    """
    stop = settings.stop.effective_from
    covid = find_break(settings, COVID)
    periods: dict[str, tuple[Bounds, ...]] = {
        "all_before": ((None, stop),),
        "phase_II": _reference_phase(resolve_phases(settings), stop),
        "months_24": ((shift_months(stop, -24), stop),),
        "y2015_2019": ((dt.date(2015, 1, 1), min(dt.date(2020, 1, 1), stop)),),
        "without_covid": _without((None, stop), (covid.start, covid.end or stop)),
        "after": ((stop, settings.stop.until),),
    }
    return {key: Window(key, tuple(item for item in parts if _holds(item))) for key, parts in periods.items()}


def _reference_phase(phases: tuple[Phase, ...], stop: dt.date) -> tuple[Bounds, ...]:
    before = sorted(
        (phase for phase in phases if phase.end is not None and phase.end <= stop),
        key=lambda phase: phase.start or _FAR_PAST,
    )
    if not before:
        return ()
    chosen = before[-2] if len(before) > 1 else before[-1]
    return ((chosen.start, chosen.end),)


def _without(period: tuple[dt.date | None, dt.date], band: tuple[dt.date, dt.date]) -> tuple[Bounds, ...]:
    start, end = period
    return ((start, min(band[0], end)), (min(band[1], end), end))


def _holds(bounds: Bounds) -> bool:
    start, end = bounds
    return start is None or end is None or start < end
