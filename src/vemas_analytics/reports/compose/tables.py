"""Tables that several chapters share: a measure by region and phase, and by year."""

import datetime as dt

from vemas_analytics.model.document import Cell, NativeChart, TableBlock
from vemas_analytics.model.finding import SeriesPoint
from vemas_analytics.model.names import RUSSIA, TOTAL, Measure
from vemas_analytics.reference.measures import read_measures
from vemas_analytics.reference.numbers import format_day, format_integer
from vemas_analytics.reports.compose.cells import number_column, symbol_cell, text_cell, text_column
from vemas_analytics.reports.compose.context import RATE_MEASURES, SUSPENDED_MEASURES, ReportContext
from vemas_analytics.reports.compose.phase_limits import kept_notes
from vemas_analytics.reports.compose.symbols import (
    amount_cell,
    missing_cell,
    phase_count_cell,
    phase_rate_cell,
)


def shown_regions(ctx: ReportContext, measure: Measure) -> tuple[str, ...]:
    """Return the regions with a line in a table of this measure: those with data, then without region, total."""
    found = [code for code in ctx.regions if ctx.total_n(measure, code)]
    tail = (RUSSIA,) if ctx.total_n(measure, RUSSIA) else ()
    return (*found, *tail, TOTAL)


def unit_words(ctx: ReportContext, measure: Measure) -> str:
    """Return the unit of a measure for the line above a table."""
    return ctx.say(f"unit.{read_measures()[measure].unit}")


def _with_unit(ctx: ReportContext, measure: Measure) -> str:
    label = ctx.measure_label(measure)
    return ctx.say("measure_keur", measure=label) if read_measures()[measure].unit == "eur" else label


def phase_table(ctx: ReportContext, measure: Measure, *, in_pdf: bool = True) -> TableBlock:
    """Return a measure by region, with the phases as columns: counts, and rates per year where they exist."""
    codes = shown_regions(ctx, measure)
    with_rates = measure in RATE_MEASURES and ctx.state(measure) == "recorded"
    is_value = read_measures()[measure].unit == "eur"
    count_group = unit_words(ctx, measure) if is_value else ctx.say("column.group_count")
    rate_group = ctx.say("column.group_rate")
    columns = [text_column("region", ctx.say("column.region"), 2.2)]
    columns += [number_column(f"n_{p.key}", p.key, 1.0, count_group) for p in ctx.panel.phases]
    if with_rates:
        columns += [number_column(f"rate_{p.key}", p.key, 1.0, rate_group) for p in ctx.panel.phases]
    rows: list[tuple[Cell, ...]] = []
    for code in codes:
        found = {row.phase: row for row in ctx.phase_rows(measure, code)}
        cells = [phase_count_cell(ctx, measure, found.get(p.key), code) for p in ctx.panel.phases]
        if with_rates:
            cells += [phase_rate_cell(ctx, found.get(p.key), code) for p in ctx.panel.phases]
        rows.append((text_cell(ctx.region_short(code)), *cells))
    label = ctx.measure_label(measure)
    return TableBlock(
        key=f"phases_{measure}",
        title=ctx.say("phases.title", measure=label),
        columns=tuple(columns),
        rows=tuple(rows),
        scope=ctx.say("phases.scope", unit=unit_words(ctx, measure), phases=ctx.phase_periods()),
        source=ctx.say("source.own", date=ctx.date(ctx.panel.as_of)),
        notes=phase_notes(ctx, measure),
        total_rows=(len(rows) - 1,),
        chart=_phase_chart(ctx, measure, len(rows) - 1, with_rates=with_rates),
        sheet_title=ctx.say("sheet.phases", measure=ctx.measure_short(measure)),
        places=frozenset({"pdf", "xlsx"}) if in_pdf else frozenset({"xlsx"}),
        small=True,
    )


def phase_notes(ctx: ReportContext, measure: Measure) -> tuple[str, ...]:
    """Return what a reader of counts by phase must know: definition, several regions, coarse dates, gaps."""
    rows = ctx.phase_rows(measure, TOTAL)
    notes = [read_measures()[measure].definition[ctx.language], ctx.say("page_one.note_regions")]
    coarse = sum(row.n_coarse for row in rows)
    if coarse:
        is_counted = ctx.state(measure) == "partial" and not read_measures()[measure].is_value
        notes.append(ctx.count("phases.note_coarse_in" if is_counted else "phases.note_coarse", coarse))
    known = [row for row in rows if row.n_known is not None and row.n is not None]
    if read_measures()[measure].is_value and known:
        parts = "; ".join(f"{row.phase}: {format_integer(row.n_known or 0, ctx.language)}" for row in known)
        notes.append(ctx.say("phases.note_known", parts=parts))
    if ctx.state(measure) == "partial":
        notes.append(ctx.say("page_one.note_partial"))
    return (*notes, *kept_notes(ctx, measure))


