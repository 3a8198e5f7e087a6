"""Commands that write tables and reports, and the one that proves them."""

from pathlib import Path
from typing import Annotated, Any

import typer

from vemas_analytics.cli.options import (
    DIFFERS,
    AsOfOption,
    ConfigOption,
    EditionChoice,
    EditionOption,
    FormatOption,
    LanguageOption,
    LanguagesOption,
    OutOption,
    SourceArguments,
    parse_day,
    show_progress,
)
from vemas_analytics.pipeline import ReportRequest, load, verify_folder, write_reports


def _request(
    sources: list[Path],
    out: Path,
    languages: list[LanguageOption] | None,
    as_of: str | None,
    edition: EditionOption | None,
    config: Path | None,
    **more: Any,
) -> ReportRequest:
    return ReportRequest(
        sources=tuple(sources),
        out=out,
        languages=tuple(dict.fromkeys(item.value for item in languages or ())),
        as_of=parse_day(as_of, "--as-of"),
        edition=None if edition is None else edition.value,
        config=config,
        **more,
    )


def tables(
    sources: SourceArguments,
    out: OutOption,
    file_format: Annotated[FormatOption, typer.Option("--format", help="csv or parquet.")] = FormatOption.CSV,
    config: ConfigOption = None,
) -> None:
    """Write the cleaned tables, the ledger and the problems as files."""
    from vemas_analytics.delivery import guard_folder
    from vemas_analytics.etl import write_tables

    guard_folder(out)
    with show_progress() as progress:
        _, loaded = load(sources, config=config, progress=progress)
    write_tables(loaded, out, format=file_format.value)
    typer.echo(f"{out}: tables written")


def report(
    sources: SourceArguments,
    out: OutOption,
    lang: LanguagesOption = None,
    as_of: AsOfOption = None,
    edition: EditionChoice = None,
    region: Annotated[
        list[str] | None, typer.Option("--region", metavar="CODE", help="Which region pages; repeatable.")
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Build the report before and after the stop: PDF, workbook, findings."""
    request = _request(sources, out, lang, as_of, edition, config, regions=tuple(region or ()))
    with show_progress() as progress:
        write_reports(request, progress)
    typer.echo(f"{out}: report written")


def annual(
    sources: SourceArguments,
    out: OutOption,
    year: Annotated[int, typer.Option("--year", min=1990, max=2100, help="The year under review.")],
    lang: LanguagesOption = None,
    as_of: AsOfOption = None,
    edition: EditionChoice = None,
    config: ConfigOption = None,
) -> None:
    """Build the annual review of one year: PDF, workbook, findings."""
    request = _request(sources, out, lang, as_of, edition, config, year=year)
    with show_progress() as progress:
        write_reports(request, progress)
    typer.echo(f"{out}: annual review {year} written")


def verify(
    folder: Annotated[Path, typer.Argument(metavar="DIR")],
    source: Annotated[Path | None, typer.Option("--source", metavar="DIR", help="Where the sources are now.")] = None,
) -> None:
    """Make the files of a folder again from their sources and compare; check the workbooks against their rules."""
    with show_progress() as progress:
        differences = verify_folder(folder, source, progress)
    for line in differences:
        typer.echo(line)
    if differences:
        raise typer.Exit(DIFFERS)
    typer.echo(f"{folder}: the sources give exactly these files")
