"""From which side an attendee comes, where the list does not say it."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from vemas_analytics.etl.clean.records import Records
from vemas_analytics.model.problem import Problem
from vemas_analytics.reference.words import fold, read_words

_RUSSIAN_FORM = re.compile(r"(?<!\w)(?:ооо|оао|зао|пао|ао|ип|фгуп|гуп|муп|нпо|нпп|ooo|oao|zao|pao|fgup)(?!\w)")
_CYRILLIC = re.compile(r"[а-яё]{3}")


def settle_sides(attendees: Records, requests: Iterable[Records]) -> list[Problem]:
    """Give attendees without a side one, where the name of their organisation leaves no doubt.

    A firm that the lists of inquiries and offers name as the Saxon (or Russian) one is Saxon (Russian) here too;
    so are names with a Russian legal form or Cyrillic letters, and names of Saxon places and institutions. A list
    that says no more than Germany means the Saxon side, unless the same file tells Saxony apart or the name belongs
    elsewhere in Germany. One note per sheet says how many.

    Parameters
    ----------
    attendees : Records
        Of attendance; ``side`` is filled in.
    requests : iterable of Records
        Of inquiries and offers.
    """
    if not any(attendees.open_sides):
        return []
    known = _sides_of_companies(requests)
    listed = zip(attendees.files, attendees.column("side"), attendees.open_sides, strict=True)
    apart = {file for file, side, is_open in listed if side == "saxon" and not is_open}
    told: dict[str, Counter[tuple[str, str]]] = {"side_assumed": Counter(), "side_german": Counter()}
    for record in attendees:
        if not record.open_side:
            continue
        organisation = record.values.get("organisation")
        name = organisation if isinstance(organisation, str) else ""
        sides = known.get(fold(name), set())
        found = next(iter(sides)) if len(sides) == 1 else side_of_name(name)
        german = record.values.get("side") == "other"
        code = "side_assumed"
        if german and found is None and record.place.file not in apart:
            found, code = "saxon", "side_german"
        if found is not None and (found == "saxon" or not german):
            record.values["side"] = found
            told[code][record.place.file, record.place.sheet] += 1
    return [
        Problem(code, "note", "attendance", file, sheet, params={"n": str(number)})
        for code, counted in told.items()
        for (file, sheet), number in counted.items()
    ]


def _sides_of_companies(requests: Iterable[Records]) -> Mapping[str, set[str]]:
    known: dict[str, set[str]] = {}
    for records in requests:
        for column, side in (("saxon_company", "saxon"), ("russian_company", "russian")):
            for company in set(records.column(column)) - {None}:
                known.setdefault(fold(company), set()).add(side)
    return known


def side_of_name(organisation: str) -> str | None:
    """Return the side that the name of an organisation tells by itself, or None."""
    folded = fold(organisation)
    if _RUSSIAN_FORM.search(folded) or _CYRILLIC.search(folded):
        return "russian"
    return read_words()["side.name"].code_within(organisation)
