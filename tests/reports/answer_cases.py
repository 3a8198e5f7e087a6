"""Literal answers to the questions for analysts: one finding for every rule that words it."""

import datetime as dt

from vemas_analytics.model.finding import DataTable, Estimate, Finding

MONTHS_BEFORE, MONTHS_AFTER = 3713.375, 1034.875
"""Days of 122 and of 34 months."""
DAYS = {"days_before": MONTHS_BEFORE, "days_after": MONTHS_AFTER}


def table(columns, *rows):
    return DataTable(tuple(columns.split()), tuple(rows))


def course(shortfall, *, measure="inquiries", n=(557, 9), days=(MONTHS_BEFORE, MONTHS_AFTER)) -> Finding:
    """A model of the course; ``shortfall`` is (value, low, high)."""
    value, low, high = shortfall
    rows = ((model, 0.07, 0.03, 0.14, value + n[1], n[1], value, low, high) for model in ("step", "step_and_slope"))
    columns = "model level_ratio level_low level_high expected_after n_after shortfall shortfall_low shortfall_high"
    return Finding(
        "course",
        measure,
        "ALL",
        method="quasi_poisson",
        baseline="all_before",
        estimate=Estimate(value, low, high, 0.95, "count"),
        n_before=n[0],
        n_after=n[1],
        days_before=days[0],
        days_after=days[1],
        caveats=("not_causal", "trend_extrapolated"),
        table=table(columns, *rows),
    )


def placebo(ratio, limits=(None, None), *, false=(0.9, 1.2, 0.7), p=0.25, measure="inquiries", n=(557, 9)) -> Finding:
    """Steps at false stops and at the real one."""
    rows = [(dt.date(2015 + index, 3, 1), step, False) for index, step in enumerate(false)]
    rows.append((dt.date(2022, 2, 24), ratio, True))
    level = None if limits[0] is None else 0.95
    return Finding(
        "placebo",
        measure,
        "ALL",
        method="quasi_poisson",
        baseline="all_before",
        estimate=Estimate(ratio, *limits, level, "ratio", p),
        n_before=n[0],
        n_after=n[1],
        caveats=("known_breaks_among_false_stops",),
        table=table("date ratio is_stop", *rows),
        **DAYS,
    )


def points(*months, measure="inquiries", n=(557, 9)) -> Finding:
    """Breaks found: month and the rates on either side."""
    rows = [(dt.date.fromisoformat(f"{month}-01"), before, after, "covid_start", 31) for month, before, after in months]
    columns = "date per_month_before per_month_after nearest_break days_from_break"
    return Finding(
        "change_points",
        measure,
        "ALL",
        method="count",
        n_before=n[0],
        n_after=n[1],
        table=table(columns, *rows),
        **DAYS,
    )


COMPARED = (
    "region n_before n_after per_month_before shrunk_before shrunk_before_low shrunk_before_high rank_before "
    "rank_before_low rank_before_high ratio ratio_shrunk ratio_low ratio_high p_value p_adjusted rank_fall "
    "rank_fall_low rank_fall_high"
)


def region(code, n, rank, ranks, *, shrunk=(0.07, 0.03, 0.12), p=0.5, ratio=0.1):
    """One line of the comparison of regions."""
    return (code, *n, 0.5, 0.4, 0.3, 0.6, rank, *ranks, ratio, *shrunk, p, p, 1, 1, 3)


def compared(*regions, measure="inquiries") -> Finding:
    """Regions compared."""
    return Finding(
        "regions_compared",
        measure,
        "ALL",
        baseline="all_before",
        n_before=200,
        n_after=6,
        caveats=("many_regions_adjusted",),
        table=table(COMPARED, *regions),
        **DAYS,
    )


def differ(p, measure="inquiries") -> Finding:
    """The test that all regions share one change."""
    estimate = Estimate(None, unit="ratio", p_value=p)
    return Finding("regions_differ", measure, "ALL", baseline="all_before", estimate=estimate, **DAYS)


