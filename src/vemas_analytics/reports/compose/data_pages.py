"""The account of rows as the page shows it: by file and by kind of fault, lists side by side."""

from collections.abc import Callable, Iterable, Sequence

from vemas_analytics.model.document import Cell, TableBlock
from vemas_analytics.model.finding import Scalar
from vemas_analytics.model.names import SET_ASIDE_REASONS, TABLES, TOTAL
from vemas_analytics.reference.regions import country_name
from vemas_analytics.reports.compose.cells import integer_cell, number_column, symbol_cell, text_cell, text_column
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.readings import records, text, whole

_ROWS = ("rows_read", "rows_kept", "rows_set_aside")
_NO_DATA = ("sum", "footnote", "repeated_header")
"""Reasons for which a row never was a record; the page adds them up."""

_SINGLE_REASONS = tuple(reason for reason in SET_ASIDE_REASONS if reason not in _NO_DATA)
_BY_COUNTRY = {"out_of_scope": "outside.abroad", "part_abroad": "outside.abroad_beside"}
_UKRAINE = "UA"


def table_name(ctx: ReportContext, table: str) -> str:
    """Return the name of a list; ``keine Liste`` where a sheet was none."""
    return ctx.say(f"table.{table}") if table else ctx.say("table.none")


def fault_words(ctx: ReportContext, code: str) -> str:
    """Return a kind of fault in a few words; the code itself where the catalogue has none."""
    key = f"faults.{code}"
    return ctx.texts.text(key) if key in ctx.texts else code.replace("_", " ")


def ledger_page(ctx: ReportContext) -> TableBlock | None:
    """Return the account of rows with a line per file and list; the workbook has a line per sheet."""
    rows = [row for row in records(ctx.finding("ledger", "ledger", TOTAL)) if text(row["table"])]
    if not rows:
        return None
    lines: dict[tuple[str, str], list[dict[str, Scalar]]] = {}
    for row in rows:
        lines.setdefault((text(row["file"]), text(row["table"])), []).append(row)

    def sums(items: Iterable[dict[str, Scalar]]) -> tuple[Cell, ...]:
        listed = list(items)
        columns: list[tuple[str, ...]] = [*((name,) for name in _ROWS), _NO_DATA]
        columns += [(name,) for name in _SINGLE_REASONS]
        return tuple(
            integer_cell(sum(whole(row[name]) or 0 for row in listed for name in names), ctx.language)
            for names in columns
        )

    return TableBlock(
        key="ledger_page",
        title=ctx.say("ledger.page_title"),
        columns=(
            text_column("file", ctx.say("column.file"), 2.6),
            text_column("table", ctx.say("column.table"), 1.6),
            *(number_column(name, ctx.say(f"ledger.{name}"), 0.8) for name in _ROWS),
            number_column("page_sums", ctx.say("ledger.page_sums"), 1.2, ctx.say("ledger.of_which")),
            *(
                number_column(name, ctx.say(f"ledger.{name}"), 0.8, ctx.say("ledger.of_which"))
                for name in _SINGLE_REASONS
            ),
        ),
        rows=(
            *(
                (
                    text_cell(file),
                    text_cell(table_name(ctx, table)),
                    *sums(items),
                )
                for (file, table), items in lines.items()
            ),
            (text_cell(ctx.say("region.ALL")), text_cell(""), *sums(rows)),
        ),
        scope=ctx.say("ledger.page_scope"),
        notes=(ctx.say("ledger.note"),),
        total_rows=(len(lines),),
        places=frozenset({"pdf"}),
        small=True,
    )


def _side_by_side(
    ctx: ReportContext,
    rows: Sequence[dict[str, Scalar]],
    label: Callable[[dict[str, Scalar]], tuple[str, ...]],
    count: Callable[[Scalar], Cell],
) -> tuple[list[str], list[tuple[Cell, ...]]]:
    """Return the lists that occur and, for each label, its numbers with a column for each of them."""
    tables = [table for table in (*TABLES, "") if any(text(row["table"]) == table for row in rows)]
    found: dict[tuple[str, ...], dict[str, Scalar]] = {}
    for row in rows:
        found.setdefault(label(row), {})[text(row["table"])] = row["n"]
    lines = [
        (*(text_cell(part) for part in name), *(count(counts.get(table, 0)) for table in tables))
        for name, counts in found.items()
    ]
    return tables, lines


def outside_page(ctx: ReportContext) -> TableBlock | None:
    """Return what is in no region's total: a line per reason and country, a column per list."""
    rows = list(records(ctx.finding("outside_totals", "outside", TOTAL)))
    if not rows:
        return None

    def reason(row: dict[str, Scalar]) -> tuple[str, ...]:
        detail = text(row["detail"])
        if text(row["reason"]) in _BY_COUNTRY and detail:
            return (ctx.say(_BY_COUNTRY[text(row["reason"])], country=country_name(detail, ctx.language)),)
        return (ctx.say(f"outside.{text(row['reason'])}"),)

    def count(value: Scalar) -> Cell:
        found = whole(value)
        return symbol_cell("withheld", ctx.language) if found is None else integer_cell(found, ctx.language)

    tables, lines = _side_by_side(ctx, rows, reason, count)
    return TableBlock(
        key="outside_page",
        title=ctx.say("outside.title"),
        columns=(
            text_column("reason", ctx.say("column.reason"), 4.0),
            *(number_column(table or "none", table_name(ctx, table)) for table in tables),
        ),
        rows=tuple(lines),
        scope=ctx.say("outside.scope"),
        notes=outside_notes(ctx, rows),
        places=frozenset({"pdf"}),
        small=True,
    )


def outside_notes(ctx: ReportContext, rows: Sequence[dict[str, Scalar]]) -> tuple[str, ...]:
    """Return what a reader of places abroad must know; nothing where there are none."""
    abroad = {text(row["detail"]) for row in rows if text(row["reason"]) == "out_of_scope"}
    keys = (["outside.note"] if abroad else []) + (["outside.note_ukraine"] if _UKRAINE in abroad else [])
    return tuple(ctx.say(key) for key in keys)


def problem_page(ctx: ReportContext) -> TableBlock | None:
    """Return how often each kind of fault was met: a line per kind and consequence, a column per list."""
    rows = list(records(ctx.finding("problem_counts", "problems", TOTAL)))
    if not rows:
        return None
    tables, lines = _side_by_side(
        ctx,
        rows,
        lambda row: (fault_words(ctx, text(row["code"])), ctx.say(f"severity.{text(row['severity'])}")),
        lambda value: integer_cell(whole(value) or 0, ctx.language),
    )
    return TableBlock(
        key="problem_counts_page",
        title=ctx.say("problems.title"),
        columns=(
            text_column("what", ctx.say("problems.what"), 3.2),
            text_column("severity", ctx.say("problems.severity"), 1.3),
            *(number_column(table or "none", table_name(ctx, table)) for table in tables),
        ),
        rows=tuple(lines),
        scope=ctx.say("problems.scope"),
        places=frozenset({"pdf"}),
        small=True,
    )
