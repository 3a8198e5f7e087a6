import hashlib
import hmac
import os
from pathlib import Path

import pytest

from vemas_analytics.errors import ConfigError
from vemas_analytics.etl.parse.persons import (
    KEY_VARIABLE,
    key_file_problem,
    normalise_name,
    person_keys,
    read_person_key,
)
from vemas_analytics.model.settings import Privacy, Settings


def with_key(folder: Path, text: str = "geheim", mode: int = 0o600) -> Settings:
    (folder / "schluessel.txt").write_text(text, "utf-8")
    (folder / "schluessel.txt").chmod(mode)
    return Settings(privacy=Privacy(key_file=Path("schluessel.txt")), base=folder)


def test_one_person_has_one_key_however_written() -> None:
    spelt = ["Dr. Eva Muster", "Muster, Eva", "EVA MUSTER", "Frau Prof. Dr.-Ing. Eva  Muster"]
    assert len({normalise_name(name) for name in spelt}) == 1


def test_the_key_is_a_keyed_hash_of_the_name() -> None:
    name = normalise_name("Muster, Eva")
    expected = hmac.new(b"geheim", name.encode(), hashlib.sha256).hexdigest()[:20]
    assert person_keys([name], b"geheim") == {name: expected}
    assert person_keys([name], b"anders")[name] != expected


def test_without_a_key_a_running_number_by_first_appearance() -> None:
    assert person_keys(["b", "a", "", "b"], None) == {"b": "P00001", "a": "P00002"}


def test_the_environment_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = with_key(tmp_path)
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    assert read_person_key(settings) == b"geheim"
    monkeypatch.setenv(KEY_VARIABLE, " aus der Umgebung ")
    assert read_person_key(settings) == b"aus der Umgebung"
    assert read_person_key(Settings()) == b"aus der Umgebung"


def test_an_empty_key_file_stops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    with pytest.raises(ConfigError, match="missing or empty"):
        read_person_key(with_key(tmp_path, " \n"))


@pytest.mark.skipif(os.name != "posix", reason="only POSIX systems tell by the mode who may read")
@pytest.mark.parametrize(("mode", "told"), [(0o600, False), (0o640, False), (0o644, True)])
def test_a_key_file_that_all_can_read_is_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int, told: bool
) -> None:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    problem = key_file_problem(with_key(tmp_path, mode=mode))
    assert (problem is not None) is told
    if problem is not None:
        assert (problem.code, problem.severity, problem.value) == ("person_key_readable", "note", "schluessel.txt")
    monkeypatch.setenv(KEY_VARIABLE, "gesetzt")
    assert key_file_problem(with_key(tmp_path, mode=0o644)) is None
