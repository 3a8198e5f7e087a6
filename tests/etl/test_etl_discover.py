import json
from pathlib import Path

import pytest

from vemas_analytics.errors import InputError
from vemas_analytics.etl.reading.discover import discover_files, find_config
from vemas_analytics.model.settings import Settings


def write(folder: Path, *names: str, content: str = "a;b\n1;2\n") -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")


def names(*sources: Path, settings: Settings | None = None) -> list[str]:
    return [file.name for file in discover_files(sources, settings or Settings()).files]


def test_lists_are_found_deep_and_in_name_order(tmp_path: Path) -> None:
    write(tmp_path, "b.csv", "sub/deeper/a.xlsx", "A.TSV", "notes.txt", "photo.jpg")
    assert names(tmp_path) == ["A.TSV", "b.csv", "sub/deeper/a.xlsx"]


def test_companions_locks_and_hidden_files_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "a.csv", "~$a.xlsx", ".hidden.csv", ".git/b.csv", "README.csv", "readme.xlsx", "corrections.csv",
          "companies.csv", "targets.csv", "truth.json", "vemas.toml")  # fmt: skip
    assert names(tmp_path) == ["a.csv"]


def test_results_of_earlier_runs_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "a.csv", "out/inquiries.csv", "out/sub/b.csv", "inquiries.csv")
    write(tmp_path, "out/manifest.json", content="{}")
    write(tmp_path, "manifest.json", content=json.dumps({"outputs": [{"path": "inquiries.csv", "sha256": "0"}]}))
    assert names(tmp_path) == ["a.csv"]


def test_ignore_patterns(tmp_path: Path) -> None:
    write(tmp_path, "a.csv", "trade.csv", "alt/b.csv")
    assert names(tmp_path, settings=Settings(ignore=("TRADE.csv", "alt/*"))) == ["a.csv"]


def test_single_files_may_have_any_name(tmp_path: Path) -> None:
    write(tmp_path, "liste.txt")
    assert names(tmp_path / "liste.txt") == ["liste.txt"]


def test_one_file_once_and_equal_names_apart(tmp_path: Path) -> None:
    write(tmp_path, "x/a.csv", "y/a.csv")
    assert names(tmp_path / "x", tmp_path / "x" / "a.csv") == ["a.csv"]
    assert names(tmp_path / "x", tmp_path / "y") == ["x/a.csv", "y/a.csv"]
    assert names(tmp_path / "y", tmp_path / "x") == ["x/a.csv", "y/a.csv"]


def test_hash_and_size(tmp_path: Path) -> None:
    write(tmp_path, "a.csv", content="abc")
    (file,) = discover_files([tmp_path], Settings()).files
    assert file.size == 3
    assert file.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_missing_source_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="gibt_es_nicht"):
        discover_files([tmp_path / "gibt_es_nicht"], Settings())


def test_config(tmp_path: Path) -> None:
    write(tmp_path, "a/vemas.toml", "b/a.csv", content="")
    assert find_config([tmp_path]) == tmp_path / "a" / "vemas.toml"
    assert find_config([tmp_path / "b"]) is None
    assert find_config([tmp_path, tmp_path / "a"]) == tmp_path / "a" / "vemas.toml"
    write(tmp_path, "b/vemas.toml", content="")
    with pytest.raises(InputError, match=r"more than one vemas\.toml"):
        find_config([tmp_path])


def test_a_list_named_alone_keeps_the_settings_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "vemas.toml").write_text("[organisation]\nsynthetic = true\n", encoding="utf-8")
    (tmp_path / "a.csv").write_text("x;y\n1;2\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("x;y\n1;2\n", encoding="utf-8")
    assert find_config([tmp_path / "a.csv", tmp_path / "b.csv"]) == tmp_path / "vemas.toml"
    assert find_config([tmp_path / "a.csv", tmp_path]) == tmp_path / "vemas.toml"
