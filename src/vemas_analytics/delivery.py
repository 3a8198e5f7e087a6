"""Putting a set of files into a folder so that it is whole, provable and repeatable."""

import dataclasses
import datetime as dt
import hashlib
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from vemas_analytics.errors import OutputError

MANIFEST = "manifest.json"
_SCHEMA = 1


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file's bytes as hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def relative_name(path: Path, folder: Path) -> str:
    """Return ``path`` as seen from ``folder``, with ``/``; the bare name where no relative path exists."""
    try:
        return Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()
    except ValueError:
        return path.name


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it: dataclasses, mappings, dates and paths unfolded, keys sorted."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {item.name: plain(getattr(value, item.name)) for item in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(value[key]) for key in sorted(value, key=str)}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Path):
        return value.name
    return value


def write_json(content: Any, path: Path) -> None:
    """Write JSON as UTF-8 with a final newline, the same bytes for the same content."""
    text = json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a folder of results holds and what it was made from.

    ``inputs`` and ``outputs`` map a path, relative to the folder, to the SHA-256 of its bytes.
    ``options`` are those of the command, ``sources`` its arguments relative to the folder.
    """

    version: str
    command: str
    options: Mapping[str, Any]
    sources: tuple[str, ...]
    config: str | None
    settings: Mapping[str, Any]
    inputs: Mapping[str, str]
    outputs: Mapping[str, str] = field(default_factory=dict)

    def content(self) -> dict[str, Any]:
        """Return the manifest as written."""
        body: dict[str, Any] = plain(self)
        return {"schema": _SCHEMA, **body}


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a folder.

    Raises
    ------
    OutputError
        When the folder has none or it cannot be understood.
    """
    path = folder / MANIFEST
    if not path.is_file():
        message = f"{folder}: no {MANIFEST} here; name a folder that `vemas report` or `vemas annual` wrote"
        raise OutputError(message)
    try:
        content = json.loads(path.read_text("utf-8"))
        return Manifest(
            version=content["version"],
            command=content["command"],
            options=content["options"],
            sources=tuple(content["sources"]),
            config=content["config"],
            settings=content["settings"],
            inputs=content["inputs"],
            outputs=content["outputs"],
        )
    except (ValueError, KeyError, TypeError) as error:
        message = f"{path}: not a manifest of this program ({error}); build the report anew"
        raise OutputError(message) from error


class Delivery:
    """Writes files under temporary names, moves each into place, and the manifest last.

    Use as a context manager. Files of an earlier run of the same command that are not written again are
    removed, so that a folder never holds a mix.

    Parameters
    ----------
    folder : Path
        Created with the first file.
    command : str
        Name written to the manifest.

    Raises
    ------
    OutputError
        When the folder holds another command's manifest or cannot be written.
    """

    def __init__(self, folder: Path, command: str) -> None:
        self.folder = folder
        self.command = command
        self.written: dict[str, str] = {}
        self._earlier = self._claim()

    def _claim(self) -> frozenset[str]:
        if self.folder.exists() and not self.folder.is_dir():
            message = f"{self.folder}: is a file, not a folder; choose another --out"
            raise OutputError(message)
        if not (self.folder / MANIFEST).exists():
            return frozenset()
        earlier = read_manifest(self.folder)
        if earlier.command != self.command:
            message = f"{self.folder}: holds the files of `vemas {earlier.command}`; choose another --out"
            raise OutputError(message)
        return frozenset(earlier.outputs)

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove what a failed run left half-written."""
        for part in self.folder.glob(".*.part"):
            part.unlink(missing_ok=True)

    def put(self, name: str, write: Callable[[Path], None]) -> Path:
        """Let ``write`` produce a file under a temporary name, then move it to ``name``."""
        make_folder(self.folder)
        target = self.folder / name
        part = self.folder / f".{name}.part"
        try:
            write(part)
            digest = hash_file(part)
            part.replace(target)
        except OSError as error:
            message = f"{target}: cannot be written ({error.strerror or error}); is it open in another program?"
            raise OutputError(message) from error
        self.written[name] = digest
        return target

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest with the hashes of all files put, after removing leftovers of an earlier run."""
        for name in sorted(self._earlier - set(self.written)):
            if Path(name).name == name:
                (self.folder / name).unlink(missing_ok=True)
        whole = dataclasses.replace(manifest, outputs=dict(sorted(self.written.items())))
        part = self.folder / f".{MANIFEST}.part"
        write_json(whole.content(), part)
        part.replace(self.folder / MANIFEST)


def make_folder(folder: Path) -> None:
    """Create an output folder where it is missing.

    Raises
    ------
    OutputError
        When it cannot be created.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"{folder}: cannot be used as output folder ({error.strerror}); choose another --out"
        raise OutputError(message) from error


def guard_folder(folder: Path) -> None:
    """Refuse an output folder for loose files that holds a report or is no folder.

    Raises
    ------
    OutputError
    """
    if (folder / MANIFEST).exists():
        message = f"{folder}: holds the files of `vemas {read_manifest(folder).command}`; choose another --out"
        raise OutputError(message)
    if folder.exists() and not folder.is_dir():
        message = f"{folder}: is a file, not a folder; choose another --out"
        raise OutputError(message)
