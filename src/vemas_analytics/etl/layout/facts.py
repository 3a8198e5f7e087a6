"""What stands above a list: its title, and lines such as a forum's date, place and organiser."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from vemas_analytics.etl.layout.cell_kinds import find_day, kind_of
from vemas_analytics.etl.layout.heading_words import is_known, resolve
from vemas_analytics.model.sheets import CellValue, Fact
from vemas_analytics.reference.columns import fold_header, read_layout_words

_LABEL = re.compile(r"^\s*([^:]{1,60}?)\s*:\s*(.*)$", re.DOTALL)
_NEXT_LABEL = re.compile(r"(?:^|[,;|/]\s*|\s{2,})([^\W\d][\w .-]{0,30}?)\s*:\s+")
_TWO_LABELS = re.compile(r"\s*(?:/|,|\bund\b|&|\band\b)\s*")
_BLANKS = re.compile(r"[^\S\n]{3,}")
_LONGEST_LINE = 1_000
_EDGES = " \t\n,;:|–—-/()"
_TITLE_KINDS = frozenset({"label", "long", "date"})


@dataclass(frozen=True, slots=True)
class Lead:
    """The lines above a list: the title line, and field -> fact."""

    title: str
    facts: Mapping[str, Fact]


def read_lead(lines: Sequence[tuple[int, Sequence[CellValue]]]) -> Lead:
    """Read title and facts from the lines above a list.

    Parameters
    ----------
    lines : sequence of (row, cells)
        The lines, top to bottom, each with its spreadsheet row.

    Returns
    -------
    Lead
        ``facts`` maps held_on, place, region, forum_title, forum_kind, forum_status, forum_id, organiser, attendees,
        companies, currency, note to what was written. ``heading`` is the title line itself. Where no line gives
        them, title and day are taken from the title line (``Technologieforum Kasan, 12.-13.10.2016``).
    """
    facts: dict[str, Fact] = {}
    titles: list[tuple[int, str]] = []
    for row, written in lines:
        cells = [_as_line(value) for value in written if not _is_remark(value)]
        found = _line_facts(row, cells)
        for field, fact in found:
            facts.setdefault(field, fact)
        texts = [value.strip() for value in cells if isinstance(value, str) and kind_of(value) in _TITLE_KINDS]
        first = next((value for value in cells if value is not None), None)
        beside = isinstance(first, str) and ":" not in first and sum(value is not None for value in cells) > 1
        consumed = not beside or any(first in (fact.label, fact.value) for _, fact in found)
        if texts and not (found and consumed):
            titles.append((row, texts[0]))
    if titles:
        row, title = max(titles[:3], key=lambda item: _title_weight(item[1]))
        facts["heading"] = Fact("", title, row)
        _complete_from_titles(facts, titles, title, row)
    heading = facts.get("heading")
    return Lead(str(heading.value) if heading else "", MappingProxyType(facts))


def _as_line(value: CellValue) -> CellValue:
    """Return a text without long runs of blanks and no longer than a line above a list can be."""
    return _BLANKS.sub("  ", value.strip())[:_LONGEST_LINE] if isinstance(value, str) else value


def _is_remark(value: CellValue) -> bool:
    """Tell whether a line only says where a list comes from or how old it is: its day is no event's day."""
    if not isinstance(value, str) or resolve("facts", value.partition(":")[0]) is not None:
        return False
    text = value.strip().casefold()
    return text.startswith(read_layout_words().remarks)


def states_facts(cells: Sequence[CellValue]) -> bool:
    """Tell whether a row is nothing but labels of facts, each with its value beside it, and so no header."""
    filled = [value for value in cells if value is not None]
    if len(filled) < 2 or len(filled) % 2:
        return False
    pairs = zip(filled[::2], filled[1::2], strict=True)
    return all(
        isinstance(label, str)
        and _is_bare_label(label, value)
        and not (isinstance(value, str) and (is_known(value) or not value.strip()))
        for label, value in pairs
    )


def _title_weight(text: str) -> tuple[bool, bool]:
    """Prefer, among the first lines, one that speaks of an event to the letterhead above it."""
    folded = fold_header(text)
    event = any(
        word in folded for word in ("forum", "veranstaltung", "teilnehmer", "anfrage", "angebot", "reise", "форум")
    )
    return event, bool(find_day(text))


