"""What the office reads on screen and in its workbooks: both languages whole, German with German signs."""

import string

import pytest

from vemas_analytics.reference.entry_columns import read_entry_columns
from vemas_analytics.reference.mark_colours import read_mark_colours
from vemas_analytics.reference.texts import read_texts

PARTS = ("marked", "check", "start")


def own(language):
    entries = read_texts(language).entries
    return {key: entry for key, entry in entries.items() if key.split(".")[0] in PARTS}


def forms(entry):
    return entry.values() if isinstance(entry, dict) else [entry]


def places(entry):
    return {name for text in forms(entry) for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_both_languages_have_the_same_texts_with_the_same_places():
    german, english = own("de"), own("en")
    assert german.keys() == english.keys()
    assert [key for key in german if places(german[key]) != places(english[key])] == []


def test_german_uses_german_signs():
    said = [(key, text) for key, entry in own("de").items() for text in forms(entry)]
    opened = [key for key, text in said if text.count("„") != text.count("“")]
    straight = [key for key, text in said if '"' in text and not key.startswith("start.toml")]
    assert (opened, straight) == ([], [])


@pytest.mark.parametrize("table", read_entry_columns())
def test_every_entry_column_is_worded_in_both_languages(table):
    for column in read_entry_columns()[table]:
        assert all(column.heading.values()), column.field
        assert all(column.help.values()), column.field
        assert bool(column.choices) == (column.kind == "choice")


def test_marks_differ_in_a_grey_print_too():
    def grey(colour):
        red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    colours = read_mark_colours()
    assert grey(colours["rejected"][0]) < grey(colours["repaired"][0]) - 20
    assert all(grey(row) > grey(cell) for cell, row in colours.values())
