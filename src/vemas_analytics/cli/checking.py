"""The command that says what was taken over, what not, and why."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from vemas_analytics.cli.check_screen import show_check
from vemas_analytics.cli.options import (
    DIFFERS,
    ConfigOption,
    LanguageOption,
    OneLanguageOption,
    SourceArguments,
    raised_in,
    show_progress,
)
from vemas_analytics.model.names import Language
from vemas_analytics.model.tables import Tables
from vemas_analytics.pipeline import load


def check(
    sources: SourceArguments,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Folder for ledger, problems and marked copies.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 when anything was rejected.")] = False,
    retention: Annotated[bool, typer.Option("--retention", help="List records past the configured age.")] = False,
    lang: OneLanguageOption = LanguageOption.DE,
    config: ConfigOption = None,
) -> None:
    """Load the lists and say what was taken over, what not, and why; give each file back with marks."""
    from vemas_analytics.delivery import guard_folder
    from vemas_analytics.handover import write_check

    language: Language = lang.value
    with raised_in(language):
        if out is not None:
            guard_folder(out)
        with show_progress() as progress:
            settings, tables = load(sources, config=config, progress=progress)
            copies = None if out is None else write_check(settings, tables, out, language, progress)
        show_check(tables, copies, out, language)
        if retention:
            _show_retention(tables, settings.privacy.retention_years, out, language)
    if strict and any(problem.severity == "rejected" for problem in tables.problems):
        raise typer.Exit(DIFFERS)


def _show_retention(tables: Tables, years: int, out: Path | None, language: Language) -> None:
    from vemas_analytics.etl import records_past_retention
    from vemas_analytics.reference.texts import read_texts

    texts = read_texts(language)
    old = records_past_retention(tables, years, dt.date.today())
    typer.echo(texts.plural("check.retention", len(old), years=years))
    if out is not None:
        old.to_csv(out / "retention.csv", index=False, encoding="utf-8", lineterminator="\n", date_format="%Y-%m-%d")
    for (table, file, sheet), part in old.groupby(["table", "file", "sheet"], sort=False, dropna=False):
        rows = part["row"]
        place = f"{file} [{sheet}]" if isinstance(sheet, str) and sheet else f"{file}"
        name = texts.text(f"marked.table.{table}")
        first, last = rows.min(), rows.max()
        typer.echo(
            "  " + texts.text("check.retention_line", table=name, place=place, n=len(rows), first=first, last=last)
        )
        persons = sorted(set("; ".join(part["persons"].dropna()).split("; ")) - {""})
        if persons:
            typer.echo("    " + texts.text("check.retention_persons", columns=", ".join(persons)))
