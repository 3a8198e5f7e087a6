"""The command as a user starts it: in a pipe, or on a terminal with answers typed ahead."""

import os
import subprocess
import sys
from pathlib import Path


def vemas(*arguments: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command in a pipe."""
    return subprocess.run(
        [sys.executable, "-m", "vemas_analytics", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        input=stdin,
        check=False,
    )


def vemas_on_terminal(*arguments: str | Path, answers: str = "") -> tuple[int, str]:
    """Run the command on a terminal of its own; return exit code and all that it showed."""
    import pty

    here, there = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "vemas_analytics", *map(str, arguments)], stdin=there, stdout=there, stderr=there
    ) as process:
        os.close(there)
        os.write(here, answers.encode())
        shown = b""
        try:
            while portion := os.read(here, 4096):
                shown += portion
        except OSError:  # the terminal is gone with the process
            pass
        os.close(here)
        code = process.wait(60)
    return code, shown.decode("utf-8", "replace").replace("\r\n", "\n")
