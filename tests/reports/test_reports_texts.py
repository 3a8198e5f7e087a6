"""The two catalogues: same keys, same places, German written with German signs."""

import re
import string

import pytest

from vemas_analytics.model.finding import CAVEATS
from vemas_analytics.model.tables import COLUMNS
from vemas_analytics.reference.problems import read_problem_texts
from vemas_analytics.reference.texts import read_texts

GERMAN, ENGLISH = read_texts("de"), read_texts("en")
PARTS = ("html", "report", "refusals", "annex", "annual", "caveats", "glossary", "symbols", "records", "faults")


def own(catalogue):
    return {key: entry for key, entry in catalogue.entries.items() if key.split(".")[0] in PARTS}


def places(entry):
    texts = entry.values() if isinstance(entry, dict) else [entry]
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_same_keys():
    assert sorted(own(GERMAN)) == sorted(own(ENGLISH))


@pytest.mark.parametrize("key", [key for key, entry in own(GERMAN).items() if isinstance(entry, dict)])
def test_same_plural_forms(key):
    assert set(GERMAN.entries[key]) == set(ENGLISH.entries[key])
    assert {"one", "other"} <= set(GERMAN.entries[key])


def test_same_places():
    calendar = re.compile(r"report\.date\.span_same_")  # each language orders day, month and year its own way
    different = [
        key
        for key, entry in own(GERMAN).items()
        if not calendar.match(key) and places(entry) != places(ENGLISH.entries[key])
    ]
    assert different == []


def test_closed_lists_are_worded():
    for catalogue in (GERMAN, ENGLISH):
        assert [code for code in CAVEATS if f"caveats.{code}" not in catalogue] == []
        assert [code for code in read_problem_texts() if f"faults.{code}" not in catalogue] == []
        columns = {name for names in COLUMNS.values() for name in names} - {"person_key"}
        assert [name for name in columns if f"records.column.{name}" not in catalogue] == []


def test_german_quotation_marks_and_no_hyphen_for_minus():
    for key, entry in own(GERMAN).items():
        for text in entry.values() if isinstance(entry, dict) else [entry]:
            assert '"' not in text, key
            assert not re.search(r"(^|\s)-\s?\d", text), key


def test_the_war_is_called_by_its_name():
    assert "russischen Angriffskriegs gegen die Ukraine" in GERMAN.text("report.stop.since")
