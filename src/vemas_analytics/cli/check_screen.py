"""What a check says on screen: for each file what was taken over, what not, why, what to do, where the copy lies."""

import shutil
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from vemas_analytics.model.names import SET_ASIDE_REASONS, Language
from vemas_analytics.model.tables import Tables
from vemas_analytics.reference.texts import Catalogue, read_texts

if TYPE_CHECKING:
    import pandas as pd

    from vemas_analytics.marked import MarkedCopy

_SHOWN_REJECTED, _SHOWN_NOTES = 20, 8
_PIPE_WIDTH, _WIDEST = 160, 110
_SAID_AS_NOTE = frozenset({"column_not_recognised"})
_NO_LIST = "no_table_found"


def show_check(tables: Tables, copies: "Sequence[MarkedCopy] | None", out: Path | None, language: Language) -> None:
    """Print the result of a check.

    Parameters
    ----------
    tables : Tables
    copies : sequence of MarkedCopy or None
        None when no folder for results was named.
    out : Path or None
    language : {"de", "en"}
    """
    from vemas_analytics.etl import problems_frame

    screen = _Screen(read_texts(language))
    frame = problems_frame(tables.problems, language).astype({"row": "object"}).fillna("")
    made = {copy.file: copy for copy in copies or ()}
    by_file = {str(name): group for name, group in frame.groupby("file", sort=False)}
    empty = frame.iloc[:0]
    names = [source.name for source in tables.inputs]
    for name in [*names, *(name for name in by_file if name not in names)]:
        ledger = tables.ledger[tables.ledger["file"] == name]
        screen.file(name, ledger, by_file.get(name, empty), made.get(name), out)
    screen.summary(tables, frame, out)


class _Screen:
    """Prints line by line, wrapped to the width of the terminal."""

    def __init__(self, texts: Catalogue) -> None:
        self._texts = texts
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _PIPE_WIDTH
        self._width = min(width, _WIDEST) if sys.stdout.isatty() else width

    def file(
        self,
        name: str,
        ledger: "pd.DataFrame",
        problems: "pd.DataFrame",
        copy: "MarkedCopy | None",
        out: Path | None,
    ) -> None:
        """Print the section of one file."""
        text = self._texts.text
        typer.secho(name, bold=True)
        for line in self._lists(ledger):
            self._say(line)
        rejected = problems[problems["severity"] == "rejected"]
        for problem in rejected.head(_SHOWN_REJECTED).to_dict("records"):
            self._problem({str(key): value for key, value in problem.items()}, mark="!")
        if len(rejected) > _SHOWN_REJECTED:
            self._say(self._texts.plural("check.more_rejected", len(rejected) - _SHOWN_REJECTED))
        listed = bool((ledger["table"] != "").any())
        notes = problems[problems["code"].isin(_SAID_AS_NOTE | (set() if listed else {_NO_LIST}))]
        for problem in notes.head(_SHOWN_NOTES).to_dict("records"):
            self._problem({str(key): value for key, value in problem.items()}, mark="-")
        untold = problems.drop(index=[*rejected.index, *notes.index[:_SHOWN_NOTES]])
        for kind in ("repaired", "note"):
            number = int((untold["severity"] == kind).sum())
            if number:
                self._say(self._texts.plural(f"check.{kind}", number) + self._examples(untold, kind))
        if copy is not None and out is not None:
            self._say(
                text("check.copy", path=out / "marked" / copy.path)
                if copy.path
                else text("check.no_copy", reason=copy.reason)
            )
        typer.echo()

    def summary(self, tables: Tables, problems: "pd.DataFrame", out: Path | None) -> None:
        """Print what all files gave together, and where the rest stands."""
        ledger, text = tables.ledger, self._texts.text
        counts = Counter(problems["severity"])
        read, kept = int(ledger["rows_read"].sum()), int(ledger["rows_kept"].sum())
        files = ledger.loc[ledger["table"] != "", "file"].nunique()
        typer.secho(self._texts.plural("check.total", files, read=read, kept=kept, aside=read - kept), bold=True)
        typer.echo(
            text("check.severities", rejected=counts["rejected"], repaired=counts["repaired"], note=counts["note"])
        )
        if out is not None:
            typer.echo(text("check.written", out=out))
        elif len(problems):
            typer.echo(text("check.how_to_write"))

    def _lists(self, ledger: "pd.DataFrame") -> Iterator[str]:
        for line in ledger[ledger["table"] != ""].to_dict("records"):
            reasons = ", ".join(
                self._texts.plural(f"marked.reason.{reason}", int(line[reason]))
                for reason in SET_ASIDE_REASONS
                if int(line[reason])
            )
            table = self._texts.text(f"marked.table.{line['table']}")
            sheet = f" [{line['sheet']}]" if line["sheet"] else ""
            if not line["rows_read"]:
                yield self._texts.text("check.list_empty", table=table + sheet)
                continue
            words = self._texts.text(
                "check.list", table=table + sheet, read=int(line["rows_read"]), kept=int(line["rows_kept"])
            )
            yield words + (f" ({self._texts.text('check.aside', reasons=reasons)})" if reasons else "")

    def _problem(self, problem: dict[str, object], mark: str) -> None:
        text = self._texts.text
        place = [
            text(f"check.{key}", **{key: problem[key]}) for key in ("sheet", "row", "column") if problem[key] != ""
        ]
        lead = ", ".join(place)
        self._say(f"{mark} {lead}: {problem['message']}" if lead else f"{mark} {problem['message']}")
        self._say(text("check.remedy", remedy=problem["remedy"]), indent=6)

    def _examples(self, problems: "pd.DataFrame", kind: str) -> str:
        codes = Counter(problems.loc[problems["severity"] == kind, "code"]).most_common(3)
        named = ", ".join(f"{count} × {self._texts.text(f'faults.{code}')}" for code, count in codes)
        more = (
            self._texts.text("check.among_others")
            if len(set(problems.loc[problems["severity"] == kind, "code"])) > 3
            else ""
        )
        return f" ({named}{more})"

    def _say(self, line: str, indent: int = 2) -> None:
        lead = " " * indent
        typer.echo(
            textwrap.fill(
                line, self._width, initial_indent=lead, subsequent_indent=lead + "  ", break_long_words=False,
                break_on_hyphens=False,
            )
        )  # fmt: skip
