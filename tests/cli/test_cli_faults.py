"""A fault of the program itself is one line too, and says nothing of what was being read."""

import pytest
import typer

from vemas_analytics.cli import app, main
from vemas_analytics.cli.program import TRACEBACK


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(TRACEBACK, raising=False)

    def broken() -> None:
        raise KeyError("Mustermann, Eva")

    monkeypatch.setattr(app, "registered_commands", [*app.registered_commands, typer.models.CommandInfo("broken")])
    app.registered_commands[-1].callback = broken


def test_it_is_one_line_without_the_value(faulty: None, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["broken"])
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert said.count("\n") == 1
    assert "KeyError in test_cli_faults.py, line" in said
    assert "Mustermann" not in said


def test_who_looks_for_it_is_shown_all(faulty: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TRACEBACK, "1")
    with pytest.raises(KeyError):
        main(["broken"])
