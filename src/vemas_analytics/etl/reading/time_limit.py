"""A limit on the time that looking for lists in one file may take."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from vemas_analytics.etl.reading.sandbox import UnreadableFileError

_AGAIN = 0.05


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """End the work inside after ``seconds`` of computing, where the system can say so (not on Windows).

    Computing time, not the clock's: a busy machine refuses no list. Child processes have a limit by the clock
    everywhere; this one guards what this process does with their answer.

    Raises
    ------
    UnreadableFileError
        With reason ``too_slow``.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    earlier = signal.signal(signal.SIGVTALRM, _ring)
    # It rings again: an exception raised inside a callback of the garbage collector is lost.
    signal.setitimer(signal.ITIMER_VIRTUAL, max(seconds, 0.001), _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, earlier if earlier is not None else signal.SIG_DFL)


def _ring(number: int, frame: FrameType | None) -> None:
    raise UnreadableFileError("too_slow")
