"""Commands that begin something: sample data, or an organisation's own."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from vemas_analytics.cli.options import LanguageOption, OneLanguageOption, parse_day, raised_in
from vemas_analytics.cli.questions import ask_answers, parse_coverage
from vemas_analytics.model.names import TABLES, Language


def demo(
    folder: Annotated[Path, typer.Argument(metavar="DIR")],
    seed: Annotated[int, typer.Option(min=0, help="Another seed gives other data.")] = 2022,
    scale: Annotated[float, typer.Option(min=0.01, max=100, help="Multiplies how much happens.")] = 1.0,
) -> None:
    """Write sample sources with a known effect, labelled synthetic, as messy as real ones."""
    from vemas_analytics.synthetic import write_demo

    write_demo(folder, seed=seed, scale=scale)
    typer.echo(f"{folder}: sample data written; next: vemas report {folder} --out DIR")


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Made if it does not exist.")],
    name: Annotated[str, typer.Option("--name", help="Name of the organisation.")] = "",
    contact: Annotated[str, typer.Option("--contact", help="Contact printed on the cover.")] = "",
    coverage: Annotated[
        list[str] | None,
        typer.Option(
            "--coverage",
            metavar="TABLE=STATE,FROM,TO,BY",
            help="How far a table was kept and who confirms it, for example "
            "'inquiries=recorded,2012-01,2024-12,head of office' or 'offers=not_recorded'; repeatable.",
        ),
    ] = None,
    event_on: Annotated[str | None, typer.Option("--event-on", metavar="DATE", help="Event behind the stop.")] = None,
    ordered_on: Annotated[str | None, typer.Option("--ordered-on", metavar="DATE", help="Order of the stop.")] = None,
    notified_on: Annotated[
        str | None, typer.Option("--notified-on", metavar="DATE", help="Notice to the funding body.")
    ] = None,
    effective_from: Annotated[
        str | None, typer.Option("--effective-from", metavar="DATE", help="First day after the stop.")
    ] = None,
    authority: Annotated[str, typer.Option("--authority", help="Who ordered the stop.")] = "",
    ask: Annotated[
        bool, typer.Option("--ask/--no-ask", help="Ask what no option says; never without a terminal.")
    ] = True,
    lang: OneLanguageOption = LanguageOption.DE,
) -> None:
    """Begin with an organisation's own data: vemas.toml with comments and a workbook for entry."""
    from vemas_analytics.handover import refuse_start, write_start
    from vemas_analytics.reference.texts import read_texts
    from vemas_analytics.start import StartAnswers

    language: Language = lang.value
    texts = read_texts(language)
    days = {
        "event_on": event_on,
        "ordered_on": ordered_on,
        "notified_on": notified_on,
        "effective_from": effective_from,
    }
    stop = {
        key: day.isoformat()
        for key, text in days.items()
        if (day := parse_day(text, f"--{key.replace('_', '-')}")) is not None
    }
    if authority:
        stop["authority"] = authority
    answers = StartAnswers(name, contact, dict(parse_coverage(text) for text in coverage or ()), stop)
    with raised_in(language):
        refuse_start(folder, language)
        if ask and sys.stdin.isatty() and sys.stdout.isatty():
            answers = ask_answers(answers, texts)
        workbook = write_start(folder, answers, language)
    typer.echo(texts.text("start.written", folder=folder, workbook=workbook))
    missing = [texts.text(f"start.sheet.{table}") for table in TABLES if table not in answers.coverage]
    if missing:
        typer.echo(texts.text("start.open_questions", names=", ".join(missing)))
    typer.echo(texts.text("start.next", workbook=workbook, folder=folder))
