"""Colours by role and sizes of the reports, one restrained theme for page, workbook and chart."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from vemas_analytics.errors import OptionError

_HEX = re.compile(r"#[0-9A-Fa-f]{6}")
_READABLE_CONTRAST = 4.5


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours (``#RRGGBB``) and sizes (points) by role; the roles stand in ``reference/theme.csv``.

    Besides the roles of the table there is ``accent_text``: the accent, darkened until text in it can be read
    on white (contrast 4.5 to 1, WCAG 2.1), so that an organisation's own light colour cannot spoil a heading.
    """

    colours: Mapping[str, str]
    sizes: Mapping[str, float]

    def colour(self, role: str) -> str:
        """Return the colour of a role as ``#RRGGBB``; KeyError for a role the table does not know."""
        return self.colours[role]

    def size(self, role: str) -> float:
        """Return the font size of a role in points; KeyError for a role the table does not know."""
        return self.sizes[role]


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _as_hex(channels: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(channel):02X}" for channel in channels)


def tint(colour: str, share: float) -> str:
    """Return ``colour`` mixed with ``share`` (0 to 1) of white."""
    red, green, blue = (channel + (255 - channel) * share for channel in _channels(colour))
    return _as_hex((red, green, blue))


def contrast_on_white(colour: str) -> float:
    """Return the contrast ratio of ``colour`` on white, 1 to 21 (WCAG 2.1, relative luminance)."""
    weights = (0.2126, 0.7152, 0.0722)
    linear = [
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (channel / 255 for channel in _channels(colour))
    ]
    luminance = sum(weight * value for weight, value in zip(weights, linear, strict=True))
    return 1.05 / (luminance + 0.05)


def _readable(colour: str) -> str:
    red, green, blue = _channels(colour)
    steps = (_as_hex((red * keep / 20, green * keep / 20, blue * keep / 20)) for keep in range(20, -1, -1))
    return next(step for step in steps if contrast_on_white(step) >= _READABLE_CONTRAST)


@lru_cache(maxsize=8)
def read_theme(accent: str = "") -> Theme:
    """Read the theme, with the organisation's own accent colour where one is given.

    Parameters
    ----------
    accent : str
        ``#RRGGBB``, or empty for the default. Its lighter shades follow it.

    Raises
    ------
    OptionError
        When ``accent`` is no such colour.
    """
    if accent and not _HEX.fullmatch(accent):
        message = f"accent {accent!r} is not a colour of the form #RRGGBB, for example #1F3A5F"
        raise OptionError(message)
    text = (files("vemas_analytics.reference") / "theme.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    colours = {row["role"]: row["value"] for row in rows if row["kind"] == "colour" and row["value"]}
    if accent:
        colours["accent"] = accent.upper()
    for row in rows:
        if row["tint_of"]:
            colours[row["role"]] = tint(colours[row["tint_of"]], float(row["tint"]))
    colours["accent_text"] = _readable(colours["accent"])
    return Theme(colours, {row["role"]: float(row["value"]) for row in rows if row["kind"] == "size"})
