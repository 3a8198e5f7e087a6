"""What lies in a source folder: every file once, and why some of it is not looked into."""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias

from vemas_analytics.errors import InputError
from vemas_analytics.model.tables import LEDGER_COLUMNS
from vemas_analytics.reference.file_kinds import FileKind, file_kind
from vemas_analytics.reference.texts import read_texts

MANIFEST_NAME: Final = "manifest.json"
_ACCOUNT_FILES: Final = frozenset({"ledger.csv", "problems.csv", "retention.csv", "ledger.parquet", "problems.parquet"})
_LEDGER_HEAD: Final = ",".join(LEDGER_COLUMNS).encode()
_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")

Standing: TypeAlias = (
    FileKind | Literal["candidate", "hidden", "link", "no_file", "empty_folder", "no_access", "no_list"]
)
"""How a thing in a folder stands: a ``candidate`` may be a list, the others say why they are none."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A file or folder, its path relative to the source with ``/``, and how it stands."""

    path: Path
    name: str
    standing: Standing


def walk(source: Path) -> Iterator[Seen]:
    """Yield everything in a source, folders searched deep and in name order; results of earlier runs not at all.

    Raises
    ------
    InputError
        When there is no such file or folder.
    """
    if source.is_file():
        yield Seen(source, printable(source.name), _named_alone(source))
        return
    if not source.is_dir():
        message = f"no such file or folder: {source}"
        raise InputError(message, read_texts("de").text("check.error.no_source", source=source))
    refused: list[OSError] = []
    for folder, folders, names in os.walk(source, onerror=refused.append):
        here = Path(folder)
        written = _written_files(here) if here == source else frozenset()
        if not folders and not names and here != source:
            yield _seen(here, source, "empty_folder")
        yield from _folders_not_entered(here, source, folders)
        for name in sorted(names):
            seen = _seen(here / name, source, _standing(here / name))
            if seen.name not in written:
                yield seen
    for error in refused:
        if error.filename:
            yield _seen(Path(error.filename), source, "no_access")


def printable(name: str) -> str:
    """Return a name that every file and screen can hold: what is no sign of a text is shown as a replacement mark."""
    return _UNPRINTABLE.sub("\ufffd", name)


def _folders_not_entered(here: Path, source: Path, folders: list[str]) -> Iterator[Seen]:
    """Take out of ``folders`` those that are not to be searched, and yield those worth a word."""
    entered: list[str] = []
    for name in sorted(folders):
        path = here / name
        kind = file_kind(name)
        if kind in {"system", "companion"} or _holds_results(path):
            continue
        if path.is_symlink():
            yield _seen(path, source, "link")
        elif name.startswith("."):
            yield _seen(path, source, "hidden")
        else:
            entered.append(name)
    folders[:] = entered


def _seen(path: Path, source: Path, standing: Standing) -> Seen:
    return Seen(path, printable(path.relative_to(source).as_posix()), standing)


def _standing(path: Path) -> Standing:
    kind = file_kind(path.name)
    if kind is not None:
        return kind
    if path.name.startswith("."):
        return "hidden"
    return "candidate" if path.is_file() or not path.exists() else "no_file"


def _named_alone(path: Path) -> Standing:
    """Say how a file stands that was named itself: whatever its kind, it is meant, unless it only accompanies lists."""
    kind = file_kind(path.name)
    return kind if kind in {"companion", "lock_file"} else "candidate"


def _holds_results(folder: Path) -> bool:
    """Tell whether a folder is what an earlier run wrote: reports, tables, or the account of a check."""
    if (folder / MANIFEST_NAME).is_file():
        return True
    if (folder / "ledger.parquet").is_file() and (folder / "problems.parquet").is_file():
        return True
    return _is_ledger(folder / "ledger.csv")


def _is_ledger(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return stream.read(len(_LEDGER_HEAD)) == _LEDGER_HEAD
    except OSError:
        return False


def _written_files(folder: Path) -> frozenset[str]:
    """Return what an earlier run wrote into a source folder itself, by that run's manifest or its account."""
    account = _ACCOUNT_FILES if _is_ledger(folder / "ledger.csv") else frozenset()
    try:
        manifest = json.loads((folder / MANIFEST_NAME).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return account
    outputs = manifest.get("outputs") if isinstance(manifest, dict) else None
    if isinstance(outputs, dict):
        return account | {str(name) for name in outputs}
    if not isinstance(outputs, list):
        return account
    names = (
        item.get("path", item.get("name", item.get("file", ""))) if isinstance(item, dict) else item for item in outputs
    )
    return account | {str(name) for name in names}
