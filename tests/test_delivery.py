"""A folder of results is whole, provable, and belongs to one command."""

import json
from pathlib import Path

import pytest

from vemas_analytics.delivery import (
    MANIFEST,
    Delivery,
    Manifest,
    guard_folder,
    hash_file,
    read_manifest,
    relative_name,
)
from vemas_analytics.errors import OutputError


def _manifest(command: str = "report") -> Manifest:
    return Manifest("0.1", command, {"languages": ["de"]}, ("../in",), None, {"stop": "x"}, {"../in/a.csv": "00"})


def _write(folder: Path, *names: str, command: str = "report") -> None:
    with Delivery(folder, command) as delivery:
        for name in names:
            delivery.put(name, lambda path, text=name: path.write_text(text))
        delivery.finish(_manifest(command))


def test_manifest_lists_each_file_with_its_hash(tmp_path: Path) -> None:
    _write(tmp_path, "b.txt", "a.txt")
    manifest = read_manifest(tmp_path)
    assert list(manifest.outputs) == ["a.txt", "b.txt"]
    assert manifest.outputs["a.txt"] == hash_file(tmp_path / "a.txt")
    assert manifest.inputs == {"../in/a.csv": "00"}


def test_files_of_an_earlier_run_that_are_not_written_again_go(tmp_path: Path) -> None:
    _write(tmp_path, "report.de.pdf", "report.en.pdf")
    (tmp_path / "own-note.txt").write_text("keep me")
    _write(tmp_path, "report.de.pdf")
    assert sorted(path.name for path in tmp_path.iterdir()) == [MANIFEST, "own-note.txt", "report.de.pdf"]


def test_another_commands_folder_is_refused(tmp_path: Path) -> None:
    _write(tmp_path, "x.pdf", command="annual")
    with pytest.raises(OutputError, match="vemas annual"):
        Delivery(tmp_path, "report")
    with pytest.raises(OutputError, match="vemas annual"):
        guard_folder(tmp_path)


def test_a_failed_run_leaves_the_earlier_files_and_no_fragment(tmp_path: Path) -> None:
    _write(tmp_path, "x.pdf")

    def fail(path: Path) -> None:
        path.write_text("half")
        raise RuntimeError

    with pytest.raises(RuntimeError), Delivery(tmp_path, "report") as delivery:
        delivery.put("x.pdf", fail)
    assert (tmp_path / "x.pdf").read_text() == "x.pdf"
    assert sorted(path.name for path in tmp_path.iterdir()) == [MANIFEST, "x.pdf"]


def test_an_unreadable_manifest_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text(json.dumps({"command": "report"}))
    with pytest.raises(OutputError, match="not a manifest"):
        read_manifest(tmp_path)
    with pytest.raises(OutputError, match=r"no manifest\.json"):
        read_manifest(tmp_path / "elsewhere")


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(OutputError, match="choose another --out"):
        Delivery(tmp_path / "out", "report")


def test_relative_names_use_slashes(tmp_path: Path) -> None:
    assert relative_name(tmp_path / "in" / "a.csv", tmp_path / "reports" / "x") == "../../in/a.csv"
