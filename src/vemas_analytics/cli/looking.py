"""Commands that look something up: how a file is read, which region a text names."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer


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


def regions(
    texts: Annotated[list[str] | None, typer.Argument(metavar="[TEXT]...", help="Without: lines of stdin.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Look up which region a text names."""
    from vemas_analytics.reference.region_match import match_region, region_match_json
    from vemas_analytics.reference.texts import read_texts

    if not texts and sys.stdin.isatty():
        end = "Ctrl+Z, Enter" if sys.platform == "win32" else "Ctrl+D"
        for language in ("de", "en"):
            typer.echo(read_texts(language).text("check.regions_wait", end=end), err=True)
    wanted = texts if texts else [line.rstrip("\r\n") for line in sys.stdin]
    answers = [region_match_json(match_region(text)) for text in wanted]
    if as_json:
        typer.echo(json.dumps(answers, ensure_ascii=False, indent=1, allow_nan=False))
        return
    for answer in answers:
        near = ", ".join(f"{item['code']} {item['name']}" for item in answer["candidates"])
        typer.echo(f"{answer['text']}\t{answer['code'] or '-'}\t{answer['status']}\t{near}")
