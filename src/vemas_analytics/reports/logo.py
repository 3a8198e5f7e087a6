"""The organisation's logo as the workbook and the web page take it: a picture of known size, nothing loaded."""

import base64
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from vemas_analytics.reference.fonts import font_folder

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_PIXELS_PER_INCH: Final = 300
_SET_SVG: Final = """#set page(width: auto, height: auto, margin: 0pt, fill: none)
#context {
  let natural = measure(image("logo.svg"))
  let scale = calc.min(100mm / natural.width, 40mm / natural.height)
  image("logo.svg", width: natural.width * scale, height: natural.height * scale)
}
"""


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo as its file holds it; that it is one of the two kinds was checked with the settings."""

    content: bytes
    kind: Literal["png", "svg"]

    @property
    def png(self) -> bytes:
        """The picture in dots, the same for every writer: 300 per inch where it was drawn in lines."""
        return self.content if self.kind == "png" else _drawn_in_dots(self.content)

    @property
    def data_uri(self) -> str:
        """The picture as an address that holds all of it; drawn here, as a browser lacks the fonts of an SVG."""
        return f"data:image/png;base64,{base64.b64encode(self.png).decode('ascii')}"


def read_logo(path: Path) -> Logo:
    """Read a logo that the settings name."""
    content = path.read_bytes()
    return Logo(content, "png" if content.startswith(_PNG) else "svg")


def fitted(png: bytes, width: float, height: float) -> tuple[float, float]:
    """Return width and height of a picture as large as it may be within both, in their unit."""
    across, down = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
    scale = min(width / across, height / down)
    return across * scale, down * scale


@lru_cache(maxsize=2)
def _drawn_in_dots(svg: bytes) -> bytes:
    import typst

    with tempfile.TemporaryDirectory(prefix="vemas-") as name:
        folder = Path(name)
        (folder / "logo.svg").write_bytes(svg)
        (folder / "logo.typ").write_text(_SET_SVG, encoding="utf-8")
        compiler = typst.Compiler(
            input=folder / "logo.typ",
            root=folder,
            font_paths=typst.Fonts(
                include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_folder())]
            ),
        )
        content = compiler.compile(format="png", ppi=_PIXELS_PER_INCH)
    if not isinstance(content, bytes):
        message = "Typst returned something other than one picture"
        raise TypeError(message)
    return content
