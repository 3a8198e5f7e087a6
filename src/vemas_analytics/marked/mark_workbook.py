"""One workbook in, its marked copy out; runs in a process of its own, because the workbook is not to be trusted."""

from collections.abc import Iterable

from vemas_analytics.marked.comments_part import comment_cells
from vemas_analytics.marked.front_sheet import FrontSheet, add_front
from vemas_analytics.marked.job import Done, Job, ListItem
from vemas_analytics.marked.package import Package
from vemas_analytics.marked.sheet_part import ground_of_cell, ground_of_row, mark_sheet
from vemas_analytics.marked.styles_part import Styles
from vemas_analytics.marked.workbook_part import WorkbookPart, kept_parts

MOST_COMMENTS = 2_000
"""Comments a sheet gets: with many thousands a spreadsheet program hardly opens it."""


def mark_workbook(job: Job) -> Done:
    """Write the marked copy of a workbook.

    Parameters
    ----------
    job : Job

    Raises
    ------
    UnfitError, zipfile.BadZipFile, lxml.etree.XMLSyntaxError
        When the workbook is built in a way that cannot be marked; the target is then not there.
    """
    package = Package(job.source)
    workbook = WorkbookPart(package)
    kept = kept_parts(package)
    grounds = {ground_of_cell(kind): cell for kind, (cell, _) in job.colours.items()}
    grounds |= {ground_of_row(kind): row for kind, (_, row) in job.colours.items()}
    styles = Styles(package.read(workbook.styles), grounds)
    parts = workbook.sheets()
    hidden: set[tuple[str, int, int]] = set()
    left_out = unseen = 0
    for marks in job.sheets:
        part = parts.get(marks.sheet)
        if part is None or not (marks.cells or marks.rows):
            continue
        sheet = mark_sheet(package.read(part), marks, styles)
        hidden |= {(marks.sheet, row, column) for row, column in sheet.hidden}
        gravest = sorted(sheet.notes, key=lambda note: (note.kind in {"structural", "note"}, note.row, note.column))
        chosen = sorted(gravest[:MOST_COMMENTS], key=lambda note: (note.row, note.column))
        left_out += len(gravest) - len(chosen)
        if chosen:
            unseen += comment_cells(package, part, sheet, chosen, job.front.words["author"])
        package.write(part, sheet.content())
    notes = list(_notes(job, kept, len(hidden), left_out, unseen))
    hidden |= set(_on_hidden_sheets(job.front.items, workbook.hidden_sheets()))
    front = FrontSheet(job.front, styles, job.colours, notes, hidden).build()
    name = add_front(package, front, job.front)
    package.write(workbook.styles, styles.content())
    workbook.put_first(workbook.free_name(job.front.name), name, front.header_row)
    package.save(job.target)
    return Done(macros=package.has_macros)


def _on_hidden_sheets(items: Iterable[ListItem], sheets: set[str]) -> Iterable[tuple[str, int, int]]:
    for item in items:
        if item.sheet in sheets and item.row is not None:
            yield item.sheet, item.row, item.column or 0


def _notes(job: Job, kept: dict[str, int], hidden: int, left_out: int, unseen: int) -> Iterable[str]:
    words = job.front.words
    if kept:
        names = ", ".join(f"{count} × {words[f'kept.{kind}']}" for kind, count in kept.items())
        yield words["kept"].replace("{names}", names)
    for number, key in ((hidden, "hidden_marks"), (left_out, "comments_left_out"), (unseen, "conversations")):
        if number:
            yield words[key].replace("{n}", str(number))
