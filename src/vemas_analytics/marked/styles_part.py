"""The styles of a workbook: each cell keeps its own look and gets a ground; the first sheet gets looks of its own."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from lxml import etree

from vemas_analytics.marked.package import MAIN, UnfitError, parse_xml, serialise


@dataclass(frozen=True, slots=True)
class Look:
    """A look of the first sheet; colours as RRGGBB."""

    size: int = 10
    bold: bool = False
    colour: str = "1B1F24"
    underlined: bool = False
    ground: str = ""
    wrap: bool = True
    ruled: bool = False
    right: bool = False
    quoted: bool = False
    text: bool = False


_FONT = "Arial"
_RULE = "C5CBD3"


class Styles:
    """The styles part, to which looks are added; each is added once."""

    def __init__(self, content: bytes, grounds: Mapping[str, str]) -> None:
        self._root = parse_xml(content)
        if self._root.tag != f"{{{MAIN}}}styleSheet":
            message = "styles in another form of the format"
            raise UnfitError(message)
        self._grounds = grounds
        self._fonts, self._fills, self._borders = (self._part(name) for name in ("fonts", "fills", "borders"))
        self._formats = self._part("cellXfs")
        self._marked: dict[tuple[int, str], int] = {}
        self._looks: dict[Look, int] = {}
        self._fill_numbers: dict[str, int] = {}

    def marked(self, base: int, ground: str) -> int:
        """Return the style that looks like ``base`` on the ground of that name."""
        known = self._marked.get((base, ground))
        if known is not None:
            return known
        if base >= len(self._formats):
            base = 0
        style = deepcopy(self._formats[base])
        style.set("fillId", str(self._fill(self._grounds[ground])))
        style.set("applyFill", "1")
        number = self._append(self._formats, style)
        self._marked[base, ground] = number
        return number

    def look(self, look: Look) -> int:
        """Return the style of a look of the first sheet."""
        known = self._looks.get(look)
        if known is not None:
            return known
        style = etree.Element(
            f"{{{MAIN}}}xf",
            numFmtId="49" if look.text else "0",
            fontId=str(self._append(self._fonts, _font(look))),
            fillId=str(self._fill(look.ground)) if look.ground else "0",
            borderId=str(self._append(self._borders, _border(ruled=look.ruled))),
            xfId="0",
            applyFont="1",
            applyFill="1",
            applyBorder="1",
            applyAlignment="1",
        )
        if look.quoted:
            style.set("quotePrefix", "1")
        alignment = etree.SubElement(style, f"{{{MAIN}}}alignment", vertical="top")
        alignment.set("horizontal", "right" if look.right else "left")
        if look.wrap:
            alignment.set("wrapText", "1")
        number = self._append(self._formats, style)
        self._looks[look] = number
        return number

    def content(self) -> bytes:
        """Return the part."""
        for part in (self._fonts, self._fills, self._borders, self._formats):
            part.set("count", str(len(part)))
        return serialise(self._root)

    def _part(self, name: str) -> Any:
        part = self._root.find(f"{{{MAIN}}}{name}")
        if part is None or not len(part):
            message = f"styles without {name}"
            raise UnfitError(message)
        return part

    def _fill(self, colour: str) -> int:
        if colour not in self._fill_numbers:
            fill = etree.Element(f"{{{MAIN}}}fill")
            pattern = etree.SubElement(fill, f"{{{MAIN}}}patternFill", patternType="solid")
            etree.SubElement(pattern, f"{{{MAIN}}}fgColor", rgb=f"FF{colour}")
            etree.SubElement(pattern, f"{{{MAIN}}}bgColor", indexed="64")
            self._fill_numbers[colour] = self._append(self._fills, fill)
        return self._fill_numbers[colour]

    def _append(self, part: Any, element: Any) -> int:
        part.append(element)
        return len(part) - 1


def _font(look: Look) -> Any:
    font = etree.Element(f"{{{MAIN}}}font")
    if look.bold:
        etree.SubElement(font, f"{{{MAIN}}}b")
    if look.underlined:
        etree.SubElement(font, f"{{{MAIN}}}u")
    etree.SubElement(font, f"{{{MAIN}}}sz", val=str(look.size))
    etree.SubElement(font, f"{{{MAIN}}}color", rgb=f"FF{look.colour}")
    etree.SubElement(font, f"{{{MAIN}}}name", val=_FONT)
    etree.SubElement(font, f"{{{MAIN}}}family", val="2")
    return font


def _border(*, ruled: bool) -> Any:
    border = etree.Element(f"{{{MAIN}}}border")
    for side in ("left", "right", "top", "bottom", "diagonal"):
        element = etree.SubElement(border, f"{{{MAIN}}}{side}")
        if ruled and side == "bottom":
            element.set("style", "thin")
            etree.SubElement(element, f"{{{MAIN}}}color", rgb=f"FF{_RULE}")
    return border
