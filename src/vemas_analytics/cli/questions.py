"""What `vemas init` asks, and how its options and answers are understood."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

import typer

from vemas_analytics.model.names import TABLES, CoverageState, TableName
from vemas_analytics.model.settings import Stop
from vemas_analytics.reference.texts import Catalogue

if TYPE_CHECKING:
    from vemas_analytics.start import CoverageAnswer, StartAnswers

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_PARTS = 4


def parse_coverage(text: str) -> "tuple[TableName, CoverageAnswer]":
    """Return table and answer of one ``--coverage``.

    Raises
    ------
    typer.BadParameter
    """
    from vemas_analytics.start import CoverageAnswer

    table, _, rest = text.partition("=")
    state, start, end, by = [*(part.strip() for part in rest.split(",", _PARTS - 1)), "", "", ""][:_PARTS]
    tables: dict[str, TableName] = {name: name for name in TABLES}
    states: dict[str, CoverageState] = {name: name for name in get_args(CoverageState)}
    known_table, known_state = tables.get(table.strip()), states.get(state)
    if known_table is None or known_state is None:
        message = f"--coverage {text}: write TABLE=STATE with one of {', '.join(tables)} and one of {', '.join(states)}"
        raise typer.BadParameter(message)
    kept = known_state != "not_recorded"
    for period in (start, end):
        if kept and not is_period(period):
            message = f"--coverage {text}: {state} needs from and to as YYYY-MM or YYYY-MM-DD"
            raise typer.BadParameter(message)
    if not kept:
        return known_table, CoverageAnswer(known_state, confirmed_by=by or ", ".join(x for x in (start, end) if x))
    if end[: len(start)] < start[: len(end)]:
        message = f"--coverage {text}: the end lies before the beginning"
        raise typer.BadParameter(message)
    return known_table, CoverageAnswer(known_state, start, end, by)


def is_period(text: str) -> bool:
    """Tell whether a text is a month or a day as vemas.toml writes them."""
    return bool(_MONTH.fullmatch(text)) or is_day(text)


def is_day(text: str) -> bool:
    """Tell whether a text is a day such as 2022-02-24."""
    try:
        return len(text) == 10 and bool(dt.date.fromisoformat(text))
    except ValueError:
        return False


def ask_answers(given: "StartAnswers", texts: Catalogue) -> "StartAnswers":
    """Ask on the terminal what the options did not say; an empty answer leaves the matter open."""
    typer.echo(texts.text("start.ask.intro"))
    name = given.name or _ask(texts, "name")
    contact = given.contact or _ask(texts, "contact")
    coverage = dict(given.coverage)
    for table in TABLES:
        if table not in coverage and (answer := _ask_coverage(texts, table)) is not None:
            coverage[table] = answer
    stop = dict(given.stop)
    default = Stop()
    for key in ("event_on", "ordered_on", "notified_on", "effective_from"):
        proposed = getattr(default, key)
        if key not in stop:
            shown = proposed.isoformat() if proposed is not None else ""
            day = _ask(texts, key, is_day, "not_a_day", shown)
            stop |= {key: day} if day else {}
    if "authority" not in stop and (authority := _ask(texts, "authority")):
        stop["authority"] = authority
    return replace(given, name=name, contact=contact, coverage=coverage, stop=stop)


def _ask_coverage(texts: Catalogue, table: TableName) -> "CoverageAnswer | None":
    from vemas_analytics.start import CoverageAnswer

    states = {texts.text(f"start.ask.states_{state}"): state for state in get_args(CoverageState)}
    question = texts.text("start.ask.state", table=texts.text(f"start.sheet.{table}"))
    letter = _ask_text(question, lambda text: text in states, texts.text("start.ask.not_a_state"), "")
    if not letter:
        return None
    if states[letter] == "not_recorded":
        return CoverageAnswer("not_recorded", confirmed_by=_ask(texts, "confirmed_by"))
    while True:
        start = _ask(texts, "from", is_period, "not_a_period", needed=True)
        end = _ask(texts, "to", is_period, "not_a_period", needed=True)
        if end[: len(start)] >= start[: len(end)]:
            return CoverageAnswer(states[letter], start, end, _ask(texts, "confirmed_by"))
        typer.echo(texts.text("start.ask.wrong_order"))


def _ask(
    texts: Catalogue,
    key: str,
    fits: Callable[[str], bool] = bool,
    complaint: str = "",
    default: str = "",
    *,
    needed: bool = False,
) -> str:
    said = texts.text(f"start.ask.{complaint}") if complaint else ""
    return _ask_text(texts.text(f"start.ask.{key}"), fits, said, default, needed=needed)


def _ask_text(question: str, fits: Callable[[str], bool], complaint: str, default: str, *, needed: bool = False) -> str:
    while True:
        answer = str(typer.prompt(question, default=default, show_default=bool(default))).strip()
        if (not answer and not needed) or (answer and fits(answer)):
            return answer
        typer.echo(complaint)
