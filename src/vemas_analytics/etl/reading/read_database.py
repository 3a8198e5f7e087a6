"""A database table or query as one more source: read in the child process, with an account like any file."""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from vemas_analytics.etl.reading.read import assemble_file, failure_params
from vemas_analytics.etl.reading.sandbox import FailureReason, UnreadableFileError, shared_reader
from vemas_analytics.etl.reading.time_limit import time_limit
from vemas_analytics.model.problem import Problem
from vemas_analytics.model.settings import Database, Settings
from vemas_analytics.model.sheets import RawSheet, ReadFile, SourceFile

PREFIX = "database:"
_NO_CONTENT = hashlib.sha256(b"").hexdigest()


def read_database(database: Database, settings: Settings) -> tuple[ReadFile, tuple[Problem, ...]]:
    """Read a table or query and find the list in it.

    Parameters
    ----------
    database : Database
        Its password is taken from the environment.
    settings : Settings
        ``base`` for the paths of SQLite files, ``limits``, and the organisation's own words.

    Returns
    -------
    tuple of ReadFile and tuple of Problem
        The source is called ``database:NAME``; its ``sha256`` is that of the rows read. One problem
        ``unreadable_database`` when nothing can be read.
    """
    name = f"{PREFIX}{database.name}"
    try:
        sheets = shared_reader(settings.limits).query(_request(database, settings)).sheets
        source = SourceFile(Path(name), name, _digest(sheets), 0, is_database=True)
        with time_limit(settings.limits.seconds):
            return assemble_file(source, "database", sheets, settings)
    except UnreadableFileError as error:
        source = SourceFile(Path(name), name, _NO_CONTENT, 0, is_database=True)
        return ReadFile(source, "database", ()), (_unreadable(name, error.reason),)


def with_database_lists(settings: Settings) -> Settings:
    """Return the settings with what each database is said to hold among the patterns that name a table."""
    stated = {f"{PREFIX}{database.name}": database.list for database in settings.databases if database.list}
    return replace(settings, files=MappingProxyType({**settings.files, **stated})) if stated else settings


def _request(database: Database, settings: Settings) -> dict[str, object]:
    password = os.environ.get(database.password_env, "") if database.password_env else ""
    if database.password_env and not password:
        raise UnreadableFileError("no_password")
    return {
        "url": database.url,
        "password": password,
        "table": database.table,
        "query": database.query,
        "base": str((settings.base or Path()).resolve()),
        "seconds": settings.limits.seconds,
    }


def _digest(sheets: Iterable[RawSheet]) -> str:
    """Return the SHA-256 of all cells with their types, row by row."""
    digest = hashlib.sha256()
    for sheet in sheets:
        for row in sheet.rows:
            digest.update("\x1f".join(f"{type(value).__name__}:{value!r}" for value in row).encode("utf-8", "replace"))
            digest.update(b"\x1e")
    return digest.hexdigest()


def _unreadable(name: str, reason: FailureReason) -> Problem:
    return Problem("unreadable_database", "rejected", file=name, params=failure_params(reason))
