import datetime as dt
from pathlib import Path

import pytest
from literal_lists import load, only, raw_list

from vemas_analytics.config import read_settings
from vemas_analytics.errors import ConfigError
from vemas_analytics.etl.reading.discover import discover_files
from vemas_analytics.model.settings import Settings
from vemas_analytics.reference.exchange_rates import rates_with

TABLE = "currency;valid_from;valid_to;units_per_eur;source\nRUB;01.03.2022;31.12.2022;80,0;Hausbank\n"
OFFERS = raw_list(
    "offers",
    "offer_id offered_on region saxon_company value",
    ("A1", "05.05.2022", "Kaluga", "Werk GmbH", "800.000,00 RUB"),
    ("A2", "05.05.2021", "Kaluga", "Werk GmbH", "871.527,00 RUB"),
)


def settings_with(folder: Path, table: str) -> Settings:
    (folder / "kurse.csv").write_text(table, "utf-8")
    (folder / "vemas.toml").write_text('[currency]\nrates_file = "kurse.csv"\n', "utf-8")
    return read_settings(folder / "vemas.toml")


def test_own_rates_go_before_the_published_ones_on_their_days_only(tmp_path: Path) -> None:
    settings = settings_with(tmp_path, TABLE)
    assert load(OFFERS).offers["value_eur"].isna().tolist() == [True, False]
    tables = load(OFFERS, settings=settings)
    assert tables.offers["value_eur"].tolist() == [10_000.0, 10_000.0]
    assert only(tables, "rate_own").params["n"] == "1"
    rates = rates_with(settings.exchange_rates)
    assert rates.is_own("RUB", dt.date(2022, 12, 31))
    assert not rates.is_own("RUB", dt.date(2023, 1, 1))


@pytest.mark.parametrize("name", ["kurse.csv", "./kurse.csv", "kurse [2022].csv", "Anlagen/kurse.csv"])
def test_the_table_of_rates_is_no_source_and_no_other_file_is_taken_for_it(tmp_path: Path, name: str) -> None:
    for path in (name, "kurse 2.csv", "Anlagen/Anfragen.csv"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(TABLE, "utf-8")
    (tmp_path / "vemas.toml").write_text(f'[currency]\nrates_file = "{name}"\n', "utf-8")
    settings = read_settings(tmp_path / "vemas.toml")
    assert [file.name for file in discover_files([tmp_path], settings).files] == ["Anlagen/Anfragen.csv", "kurse 2.csv"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("EUR;01.03.2022;31.12.2022;80", "no code of a foreign currency"),
        ("RUB;01.03.2022;31.02.2022;80", "is no day"),
        ("RUB;01.03.2022;31.01.2022;80", "lies before"),
        ("RUB;01.03.2022;31.12.2022;0", "is no rate"),
        ("RUB;01.03.2022;31.12.2022;80\nRUB;31.12.2022;31.12.2023;81", "two rates for RUB on 2022-12-31"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(tmp_path: Path, line: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        settings_with(tmp_path, f"currency;valid_from;valid_to;units_per_eur\n{line}\n")


def test_unknown_and_missing_columns_and_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="units_per_eur"):
        settings_with(tmp_path, "currency;valid_from;valid_to\nRUB;2022-03-01;2022-12-31\n")
    with pytest.raises(ConfigError, match="unknown column"):
        settings_with(tmp_path, "currency;valid_from;valid_to;units_per_euro\n")
    (tmp_path / "vemas.toml").write_text('[currency]\nrates_file = "fehlt.csv"\n', "utf-8")
    with pytest.raises(ConfigError, match=r"currency\.rates_file"):
        read_settings(tmp_path / "vemas.toml")


def test_a_currency_without_a_published_rate_needs_the_own_table(tmp_path: Path) -> None:
    raw = raw_list(
        "offers",
        "offer_id offered_on region saxon_company value",
        ("A1", "05.05.2022", "Kaluga", "Werk GmbH", "5.000 SEK"),
    )
    without = load(raw)
    assert (without.offers["value"].item(), without.offers["currency"].item()) == (5000, "SEK")
    assert without.offers["value_eur"].isna().all()
    assert only(without, "currency_unknown").value == "5.000 SEK"
    table = "currency,valid_from,valid_to,units_per_eur\nSEK,2022-01-01,2022-12-31,10\n"
    assert load(raw, settings=settings_with(tmp_path, table)).offers["value_eur"].tolist() == [500.0]
