"""A folder of copies that may be renewed: what a person changed in an earlier one is kept beside the new."""

import json
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from vemas_analytics.delivery import MANIFEST, hash_file, make_folder, write_json
from vemas_analytics.errors import OutputError

_SCHEMA = 1
_CHANGED = ".changed"


class CopyFolder:
    """Owns the copies in a folder by a manifest of their hashes; loading passes over a folder that has one.

    Use as a context manager: entering sets aside what was changed by hand since the last run, `finish` removes
    copies that are no longer made and writes the manifest last.

    Parameters
    ----------
    path : Path
    command : str
        Name written to the manifest.

    Raises
    ------
    OutputError
        When the folder cannot be made or a copy is open in another program.
    """

    def __init__(self, path: Path, command: str) -> None:
        self.path = path
        self.command = command
        self._earlier: dict[str, str] = {}

    def __enter__(self) -> Self:
        """Make the folder and rename earlier copies that a person has changed."""
        make_folder(self.path)
        self._earlier = self._read()
        for name, digest in self._earlier.items():
            copy = self.path / name
            try:
                if copy.is_file() and hash_file(copy) != digest:
                    copy.replace(_free(copy))
            except OSError as error:
                raise self._refused(copy, error) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is left to do: half-written copies are removed by who writes them."""

    def finish(self, names: Iterable[str]) -> None:
        """Remove copies of the last run that were not made again and write the manifest."""
        written = sorted(names)
        for name in sorted(set(self._earlier) - set(written)):
            try:
                (self.path / name).unlink(missing_ok=True)
            except OSError as error:
                raise self._refused(self.path / name, error) from error
        outputs = {name: hash_file(self.path / name) for name in written}
        part = self.path / f".{MANIFEST}.part"
        write_json({"schema": _SCHEMA, "command": self.command, "outputs": outputs}, part)
        part.replace(self.path / MANIFEST)

    def _read(self) -> dict[str, str]:
        try:
            content = json.loads((self.path / MANIFEST).read_text("utf-8"))
            outputs = content["outputs"]
            return {str(name): str(digest) for name, digest in outputs.items() if _stays_inside(str(name))}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}

    @staticmethod
    def _refused(path: Path, error: OSError) -> OutputError:
        reason = error.strerror or str(error)
        return OutputError(
            f"{path}: cannot be replaced ({reason}); is it open in another program?",
            f"{path}: lässt sich nicht ersetzen ({reason}). Ist die Datei noch in einem anderen Programm geöffnet?",
        )


def _stays_inside(name: str) -> bool:
    path = Path(name)
    return bool(name) and ".." not in path.parts and not path.is_absolute()


def _free(path: Path) -> Path:
    number = 1
    while (target := path.with_name(f"{path.stem}{_CHANGED}-{number}{path.suffix}")).exists():
        number += 1
    return target
