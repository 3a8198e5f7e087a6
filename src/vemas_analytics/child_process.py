"""A process at arm's length, seen from the program: started when needed, ended when it takes too long."""

import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO


@dataclass(frozen=True, slots=True)
class Conversation:
    """Where requests go in and answers come out; ``late`` tells a process that was ended from one that crashed."""

    requests: IO[bytes]
    answers: IO[bytes]
    late: threading.Event


class ChildProcess:
    """One reused Python process that answers requests through pipes.

    Parameters
    ----------
    arguments : sequence of str
        For the interpreter: a script, or ``-m`` and a module, and what it is to be told.
    """

    def __init__(self, arguments: Sequence[str]) -> None:
        self._arguments = tuple(arguments)
        self._process: subprocess.Popen[bytes] | None = None

    @contextmanager
    def conversation(self, seconds: float) -> Iterator[Conversation]:
        """Start the process where none runs, and kill it when the body takes longer.

        Raises
        ------
        OSError
            When no process can be started.
        """
        process = self._running()
        requests, answers = process.stdin, process.stdout
        if requests is None or answers is None:
            message = "a child process without pipes"
            raise OSError(message)
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            yield Conversation(requests, answers, late)
        finally:
            timer.cancel()

    def stop(self) -> None:
        """End the process, if any; the next request starts another."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:  # what was still buffered for a process that is gone
                    continue
        process.wait()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.stop()
            # -P keeps the folder of a script off its module path, where a file may be named like a standard module
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-B", *self._arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        return self._process
