"""The process that marks workbooks, seen from the program: whatever a workbook does to it is an answer."""

import json
import pickle
from typing import Self

from vemas_analytics.child_process import ChildProcess
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
        self._seconds = limits.seconds
        self._child = ChildProcess(("-m", "vemas_analytics.marked.child", str(limits.memory_mib)))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._child.stop()

    def mark(self, job: Job) -> Done:
        """Return what became of a job; a crash or a limit is an answer too, never an error."""
        request = pickle.dumps(job, protocol=pickle.HIGHEST_PROTOCOL)
        with self._child.conversation(self._seconds) as talk:
            try:
                talk.requests.write(request)
                talk.requests.flush()
                answer = json.loads(talk.answers.readline())
                done = Done(str(answer["failure"]), bool(answer["macros"]))
            except (OSError, ValueError, KeyError, TypeError):
                done = Done("too_slow" if talk.late.is_set() else "crashed")
        if done.failure in {"too_large", "too_slow", "crashed"}:
            self._child.stop()
        return done
