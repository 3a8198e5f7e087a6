"""A folder of copies: renewed, without leftovers, and without losing what a person wrote into one."""

import json

import pytest

from vemas_analytics.copy_folder import CopyFolder
from vemas_analytics.errors import OutputError


def write(folder, **contents):
    with CopyFolder(folder, "check") as copies:
        for name, text in contents.items():
            (folder / name).write_text(text)
        copies.finish(contents)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_leftovers_of_the_last_run_go_and_foreign_files_stay(tmp_path):
    write(tmp_path, a="1", b="2")
    (tmp_path / "mine").write_text("x")
    write(tmp_path, b="3")
    assert names(tmp_path) == ["b", "manifest.json", "mine"]
    assert json.loads((tmp_path / "manifest.json").read_text())["outputs"].keys() == {"b"}


def test_a_copy_changed_by_hand_is_kept_beside_the_new_one(tmp_path):
    write(tmp_path, a="1")
    (tmp_path / "a").write_text("changed by hand")
    write(tmp_path, a="2")
    assert (tmp_path / "a").read_text() == "2"
    assert (tmp_path / "a.changed-1").read_text() == "changed by hand"


def test_a_manifest_never_reaches_outside(tmp_path):
    folder = tmp_path / "copies"
    write(folder, a="1")
    (tmp_path / "precious").write_text("x")
    for name in ("../precious", str(tmp_path / "precious")):
        (folder / "manifest.json").write_text(json.dumps({"outputs": {name: "0"}}))
        write(folder, a="1")
    assert (tmp_path / "precious").read_text() == "x"


def test_a_file_in_its_place_is_told(tmp_path):
    (tmp_path / "x").write_text("")
    with pytest.raises(OutputError, match="x"), CopyFolder(tmp_path / "x", "check"):
        pass
