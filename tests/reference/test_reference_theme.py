import itertools

import pytest

from vemas_analytics.errors import OptionError
from vemas_analytics.reference.theme import contrast_on_white, read_theme


def test_an_own_accent_carries_its_shades_and_stays_readable_as_text():
    own = read_theme("#FFD500")
    assert own.colour("accent") == "#FFD500"
    assert own.colour("accent_pale") != read_theme().colour("accent_pale")
    assert contrast_on_white(own.colour("accent")) < 2
    assert contrast_on_white(own.colour("accent_text")) >= 4.5


@pytest.mark.parametrize("accent", ["red", "#12", "#12345G", "#123456;"])
def test_an_accent_that_is_no_colour_is_refused_by_name(accent):
    with pytest.raises(OptionError, match="#RRGGBB"):
        read_theme(accent)


@pytest.mark.parametrize("role", ["ink", "ink_soft", "stop", "accent_text"])
def test_text_colours_can_be_read_on_white(role):
    assert contrast_on_white(read_theme().colour(role)) >= 4.5


def test_neighbouring_shades_differ_in_a_grey_print():
    theme = read_theme()
    contrasts = [contrast_on_white(theme.colour(f"accent{step}")) for step in ("", "_mid", "_light", "_pale")]
    assert all(darker / lighter > 1.3 for darker, lighter in itertools.pairwise(contrasts))


def test_nothing_drawn_is_smaller_than_seven_and_a_half_points():
    assert min(read_theme().size(role) for role in ("text", "small", "strong")) >= 7.5


def test_black_and_white_have_the_contrasts_of_the_standard():
    assert contrast_on_white("#000000") == pytest.approx(21)
    assert contrast_on_white("#FFFFFF") == pytest.approx(1)
    assert contrast_on_white("#777777") == pytest.approx(4.48, abs=0.005)
