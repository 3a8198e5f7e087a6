"""What the pages of a report are made of: headings, tables, pictures, places of text, and every number on them.

``python tests/end_to_end/page_structure.py`` writes ``tests/end_to_end/kept_pages/`` anew after a change that was
meant; it needs poppler.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from vemas_analytics.analysis import analyse, analyse_year
from vemas_analytics.charts import draw_all
from vemas_analytics.model.document import ChartRef, Document, TableBlock
from vemas_analytics.panel import build_panel
from vemas_analytics.pipeline import load
from vemas_analytics.reports import compose_annual, compose_before_after, published_findings, write_pdf

ROOT = Path(__file__).parents[2]
KEPT = Path(__file__).parent / "kept_pages"
GRID_MM = 5
PARAGRAPH_MM = 60
"""Narrower pieces of text are labels of pictures and cells of tables, whose numbers are kept anyway."""
_MM = 25.4 / 72
_NUMBER = re.compile(r"[−+]?\d[\d.,:]*\d|[−+]?\d")
_SPACE = re.compile(r"\s+")


class Report(NamedTuple):
    """A report whose pages are kept."""

    source: str
    language: str
    edition: str
    year: int | None = None

    @property
    def name(self) -> str:
        """Name of its file in the folder of what is kept."""
        kind = "before-after" if self.year is None else f"annual-{self.year}"
        return f"{self.source}.{kind}.{self.language}.{self.edition}.txt"


REPORTS = (
    Report("demo", "de", "intern"),
    Report("demo", "en", "public"),
    Report("public_record", "de", "public"),
    Report("demo", "de", "intern", 2022),
)


def make(report: Report, folder: Path) -> tuple[Document, Path]:
    """Compose and typeset a report."""
    settings, tables = load(ROOT / "data" / report.source)
    panel = build_panel(tables, settings)
    options = {"language": report.language, "edition": report.edition}
    if report.year is None:
        findings = analyse(tables, panel)
        document = compose_before_after(findings, tables, panel, **options)
    else:
        findings = analyse_year(tables, panel, report.year)
        document = compose_annual(findings, tables, panel, report.year, **options)
    shown = published_findings(findings, panel, edition=report.edition)
    charts = draw_all(_pictures(document), shown, document.language, accent=document.accent)
    path = folder / f"{report.name}.pdf"
    write_pdf(document, charts, path)
    return document, path


def _pictures(document: Document) -> Iterator[ChartRef]:
    return (item for section in document.sections for item in section.blocks if isinstance(item, ChartRef))


def run(*command: str) -> str:
    """Return what a program writes."""
    return subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8", "replace")


def plain(text: str) -> str:
    """Return text as it is found on a page: without soft hyphens, every space alike."""
    return _SPACE.sub(" ", text.replace("\u00ad", "")).strip()


def read_pages(path: Path) -> list[list[tuple[tuple[int, int, int, int], str]]]:
    """Return the blocks of text of each page: left, top, width, height in millimetres on a grid, and the text."""
    markup = run("pdftotext", "-bbox-layout", str(path), "-").replace(' xmlns="http://www.w3.org/1999/xhtml"', "")
    return [[_block(item) for item in page.iter("block")] for page in ElementTree.fromstring(markup).iter("page")]


def _block(item: ElementTree.Element) -> tuple[tuple[int, int, int, int], str]:
    edges = [float(item.attrib[name]) * _MM for name in ("xMin", "yMin", "xMax", "yMax")]
    left, top, right, bottom = (GRID_MM * round(edge / GRID_MM) for edge in edges)
    return (left, top, right - left, bottom - top), plain(" ".join(word.text or "" for word in item.iter("word")))


def _named(document: Document) -> Iterator[tuple[str, str]]:
    """Yield what can be found on pages by its title, in order: title and line to keep."""
    for section in document.sections:
        if section.heading != document.title:
            yield plain(section.heading), f"heading: {section.heading}"
        for item in section.blocks:
            if isinstance(item, ChartRef):
                size = f"{item.width_mm:.0f} x {item.height_mm:.0f} mm"
                yield plain(item.title), f"picture {item.drawing} {size}: {item.alt}"
            elif isinstance(item, TableBlock) and "pdf" in item.places:
                yield plain(item.title), f"table {item.key}, {len(item.rows)} rows x {len(item.columns)} columns"


def describe(document: Document, path: Path) -> str:
    """Return the structure of a report as lines to compare."""
    pages = read_pages(path)
    texts = [plain(page) for page in run("pdftotext", "-raw", str(path), "-").split("\f")]
    found: dict[int, list[str]] = {}
    at = 0
    for title, line in _named(document):
        places = [number for number in range(at, len(pages)) if title in texts[number]]
        # a heading stands in the contents of page 2 as well
        if line.startswith("heading") and len(places) > 1 and places[0] == 1 and texts[1].count(title) == 1:
            places = places[1:]
        at = places[0] if places else at
        found.setdefault(at, []).append(line if places else f"not found by its title: {line}")
    lines = [f"{len(pages)} pages"]
    for number, blocks in enumerate(pages):
        lines += ["", f"page {number + 1}", *found.get(number, [])]
        places = sorted(
            {(top, left, width, height) for (left, top, width, height), _ in blocks if width >= PARAGRAPH_MM}
        )
        boxes = [f"{top} mm down, {left} mm in: {width} x {height}" for top, left, width, height in places]
        lines += ["text:", *(f"  {box}" for box in boxes)]
        lines += [f"numbers: {' '.join(_NUMBER.findall(texts[number]))}"]
    return "\n".join(lines) + "\n"


def kept(report: Report) -> str:
    """Return what is kept of a report."""
    return (KEPT / report.name).read_text(encoding="utf-8")


if __name__ == "__main__":
    KEPT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for wanted in REPORTS:
            (KEPT / wanted.name).write_text(describe(*make(wanted, Path(scratch))), encoding="utf-8")
            sys.stdout.write(f"{KEPT / wanted.name}\n")
