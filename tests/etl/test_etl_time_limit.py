"""Work that never ends is ended; work that ends leaves no alarm behind."""

import signal
from contextlib import suppress
from itertools import repeat

import pytest

from vemas_analytics.etl.reading.sandbox import UnreadableFileError
from vemas_analytics.etl.reading.time_limit import time_limit

needs_timer = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timer on this system")


def endless() -> None:
    for _ in repeat(None):
        pass


@needs_timer
def test_endless_work_is_ended() -> None:
    with time_limit(0.05), pytest.raises(UnreadableFileError) as caught:
        endless()
    assert caught.value.reason == "too_slow"


@needs_timer
def test_an_alarm_that_was_lost_rings_again() -> None:
    with time_limit(0.02):
        with suppress(UnreadableFileError):
            endless()
        with pytest.raises(UnreadableFileError):
            endless()


def test_work_that_ends_leaves_no_alarm() -> None:
    with time_limit(0.05):
        pass
    assert sum(range(3_000_000)) > 0
