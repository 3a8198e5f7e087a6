"""What an organisation states for its annual reviews."""

import datetime as dt

import pytest

from vemas_analytics.config import read_settings
from vemas_analytics.errors import ConfigError
from vemas_analytics.model.settings import AnnualStatement, Deviation, Expenditure


def read(tmp_path, text):
    path = tmp_path / "vemas.toml"
    path.write_text(text, "utf-8")
    return read_settings(path)


def test_everything_is_read(tmp_path):
    (tmp_path / "alt.json").write_text("{}", "utf-8")
    settings = read(
        tmp_path,
        """
[organisation]
purpose = "Anbahnung"
[[annual]]
year = 2022
released_on = 2023-05-04
earlier_report = "alt.json"
[[expenditure]]
year = 2022
kind = "programme"
amount_eur = 1200
[[deviations]]
measure = "trips"
year = 2022
region = "RU-SVE"
reason = "abgesagt"
""",
    )
    assert settings.organisation.purpose == "Anbahnung"
    assert settings.annual == (AnnualStatement(2022, released_on=dt.date(2023, 5, 4), earlier_report="alt.json"),)
    assert settings.expenditure == (Expenditure(2022, "programme", 1200.0),)
    assert settings.deviations == (Deviation("trips", 2022, "abgesagt", region="RU-SVE"),)
    # An earlier report is no source.
    assert "alt.json" in settings.ignore


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[annual]]\nyear = 2022\n[[annual]]\nyear = 2022\n", "2022 is there twice"),
        ('[[annual]]\nyear = 2022\nearlier_report = "fehlt.json"\n', "no such file: fehlt.json"),
        ('[[expenditure]]\nyear = 2022\nkind = "program"\namount_eur = 1\n', "programme"),
        ('[[expenditure]]\nyear = 2022\nkind = "programme"\namount_eur = -1\n', "out of range"),
        ('[[deviations]]\nyear = 2022\nmeasure = "trips"\nregion = "RU-SVA"\nreason = "x"\n', "'RU-S"),
        ("[[annual]]\nyear = 2022\nrelease = 2023-01-01\n", "unknown key"),
    ],
)
def test_contradictions_are_refused(tmp_path, text, words):
    with pytest.raises(ConfigError, match=words):
        read(tmp_path, text)
