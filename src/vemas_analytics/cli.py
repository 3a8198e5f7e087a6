"""The command line: arguments, exit codes, progress; no logic."""

import datetime as dt
import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from vemas_analytics import __version__
from vemas_analytics.errors import VemasError
from vemas_analytics.model.tables import Tables
from vemas_analytics.pipeline import Progress, ReportRequest, load, verify_folder, write_reports

DONE, DIFFERS, FAILED = 0, 1, 2
_SHOWN_PROBLEMS = 40
_PIPE_WIDTH = 160
_UNKNOWN_COLUMN = "column_not_recognised"

app = typer.Typer(
    name="vemas",
    help="Market work in Russia, region by region, before and after its stop.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class LanguageOption(StrEnum):
    """Languages a report can be in."""

    DE = "de"
    EN = "en"


class EditionOption(StrEnum):
    """Editions of a report."""

    INTERN = "intern"
    PUBLIC = "public"


class FormatOption(StrEnum):
    """File formats of tables."""

    CSV = "csv"
    PARQUET = "parquet"


SourceArguments = Annotated[list[Path], typer.Argument(metavar="SOURCE...", help="Folders or files with lists.")]
OutOption = Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the results.")]
ConfigOption = Annotated[Path | None, typer.Option("--config", metavar="FILE", help="A vemas.toml elsewhere.")]
LanguagesOption = Annotated[list[LanguageOption] | None, typer.Option("--lang", help="Repeatable; default de.")]
AsOfOption = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="Reference date, YYYY-MM-DD.")]
EditionChoice = Annotated[EditionOption | None, typer.Option("--edition", help="intern (default) or public.")]


def _date(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        message = f"--as-of {text}: not a date; write YYYY-MM-DD"
        raise typer.BadParameter(message) from None


@contextmanager
def _progress() -> Iterator[Progress]:
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    with console.status("vemas") as status:
        yield lambda step: status.update(escape(step))


def _show_tables(tables: Tables) -> None:
    import pandas as pd

    from vemas_analytics.etl import problems_frame

    console = Console() if sys.stdout.isatty() else Console(width=_PIPE_WIDTH)
    ledger = Table(title="Übernahmeprotokoll / ledger", title_justify="left")
    shown = ("file", "sheet", "table", "rows_read", "rows_kept", "rows_set_aside")
    for name in shown:
        ledger.add_column(name, justify="right" if name.startswith("rows") else "left")
    for line in tables.ledger[list(shown)].astype("string").fillna("").itertuples(index=False):
        ledger.add_row(*(escape(str(value)) for value in line))
    console.print(ledger)
    counts = Counter(problem.severity for problem in tables.problems)
    console.print(
        f"{counts['rejected']} rejected, {counts['repaired']} repaired, {counts['note']} notes",
        highlight=False,
    )
    frame = problems_frame(tables.problems, "de")
    rejected = frame[frame["severity"] == "rejected"]
    unknown = frame[frame["code"] == _UNKNOWN_COLUMN]
    for told in pd.concat([rejected.head(_SHOWN_PROBLEMS), unknown]).astype("string").fillna("").to_dict("records"):
        place = (
            told["file"] + (f"[{told['sheet']}]" if told["sheet"] else "") + (f":{told['row']}" if told["row"] else "")
        )
        console.print(escape(f"{place}  {told['message']} {told['remedy']}"), highlight=False, soft_wrap=True)
    untold = len(frame) - min(len(rejected), _SHOWN_PROBLEMS) - len(unknown)
    if untold:
        console.print(f"... and {untold} more; --out DIR writes them all to problems.csv", highlight=False)


def _show_retention(tables: Tables, years: int, out: Path | None) -> None:
    from vemas_analytics.etl import records_past_retention

    old = records_past_retention(tables, years, dt.date.today())
    typer.echo(f"{len(old)} rows hold records older than {years} years")
    if out is not None:
        old.to_csv(out / "retention.csv", index=False, encoding="utf-8", lineterminator="\n", date_format="%Y-%m-%d")
    for (table, file, sheet), rows in old.groupby(["table", "file", "sheet"], sort=True, dropna=False)["row"]:
        place = f"{file}[{sheet}]" if isinstance(sheet, str) and sheet else f"{file}"
        typer.echo(f"  {table}: {place}: {len(rows)} rows, {rows.min()} to {rows.max()}")


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
        as_of=_date(as_of),
        edition=None if edition is None else edition.value,
        config=config,
        **more,
    )


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(metavar="DIR")],
    seed: Annotated[int, typer.Option(min=0, help="Another seed gives other data.")] = 2022,
    scale: Annotated[float, typer.Option(min=0.01, max=100, help="Multiplies how much happens.")] = 1.0,
) -> None:
    """Write sample sources with a known effect, labelled synthetic, as messy as real ones."""
    from vemas_analytics.synthetic import write_demo

    write_demo(folder, seed=seed, scale=scale)
    typer.echo(f"{folder}: sample data written; next: vemas report {folder} --out DIR")


