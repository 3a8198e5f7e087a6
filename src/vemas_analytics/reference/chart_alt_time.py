"""What the charts of time say."""

import datetime as dt
import math
from collections.abc import Sequence
from typing import cast

from vemas_analytics.model.finding import Finding, SeriesPoint
from vemas_analytics.reference.chart_alt_words import AltWords, number, rows_of
from vemas_analytics.reference.numbers import format_month


def _first(findings: Sequence[Finding], *questions: str) -> Finding | None:
    return next((item for question in questions for item in findings if item.question == question), None)


def say_yearly(words: AltWords, findings: Sequence[Finding]) -> str:
    """Say the highest year and the last one."""
    return _say_peak(words, _first(findings, "yearly"), is_yearly=True)


def say_monthly(words: AltWords, findings: Sequence[Finding]) -> str:
    """Say the highest month and the last one."""
    return _say_peak(words, _first(findings, "monthly"), is_yearly=False)


def _say_peak(words: AltWords, finding: Finding | None, *, is_yearly: bool) -> str:
    known = [point for point in finding.series if point.value is not None] if finding is not None else []
    if finding is None or not known:
        return ""
    peak = max(known, key=lambda point: point.value or 0.0)
    if not peak.value:
        return words.say("say.zeros") if all(point.covered for point in known) else words.say("none_on_record")
    last = max(known, key=lambda point: point.end)

    def when(point: SeriesPoint) -> str:
        return str(point.start.year) if is_yearly else format_month(point.start, words.language)

    return words.say(
        "say.peak",
        value=words.bounded(peak, finding),
        when=when(peak),
        last=words.bounded(last, finding),
        last_when=when(last),
    )


def say_phases(words: AltWords, findings: Sequence[Finding]) -> str:
    """Say the rate, or where there is none the number, of each phase."""
    finding = _first(findings, "phases")
    told = []
    for row in rows_of(finding) if finding is not None else ():
        rate, n = number(row, "per_year"), number(row, "n")
        if finding is None or (rate is None and n is None):
            continue
        if rate is not None:
            value = words.value(rate, finding) if finding.measure.endswith("_eur") else words.rate(rate)
        elif row.get("state") == "partial":
            value = words.say("at_least", value=words.integer(n or 0)) if n else words.say("none_on_record")
        else:
            value = words.integer(n or 0)
        told.append(words.say("say.phase", key=row["phase"], value=value))
    return words.say("say.phases", list="; ".join(told)) if told else ""


def say_annual_months(words: AltWords, findings: Sequence[Finding]) -> str:
    """Say the sum of the year and of the year before."""
    finding = _first(findings, "annual_months")
    rows = rows_of(finding) if finding is not None else []
    values = [value for row in rows if (value := number(row, "value")) is not None]
    before = [value for row in rows if (value := number(row, "previous")) is not None]
    if finding is None or not values:
        return ""
    previous = words.value(sum(before), finding) if before else words.chart_text("no_data")
    return words.say("say.year_sum", value=words.value(sum(values), finding), previous=previous)


def say_activities(words: AltWords, findings: Sequence[Finding]) -> str:
    """Say how many activities were held in how many regions, when the last began, how many were cancelled."""
    asked = [item for item in findings if item.question in ("activities", "annual_activities")]
    rows = {tuple(row.items()): row for item in asked for row in rows_of(item)}.values()
    if not rows:
        return ""
    held = [row for row in rows if row["status"] == "held"]
    regions = {code for row in held for code in str(row["region"] or "").split(";") if code}
    parts = [words.count("say.activities", len(held))]
    if any("coverage_partial" in item.caveats for item in asked):
        parts[0] = words.say("at_least", value=parts[0])
    if regions:
        parts[0] += f" {words.count('say.in_regions', len(regions))}"
    starts = [cast("dt.date", row["start"]) for row in held if row["start"] is not None]
    if starts:
        parts.append(words.say("say.last_held", date=words.date(max(starts))))
    cancelled = sum(1 for row in rows if row["status"] == "cancelled")
    if cancelled:
        parts.append(words.count("say.cancelled", cancelled))
    return f"{', '.join(parts)}."