def _phase_chart(ctx: ReportContext, measure: Measure, total_row: int, *, with_rates: bool) -> NativeChart:
    prefix = "rate" if with_rates else "n"
    title = ctx.say("phases.chart_rate" if with_rates else "phases.chart_count", measure=_with_unit(ctx, measure))
    parts = [
        f"{row.phase}: {(phase_rate_cell(ctx, row) if with_rates else phase_count_cell(ctx, measure, row)).text}"
        for row in ctx.phase_rows(measure, TOTAL)
    ]
    message = ctx.say("phases.chart_total", parts=", ".join(parts))
    return NativeChart(
        kind="column",
        title=title,
        category="region",
        series=tuple(f"{prefix}_{phase.key}" for phase in ctx.panel.phases),
        alt=ctx.say("chart.alt", title=title, message=message),
        y_title=message,
        row=total_row,
        dark=tuple(f"{prefix}_{phase.key}" for phase in ctx.phases_after),
    )


def piece_label(ctx: ReportContext, start: dt.date, end: dt.date) -> str:
    """Return the short label of a year or of a part of it, such as ``2022 bis 23.02.``."""
    year, last = start.year, end - dt.timedelta(days=1)
    if last.year > year:
        key = "joined" if start == dt.date(year, 1, 1) else "joined_since"
        return ctx.say(f"yearly.{key}", first=year, last=last.year, day=format_day(start, ctx.language))
    first_day, last_day = (format_day(day, ctx.language) for day in (start, last))
    if start == dt.date(year, 1, 1):
        is_whole = last == dt.date(year, 12, 31)
        return str(year) if is_whole else ctx.say("yearly.until", year=year, day=last_day)
    if last == dt.date(year, 12, 31):
        return ctx.say("yearly.since", year=year, day=first_day)
    return ctx.say("yearly.between", year=year, first=first_day, last=last_day)


def series_cell(ctx: ReportContext, measure: Measure, point: SeriesPoint | None, region: str) -> Cell:
    """Return the value of a period, or the symbol for what is not known."""
    if point is None:
        return missing_cell(ctx, region)
    if point.value is None or (not point.covered and not point.value):
        return symbol_cell("not_recorded", ctx.language)
    is_after = point.start >= ctx.stop.effective_from
    if not point.value and is_after and measure in SUSPENDED_MEASURES:
        return symbol_cell("suspended", ctx.language)
    return amount_cell(ctx, measure, point.value, at_least=not point.covered)


def yearly_table(ctx: ReportContext, measure: Measure) -> TableBlock | None:
    """Return a measure by region, with the years as columns; the year of the stop has two. For the workbook."""
    total = ctx.finding("yearly", measure, TOTAL)
    if total is None or not total.series:
        return None
    codes = [code for code in shown_regions(ctx, measure) if ctx.finding("yearly", measure, code) is not None]
    spans = [(point.start, point.end) for point in total.series]
    rows: list[tuple[Cell, ...]] = []
    for code in codes:
        points = _points(ctx, measure, code)
        cells = (series_cell(ctx, measure, points.get(span), code) for span in spans)
        rows.append((text_cell(ctx.region_short(code)), *cells))
    return TableBlock(
        key=f"yearly_{measure}",
        title=ctx.say("yearly.title", measure=ctx.measure_label(measure)),
        columns=(
            text_column("region", ctx.say("column.region"), 2.2),
            *(number_column(_span_key(start), piece_label(ctx, start, end)) for start, end in spans),
        ),
        rows=tuple(rows),
        scope=ctx.say("yearly.scope", unit=unit_words(ctx, measure), stop=ctx.date(ctx.stop.effective_from)),
        source=ctx.say("source.own", date=ctx.date(ctx.panel.as_of)),
        notes=(read_measures()[measure].definition[ctx.language], ctx.say("page_one.note_regions")),
        total_rows=(len(rows) - 1,),
        chart=_yearly_chart(ctx, measure, total.series, len(rows) - 1),
        sheet_title=ctx.say("sheet.yearly", measure=ctx.measure_short(measure)),
        places=frozenset({"xlsx"}),
        small=True,
    )


def _yearly_chart(ctx: ReportContext, measure: Measure, series: tuple[SeriesPoint, ...], total_row: int) -> NativeChart:
    highest = max((point for point in series if point.value), key=lambda p: p.value or 0, default=None)
    message = ""
    if highest is not None:
        shown = amount_cell(ctx, measure, highest.value or 0, at_least=not highest.covered).text
        is_value = read_measures()[measure].unit == "eur"
        message = ctx.say(
            "yearly.chart_message", year=highest.start.year, n=ctx.say("keur", amount=shown) if is_value else shown
        )
    title = ctx.say("yearly.chart_title", measure=_with_unit(ctx, measure))
    return NativeChart(
        kind="column",
        title=title,
        category="region",
        series=tuple(_span_key(point.start) for point in series),
        alt=ctx.say("chart.alt", title=title, message=message).strip(),
        y_title=message,
        row=total_row,
        dark=tuple(_span_key(point.start) for point in series if point.start >= ctx.stop.effective_from),
    )


def _span_key(start: dt.date) -> str:
    return f"from_{start.isoformat().replace('-', '_')}"


def _points(ctx: ReportContext, measure: Measure, code: str) -> dict[tuple[dt.date, dt.date], SeriesPoint]:
    finding = ctx.finding("yearly", measure, code)
    return {} if finding is None else {(point.start, point.end): point for point in finding.series}
