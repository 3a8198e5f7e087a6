"""The process that marks workbooks, seen from the program: started when needed, ended when it breaks a limit."""

import json
import pickle
import subprocess
import sys
import threading
from typing import Self

from vemas_analytics.marked.job import Done, Job
from vemas_analytics.model.settings import Limits


class MarkingProcess:
    """Marks one workbook after the other in a child process with a limit on memory and time.

    Parameters
    ----------
    limits : Limits
        ``memory_mib`` caps the child's address space (not on Windows), ``seconds`` the time for one workbook.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def mark(self, job: Job) -> Done:
        """Return what became of a job; a crash or a limit is an answer too, never an error."""
        process = self._running()
        late = threading.Event()
        timer = threading.Timer(self._limits.seconds, _end_late, (process, late))
        timer.daemon = True
        timer.start()
        try:
            requests, answers = process.stdin, process.stdout
            if requests is None or answers is None:
                return Done("crashed")
            pickle.dump(job, requests, protocol=pickle.HIGHEST_PROTOCOL)
            requests.flush()
            answer = json.loads(answers.readline())
            done = Done(str(answer["failure"]), bool(answer["macros"]))
            if done.failure == "too_large":
                self._stop()
            return done
        except (OSError, ValueError, KeyError, TypeError):
            self._stop()
            return Done("too_slow" if late.is_set() else "crashed")
        finally:
            timer.cancel()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._stop()
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-B", "-m", "vemas_analytics.marked.child", str(self._limits.memory_mib)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        return self._process

    def _stop(self) -> None:
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


def _end_late(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()