@app.command()
def inspect(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Show how a file is read."""
    from vemas_analytics.etl import inspect_file

    seen = inspect_file(file)
    if as_json:
        typer.echo(json.dumps(seen, ensure_ascii=False, indent=1, allow_nan=False))
        return
    extra = ", ".join(str(seen[key]) for key in ("encoding", "delimiter") if seen.get(key))
    typer.echo(f"{seen['file']}: {seen['format']}" + (f" ({extra!r})" if extra else ""))
    for sheet in seen["sheets"]:
        hidden = " (hidden)" if sheet["hidden"] else ""
        typer.echo(f"  {sheet['sheet'] or '-'}{hidden}: {len(sheet['tables'])} table(s)")
        for table in sheet["tables"]:
            typer.echo(
                f"    header row {table['header_row']}, rows {table['first_row']} to {table['last_row']}, "
                f"{table['n_rows']} records, {len(table['set_aside'])} rows set aside"
            )
            typer.echo("    columns: " + " | ".join(str(name) for name in table["columns"]))


@app.command()
def check(
    sources: SourceArguments,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Folder for ledger and problems.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 when anything was rejected.")] = False,
    retention: Annotated[bool, typer.Option("--retention", help="List records past the configured age.")] = False,
    config: ConfigOption = None,
) -> None:
    """Load the lists and say what was taken over, what not, and why."""
    from vemas_analytics.delivery import guard_folder, make_folder
    from vemas_analytics.etl import write_ledger

    if out is not None:
        guard_folder(out)
    with _progress() as progress:
        settings, tables = load(sources, config=config, progress=progress)
    _show_tables(tables)
    if out is not None:
        make_folder(out)
        write_ledger(tables, out)
    if retention:
        _show_retention(tables, settings.privacy.retention_years, out)
    if strict and any(problem.severity == "rejected" for problem in tables.problems):
        raise typer.Exit(DIFFERS)


@app.command()
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
    with _progress() as progress:
        _, loaded = load(sources, config=config, progress=progress)
    write_tables(loaded, out, format=file_format.value)
    typer.echo(f"{out}: tables written")


@app.command()
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
    with _progress() as progress:
        write_reports(request, progress)
    typer.echo(f"{out}: report written")


@app.command()
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
    with _progress() as progress:
        write_reports(request, progress)
    typer.echo(f"{out}: annual review {year} written")


@app.command()
def verify(
    folder: Annotated[Path, typer.Argument(metavar="DIR")],
    source: Annotated[Path | None, typer.Option("--source", metavar="DIR", help="Where the sources are now.")] = None,
) -> None:
    """Make the files of a folder again from their sources and compare."""
    with _progress() as progress:
        differences = verify_folder(folder, source, progress)
    for line in differences:
        typer.echo(line)
    if differences:
        raise typer.Exit(DIFFERS)
    typer.echo(f"{folder}: the sources give exactly these files")


@app.command()
def regions(
    texts: Annotated[list[str] | None, typer.Argument(metavar="[TEXT]...", help="Without: lines of stdin.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Look up which region a text names."""
    from vemas_analytics.reference.region_match import match_region, region_match_json

    wanted = texts if texts else [line.rstrip("\r\n") for line in sys.stdin]
    answers = [region_match_json(match_region(text)) for text in wanted]
    if as_json:
        typer.echo(json.dumps(answers, ensure_ascii=False, indent=1, allow_nan=False))
        return
    for answer in answers:
        near = ", ".join(f"{item['code']} {item['name']}" for item in answer["candidates"])
        typer.echo(f"{answer['text']}\t{answer['code'] or '-'}\t{answer['status']}\t{near}")


@app.callback(invoke_without_command=True)
def _root(version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False) -> None:
    if version:
        typer.echo(f"vemas {__version__}")
        raise typer.Exit


def _fail(message: str) -> NoReturn:
    line = " ".join(message.split())
    sys.stderr.write(f"vemas: {line}\n")
    raise SystemExit(FAILED)


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command; any user error is one line on stderr and exit code 2, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = typer.main.get_command(app).main(args=arguments, prog_name="vemas", standalone_mode=False)
    except VemasError as error:
        _fail(str(error))
    except typer.Abort:
        _fail("interrupted")
    except KeyboardInterrupt:
        _fail("interrupted")
    except typer.Exit as leave:
        raise SystemExit(leave.exit_code) from None
    except BrokenPipeError:
        raise SystemExit(DONE) from None
    except Exception as error:
        describe = getattr(error, "format_message", None)
        if describe is None:
            raise
        _fail(f"{describe()} (see `vemas --help`)")
    raise SystemExit(code if isinstance(code, int) else DONE)
