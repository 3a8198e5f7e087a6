"""Own words, logo and accent colour of an organisation: checked before anything is computed."""

import difflib
import string
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from lxml import etree

from vemas_analytics.config.checking import refuse
from vemas_analytics.model.names import Language
from vemas_analytics.reference.texts import OWN_PARTS, read_texts
from vemas_analytics.reference.theme import contrast_on_white

LEAST_CONTRAST: Final = 3.0
"""Of surfaces on white (WCAG 2.2, 1.4.11); writing in the accent colour is darkened as far as it needs."""

MOST_BYTES: Final = 2_000_000
MOST_PIXELS: Final = 4_000
_PNG: Final = b"\x89PNG\r\n\x1a\n"


def words_from(values: Mapping[Language, Mapping[str, str]], file: str) -> Mapping[Language, Mapping[str, str]]:
    """Return the organisation's own texts by language and key of the catalogue.

    Raises
    ------
    ConfigError
        For a key that is none (the nearest is named), and for a place in braces that the text of the catalogue lacks.
    """
    checked: dict[Language, Mapping[str, str]] = {}
    for language, pairs in values.items():
        known = read_texts(language).forms()
        for key, text in pairs.items():
            place = f'words.{language}."{key}"'
            if key not in known or key.partition(".")[0] not in OWN_PARTS:
                own = [name for name in known if name.partition(".")[0] in OWN_PARTS]
                near = difflib.get_close_matches(key, own, n=1, cutoff=0.5)
                remedy = f"did you mean {near[0]!r}?" if near else f"keys begin with {', '.join(OWN_PARTS)}"
                raise refuse(file, place, "is no text of the reports", remedy)
            _refuse_unknown_places(text, known[key], file, place)
        checked[language] = MappingProxyType(dict(pairs))
    return MappingProxyType(checked)


def _places(text: str) -> set[str]:
    return {name.partition(".")[0] for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _refuse_unknown_places(text: str, original: str, file: str, place: str) -> None:
    known = _places(original)
    try:
        unknown = _places(text) - known
    except ValueError:
        raise refuse(file, place, "has a brace without its partner", "write {{ and }} for braces themselves") from None
    if unknown:
        allowed = ", ".join(f"{{{name}}}" for name in sorted(known)) or "none"
        raise refuse(file, place, f"names {{{min(unknown)}}}, which this text has not", f"possible are: {allowed}")


def refuse_pale_accent(accent: str, file: str) -> None:
    """Refuse an accent colour in which columns could hardly be told from the paper."""
    if accent and (found := contrast_on_white(accent)) < LEAST_CONTRAST:
        what = f"{accent} has a contrast of only {found:.1f} to 1 on white"
        raise refuse(file, "report.accent", what, f"choose a darker one, from {LEAST_CONTRAST:.0f} to 1 on")


def refuse_bad_logo(path: Path, file: str) -> None:
    """Refuse a logo that is no PNG or SVG, or too large to print."""
    key, content = "report.logo", path.read_bytes()
    if len(content) > MOST_BYTES:
        raise refuse(file, key, f"{path.name} has {len(content):,} bytes", f"use a picture of at most {MOST_BYTES:,}")
    if content.startswith(_PNG) and len(content) > 33:
        width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
        if not (0 < width <= MOST_PIXELS and 0 < height <= MOST_PIXELS):
            what = f"{path.name} has {width} by {height} pixels"
            raise refuse(file, key, what, f"use at most {MOST_PIXELS} by {MOST_PIXELS}")
        return
    if not _is_svg(content):
        raise refuse(file, key, f"{path.name} is neither PNG nor SVG", "save the logo as one of these")
    if path.suffix.casefold() != ".svg":
        raise refuse(file, key, f"{path.name} is an SVG under another name", "rename it to .svg")


def _is_svg(content: bytes) -> bool:
    if b"<!ENTITY" in content:
        return False
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return False
    return isinstance(root.tag, str) and etree.QName(root).localname == "svg"
