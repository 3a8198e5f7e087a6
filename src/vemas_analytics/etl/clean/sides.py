"""From which side an attendee comes, where the list does not say it."""

import re
from collections import Counter
from collections.abc import Iterable

from vemas_analytics.etl.clean.records import Record
from vemas_analytics.model.problem import Problem
from vemas_analytics.reference.words import fold

_RUSSIAN_FORM = re.compile(r"(?<!\w)(?:ооо|оао|зао|пао|ао|ип|фгуп|гуп|муп|нпо|нпп|ooo|oao|zao|pao|fgup)(?!\w)")
_CYRILLIC = re.compile(r"[а-яё]{3}")
_SAXON_CLUE = re.compile(
    r"(?<!\w)(?:sachsen|sächsische\w*|chemnitz|dresden|leipzig|zwickau|plauen|freiberg|bautzen|görlitz|mittweida|vemas|"
    r"vemasinnovativ|wfs|fraunhofer iwu)(?!\w)"
)


def settle_sides(attendees: Iterable[Record], requests: Iterable[Record]) -> list[Problem]:
    """Give attendees without a side one, where the name of their organisation leaves no doubt.

    A firm that the lists of inquiries and offers name as the Saxon (or Russian) one is Saxon (Russian) here too;
    so are names with a Russian legal form or Cyrillic letters, and names of Saxon places and institutions.
    "Germany" alone is not Saxony. One note per sheet says how many.

    Parameters
    ----------
    attendees : iterable of Record
        Records of attendance; ``side`` is filled in.
    requests : iterable of Record
        Records of inquiries and offers.
    """
    known: dict[str, set[str]] = {}
    for record in requests:
        for column, side in (("saxon_company", "saxon"), ("russian_company", "russian")):
            company = record.values.get(column)
            if isinstance(company, str):
                known.setdefault(fold(company), set()).add(side)
    assumed: Counter[tuple[str, str]] = Counter()
    for record in attendees:
        organisation = record.values.get("organisation")
        if not record.open_side or not isinstance(organisation, str):
            continue
        sides = known.get(fold(organisation), set())
        found = next(iter(sides)) if len(sides) == 1 else _side_of(organisation)
        if found is not None and (found == "saxon" or record.values.get("side") is None):
            record.values["side"] = found
            assumed[record.place.file, record.place.sheet] += 1
    return [
        Problem("side_assumed", "note", "attendance", file, sheet, params={"n": str(number)})
        for (file, sheet), number in assumed.items()
    ]


def _side_of(organisation: str) -> str | None:
    folded = fold(organisation)
    if _RUSSIAN_FORM.search(folded) or _CYRILLIC.search(folded):
        return "russian"
    return "saxon" if _SAXON_CLUE.search(folded) else None
