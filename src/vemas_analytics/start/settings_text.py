"""vemas.toml for a start: what was answered as settings, what was not as placeholders, each with its meaning."""

import json
import re
from collections.abc import Iterator

from vemas_analytics.model.names import TABLES, Language, TableName
from vemas_analytics.model.settings import Stop
from vemas_analytics.reference.texts import Catalogue, read_texts
from vemas_analytics.start.answers import CoverageAnswer, StartAnswers

_DAYS = ("event_on", "ordered_on", "notified_on", "effective_from")
_DAY_EXAMPLES = {"ordered_on": "2022-03-01", "notified_on": "2022-03-10"}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def settings_text(answers: StartAnswers, language: Language) -> str:
    """Return the text of vemas.toml.

    Parameters
    ----------
    answers : StartAnswers
    language : {"de", "en"}
        Of the explanations.
    """
    return "\n".join(_lines(answers, read_texts(language), language)) + "\n"


def _lines(answers: StartAnswers, texts: Catalogue, language: Language) -> Iterator[str]:
    for number in (1, 2, 3):
        yield _comment(texts, f"head_{number}")
    yield from ("", _comment(texts, "organisation"), "[organisation]")
    for key in ("name", "contact"):
        value = getattr(answers, key)
        yield _comment(texts, key)
        yield f"{key} = {_quoted(value)}" if value else _example(key, texts.text(f"start.toml.{key}_example"))
    yield _comment(texts, "own_organisers")
    own = answers.name or texts.text("start.toml.name_example")
    yield ("" if answers.name else "#") + f"own_organisers = [{_quoted(own)}]"
    yield from _stop(answers, texts)
    for table in TABLES:
        yield from _coverage(table, answers.coverage.get(table), texts)
    yield from ("", _comment(texts, "report"), "[report]", _comment(texts, "as_of"), "#as_of = 2024-12-31")
    yield f"language = {_quoted(language)}"
    yield from (_comment(texts, "edition"), 'edition = "intern"')
    yield from ("", _comment(texts, "columns"), "#[columns.inquiries]", '#"Mail vom" = "received_on"')
    yield from ("", _comment(texts, "aliases"), "#[aliases.regions]", '#"Ural" = "RU-SVE"')
    yield from ("", _comment(texts, "privacy"), "#[privacy]", '#key_file = "vemas.key"', "#retention_years = 10")


def _stop(answers: StartAnswers, texts: Catalogue) -> Iterator[str]:
    yield from ("", _comment(texts, "stop"), "[stop]")
    default = Stop()
    for key in _DAYS:
        yield _comment(texts, key)
        value = answers.stop.get(key, "")
        if not value and key in {"event_on", "effective_from"}:
            value = "" if answers.stop else getattr(default, key).isoformat()
        yield f"{key} = {value}" if value else f"#{key} = {_DAY_EXAMPLES.get(key, getattr(default, key))}"
    yield _comment(texts, "authority")
    authority = answers.stop.get("authority", "")
    yield f"authority = {_quoted(authority)}" if authority else _example("authority", _example_text(texts, "authority"))
    yield from (_comment(texts, "document"), _example("document", _example_text(texts, "document")))


def _coverage(table: TableName, answer: CoverageAnswer | None, texts: Catalogue) -> Iterator[str]:
    name = texts.text(f"start.sheet.{table}")
    yield from ("", f"# {texts.text('start.toml.coverage', table=name)}")
    lead = "#" if answer is None else ""
    given = answer or CoverageAnswer("recorded", "2012-01", "2024-12", _example_text(texts, "confirmed_by"))
    yield f"{lead}[coverage.{table}]"
    yield _comment(texts, "state")
    yield f'{lead}state = "{given.state}"'
    if given.state != "not_recorded":
        yield _comment(texts, "from_to")
        yield f"{lead}from = {_period(given.start)}"
        yield f"{lead}to = {_period(given.end)}"
    if given.confirmed_by:
        yield _comment(texts, "confirmed_by")
        yield f"{lead}confirmed_by = {_quoted(given.confirmed_by)}"
    else:
        yield _comment(texts, "confirmed_by_missing")
        yield _example("confirmed_by", _example_text(texts, "confirmed_by"))


def _comment(texts: Catalogue, key: str) -> str:
    return f"# {texts.text(f'start.toml.{key}')}"


def _example_text(texts: Catalogue, key: str) -> str:
    return texts.text(f"start.toml.{key}_example")


def _example(key: str, value: str) -> str:
    return f"#{key} = {_quoted(value)}"


def _period(text: str) -> str:
    """Return a day as TOML writes days, a month as text."""
    return text if _DAY.fullmatch(text) else _quoted(text)


def _quoted(text: str) -> str:
    return json.dumps(" ".join(text.split()), ensure_ascii=False).replace("\x7f", "")
