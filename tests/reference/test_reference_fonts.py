import pytest
from hypothesis import given
from hypothesis import strategies as st

from vemas_analytics.reference.fonts import font_file, printable, text_width_pt


@pytest.mark.parametrize("weight", [400, 600])
def test_the_faces_are_installed(weight):
    assert font_file(weight).is_file()


@pytest.mark.parametrize(
    "text", ["Übernahmeprotokoll ≥ 12 − 3 %", "Свердловская область №1", "„Reise“ – Kür", "1.234 T€"]
)
def test_german_and_russian_pass_unchanged(text):
    assert printable(text) == text


def test_what_the_font_lacks_is_replaced_one_for_one():
    assert printable("A中B🙂") == "A?B?"
    assert printable("10\u202f000 non\u2011stop") == "10\u00a0000 non-stop"
    assert printable("a\x00b\u202ec") == "abc"


@given(st.text())
def test_the_result_is_printable_again(text):
    assert printable(printable(text)) == printable(text)


def test_figures_have_one_width():
    assert text_width_pt("1111", 10) == text_width_pt("8888", 10)
    assert text_width_pt("Wort", 10, 600) > text_width_pt("Wort", 10)
