"""Which files of the sources are lists to be read, and where the configuration lies."""

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from vemas_analytics.errors import InputError
from vemas_analytics.model.problem import Problem
from vemas_analytics.model.settings import Settings
from vemas_analytics.model.sheets import SourceFile

CONFIG_NAME = "vemas.toml"
MANIFEST_NAME = "manifest.json"
LIST_SUFFIXES = frozenset(
    {".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods", ".ots", ".fods", ".csv", ".tsv", ".tab"}
)
_COMPANIONS = frozenset({CONFIG_NAME, "truth.json", "corrections.csv", "companies.csv", "targets.csv"})


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
        Files that are there but cannot be opened.
    """

    files: tuple[SourceFile, ...]
    config: Path | None
    problems: tuple[Problem, ...] = ()


def discover_files(sources: Sequence[Path], settings: Settings) -> Discovery:
    """Find every list in ``sources``, folders searched deep.

    Lock files, hidden files, files that accompany lists (configuration, corrections, truth) and results of earlier
    runs are passed over, as is everything that ``settings.ignore`` names.

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
    for path, name in _named_lists(sources, settings):
        try:
            found.append(_source_file(path, name))
        except OSError:
            problems.append(Problem("unreadable_file", "rejected", file=name, params={"reason": "no_access"}))
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
        for path, _ in _walk(source):
            if path.name == CONFIG_NAME:
                found.setdefault(path.resolve(), path)
        beside = source.parent / CONFIG_NAME
        if source.is_file() and beside.is_file():
            found.setdefault(beside.resolve(), beside)
    if len(found) > 1:
        names = ", ".join(sorted(str(path) for path in found.values()))
        message = f"more than one {CONFIG_NAME} among the sources: {names}. Name one with --config, or pass one folder."
        raise InputError(message)
    return next(iter(found.values()), None)


def _named_lists(sources: Sequence[Path], settings: Settings) -> list[tuple[Path, str]]:
    """Return each list once with a name of its own; a name that two sources share is led by its folder."""
    lists: dict[Path, tuple[Path, str, Path]] = {}
    for source in sources:
        for path, name in _walk(source):
            explicit = path == source
            if _is_list(path, name, settings, explicit=explicit):
                lists.setdefault(path.resolve(), (path, name, source))
    names = [name for _, name, _ in lists.values()]
    taken: set[str] = set()
    named = []
    for path, name, source in lists.values():
        folder = source.resolve() if source.is_dir() else source.resolve().parent
        unique = f"{folder.name}/{name}" if names.count(name) > 1 else name
        number = 2
        while unique in taken:
            unique = f"{folder.name}-{number}/{name}"
            number += 1
        taken.add(unique)
        named.append((path, unique))
    return named


def _walk(source: Path) -> Iterator[tuple[Path, str]]:
    """Yield every visible file with its path relative to the source, folders and files in name order."""
    if source.is_file():
        yield source, source.name
        return
    if not source.is_dir():
        message = f"no such file or folder: {source}"
        raise InputError(message)
    for folder, folders, names in os.walk(source):
        here = Path(folder)
        written = _written_files(here) if here == source else frozenset()
        folders[:] = sorted(
            name for name in folders if not _is_hidden(name) and not (here / name / MANIFEST_NAME).is_file()
        )
        for name in sorted(names):
            relative = (here / name).relative_to(source).as_posix()
            if not _is_hidden(name) and relative not in written:
                yield here / name, relative


def _written_files(folder: Path) -> frozenset[str]:
    """Return what an earlier run wrote into a source folder itself, by that run's manifest."""
    try:
        manifest = json.loads((folder / MANIFEST_NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return frozenset()
    outputs = manifest.get("outputs") if isinstance(manifest, dict) else None
    if isinstance(outputs, dict):
        return frozenset(str(name) for name in outputs)
    if not isinstance(outputs, list):
        return frozenset()
    names = (
        item.get("path", item.get("name", item.get("file", ""))) if isinstance(item, dict) else item for item in outputs
    )
    return frozenset(str(name) for name in names)


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$")) or name in {"__MACOSX", "__pycache__"}


def _is_list(path: Path, name: str, settings: Settings, *, explicit: bool) -> bool:
    lowered = path.name.casefold()
    if lowered in _COMPANIONS or lowered.startswith("readme") or lowered == MANIFEST_NAME:
        return False
    if matches_any(name, settings.ignore):
        return False
    return explicit or path.suffix.casefold() in LIST_SUFFIXES


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
