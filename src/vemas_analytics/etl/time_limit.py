"""A limit on the time that looking for lists in one file may take."""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from vemas_analytics.etl.sandbox import UnreadableFileError


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """End the work inside after ``seconds``, where the system can ring the main thread (not on Windows).

    Child processes have their own limit everywhere; this one guards what this process does with their answer.

    Raises
    ------
    UnreadableFileError
        With reason ``too_slow``.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    start = time.monotonic()
    earlier = signal.signal(signal.SIGALRM, _ring)
    left, _ = signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.001))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, earlier if earlier is not None else signal.SIG_DFL)
        if left:
            signal.setitimer(signal.ITIMER_REAL, max(left - (time.monotonic() - start), 0.001))


def _ring(number: int, frame: FrameType | None) -> None:
    raise UnreadableFileError("too_slow")
