"""Outside tools for tests, and counts of fuzzed inputs.

This file's presence also puts the folder on the import path: tests share `browser`, `factories` and `fuzzed`.
"""

import os
import shutil
from collections.abc import Callable
from typing import Any

import pytest

import fuzzed

_SKIPPED_FOR_TOOL = "tool not installed: "


@pytest.fixture(scope="session")
def find_tool() -> Callable[[str], str]:
    """Return a function that gives a program's path; without it the test is skipped.

    With ``VEMAS_REQUIRE_TOOLS=1`` (a machine that should have everything) it fails instead.
    """

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is not None:
            return path
        if os.environ.get("VEMAS_REQUIRE_TOOLS") == "1":
            pytest.fail(f"VEMAS_REQUIRE_TOOLS=1, but {name} is not installed")
        pytest.skip(f"{_SKIPPED_FOR_TOOL}{name}")

    return find


@pytest.fixture
def require_tool(find_tool: Callable[[str], str]) -> Callable[[str], str]:
    """Return what `find_tool` gives, for a single test."""
    return find_tool


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how much was not checked for want of a program."""
    skipped = [
        report
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple) and _SKIPPED_FOR_TOOL in str(report.longrepr[2])
    ]
    if skipped:
        terminalreporter.write_line(f"{len(skipped)} tests skipped because an outside program is not installed")
    if fuzzed.INPUTS:
        counts = ", ".join(f"{target} {number:,}" for target, number in sorted(fuzzed.INPUTS.items()))
        terminalreporter.write_line(f"fuzzed inputs: {counts}; {fuzzed.INPUTS.total():,} in all")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand the counts of a worker process over to the process that prints them."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["fuzzed"] = dict(fuzzed.INPUTS)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Add up what a worker process counted."""
    fuzzed.INPUTS.update(getattr(node, "workeroutput", {}).get("fuzzed", {}))
