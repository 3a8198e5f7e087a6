"""Where the reports' one font family lies, and which characters it can print."""

from functools import lru_cache
from pathlib import Path
from typing import Final

FONT_FAMILY: Final = "Fira Sans"
_FILES: Final = {400: "FiraSans-Regular.ttf", 600: "FiraSans-SemiBold.ttf"}
_STAND_INS: Final = {
    "\u202f": "\u00a0",
    "\u2007": "\u00a0",
    "\u2011": "-",
    "\u2010": "-",
    "\u2060": "",
    "\ufeff": "",
    "\t": " ",
    "\r": "",
}
_LAYOUT: Final = frozenset("\n\u00ad\u200b")
REPLACEMENT: Final = "?"


def font_folder() -> Path:
    """Return the folder of the Fira Sans files, from the installed package ``fontpkg-fira-sans``."""
    import fontpkg_fira_sans

    return Path(fontpkg_fira_sans.ROOT) / "files"


def font_file(weight: int = 400) -> Path:
    """Return the file of the upright face of a weight (400 or 600)."""
    return font_folder() / _FILES[weight]


@lru_cache(maxsize=1)
def _printable_codes() -> frozenset[int]:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    with TTFont(font_file(), lazy=True) as font:
        return frozenset(font.getBestCmap())


def printable(text: str) -> str:
    """Return ``text`` with every character the font lacks replaced by ``?``.

    A list may hold any character; PDF/UA refuses a page on which one could not be drawn, and a chart would fall
    back to a font nobody chose. Latin, Cyrillic and Greek pass unchanged; spaces and hyphens of odd width become
    ordinary ones.
    """
    if text.isascii() and text.isprintable():
        return text
    codes = _printable_codes()
    shown = (_STAND_INS.get(character, character) for character in text)
    return "".join(
        character if not character or character in _LAYOUT or ord(character) in codes else REPLACEMENT
        for character in shown
        if character in _LAYOUT or not character or character.isprintable() or ord(character) in codes
    )


@lru_cache(maxsize=len(_FILES))
def _advances(weight: int) -> dict[int, float]:
    from fontTools.ttLib import TTFont

    with TTFont(font_file(weight), lazy=True) as font:
        metrics, units = font["hmtx"], float(font["head"].unitsPerEm)
        widths = {code: metrics[name][0] / units for code, name in font.getBestCmap().items()}
    digit = max(widths[ord(figure)] for figure in "0123456789")
    return widths | {ord(figure): digit for figure in "0123456789"}


def text_width_pt(text: str, size: float, weight: int = 400) -> float:
    """Return the width in points of a line set at ``size`` points with tabular figures, kerning aside."""
    widths = _advances(weight)
    return size * sum(widths.get(ord(character), 0.6) for character in text)
