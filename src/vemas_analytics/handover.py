"""Folders handed to the office: the result of a check with the files marked, and a start for data of one's own."""

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from vemas_analytics.config import read_settings
from vemas_analytics.copy_folder import CopyFolder
from vemas_analytics.delivery import make_folder
from vemas_analytics.errors import ConfigError, OutputError
from vemas_analytics.model.names import Language
from vemas_analytics.model.settings import Settings
from vemas_analytics.model.sheets import ReadFile, SourceFile
from vemas_analytics.model.tables import Tables
from vemas_analytics.reference.texts import read_texts

if TYPE_CHECKING:
    from vemas_analytics.marked import MarkedCopy
    from vemas_analytics.start import StartAnswers


def write_check(
    settings: Settings,
    tables: Tables,
    out: Path,
    language: Language = "de",
    progress: Callable[[str], None] | None = None,
) -> "tuple[MarkedCopy, ...]":
    """Write ledger.csv, problems.csv and a marked copy of each file that gave a list or a problem.

    Parameters
    ----------
    settings : Settings
        Their limits hold for opening the workbooks again.
    tables : Tables
    out : Path
        The copies stand below ``marked``, each under the path of its source.
    language : {"de", "en"}
    progress : callable, optional
        Called with the name of each file.

    Returns
    -------
    tuple of MarkedCopy

    Raises
    ------
    OutputError
        When the folder cannot be used.
    """
    from vemas_analytics.etl import problems_frame, write_ledger
    from vemas_analytics.marked import write_marked_copies

    make_folder(out)
    write_ledger(tables, out, language)
    with CopyFolder(out / "marked", "check") as folder:
        copies = write_marked_copies(
            tables,
            problems_frame(tables.problems, language),
            folder.path,
            partial(_read_again, settings),
            limits=settings.limits,
            language=language,
            progress=progress,
        )
        folder.finish(copy.path for copy in copies if copy.path)
    return copies


def _read_again(settings: Settings, source: SourceFile) -> ReadFile:
    """Read one source as loading did; a database is known by its name alone."""
    from vemas_analytics.etl import read_database, read_file

    for database in settings.databases if source.is_database else ():
        if source.name.endswith(f":{database.name}"):
            return read_database(database, settings)[0]
    return read_file(source, settings)[0]


def refuse_start(folder: Path, language: Language = "de") -> None:
    """Refuse a folder in which `write_start` would overwrite a file.

    Raises
    ------
    OutputError
    """
    for name in ("vemas.toml", read_texts(language).text("start.workbook_file")):
        if (folder / name).exists():
            said = [read_texts(tongue).text("start.exists", path=folder / name) for tongue in ("en", "de")]
            raise OutputError(*said)


def write_start(folder: Path, answers: "StartAnswers", language: Language = "de") -> str:
    """Write vemas.toml and the entry workbook into a folder; nothing is overwritten.

    Parameters
    ----------
    folder : Path
        Made if it does not exist.
    answers : StartAnswers
    language : {"de", "en"}
        Of explanations, headings and lists.

    Returns
    -------
    str
        Name of the workbook.

    Raises
    ------
    OutputError
        When a file is there already or the folder cannot be used.
    ConfigError
        When the answers contradict one another.
    """
    from vemas_analytics.start import settings_text, write_entry_workbook

    refuse_start(folder, language)
    workbook = read_texts(language).text("start.workbook_file")
    with tempfile.TemporaryDirectory(prefix="vemas-init-") as scratch:
        made = Path(scratch) / "vemas.toml"
        made.write_text(settings_text(answers, language), encoding="utf-8", newline="\n")
        try:
            read_settings(made)
        except ConfigError as error:
            reason = str(error).removeprefix(f"{made}: ")
            said = [read_texts(tongue).text("start.invalid", reason=reason) for tongue in ("en", "de")]
            raise ConfigError(*said) from error
        make_folder(folder)
        try:
            write_entry_workbook(folder / workbook, language)
            (folder / "vemas.toml").write_bytes(made.read_bytes())
        except OSError as error:
            message = f"{folder}: cannot be written ({error.strerror}); choose another folder"
            german = f"{folder}: lässt sich nicht beschreiben ({error.strerror}); bitte einen anderen Ordner wählen"
            raise OutputError(message, german) from error
    return workbook
