"""A limit on the time that looking for lists in one file, and cleaning them, may take."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from vemas_analytics.etl.reading.sandbox import UnreadableFileError
from vemas_analytics.model.settings import Limits
from vemas_analytics.model.sheets import ReadFile

_AGAIN = 0.01
_OURS = "vemas_analytics."


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
    signal.setitimer(signal.ITIMER_VIRTUAL, max(seconds, 0.001), _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, earlier if earlier is not None else signal.SIG_DFL)


def seconds_to_clean(read: ReadFile, limits: Limits) -> float:
    """Return what is left of the time that a file may take, after reading it."""
    whole = limits.seconds_for_text(read.source.size) if read.format == "csv" else limits.seconds
    return whole - read.seconds


def _ring(number: int, frame: FrameType | None) -> None:
    # Only our own code is interrupted: other code may hold a lock, or lose the exception. The alarm rings again.
    if frame is not None and str(frame.f_globals.get("__name__")).startswith(_OURS):
        raise UnreadableFileError("too_slow")
