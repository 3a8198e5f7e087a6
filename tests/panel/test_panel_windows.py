import datetime as dt
from types import MappingProxyType

from vemas_analytics.model.settings import Phase, Settings, Stop
from vemas_analytics.panel import build_windows

D = dt.date
STOP = D(2022, 2, 24)


def test_default_windows():
    windows = build_windows(Settings())
    assert windows["all_before"].periods == ((None, STOP),)
    assert windows["phase_II"].periods == ((D(2014, 8, 1), D(2020, 3, 1)),)
    assert windows["months_24"].periods == ((D(2020, 2, 24), STOP),)
    assert windows["y2015_2019"].periods == ((D(2015, 1, 1), D(2020, 1, 1)),)
    assert windows["without_covid"].periods == ((None, D(2020, 3, 1)), (D(2021, 6, 1), STOP))
    assert windows["after"].periods == ((STOP, None),)


def test_reference_phase_is_the_one_before_the_phase_that_ends_at_the_stop():
    label = MappingProxyType({"de": "x", "en": "x"})
    phases = (
        Phase("early", label, None, D(2016, 1, 1)),
        Phase("middle", label, D(2016, 1, 1), D(2020, 3, 1)),
        Phase("late", label, D(2020, 3, 1), STOP),
        Phase("stopped", label, STOP, None),
    )
    assert build_windows(Settings(phases=phases))["phase_II"].periods == ((D(2016, 1, 1), D(2020, 3, 1)),)
    two = (Phase("before", label, None, STOP), Phase("after", label, STOP, None))
    assert build_windows(Settings(phases=two))["phase_II"].periods == ((None, STOP),)


def test_a_stop_with_an_end_and_a_stop_inside_the_covid_band():
    stop = Stop(effective_from=D(2021, 1, 1), until=D(2023, 1, 1))
    windows = build_windows(Settings(stop=stop))
    assert windows["after"].periods == ((D(2021, 1, 1), D(2023, 1, 1)),)
    assert windows["without_covid"].periods == ((None, D(2020, 3, 1)),)
