"""Every notebook runs, calls public names only, and prints the numbers of the report."""

import ast
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from report_sets import rows_of

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))


def run(path: Path) -> nbformat.NotebookNode:
    book = nbformat.read(path, as_version=4)
    return NotebookClient(book, timeout=120, resources={"metadata": {"path": str(path.parent)}}).execute()


def printed(book: nbformat.NotebookNode) -> str:
    """All text that the cells show."""
    texts = []
    for cell in book.cells:
        for output in cell.get("outputs", ()):
            texts += [output.get("text", ""), output.get("data", {}).get("text/plain", "")]
    return "\n".join(texts)


@pytest.fixture(scope="module")
def executed() -> dict[str, nbformat.NotebookNode]:
    return {path.name: run(path) for path in NOTEBOOKS}


def test_there_are_notebooks():
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_is_kept_without_outputs_and_defines_nothing(path):
    book = nbformat.read(path, as_version=4)
    for cell in book.cells:
        if cell.cell_type != "code":
            continue
        assert not cell.outputs
        assert cell.execution_count is None
        code = "\n".join(line for line in cell.source.splitlines() if not line.startswith("%"))
        nodes = list(ast.walk(ast.parse(code)))
        assert not any(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) for node in nodes)
        modules = {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
        modules |= {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
        inside = {name for name in modules if name and name.startswith("vemas_analytics.")}
        assert inside <= {"vemas_analytics.analysis.estimators"}


def test_the_first_look_prints_the_numbers_of_the_report(demo, executed):
    book = executed["01_first_look.ipynb"]
    text = printed(book)
    for finding in demo.select("before_after", "inquiries", "RU-SVE"):
        estimate = finding["estimate"]
        if estimate is not None:
            for number in (estimate["value"], estimate["low"], estimate["high"]):
                assert f"{number:.4f}" in text, finding["key"]
    for row in rows_of(demo.one("phases", "inquiries", "RU-SVE")):
        assert f"{row['n']}" in text
    for source in demo.one("after_stop", "inquiries", "RU-SVE")["sources"]:
        assert f"file='{source['file']}', sheet='{source['sheet']}', rows=({source['rows'][0]}" in text
    assert any("image/png" in o.get("data", {}) for cell in book.cells for o in cell.get("outputs", ()))


def test_the_questions_of_analysts_are_drawn_and_print_the_shortfall(demo, executed):
    book = executed["02_analyst_questions.ipynb"]
    text = printed(book)
    estimate = demo.one("course", "inquiries", "ALL")["estimate"]
    for number in (estimate["value"], estimate["low"], estimate["high"]):
        assert f"{number:.0f}" in text
    pictures = [o for cell in book.cells for o in cell.get("outputs", ()) if "image/png" in o.get("data", {})]
    assert len(pictures) == sum("va.draw_" in cell.source for cell in book.cells)
