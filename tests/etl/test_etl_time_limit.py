"""Work that never ends is ended; work that ends leaves no alarm behind."""

import signal
from time import process_time
from types import FunctionType

import pytest

from vemas_analytics.etl.reading.sandbox import UnreadableFileError
from vemas_analytics.etl.reading.time_limit import time_limit

needs_timer = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timer on this system")


def spin(until: float) -> None:
    while process_time() < until:
        pass


# The same code, once as the package's own: only that is interrupted.
own_spin = FunctionType(spin.__code__, {"__name__": "vemas_analytics.etl.spin", "process_time": process_time})


@needs_timer
def test_work_without_end_is_ended() -> None:
    with time_limit(0.05), pytest.raises(UnreadableFileError) as caught:
        own_spin(process_time() + 20)
    assert caught.value.reason == "too_slow"


@needs_timer
def test_other_code_is_left_to_finish_and_ours_is_ended_after_it() -> None:
    with time_limit(0.02):
        spin(process_time() + 0.1)
        with pytest.raises(UnreadableFileError):
            own_spin(process_time() + 20)


def test_work_that_ends_leaves_no_alarm() -> None:
    with time_limit(0.05):
        pass
    assert sum(range(3_000_000)) > 0
