"""The region table against ISO 3166-2 and the tile grid."""

import pycountry
import pytest

from vemas_analytics.errors import OptionError
from vemas_analytics.reference.regions import country_name, match_region, read_federal_districts, read_regions

PARTNERS = ("RU-SVE", "RU-TA", "RU-SPE", "RU-KLU", "RU-NIZ")
KINDS_OF_ISO = {
    "Administrative region": {"oblast"},
    "Administrative territory": {"krai"},
    "Republic": {"republic"},
    "Autonomous city": {"federal_city"},
    "Autonomous district": {"okrug"},
    "Autonomous region": {"autonomous_oblast"},
}


def test_the_subjects_are_those_of_iso_3166_2() -> None:
    iso = {one.code: one.type for one in pycountry.subdivisions.get(country_code="RU")}
    table = read_regions()
    assert set(table.codes) == set(iso)
    assert len(table.codes) == 83
    for code, kind in iso.items():
        assert table[code].kind in KINDS_OF_ISO[kind], code


def test_no_occupied_territory_is_a_subject() -> None:
    names = " ".join(name for region in read_regions().regions.values() for name in region.names.values())
    for word in ("Krim", "Crimea", "Крым", "Sewastopol", "Севастополь", "Donezk", "Lugansk"):
        assert word not in names


@pytest.mark.parametrize("language", ["de", "en", "ru"])
def test_names_are_complete_distinct_and_found_by_the_matcher(language: str) -> None:
    table = read_regions()
    assert len({table.name(code, language) for code in table.codes}) == 83
    assert len({table.short(code, language) for code in table.codes}) == 83
    for code in table.codes:
        for text in (table.name(code, language), table.short(code, language)):
            match = match_region(text)
            assert (match.code, match.status) == (code, "exact"), text


def test_every_name_of_iso_is_found() -> None:
    for one in pycountry.subdivisions.get(country_code="RU"):
        assert match_region(one.name).code == one.code, one.name
        assert match_region(one.code).code == one.code


def test_german_names_are_written_as_reports_write_them() -> None:
    table = read_regions()
    assert [table.name(code) for code in PARTNERS] == [
        "Gebiet Swerdlowsk",
        "Republik Tatarstan",
        "St. Petersburg",
        "Gebiet Kaluga",
        "Gebiet Nischni Nowgorod",
    ]
    assert table.short("RU-SVE") == "Swerdlowsk"
    assert table.short("RU-SPE", "en") == "St Petersburg"


def test_partners_keep_their_order() -> None:
    table = read_regions()
    assert table.partners == PARTNERS
    assert [code for code in table.codes if table[code].partner] == sorted(PARTNERS)


def test_tiles_do_not_overlap_and_cover_all_subjects() -> None:
    tiles = read_regions().tiles
    assert len(set(tiles.values())) == len(tiles) == 83
    assert tiles["RU-SVE"] == (5, 11)
    assert min(min(tile) for tile in tiles.values()) == 1


def test_federal_districts_and_capitals_are_filled() -> None:
    districts = read_federal_districts()
    assert len(districts) == 8
    for code, region in read_regions().regions.items():
        assert region.federal_district in districts
        assert match_region(region.capital["de"]).code == code or code in {"RU-LEN", "RU-MOS"}, code


def test_russia_and_the_total_have_names_and_strangers_are_refused() -> None:
    table = read_regions()
    assert table.name("RU") == "ohne Regionsangabe"
    assert table.short("ALL", "en") == "total"
    assert "RU" not in table
    with pytest.raises(OptionError, match="'RU-CR' is no region"):
        table.name("RU-CR")


def test_country_names_come_from_cldr() -> None:
    assert country_name("UA") == "Ukraine"
    assert country_name("BY", "en") == "Belarus"
    assert country_name("143") == "Zentralasien"
    assert country_name("XQ") == "XQ"
