"""A drawn chart as part of a page: colours by role, so that they follow the page's theme, and no style of its own."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from vemas_analytics.model.document import ChartRef
from vemas_analytics.reports.html.markup import Markup, tag

_SVG: Final = "{http://www.w3.org/2000/svg}"
_LINK: Final = "{http://www.w3.org/1999/xlink}href"
_DIGITS: Final = re.compile(r"(\.\d\d)\d+")
_SPACE: Final = re.compile(r"\s+")
_NO_TURN: Final = re.compile(r"rotate\(-?0 ")
_COLOURED: Final = ("fill", "stroke")
_INHERITED: Final = frozenset({"font-family", "stroke-dashoffset"})
"""What the page's style sheet says for every chart, or what is the default anyway."""

_POSITIONS: Final = ("x", "y", "width", "height", "points", "cx", "cy", "r")


@dataclass(slots=True)
class _Shape:
    """One element in the making; strokes of one look become one path."""

    name: str
    look: dict[str, str]
    path: str = ""
    text: str = ""

    @property
    def is_stroke(self) -> bool:
        return self.name == "path" and self.look.get("fill") == "none" and "id" not in self.look

    def markup(self) -> Markup:
        look = {key.replace("-", "_") + ("_" if key == "class" else ""): value for key, value in self.look.items()}
        return tag(self.name, self.text, **({"d": self.path} if self.path else {}), **look)


def chart_svg(ref: ChartRef, svg: bytes, roles: Mapping[str, str]) -> Markup:
    """Return a chart for the page.

    Drawn text stays text. Colours become classes such as ``f-accent`` (fill) and ``s-accent`` (stroke), style
    attributes become presentation attributes, which a strict content policy allows; identifiers get the chart's
    key before them; neighbouring strokes of one look are joined.

    Parameters
    ----------
    ref : ChartRef
        Its ``alt`` becomes the name of the picture.
    svg : bytes
        As `vemas_analytics.charts` draws it.
    roles : mapping of str to str
        Role of each ``#rrggbb`` in lower case.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    root = etree.fromstring(svg, parser)
    used = {link.lstrip("#") for link in root.xpath("//*/@*[local-name() = 'href']")}
    ids = {name: f"c-{ref.key}-{number}" for number, name in enumerate(sorted(used), start=1)}
    shapes = [shape.markup() for shape in _joined(_shapes(root, ids, roles))]
    return tag("svg", shapes, viewBox=_short(root.get("viewBox")), role="img", aria_label=ref.alt)


def _short(number: str) -> str:
    return _DIGITS.sub(r"\1", number)


def _shapes(root: "etree._Element", ids: Mapping[str, str], roles: Mapping[str, str]) -> Iterator[_Shape]:
    for element in root.iter(f"{_SVG}path", f"{_SVG}text", f"{_SVG}use", f"{_SVG}rect", f"{_SVG}polygon"):
        name = element.tag.removeprefix(_SVG)
        look = _look(element, roles)
        if element.get("id") in ids:
            look["id"] = ids[element.get("id")]
        if element.getparent().tag == f"{_SVG}defs":
            look |= {"class": "mark"}
        if name == "use":
            look["href"] = "#" + ids[element.get(_LINK, element.get("href", "")).lstrip("#")]
        turn = element.get("transform")
        if turn and not _NO_TURN.match(turn):
            look["transform"] = _short(turn)
        path = _short(_SPACE.sub(" ", element.get("d", "")).strip())
        yield _Shape(name, look, path, "".join(element.itertext()) if name == "text" else "")


def _look(element: "etree._Element", roles: Mapping[str, str]) -> dict[str, str]:
    look, classes = {}, []
    for part in element.get("style", "").split(";"):
        key, _, value = (piece.strip() for piece in part.partition(":"))
        if not key or key in _INHERITED:
            continue
        if key in _COLOURED and value.lower() in roles:
            classes.append(f"{key[0]}-{roles[value.lower()]}")
        else:
            look[key] = value.removesuffix("px") if key == "font-size" else value
    if classes:
        look["class"] = " ".join(classes)
    return look | {key: _short(value) for key in _POSITIONS if (value := element.get(key)) is not None}


def _joined(shapes: Iterator[_Shape]) -> Iterator[_Shape]:
    last: _Shape | None = None
    for shape in shapes:
        if last is not None and last.is_stroke and shape.is_stroke and last.look == shape.look:
            last = _Shape(last.name, last.look, last.path + shape.path)
            continue
        if last is not None:
            yield last
        last = shape
    if last is not None:
        yield last
