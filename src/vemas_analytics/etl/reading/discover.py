"""Which files of the sources are lists to be read, and where the configuration lies."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from vemas_analytics.errors import InputError
from vemas_analytics.etl.reading.folder_walk import Seen, Standing, walk
from vemas_analytics.model.problem import Problem
from vemas_analytics.model.settings import Settings
from vemas_analytics.model.sheets import SourceFile
from vemas_analytics.reference.columns import read_failure_words
from vemas_analytics.reference.file_kinds import passed_over_words
from vemas_analytics.reference.texts import read_texts

CONFIG_NAME = "vemas.toml"
LIST_SUFFIXES = frozenset(
    {".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods", ".ots", ".fods", ".csv", ".tsv", ".tab", ".parquet",
     ".pq"}
)  # fmt: skip
_SILENT: Final[frozenset[Standing]] = frozenset({"system", "companion"})
_OTHER_FILES: Final[frozenset[Standing]] = frozenset({"document", "archive", "database", "access"})


@dataclass(frozen=True, slots=True)
class Discovery:
    """What lies in the sources.

    Parameters
    ----------
    files : tuple of SourceFile
        Every file that may be a list, in name order.
    config : Path or None
        The one ``vemas.toml`` among the sources.
    problems : tuple of Problem
        Files that are there but cannot be opened (rejected), and what was passed over, with the reason (notes).
    """

    files: tuple[SourceFile, ...]
    config: Path | None
    problems: tuple[Problem, ...] = ()


def discover_files(sources: Sequence[Path], settings: Settings) -> Discovery:
    """Find every list in ``sources``, folders searched deep.

    Files that accompany lists (configuration, corrections, truth), results of earlier runs and everything that
    ``settings.ignore`` names are passed over in silence. Lock files, hidden files, documents and empty folders are
    passed over with a note each, so that nobody wonders where a file went.

    Parameters
    ----------
    sources : sequence of Path
        Folders or single files.
    settings : Settings
        ``ignore`` holds glob patterns, compared with the file name and with the path inside the source.

    Raises
    ------
    InputError
        When a source does not exist or holds more than one configuration.
    """
    config = find_config(sources)
    found: list[SourceFile] = []
    problems: list[Problem] = []
    for seen, standing in _named_apart(sources, settings):
        if standing != "candidate":
            problems += _note(seen.name, standing)
            continue
        try:
            found.append(_source_file(seen.path, seen.name))
        except OSError:
            problems.append(_no_access(seen.name))
    return Discovery(tuple(sorted(found, key=lambda file: file.name)), config, tuple(problems))


def find_config(sources: Sequence[Path]) -> Path | None:
    """Return the one ``vemas.toml`` among the sources or beside a source file, or None.

    A list named alone keeps the statements of its folder: above all whether its data are synthetic.

    Raises
    ------
    InputError
        When a source does not exist, or when there are several configurations: none may win by chance.
    """
    found: dict[Path, Path] = {}
    for source in sources:
        for seen in walk(source):
            if seen.path.name == CONFIG_NAME:
                found.setdefault(seen.path.resolve(), seen.path)
        beside = source.parent / CONFIG_NAME
        if source.is_file() and beside.is_file():
            found.setdefault(beside.resolve(), beside)
    if len(found) > 1:
        names = ", ".join(sorted(str(path) for path in found.values()))
        message = f"more than one {CONFIG_NAME} among the sources: {names}. Name one with --config, or pass one folder."
        raise InputError(message, read_texts("de").text("check.error.several_configs", names=names))
    return next(iter(found.values()), None)


def _named_apart(sources: Sequence[Path], settings: Settings) -> list[tuple[Seen, Standing]]:
    """Return each thing once with a name of its own; a name that two sources share is led by its folder."""
    accompanying = _accompanying(settings)
    things: dict[Path, tuple[Seen, Standing, Path]] = {}
    for source in sources:
        for seen in walk(source):
            standing = _judged(seen, settings, explicit=seen.path == source)
            if seen.path.resolve() in accompanying or matches_any(seen.name, settings.ignore):
                continue
            if standing not in _SILENT:
                things.setdefault(seen.path.resolve(), (seen, standing, source))
    names = [seen.name for seen, _, _ in things.values()]
    taken: set[str] = set()
    named: list[tuple[Seen, Standing]] = []
    for seen, standing, source in things.values():
        folder = source.resolve() if source.is_dir() else source.resolve().parent
        unique = f"{folder.name}/{seen.name}" if names.count(seen.name) > 1 else seen.name
        number = 2
        while unique in taken:
            unique = f"{folder.name}-{number}/{seen.name}"
            number += 1
        taken.add(unique)
        named.append((Seen(seen.path, unique, seen.standing), standing))
    return named


def _judged(seen: Seen, settings: Settings, *, explicit: bool) -> Standing:
    """Say how a thing stands, given what a list is called; a pattern of the settings makes any file one."""
    named = explicit or any(matches_any(seen.name, (pattern,)) for pattern in settings.files)
    if seen.standing in _OTHER_FILES and named:
        return "candidate"
    if seen.standing == "candidate" and not named and seen.path.suffix.casefold() not in LIST_SUFFIXES:
        return "no_list"
    return seen.standing


def _accompanying(settings: Settings) -> frozenset[Path]:
    """Return files that the settings name for other ends: the key of persons, the logo, files of databases."""
    names = [settings.privacy.key_file, settings.report.logo, *(item.file for item in settings.databases)]
    base = settings.base or Path()
    return frozenset((base / name).resolve() for name in names if name)


def _note(name: str, standing: Standing) -> Iterable[Problem]:
    if standing == "no_access":
        yield _no_access(name)
    elif standing in {"lock_file", "empty_folder"}:
        yield Problem(standing, "note", file=name)
    else:
        words = passed_over_words()[standing]
        params = {"reason": standing, "reason_de": words["de"], "reason_en": words["en"]}
        yield Problem("file_passed_over", "note", file=name, params=params)


def _no_access(name: str) -> Problem:
    words = read_failure_words()["no_access"]
    params = {"reason": "no_access", "reason_de": words["de"], "reason_en": words["en"]}
    return Problem("unreadable_file", "rejected", file=name, params=params)


def matches_any(name: str, patterns: Sequence[str]) -> bool:
    """Tell whether a file's path inside its source, or its bare name, fits one of the glob patterns."""
    folded = name.casefold()
    return any(
        fnmatchcase(folded, pattern.casefold()) or fnmatchcase(folded.rpartition("/")[2], pattern.casefold())
        for pattern in patterns
    )


def _source_file(path: Path, name: str) -> SourceFile:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return SourceFile(path, name, digest, path.stat().st_size)
