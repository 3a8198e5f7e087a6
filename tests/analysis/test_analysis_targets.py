import pytest

from factories import ask, kept, make_settings, make_tables, rows_of
from vemas_analytics.analysis.targets import find_targets
from vemas_analytics.errors import ConfigError
from vemas_analytics.model.settings import Target


def test_attainment_of_the_year():
    targets = (
        Target("inquiries", 2019, 4, source="Bescheid vom 01.02.2019"),
        Target("inquiries", 2019, 2, region="RU-PER"),
        Target("offers", 2019, 2),
        Target("inquiries", 2018, 4),
    )
    settings = make_settings(coverage={"inquiries": kept("2015-01-01", "2023-01-01")}, targets=targets)
    tables = make_tables(inquiries=[{"received_on": "2019-05-05"}] * 3)
    found = ask(find_targets, tables, settings, 2019)
    assert len(found) == 3
    total = found["targets", "inquiries", "ALL", "2019"]
    assert total.estimate.value == pytest.approx(0.75)
    assert rows_of(total)[0]["source"] == "Bescheid vom 01.02.2019"
    assert len(total.sources[0].rows) == 3
    assert found["targets", "inquiries", "RU-PER", "2019"].estimate.value == 0
    assert found["targets", "offers", "ALL", "2019"].estimate is None


def test_unknown_measure_is_refused_with_the_list():
    settings = make_settings(targets=(Target("inquirys", 2019, 4),))
    with pytest.raises(ConfigError, match="inquiries, inquiry_value_eur"):
        ask(find_targets, make_tables(), settings, 2019)
