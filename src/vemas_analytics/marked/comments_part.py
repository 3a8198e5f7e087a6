"""Comments of one sheet: ours beside the user's own, each with a box large enough to be read."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from vemas_analytics.marked.job import CellMark, Remark
from vemas_analytics.marked.package import MAIN, Package, UnfitError, parse_xml, serialise
from vemas_analytics.marked.sheet_part import MarkedSheet
from vemas_analytics.model.sheets import column_letters

_VML, _EXCEL = "urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:excel"
_NEW_DRAWING = (
    f'<xml xmlns:v="{_VML}" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="{_EXCEL}">'
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
).encode()
_BOX_TYPE = (
    f'<v:shapetype xmlns:v="{_VML}" xmlns:o="urn:schemas-microsoft-com:office:office" id="_x0000_t202" '
    'coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
).encode()
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BOX_ID = re.compile(r"_x0000_s(\d+)")
_SIZE = re.compile(r"(?:^|;)\s*(?:width|height)\s*:[^;]*")
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_WIDTH, _SIGNS_A_LINE, _LINE_HEIGHT, _TALLEST = 270, 50, 12, 400
_RULE = "\u2500" * 20


def comment_cells(package: Package, part: str, sheet: MarkedSheet, notes: Sequence[CellMark], author: str) -> int:
    """Give cells their comments; one that the user wrote is kept, ours follows below a line.

    Returns
    -------
    int
        How many cells carry a conversation of the newer kind, beside which a comment would not be seen.
    """
    related = list(package.relations(part))
    name = next((target for _, kind, target in related if kind == "comments"), "")
    boxes = next((target for identifier, _, target in related if identifier == sheet.drawing), "")
    root = parse_xml(package.read(name)) if name else _new_comments()
    if root.tag != f"{{{MAIN}}}comments":
        message = "comments in another form of the format"
        raise UnfitError(message)
    names, listed = root.find(f"{{{MAIN}}}authors"), root.find(f"{{{MAIN}}}commentList")
    if names is None or listed is None:
        message = "comments without a list"
        raise UnfitError(message)
    by_cell = {str(item.get("ref")): item for item in listed}
    conversations = {number for number, item in enumerate(names) if (item.text or "").startswith("tc=")}
    drawing = _Drawing(package, part, sheet, boxes)
    our_number = _author(names, author)
    unseen = 0
    for note in notes:
        place = f"{column_letters(note.column)}{note.row}"
        there = by_cell.get(place)
        if there is not None and int(there.get("authorId", "0")) in conversations:
            unseen += 1
            continue
        if there is None:
            there = etree.SubElement(listed, f"{{{MAIN}}}comment", ref=place, authorId=str(our_number))
            etree.SubElement(there, f"{{{MAIN}}}text")
        drawing.show(note.row, note.column, _add_remarks(there, note.remarks))
    if name:
        package.write(name, serialise(root))
    else:
        name = package.free_name("xl/comments{}.xml")
        package.write(name, serialise(root), _COMMENTS_TYPE)
        package.relate(part, "comments", name)
    drawing.finish()
    return unseen


def _new_comments() -> Any:
    root = etree.Element(f"{{{MAIN}}}comments", nsmap={None: MAIN})
    etree.SubElement(root, f"{{{MAIN}}}authors")
    etree.SubElement(root, f"{{{MAIN}}}commentList")
    return root


def _author(names: Any, author: str) -> int:
    for number, item in enumerate(names):
        if item.text == author:
            return number
    etree.SubElement(names, f"{{{MAIN}}}author").text = author
    return len(names) - 1


def _add_remarks(comment: Any, remarks: Sequence[Remark]) -> str:
    """Write remarks into a comment and return all its text."""
    text = comment.find(f"{{{MAIN}}}text")
    if text is None:
        text = etree.SubElement(comment, f"{{{MAIN}}}text")
    for plain in text.findall(f"{{{MAIN}}}t"):
        words = plain.text or ""
        text.replace(plain, _run(words, bold=False))
    if len(text):
        text.append(_run(f"\n{_RULE}\n", bold=False))
    for number, remark in enumerate(remarks):
        text.append(_run(("\n\n" if number else "") + remark.title + "\n", bold=True))
        text.append(_run(remark.text, bold=False))
    return "".join(item.text or "" for item in text.iter(f"{{{MAIN}}}t"))


def _run(words: str, *, bold: bool) -> Any:
    run = etree.Element(f"{{{MAIN}}}r")
    looks = etree.SubElement(run, f"{{{MAIN}}}rPr")
    if bold:
        etree.SubElement(looks, f"{{{MAIN}}}b")
    etree.SubElement(looks, f"{{{MAIN}}}sz", val="9")
    etree.SubElement(looks, f"{{{MAIN}}}rFont", val="Arial")
    shown = etree.SubElement(run, f"{{{MAIN}}}t")
    shown.text = _ILLEGAL.sub(" ", words)
    shown.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return run


class _Drawing:
    """The boxes in which comments are shown, an old form of drawing that every spreadsheet program still wants."""

    def __init__(self, package: Package, part: str, sheet: MarkedSheet, name: str) -> None:
        self._package, self._part, self._sheet, self._name = package, part, sheet, name
        self._root = parse_xml(package.read(name), lenient=True) if name else parse_xml(_NEW_DRAWING)
        self._boxes = dict(self._existing())
        numbers = [int(number) for number in _BOX_ID.findall(etree.tostring(self._root, encoding="unicode"))]
        self._next = max([1024, *numbers]) + 1
        if not any(item.get("id") == "_x0000_t202" for item in self._root.iter(f"{{{_VML}}}shapetype")):
            self._root.append(parse_xml(_BOX_TYPE))

    def _existing(self) -> Iterator[tuple[tuple[int, int], Any]]:
        for box in self._root.iter(f"{{{_VML}}}shape"):
            row, column = box.find(f".//{{{_EXCEL}}}Row"), box.find(f".//{{{_EXCEL}}}Column")
            if row is not None and column is not None and (row.text or "").strip().isdecimal():
                yield (int(row.text) + 1, int(column.text)), box

    def show(self, row: int, column: int, text: str) -> None:
        """Draw the box of a cell, or make an existing one large enough."""
        lines = sum(1 + len(line) // _SIGNS_A_LINE for line in text.split("\n"))
        size = f"width:{_WIDTH}pt;height:{min(_TALLEST, (lines + 2) * _LINE_HEIGHT)}pt"
        box = self._boxes.get((row, column))
        if box is None:
            self._root.append(_new_box(self._next, row, column, size))
            self._next += 1
            return
        box.set("style", _SIZE.sub("", str(box.get("style", ""))).strip(";") + ";" + size)
        for anchor in box.findall(f".//{{{_EXCEL}}}Anchor"):
            anchor.getparent().remove(anchor)

    def finish(self) -> None:
        """Put the drawing into the package."""
        content: bytes = etree.tostring(self._root)
        if self._name:
            self._package.write(self._name, content)
            return
        self._package.declare_extension("vml", _DRAWING_TYPE)
        name = self._package.free_name("xl/drawings/vmlDrawing{}.vml")
        self._package.write(name, content)
        self._sheet.refer_to_drawing(self._package.relate(self._part, "vmlDrawing", name))


def _new_box(number: int, row: int, column: int, size: str) -> Any:
    return parse_xml(
        f'<v:shape xmlns:v="{_VML}" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="{_EXCEL}" '
        f'id="_x0000_s{number}" type="#_x0000_t202" '
        f'style="position:absolute;margin-left:59.25pt;margin-top:1.5pt;{size};z-index:1;visibility:hidden" '
        'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"/>'
        '</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>'
        f"<x:Row>{row - 1}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>".encode()
    )
