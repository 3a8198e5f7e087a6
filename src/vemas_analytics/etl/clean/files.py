"""Every list of every file cleaned by the story of its table, each file within what it may cost."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from vemas_analytics.etl.clean.annexes import clean_annex
from vemas_analytics.etl.clean.attendance import clean_attendance
from vemas_analytics.etl.clean.inquiries import clean_inquiries
from vemas_analytics.etl.clean.kept_cells import without_spent_cells
from vemas_analytics.etl.clean.offers import clean_offers
from vemas_analytics.etl.clean.records import CleanedList, CleaningRules
from vemas_analytics.etl.clean.trips import clean_trips
from vemas_analytics.etl.reading.read import unreadable
from vemas_analytics.etl.reading.sandbox import UnreadableFileError
from vemas_analytics.etl.reading.time_limit import seconds_to_clean, time_limit
from vemas_analytics.model.problem import Problem
from vemas_analytics.model.sheets import RawTable, ReadFile

STORIES: Final[Mapping[str, Callable[[RawTable, CleaningRules], CleanedList]]] = {
    "inquiries": clean_inquiries,
    "offers": clean_offers,
    "trips": clean_trips,
    "attendance": clean_attendance,
    "agreements": clean_annex,
    "outcomes": clean_annex,
}


def clean_files(files: list[ReadFile], rules: CleaningRules) -> tuple[list[CleanedList], list[Problem]]:
    """Return what the lists gave, and a problem for each file that costs more than it may: none of its lists counts.

    Parameters
    ----------
    files : list of ReadFile
        Changed in place: they keep no more cells than are asked for later, a refused one keeps nothing.
    rules : CleaningRules
    """
    cleaned: list[CleanedList] = []
    problems: list[Problem] = []
    for at in range(len(files)):
        lists, sheets = list(files[at].tables), tuple(replace(sheet, rows=()) for sheet in files[at].sheets)
        files[at] = replace(files[at], tables=(), sheets=sheets)  # from here on ``lists`` alone holds the cells
        try:
            with time_limit(seconds_to_clean(files[at], rules.settings.limits)):
                cleaned += _clean_file(lists, rules)
            files[at] = replace(files[at], tables=tuple(lists))
        except (UnreadableFileError, MemoryError) as error:
            reason = error.reason if isinstance(error, UnreadableFileError) else "too_large"
            files[at] = ReadFile(files[at].source, "unknown", ())
            problems.append(unreadable(files[at].source.name, reason))
    return cleaned, problems


def _clean_file(lists: list[RawTable], rules: CleaningRules) -> list[CleanedList]:
    cleaned: list[CleanedList] = []
    for at, raw in enumerate(lists):
        lists[at] = without_spent_cells(raw)
        story = STORIES.get(raw.table or "")
        if story is not None:
            cleaned.append(replace(story(raw, rules), raw=lists[at]))
    return cleaned
