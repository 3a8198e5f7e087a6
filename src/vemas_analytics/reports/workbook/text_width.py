"""How much room a text takes in Arial, counted in digits: the unit in which Excel measures column widths."""

from functools import lru_cache
from typing import Final

# Advance widths of Arial in digits, for the characters that differ from the width of a digit.
_WIDTHS: Final = {
    char: width
    for chars, width in (
        ("ijl\u2019'|", 0.4),
        ("ft .,;:/I!\\[]\u00a0\t", 0.5),
        ("r()-", 0.6),
        ("ckszvxyJ", 0.92),
        ("TFZß", 1.1),
        ("ABEKPSVXYÄ&", 1.2),
        ("CDHNRUÜw", 1.3),
        ("GOQÖ", 1.4),
        ("mM%", 1.55),
        ("W@", 1.7),
    )
    for char in chars
}
_CYRILLIC: Final = 1.12
_PRINT: Final = 1.02
"""On paper a digit of Arial 10 is a little wider than the seven pixels of Excel's unit."""


@lru_cache(maxsize=65_536)
def text_width(text: str) -> float:
    """Return the width of a one-line text in Excel's unit of column width, as printed."""
    return _PRINT * sum(_WIDTHS.get(char) or (_CYRILLIC if "\u0400" <= char <= "\u04ff" else 1.0) for char in text)


def break_lines(text: str, width: float) -> list[str]:
    """Break a text into lines of at most ``width`` digits at its spaces; a longer word stands alone."""
    lines: list[str] = []
    for part in text.split("\n"):
        line = ""
        for word in part.split(" "):
            longer = f"{line} {word}" if line else word
            if line and text_width(longer) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return lines


def count_lines(text: str, width: float) -> int:
    """Return how many lines Excel needs for a wrapped text; a word wider than the column is cut into pieces."""
    if text_width(text) <= width and "\n" not in text:
        return 1
    return sum(max(1, -int(-text_width(line) // width)) for line in break_lines(text, width))


def longest_word(text: str) -> float:
    """Return the width of the longest word, below which a column must not fall."""
    return max((text_width(word) for word in text.split()), default=0.0)
