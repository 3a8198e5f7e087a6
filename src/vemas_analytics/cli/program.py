"""The program: its commands, and how it ends."""

import os
import sys
import traceback
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from vemas_analytics import __version__
from vemas_analytics.cli import checking, looking, reporting, starting
from vemas_analytics.cli.options import DONE, FAILED
from vemas_analytics.errors import VemasError

TRACEBACK = "VEMAS_TRACEBACK"
"""Environment variable under which a fault of the program itself shows where it came from."""

app = typer.Typer(
    name="vemas",
    help="Market work in Russia, region by region, before and after its stop.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in (
    starting.demo,
    starting.init,
    looking.inspect,
    checking.check,
    reporting.tables,
    reporting.report,
    reporting.annual,
    reporting.verify,
    looking.regions,
):
    app.command()(command)


@app.callback(invoke_without_command=True)
def _root(version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False) -> None:
    if version:
        typer.echo(f"vemas {__version__}")
        raise typer.Exit


def _fail(message: str) -> NoReturn:
    line = " ".join(message.split())
    sys.stderr.write(f"vemas: {line}\n")
    raise SystemExit(FAILED)


def _fault(error: Exception) -> str:
    """Say where the program itself went wrong, and nothing of what it was reading: that may name somebody."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__} in {Path(place.filename).name}, line {place.lineno}"
    return f"a fault of the program itself ({where}); please report this line, and what {TRACEBACK}=1 makes it say"


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command; what cannot be done is one line on stderr and exit code 2, never a traceback."""
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
        if describe is not None:
            _fail(f"{describe()} (see `vemas --help`)")
        if os.environ.get(TRACEBACK):
            raise
        _fail(_fault(error))
    raise SystemExit(code if isinstance(code, int) else DONE)
