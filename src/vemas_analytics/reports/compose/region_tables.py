"""Tables of a region page: the measures by phase, and the agreements."""

from collections import Counter
from collections.abc import Mapping, Sequence

from vemas_analytics.model.document import Cell, TableBlock
from vemas_analytics.model.finding import Scalar
from vemas_analytics.model.names import Measure
from vemas_analytics.reports.compose.cells import (
    date_cell,
    integer_cell,
    number_column,
    symbol_cell,
    text_cell,
    text_column,
)
from vemas_analytics.reports.compose.change_tables import change_cell, interval_cell
from vemas_analytics.reports.compose.change_words import main_change, read_baselines
from vemas_analytics.reports.compose.context import RATE_MEASURES, ReportContext
from vemas_analytics.reports.compose.course import measure_line
from vemas_analytics.reports.compose.organisers import count_cell, held, phase_key
from vemas_analytics.reports.compose.places import ascii_key
from vemas_analytics.reports.compose.readings import (
    day,
    read_activities,
    records,
    text,
    whole,
)
from vemas_analytics.reports.compose.symbols import missing_cell, phase_count_cell

_PAGE_MEASURES: tuple[Measure, ...] = (
    "inquiries",
    "offers",
    "offer_value_eur",
    "orders",
    "order_value_eur",
    "trips",
    "trip_companies",
    "forums",
    "forum_attendance",
)


def _measure_row(ctx: ReportContext, measure: Measure, code: str) -> tuple[Cell, ...]:
    found = {row.phase: row for row in ctx.phase_rows(measure, code)}
    cells = [phase_count_cell(ctx, measure, found.get(phase.key), code) for phase in ctx.panel.phases]
    chosen = main_change(read_baselines(ctx, measure, code)) if measure in RATE_MEASURES else None
    nothing = symbol_cell("no_sense", ctx.language)
    change = (nothing, nothing) if chosen is None else (change_cell(ctx, chosen[1]), interval_cell(ctx, chosen[1]))
    return (text_cell(measure_line(ctx, measure)), *cells, *change)


def _fair_row(ctx: ReportContext, code: str) -> tuple[Cell, ...] | None:
    """Return the fairs among the trips, counted like these."""
    finding = ctx.finding("activities", "activities", code)
    fairs = [item for item in held(read_activities(finding)) if item.kind == "trade_fair"]
    if not fairs:
        return None
    counts = Counter(phase_key(ctx, item) for item in fairs)
    cells = (count_cell(ctx, "trips", counts[phase.key], phase) for phase in ctx.panel.phases)
    nothing = symbol_cell("no_sense", ctx.language)
    return (text_cell(ctx.say("region_page.fairs")), *cells, nothing, nothing)


def _own_row(ctx: ReportContext, measure: Measure, code: str) -> tuple[Cell, ...] | None:
    """Return the trips or forums that the publisher's own bodies organised; None where that is all or none of them."""
    items = held(read_activities(ctx.finding("activities", "activities", code)))
    done = [item for item in items if (item.kind == "forum") == (measure == "forums")]
    own = [item for item in done if item.organiser_group == "own"]
    if not own or len(own) == len(done):
        return None
    counts = Counter(phase_key(ctx, item) for item in own)
    nothing = symbol_cell("no_sense", ctx.language)
    cells = (count_cell(ctx, measure, counts[phase.key], phase) for phase in ctx.panel.phases)
    return (text_cell(ctx.say("region_page.own")), *cells, nothing, nothing)


def _firm_rows(ctx: ReportContext, code: str) -> list[tuple[Cell, ...]]:
    """Return participating firms and first-timers by phase."""
    finding = ctx.finding("firms", "firms", code)
    found = {text(row["phase"]): row for row in records(finding)}
    if not found:
        return []
    nothing = symbol_cell("no_sense", ctx.language)
    lines: list[tuple[Cell, ...]] = []
    for name in ("n_firms", "n_first_timers"):
        cells = []
        for phase in ctx.panel.phases:
            n = whole(found[phase.key][name]) if phase.key in found else None
            cells.append(missing_cell(ctx, code) if n is None else integer_cell(n, ctx.language))
        lines.append((text_cell(ctx.say(f"region_page.{name}")), *cells, nothing, nothing))
    return lines


