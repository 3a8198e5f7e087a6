"""Options that several commands share, exit codes, and progress."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from vemas_analytics.errors import ConfigError, OutputError, VemasError
from vemas_analytics.model.names import Language
from vemas_analytics.pipeline import Progress
from vemas_analytics.reference.texts import read_texts

DONE, DIFFERS, FAILED = 0, 1, 2


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
OneLanguageOption = Annotated[LanguageOption, typer.Option("--lang", help="Language on screen and in the files.")]
AsOfOption = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="Reference date, YYYY-MM-DD.")]
EditionChoice = Annotated[EditionOption | None, typer.Option("--edition", help="intern (default) or public.")]


def parse_day(text: str | None, option: str) -> dt.date | None:
    """Return the day an option names.

    Raises
    ------
    typer.BadParameter
    """
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        message = f"{option} {text}: not a date; write YYYY-MM-DD"
        raise typer.BadParameter(message) from None


@contextmanager
def raised_in(language: Language) -> Iterator[None]:
    """Let an error speak the language of the command."""
    try:
        yield
    except VemasError as error:
        german = error.german or _introduced(error)
        if language != "de" or not german:
            raise
        raise type(error)(german) from error


def _introduced(error: VemasError) -> str:
    """Return a German introduction to an error that is worded in English only; empty for other errors."""
    kinds = {ConfigError: "config", OutputError: "output"}
    key = next((key for kind, key in kinds.items() if isinstance(error, kind)), "")
    return read_texts("de").text(f"check.error.{key}", reason=error) if key else ""


@contextmanager
def show_progress() -> Iterator[Progress]:
    """Show the step at hand on a terminal, nothing in a pipe."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    with console.status("vemas") as status:
        yield lambda step: status.update(escape(step))
