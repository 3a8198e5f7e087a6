"""Commands that look something up: how a file is read, which region a text names."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from vemas_analytics.cli.inspect_screen import layout_lines
from vemas_analytics.cli.options import LanguageOption, OneLanguageOption, raised_in
from vemas_analytics.model.names import Language


def inspect(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    lang: OneLanguageOption = LanguageOption.DE,
) -> None:
    """Show how a file is read."""
    from vemas_analytics.etl import inspect_file, read_layout

    language: Language = lang.value
    with raised_in(language):
        if as_json:
            typer.echo(json.dumps(inspect_file(file), ensure_ascii=False, indent=1, allow_nan=False))
            return
        for line in layout_lines(file, read_layout(file), language):
            typer.echo(line)


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
