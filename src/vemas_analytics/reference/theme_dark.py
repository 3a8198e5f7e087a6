"""The theme on a dark screen: every role of the light theme has a colour of its own here."""

import colorsys
import csv
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Final

from vemas_analytics.reference.theme import Theme, contrast_on_white, read_theme

READABLE: Final = 6.5
"""Least contrast of a lifted colour on the dark page; text asks for 4.5 (WCAG 2.2, AA)."""

_MOST_LUMINANCE: Final = 1.05


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (``#RRGGBB``), 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((_MOST_LUMINANCE / contrast_on_white(colour) for colour in (one, other)), reverse=True)
    return light / dark


def mix(colour: str, ground: str, share: float) -> str:
    """Return ``colour`` mixed with ``share`` (0 to 1) of ``ground``."""
    pairs = zip(_channels(colour), _channels(ground), strict=True)
    return "#" + "".join(f"{round(own + (below - own) * share):02X}" for own, below in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _lighter_steps(colour: str) -> Iterator[str]:
    hue, lightness, saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in _channels(colour)))
    for step in range(101):
        level = lightness + (1 - lightness) * step / 100
        shown = colorsys.hls_to_rgb(hue, level, saturation)
        yield "#" + "".join(f"{round(channel * 255):02X}" for channel in shown)


def lifted(colour: str, ground: str) -> str:
    """Return ``colour`` with its hue, light enough to be read on a dark ground."""
    return next(step for step in _lighter_steps(colour) if contrast(step, ground) >= READABLE)


@lru_cache(maxsize=8)
def read_dark_theme(accent: str = "") -> Theme:
    """Read the theme for a dark screen.

    Neutral roles stand in ``theme.csv`` (kind ``dark``); colours keep their hue and are lifted until they can be
    read; tints are mixed with the dark page by the share that the light theme mixes with white.

    Parameters
    ----------
    accent : str
        ``#RRGGBB``, or empty for the default.

    Raises
    ------
    OptionError
        When ``accent`` is no such colour.
    """
    light = read_theme(accent)
    text = (files("vemas_analytics.reference") / "theme.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    colours = {row["role"]: row["value"] for row in rows if row["kind"] == "dark"}
    paper = colours["paper"]
    for row in rows:
        role = row["role"]
        if row["kind"] == "colour" and row["tint_of"]:
            colours[role] = mix(colours[row["tint_of"]], paper, float(row["tint"]))
        elif row["kind"] == "colour" and role not in colours:
            colours[role] = lifted(light.colour(role), paper)
    return Theme(colours | {"accent_text": colours["accent"]}, light.sizes)