def conversion(side, n_outcome, n_cases, share=None, limits=(None, None), *, measure="inquiries") -> Finding:
    """Conversion on one side; without ``share`` none is known."""
    outcome = "offered" if measure == "inquiries" else "won"
    rows = [
        (name, days, share, *limits, n_cases, n_outcome, 2, 0)
        for name in (outcome, "open")
        for days in (90, 180, 365)
        if n_cases
    ]
    is_before = side == "before"
    return Finding(
        "conversion",
        measure,
        "ALL",
        baseline=side,
        estimate=None if share is None else Estimate(share, *limits, 0.95, "share"),
        n_before=n_cases if is_before else None,
        n_after=None if is_before else n_cases,
        days_before=MONTHS_BEFORE if is_before else None,
        days_after=None if is_before else MONTHS_AFTER,
        caveats=("followed_until_stop",),
        table=table("outcome days share low high n_cases n_outcome n_open n_left_out", *rows),
    )


def response(n, ratio, limits=(None, None), *, attributed=(92, 20, 535)) -> Finding:
    """Inquiries in the days after activities and before them; ``attributed``: after one, after several, of all."""
    in_one, in_several, n_inquiries = attributed
    row = ("all", 82, 0, 5652, n[0], 6684, n[1], ratio, *limits, 0.5, n_inquiries, in_one, in_several, 0.8)
    columns = (
        "kind n_events n_events_left_out days_before n_before days_after n_after ratio low high p_value n_inquiries "
        "n_in_one n_in_several share_unattributable"
    )
    return Finding(
        "event_response",
        "inquiries",
        "ALL",
        baseline="days_90",
        caveats=("association_only",),
        table=table(columns, row),
    )


def values(n, typical, ratio=(None, None, None)) -> Finding:
    """Typical offer values on either side, in euros."""
    estimate = None if ratio[0] is None else Estimate(*ratio, 0.95, "ratio")
    row = ("geometric_mean", *n, 0, *typical, *ratio, 0.2, None)
    columns = (
        "statistic n_before n_after n_without_value typical_before typical_after ratio ratio_low ratio_high "
        "top3_share_before top3_share_after"
    )
    return Finding(
        "offer_values",
        "offer_value_eur",
        "ALL",
        baseline="all_before",
        estimate=estimate,
        n_before=n[0],
        n_after=n[1],
        table=table(columns, row),
        **DAYS,
    )


def costs(*phases) -> Finding:
    """Costs by phase: key, number of trips and euros per trip."""
    columns = (
        "phase n_trips n_cost_known cost_eur n_contacts n_inquiries n_orders cost_per_trip cost_per_contact "
        "cost_per_inquiry cost_per_order"
    )
    rows = [(key, n, n, n * cost, 10, 5, None, cost, cost / 2, None, None) for key, n, cost in phases]
    return Finding("unit_costs", "trips", "ALL", method="sum", table=table(columns, *rows))


def carriers(*rows, measure="inquiries") -> Finding:
    """Who carries the activity: kind, number named, number of carriers, share of the three largest."""
    lines = [(kind, "all_before", named, named, n, share, share, 0.1, 10.0) for kind, named, n, share in rows]
    columns = "carrier window n n_named n_carriers top3_share top5_share hhi n_effective"
    return Finding("concentration", measure, "ALL", method="count", baseline="all_before", table=table(columns, *lines))


def timing(*rows, measure="inquiries") -> Finding:
    """Last records: region, already quiet (None below five records), number after the stop."""
    last = dt.date(2021, 12, 1)
    lines = [(code, 9, last, 85, 60, quiet, n_after, last, -85) for code, quiet, n_after in rows]
    columns = "region n_before last_before silence_days longest_gap_days quiet_already n_after last days_from_stop"
    return Finding("timing", measure, "ALL", table=table(columns, *lines))


def sensitivity(*rows, measure="inquiries") -> Finding:
    """The change for several days of the stop: day, number before and after, (ratio, low, high)."""
    lines = [
        ("effective", dt.date.fromisoformat(date), n_before, n_after, MONTHS_BEFORE, MONTHS_AFTER, *limits)
        for date, n_before, n_after, limits in rows
    ]
    columns = "basis date n_before n_after days_before days_after ratio low high"
    return Finding("stop_sensitivity", measure, "ALL", table=table(columns, *lines))
