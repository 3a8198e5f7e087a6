"""Literal findings for the tests of composition: a recorded, a partial and an unrecorded case."""

import datetime as dt

import pandas as pd

from factories import make_tables
from vemas_analytics.model.finding import DataTable, Estimate, Finding, Findings, SeriesPoint
from vemas_analytics.model.panel import Coverage, Panel
from vemas_analytics.model.settings import DEFAULT_BREAKS, Organisation, Settings, Stop, default_phases
from vemas_analytics.reports.compose.context import build_context

STOP = dt.date(2022, 2, 24)
AS_OF = dt.date(2024, 12, 31)
START, END = dt.date(2012, 1, 1), dt.date(2025, 1, 1)
EDGES = {"I": (START, dt.date(2014, 8, 1)), "II": (dt.date(2014, 8, 1), dt.date(2020, 3, 1))}
EDGES |= {"III": (dt.date(2020, 3, 1), STOP), "IV": (STOP, END)}
PHASE_COLUMNS = ("phase", "start", "end", "days", "n", "n_known", "n_coarse", "per_year", "state")


def phases(measure="inquiries", region="ALL", n=(0, 0, 0, 0), state="recorded", coarse=(0, 0, 0, 0)) -> Finding:
    """A phases finding; with state partial or not_recorded there are no rates."""
    rows = []
    for (key, (start, end)), count, rough in zip(EDGES.items(), n, coarse, strict=True):
        days = (end - start).days
        rate = count / days * 365.25 if state == "recorded" else None
        rows.append((key, start, end, days, count, None, rough, rate, state))
    return Finding("phases", measure, region, table=DataTable(PHASE_COLUMNS, tuple(rows)))


def change(
    n_before,
    n_after,
    *,
    measure="inquiries",
    region="ALL",
    baseline="phase_II",
    days=(2039, 1042),
    ratio=None,
    **fields,
) -> Finding:
    """A before-after finding; ``ratio`` is (value, low, high) of after / before."""
    estimate = None if ratio is None else Estimate(*ratio, level=0.95, unit="ratio")
    rows = tuple(
        (side, d, n, n / d * 30.4375, "", None, None)
        for side, n, d in (("before", n_before, days[0]), ("after", n_after, days[1]))
    )
    columns = ("side", "days", "n", "per_month", "periods", "dispersion", "lag1")
    return Finding(
        "before_after",
        measure,
        region,
        method=fields.pop("method", "exact"),
        baseline=baseline,
        estimate=estimate,
        n_before=n_before,
        n_after=n_after,
        days_before=float(days[0]),
        days_after=float(days[1]),
        table=DataTable(columns, rows),
        **fields,
    )


def open_cases(n_open, *, region="ALL", measure="offers", firms=None, value=None, known=0, unknown=0) -> Finding:
    """An open-at-stop finding."""
    columns = ("n_open", "n_unknown", "n_firms", "value_eur", "n_value_known", "age_days_median", "age_days_max")
    row = (n_open, unknown, firms, value, known, 120.0 if n_open else None, 300 if n_open else None)
    return Finding("open_at_stop", measure, region, estimate=Estimate(float(n_open)), table=DataTable(columns, (row,)))


def outcomes(**n) -> Finding:
    """What became of open offers."""
    rows = tuple((name, count, None, 0) for name, count in n.items())
    return Finding(
        "open_outcome", "offers", "ALL", table=DataTable(("outcome", "n", "value_eur", "n_value_known"), rows)
    )


def last(measure, day, title="", precision="day", region="ALL") -> Finding:
    """A last-activity finding."""
    row = (dt.date.fromisoformat(day), precision, title)
    return Finding("last_activity", measure, region, table=DataTable(("date", "precision", "title"), (row,)))


def share(name, value) -> Finding:
    """A quality finding."""
    return Finding("quality", name, "ALL", estimate=Estimate(value, unit="share"))


def yearly(measure="inquiries", region="ALL", values=(10, 20)) -> Finding:
    """A yearly finding from 2012 on."""
    points = tuple(
        SeriesPoint(dt.date(2012 + i, 1, 1), dt.date(2013 + i, 1, 1), value, value is not None)
        for i, value in enumerate(values)
    )
    return Finding("yearly", measure, region, series=points)


def coverage(state="recorded", *, declared=True, by="Frau Muster") -> Coverage:
    """A coverage of 2012 to 2024."""
    if state == "not_recorded":
        return Coverage("not_recorded", None, None, declared=True)
    return Coverage(state, START, END, declared, by)


def make_panel(states=None, *, synthetic=False, stop=None) -> Panel:
    """A panel whose frame is empty: composition reads coverage, phases, reference date and settings only."""
    wanted = {"inquiries": "recorded", "offers": "recorded", "trips": "recorded", "attendance": "recorded"}
    stop = stop or Stop()
    settings = Settings(
        organisation=Organisation(name="Netzwerk Muster", synthetic=synthetic),
        stop=stop,
        breaks=DEFAULT_BREAKS,
        phases=default_phases(stop),
    )
    return Panel(
        frame=pd.DataFrame(),
        left_out=pd.DataFrame(),
        coverage={
            table: state if isinstance(state, Coverage) else coverage(state)
            for table, state in (wanted | (states or {})).items()
        },
        as_of=AS_OF,
        phases=default_phases(stop),
        windows={},
        settings=settings,
    )


def make_context(*findings, language="de", edition="intern", panel=None):
    """A report in the making from literal findings."""
    return build_context(
        Findings(tuple(findings)), make_tables(), panel or make_panel(), language=language, edition=edition
    )