def _complete_from_titles(facts: dict[str, Fact], titles: Sequence[tuple[int, str]], title: str, row: int) -> None:
    if "held_on" not in facts:
        for months in (False, True):
            dated = next(((line, day) for line, text in titles if (day := find_day(text, months=months))), None)
            if dated is not None:
                facts["held_on"] = Fact("", dated[1], dated[0])
                break
    if "forum_title" not in facts:
        day = find_day(title) or find_day(title, months=True)
        bare = title.replace(day, " ").strip(_EDGES) if day else title.strip(_EDGES)
        bare = re.sub(r"\s*\(\s*\)\s*|\s+(?:am|vom|on)$", "", bare).strip(_EDGES)
        facts["forum_title"] = Fact("", re.sub(r"\s{2,}", " ", bare) or title, row)


def _line_facts(row: int, cells: Sequence[CellValue]) -> list[tuple[str, Fact]]:
    """Return the facts of one line: ``label: value`` in a cell, or a label with its value in the next cell."""
    filled = [value for value in cells if value is not None]
    if len(filled) > 8:
        return []
    found: list[tuple[str, Fact]] = []
    position = 0
    while position < len(filled):
        value = filled[position]
        follower = filled[position + 1] if position + 1 < len(filled) else None
        position += 1
        if not isinstance(value, str):
            continue
        match = _LABEL.match(value)
        if match and match.group(2).strip():
            found += _facts_of_text(value, row)
        elif match and follower is not None:
            pairs = _labelled(match.group(1), follower, row)
            position += bool(pairs) or not isinstance(follower, str)
            found += pairs
        elif not match and follower is not None and len(filled) <= 4:
            pairs = _labelled(value, follower, row) if _is_bare_label(value, follower) else []
            position += bool(pairs)
            found += pairs
        elif not match and len(filled) == 1:
            found += _unit_line(value, row)
    return found


def _is_bare_label(label: str, value: CellValue) -> bool:
    """Tell whether a text without colon is a label: a known one, and no heading beside another heading."""
    if resolve("facts", label) is None:
        return False
    return not isinstance(value, str) or (resolve("facts", value) is None and not value.rstrip().endswith(":"))


def _facts_of_text(text: str, row: int) -> list[tuple[str, Fact]]:
    """Split ``Datum: 12.05.2016, Ort: Kasan`` into its facts; a text without known label gives none."""
    starts = [match for match in _NEXT_LABEL.finditer(text) if resolve("facts", match.group(1)) is not None]
    if len(starts) < 2 or starts[0].start() > 0:
        match = _LABEL.match(text)
        return _labelled(match.group(1), match.group(2).strip(), row) if match else []
    found: list[tuple[str, Fact]] = []
    for this, following in zip(starts, [*starts[1:], None], strict=True):
        value = text[this.end() : following.start() if following else len(text)].strip(_EDGES)
        if value:
            found += _labelled(this.group(1), value, row)
    return found


def _labelled(label: str, value: CellValue, row: int) -> list[tuple[str, Fact]]:
    hit = resolve("facts", label)
    if hit is not None:
        return [(hit[0].field, Fact(label.strip(), value, row))]
    parts = [part for part in _TWO_LABELS.split(label) if part]
    fields = [word[0].field for part in parts if (word := resolve("facts", part)) is not None]
    if len(parts) == 2 and len(fields) == 2 and "held_on" in fields:
        return _day_and_other(label, value, row, next((field for field in fields if field != "held_on"), ""))
    return []


def _day_and_other(label: str, value: CellValue, row: int, other: str) -> list[tuple[str, Fact]]:
    """Part ``Ort/Datum: Kasan, 12.05.2016`` into its day and the rest."""
    if isinstance(value, (dt.date, dt.datetime)):
        return [("held_on", Fact(label, value, row))]
    text = str(value)
    day = find_day(text) or find_day(text, months=True)
    if day is None:
        return []
    rest = re.sub(r"\s+(?:am|den|,)\s*$", "", text.replace(day, " ").strip(_EDGES)).strip(_EDGES)
    found = [("held_on", Fact(label, day, row))]
    return [*found, (other, Fact(label, rest, row))] if other and rest else found


def _unit_line(text: str, row: int) -> list[tuple[str, Fact]]:
    """Read ``Alle Angaben in TEUR``, which states the unit of every amount below."""
    match = re.match(
        r"\s*\(?((?:alle\s+)?(?:angaben|beträge|werte)\s+in)\s+([^\s,;()]+(?:\s(?:EUR|Euro|€|RUB|USD))?)",
        text,
        re.IGNORECASE,
    )
    return [("currency", Fact(match.group(1), match.group(2), row))] if match else []
