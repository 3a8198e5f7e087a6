"""The page's style sheet: colours of both themes, the report's font, and what stands on every printed page."""

import base64
import io
from functools import lru_cache
from importlib.resources import files
from typing import Final

from vemas_analytics.model.document import Document
from vemas_analytics.reference.fonts import FONT_FAMILY, font_file
from vemas_analytics.reference.texts import read_texts
from vemas_analytics.reference.theme import Theme, read_theme
from vemas_analytics.reference.theme_dark import read_dark_theme

_LETTERS: Final = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x2BA, 0x2BD),
    *range(0x400, 0x460),
    *(ord(sign) for sign in "–—‘’‚“”„•…‹›€→−≈≤≥↑↓"),
)
_FEATURES: Final = ("tnum", "ccmp", "locl")


@lru_cache(maxsize=2)
def font_source(weight: int) -> str:
    """Return the face of a weight as data URI: Latin and Cyrillic letters, figures of one width, nothing else."""
    from fontTools import subset  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    options = subset.Options(
        layout_features=list(_FEATURES), hinting=False, notdef_outline=True, name_IDs=[0, 1, 2, 13]
    )
    options.drop_tables += ["GPOS"]
    target = io.BytesIO()
    with TTFont(font_file(weight), lazy=True, recalcTimestamp=False) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=_LETTERS)
        subsetter.subset(font)
        font.flavor = "woff"
        font.save(target)
    return "data:font/woff;base64," + base64.b64encode(target.getvalue()).decode("ascii")


def _face(weight: int) -> str:
    return (
        f'@font-face{{font-family:"{FONT_FAMILY}";font-weight:{weight};font-style:normal;'
        f"src:url({font_source(weight)}) format('woff')}}"
    )


def colour_roles(theme: Theme) -> dict[str, str]:
    """Return the role of each colour (``#rrggbb`` in lower case); the first role wins where two look the same."""
    roles: dict[str, str] = {}
    for role, colour in theme.colours.items():
        roles.setdefault(colour.lower(), role)
    return roles


def _variables(theme: Theme) -> str:
    return "".join(f"--{role}:{colour};" for role, colour in sorted(theme.colours.items()))


def quoted(text: str) -> str:
    """Return a text as a string of a style sheet; nothing in it can end the string or the sheet."""
    return '"' + "".join(sign if sign.isalnum() or sign == " " else f"\\{ord(sign):x} " for sign in text) + '"'


def style_sheet(document: Document) -> str:
    """Return the style sheet of a document's page."""
    light, dark = read_theme(document.accent), read_dark_theme(document.accent)
    roles = sorted(set(colour_roles(light).values()))
    texts = read_texts(document.language)
    count = texts.text("pdf.page_of", page="\x01", pages="\x02")
    before, _, rest = count.partition("\x01")
    between, _, after = rest.partition("\x02")
    numbers = f"{quoted(before)} counter(page) {quoted(between)} counter(pages) {quoted(after)}"
    own = (files("vemas_analytics.reports.html") / "page.css").read_text("utf-8")
    parts = (
        _face(400),
        _face(600),
        f":root{{color-scheme:light;{_variables(light)}}}",
        f"@media screen{{:root[data-theme=dark]{{color-scheme:dark;{_variables(dark)}}}}}",
        "@media screen and (prefers-color-scheme:dark){:root:not([data-theme=light])"
        f"{{color-scheme:dark;{_variables(dark)}}}}}",
        "".join(f".f-{role}{{fill:var(--{role})}}.s-{role}{{stroke:var(--{role})}}" for role in roles),
        "@page{"
        f"@top-left{{content:{quoted(document.title)}}}@top-right{{content:{quoted(document.banner)}}}"
        f"@bottom-left{{content:{quoted(document.organisation)}}}@bottom-right{{content:{numbers}}}"
        "}",
        own,
    )
    return "\n".join(parts)