def measure_table(ctx: ReportContext, code: str) -> TableBlock:
    """Return the measures of a region by phase, with change and interval where there are any."""
    rows: list[tuple[Cell, ...]] = []
    for measure in _PAGE_MEASURES:
        if ctx.state(measure) == "not_recorded":
            continue
        rows.append(_measure_row(ctx, measure, code))
        parts = [_fair_row(ctx, code)] if measure == "trips" else []
        parts += [_own_row(ctx, measure, code)] if measure in {"trips", "forums"} else []
        rows += [row for row in parts if row is not None]
    rows += _firm_rows(ctx, code)
    rows = [row for row in rows if _tells_something(ctx, row)]
    has_change = any(main_change(read_baselines(ctx, measure, code)) is not None for measure in RATE_MEASURES)
    columns = [
        text_column("measure", ctx.say("column.measure"), 2.8),
        *(number_column(f"n_{phase.key}", phase.key, 0.9) for phase in ctx.panel.phases),
    ]
    if has_change:
        columns += [
            number_column("change", ctx.say("column.change"), 1.2),
            number_column("interval", ctx.say("column.interval"), 1.4),
        ]
    return TableBlock(
        key=f"region_{ascii_key(code)}",
        title=ctx.say("region_page.table_title", region=ctx.region_name(code)),
        columns=tuple(columns),
        rows=tuple(row[: len(columns)] for row in rows),
        scope=ctx.phase_periods(),
        source=ctx.say("source.own", date=ctx.date(ctx.panel.as_of)),
        notes=(ctx.say("region_page.note_change"),) if has_change else (),
        places=frozenset({"pdf"}),
        small=True,
    )


def _tells_something(ctx: ReportContext, row: tuple[Cell, ...]) -> bool:
    nothing = symbol_cell("not_recorded", ctx.language)
    return any(cell != nothing for cell in row[1 : len(ctx.panel.phases) + 1])


def agreement_table(ctx: ReportContext, code: str) -> TableBlock | None:
    """Return the agreements with a region: date, kind, partners, source."""
    rows = list(records(ctx.finding("agreements", "agreements", code)))
    if not rows:
        return None
    return TableBlock(
        key=f"agreements_{ascii_key(code)}",
        title=ctx.say("agreements.title", region=ctx.region_name(code)),
        columns=(
            text_column("date", ctx.say("column.date"), 1.1),
            text_column("kind", ctx.say("column.kind"), 1.5),
            text_column("partner", ctx.say("agreements.partner"), 2.4),
            text_column("saxon_party", ctx.say("agreements.saxon_party"), 1.8),
            text_column("source", ctx.say("agreements.source"), 2.6),
        ),
        rows=tuple(
            (
                _agreement_date(ctx, row.get("date"), text(row["precision"])),
                text_cell(_agreement_kind(ctx, text(row["kind"]))),
                _party(ctx, row["partner"]),
                _party(ctx, row["saxon_party"]),
                text_cell(source_words(ctx, text(row["source"]))),
            )
            for row in rows
        ),
        scope=ctx.say("agreements.scope"),
        places=frozenset({"pdf"}),
        small=True,
    )


def region_sheets(ctx: ReportContext, codes: Sequence[str]) -> tuple[TableBlock, ...]:
    """Return the tables of all region pages for the workbook: one of measures, one of agreements, a region a line."""
    measures = {code: measure_table(ctx, code) for code in codes}
    agreements = {code: table for code in codes if (table := agreement_table(ctx, code)) is not None}
    joined = (
        _joined(ctx, "region_measures", "region_page.sheet_title", "sheet.region_measures", measures),
        _joined(ctx, "agreements", "agreements.sheet_title", "sheet.agreements", agreements),
    )
    return tuple(table for table in joined if table is not None)


def _joined(
    ctx: ReportContext, key: str, title: str, sheet_title: str, tables: Mapping[str, TableBlock]
) -> TableBlock | None:
    if not tables:
        return None
    widest = max(tables.values(), key=lambda table: len(table.columns))
    nothing = symbol_cell("no_sense", ctx.language)
    rows = (
        (text_cell(ctx.region_short(code)), *row, *(nothing,) * (len(widest.columns) - len(row)))
        for code, table in tables.items()
        for row in table.rows
    )
    return TableBlock(
        key=key,
        title=ctx.say(title),
        columns=(text_column("region", ctx.say("column.region"), 1.6), *widest.columns),
        rows=tuple(rows),
        scope=widest.scope,
        source=widest.source,
        notes=widest.notes,
        sheet_title=ctx.say(sheet_title),
        places=frozenset({"xlsx"}),
    )


def source_words(ctx: ReportContext, source: str) -> str:
    """Return where a fact stands: web pages by the site's name, everything else as it is written."""
    parts = [part.strip() for part in source.split("|") if part.strip()]
    sites = [part.split("//", 1)[1].split("/", 1)[0].removeprefix("www.") if "://" in part else part for part in parts]
    return ", ".join(dict.fromkeys(sites)) or ctx.say("stop.not_stated")


def _agreement_date(ctx: ReportContext, value: Scalar, precision: str) -> Cell:
    found = day(value)
    if found is None:
        return text_cell(ctx.say("agreements.undated"))
    return date_cell(found, ctx.language, precision or "day")


def _party(ctx: ReportContext, name: Scalar) -> Cell:
    return symbol_cell("withheld", ctx.language) if name is None and ctx.public else text_cell(text(name))


def _agreement_kind(ctx: ReportContext, kind: str) -> str:
    key = "agreements.kind_" + kind.strip().lower().replace(" ", "_").replace("-", "_")
    return ctx.say(key) if f"report.{key}" in ctx.texts else kind
