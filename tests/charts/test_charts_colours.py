"""Colours that mean different things stay apart for colour-blind readers and in a grey print."""

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray

from vemas_analytics.charts.change_class import CHANGE_CLASSES, COUNT_CLASSES
from vemas_analytics.charts.tile_map import LOOKS
from vemas_analytics.reference.theme import contrast_on_white, read_theme

Colour = NDArray[np.float64]

# Machado, Oliveira and Fernandes 2009 (IEEE TVCG 15:1291), severity 1, on linear RGB.
VISION = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
WHITE_D65 = np.array([0.95047, 1.0, 1.08883])
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
CLEARLY, VISIBLY = 20.0, 9.0
"""Least CIE76 distance of marks that carry the message, and of neighbouring steps of one ladder."""
GREY_STEP = 8.0
"""Least difference in lightness (CIE L*) of neighbouring steps of one ladder in a grey print."""

APART = (
    ("accent", "stop"),
    ("accent", "accent_mid"),
    ("accent", "accent_light"),
    ("accent_mid", "accent_light"),
    ("accent", "paper"),
    ("accent_mid", "paper"),
    ("stop", "paper"),
    ("good", "bad"),
    ("accent", "bad"),
    ("accent_mid", "stop"),
    ("ink_soft", "stop"),
)
"""Colours that stand beside each other with different meanings in some drawing."""
LADDERS = (
    ("bad_dark", "bad", "bad_mid", "bad_light", "bad_pale", "paper"),
    ("accent", "accent_mid", "accent_soft", "accent_faint", "paper"),
)


def linear(role: str) -> Colour:
    colour = read_theme().colour(role)
    share = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def lab(colour: Colour, vision: str = "normal") -> Colour:
    seen = np.clip(VISION[vision] @ colour, 0.0, 1.0)
    ratio = TO_XYZ @ seen / WHITE_D65
    bent = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * bent[1] - 16, 500 * (bent[0] - bent[1]), 200 * (bent[1] - bent[2])])


def distance(one: str, other: str, vision: str) -> float:
    return float(np.linalg.norm(lab(linear(one), vision) - lab(linear(other), vision)))


def lightness(role: str) -> float:
    return float(lab(linear(role))[0])


def test_the_simulation_itself_confuses_red_and_green_but_not_blue() -> None:
    red, green, blue = np.array([0.6, 0.1, 0.1]), np.array([0.12, 0.28, 0.03]), np.array([0.05, 0.1, 0.6])
    apart = {name: np.linalg.norm(lab(red, name) - lab(green, name)) for name in VISION}
    assert apart["deuteranopia"] < apart["normal"] / 3
    assert np.linalg.norm(lab(red, "deuteranopia") - lab(blue, "deuteranopia")) > 50
    assert lab(np.ones(3)) == pytest.approx([100, 0, 0], abs=0.05)


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize(("one", "other"), APART)
def test_marks_of_different_meaning_are_clearly_apart(one: str, other: str, vision: str) -> None:
    assert distance(one, other, vision) >= CLEARLY


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("ladder", LADDERS, ids=lambda ladder: ladder[0])
def test_each_step_of_a_ladder_is_visible_and_lighter_than_the_one_before(ladder, vision: str) -> None:
    for one, other in itertools.pairwise(ladder):
        assert distance(one, other, vision) >= VISIBLY, (one, other)
        assert lightness(other) - lightness(one) >= GREY_STEP, (one, other)


def on_one_map(one: str, other: str) -> bool:
    kinds = {one, other}
    return not (kinds & set(CHANGE_CLASSES) and kinds & set(COUNT_CLASSES))


@pytest.mark.parametrize(("one", "other"), [pair for pair in itertools.combinations(LOOKS, 2) if on_one_map(*pair)])
def test_no_two_tiles_of_a_map_look_alike_even_in_grey(one: str, other: str) -> None:
    first, second = LOOKS[one], LOOKS[other]
    patterns = [(look.hatch, look.dashed, bool(look.edge)) for look in (first, second)]
    if patterns[0] == patterns[1]:
        assert abs(lightness(first.fill) - lightness(second.fill)) >= GREY_STEP
        assert all(distance(first.fill, second.fill, vision) >= VISIBLY for vision in VISION)


@pytest.mark.parametrize("kind", LOOKS)
def test_words_on_a_tile_can_be_read(kind: str) -> None:
    look = LOOKS[kind]
    theme = read_theme()
    on_white, ink = contrast_on_white(theme.colour(look.fill)), contrast_on_white(theme.colour(look.ink))
    assert max(on_white, ink) / min(on_white, ink) >= 4.5


@pytest.mark.parametrize("role", ["ink", "ink_soft", "stop"])
def test_drawn_words_can_be_read_on_paper_and_on_a_band(role: str) -> None:
    theme = read_theme()
    assert contrast_on_white(theme.colour(role)) >= 4.5
    assert contrast_on_white(theme.colour(role)) / contrast_on_white(theme.colour("band")) >= 4.0