def say_coverage(words: AltWords, findings: Sequence[Finding]) -> str:
    """Say for each list from when to when it was kept."""
    told = []
    for finding in findings:
        for row in rows_of(finding) if finding.question == "coverage" else ():
            table = words.chart_text(f"tables.{row['table']}")
            start, end = cast("dt.date | None", row["start"]), cast("dt.date | None", row["end"])
            if row["state"] == "not_recorded" or start is None or end is None:
                told.append(words.say("say.coverage_none", table=table))
                continue
            told.append(
                words.say(
                    "say.coverage",
                    table=table,
                    start=words.date(start),
                    end=words.date(end - dt.timedelta(days=1)),
                    state=words.chart_text(f"states.{row['state']}"),
                )
            )
    return f"{'; '.join(told)}." if told else ""


def say_counterfactual(words: AltWords, findings: Sequence[Finding]) -> str:
    """Say what was to be expected, what came, and the shortfall with its interval."""
    finding = _first(findings, "course")
    estimate = finding.estimate if finding is not None else None
    if finding is None or estimate is None or estimate.value is None:
        return _say_peak(words, _first(findings, "monthly"), is_yearly=False)
    shortfall = words.integer(estimate.value)
    if estimate.low is not None and estimate.high is not None:
        shortfall = words.say(
            "range", value=shortfall, low=words.integer(estimate.low), high=words.integer(estimate.high)
        )
    counted = finding.n_after or 0
    return words.say(
        "say.shortfall",
        expected=words.integer(estimate.value + counted),
        counted=words.integer(counted),
        shortfall=shortfall,
    )


def say_incidence(words: AltWords, findings: Sequence[Finding]) -> str:
    """Say the share with the first outcome at the last day followed, before and after."""
    told = []
    for side in ("before", "after"):
        own = [item for item in findings if item.baseline == side]
        finding = _first(own, "conversion_curve", "conversion")
        if finding is None:
            continue
        rows = [row for row in rows_of(finding) if row["share"] is not None]
        name = words.chart_text(f"sides.{side}")
        if not rows:
            told.append(words.say("say.converted_unknown", side=name))
            continue
        last = max(
            (row for row in rows if row["outcome"] == rows[0]["outcome"]), key=lambda row: number(row, "days") or 0
        )
        cases, days = (
            (finding.n_before, finding.days_before) if side == "before" else (finding.n_after, finding.days_after)
        )
        told.append(
            words.say(
                "say.converted",
                side=name,
                days=last["days"],
                outcome=words.chart_text(f"outcomes.{last['outcome']}"),
                share=words.share(
                    number(last, "share") or 0.0, (number(last, "low"), number(last, "high")), cases or 0, days or 0.0
                ),
            )
        )
    if not told or all(not rows_of(item) for item in findings):
        return ""
    return f"{'; '.join(told)}."


def say_placebo(words: AltWords, findings: Sequence[Finding]) -> str:
    """Say for each finding the step at the stop and how many dates show one as strong."""
    told = []
    for finding in findings:
        rows = rows_of(finding) if finding.question == "placebo" else []
        ratios = [number(row, "ratio") or 0.0 for row in rows]
        real = next((number(row, "ratio") or 0.0 for row in rows if row["is_stop"]), None)
        if real is None or finding.estimate is None:
            continue
        strong = sum(1 for ratio in ratios if _strength(ratio) >= _strength(real))
        change = words.change(finding) or words.chart_text("change_refused")
        name = words.labels.get(finding.key) or words.measure(finding)
        told.append(words.say("say.placebo", name=name, change=change))
        told.append(words.chart_plural("as_extreme", strong, all=len(ratios)))
    return " ".join(told)


def _strength(ratio: float) -> float:
    return abs(math.log(ratio)) if ratio > 0 else math.inf


def say_change_points(words: AltWords, findings: Sequence[Finding]) -> str:
    """Say each change of level with its month."""
    finding = _first(findings, "change_points")
    if finding is None or "not_estimable" in finding.caveats:
        return ""
    told = [
        words.say(
            "say.level",
            month=format_month(cast("dt.date", row["date"]), words.language),
            before=words.rate(number(row, "per_month_before") or 0.0),
            after=words.rate(number(row, "per_month_after") or 0.0),
        )
        for row in rows_of(finding)
    ]
    return words.say("say.levels", list="; ".join(told)) if told else words.say("say.no_levels")
