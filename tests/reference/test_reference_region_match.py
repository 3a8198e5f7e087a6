"""The region matcher: a table of texts, systematic spellings, and what must never happen."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vemas_analytics.reference.region_match import RegionMatch, match_region, region_match_json
from vemas_analytics.reference.region_table import read_regions, read_rows
from vemas_analytics.reference.transliteration import SCHEMES, romanise

TEXTS = list(csv.DictReader((Path(__file__).parent / "region_texts.csv").read_text("utf-8").splitlines(keepends=True)))
UNRESOLVED = {"ambiguous", "out_of_scope", "unknown"}
CONFUSABLE = [
    ("Omsk", "Tomsk"),
    ("Sacha", "Sachalin"),
    ("Kursk", "Kurgan"),
    ("Kursk", "Irkutsk"),
    ("Orjol", "Orenburg"),
    ("Pensa", "Perm"),
    ("Wologda", "Wolgograd"),
    ("Wladimir", "Wladiwostok"),
    ("Tula", "Tuwa"),
    ("Tula", "Twer"),
    ("Rjasan", "Kasan"),
    ("Amur", "Samara"),
    ("Komi", "Perm"),
    ("Saratow", "Sarapul"),
    ("Saratow", "Saransk"),
    ("Nischni Nowgorod", "Weliki Nowgorod"),
    ("Nischni Nowgorod", "Nischni Tagil"),
    ("Nischnekamsk", "Nischnewartowsk"),
    ("Barnaul", "Gorno-Altaisk"),
    ("Moskau", "Gebiet Moskau"),
    ("St. Petersburg", "Gebiet Leningrad"),
    ("Republik Altai", "Altai Krai"),
    ("Nenzen", "Jamal-Nenzen"),
    ("Krasnodar", "Krasnojarsk"),
    ("Tscherkessk", "Tscherepowez"),
]


@pytest.mark.parametrize("row", TEXTS, ids=[row["text"] for row in TEXTS])
def test_texts(row: dict[str, str]) -> None:
    match = match_region(row["text"])
    assert "|".join(match.codes) == row["codes"]
    if row["status"]:
        assert match.status == row["status"]
    assert match.country == row["country"]


def test_the_table_of_texts_is_large_and_varied() -> None:
    assert len(TEXTS) >= 300
    assert {code for row in TEXTS for code in row["codes"].split("|")} >= set(read_regions().codes)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_standard_transcription_of_every_subject_and_town_is_found(scheme: str) -> None:
    texts = [(region.names["ru"], code) for code, region in read_regions().regions.items()]
    texts += [(row["city_ru"], row["code"]) for row in read_rows("cities.csv") if row["size"]]
    lost = []
    for russian, code in texts:
        match = match_region(romanise(russian, scheme))
        if match.code != code:
            lost.append((russian, code, match.codes))
            assert not match.codes, "another region is worse than none"
    assert len(lost) <= 10, lost
    assert len(lost) == sum(match_region(russian).code is None for russian, _ in texts), lost


@pytest.mark.parametrize(("one", "other"), CONFUSABLE)
def test_confusable_names_are_kept_apart(one: str, other: str) -> None:
    first, second = match_region(one), match_region(other)
    assert first.code
    assert second.code
    assert first.code != second.code
    assert match_region(f"{one} / {other}").codes == (first.code, second.code)


def test_a_typing_error_never_leads_to_another_partner_region() -> None:
    table = read_regions()
    for code in table.partners:
        for language in ("de", "en", "ru"):
            name = table.name(code, language)
            for at in range(1, len(name) - 1):
                for text in (name[:at] + name[at + 1 :], name[:at] + name[at + 1] + name[at] + name[at + 2 :]):
                    assert set(match_region(text).codes) <= {code}, text


def test_parts_of_a_mixed_cell_are_reported() -> None:
    match = match_region("Tatarstan / Minsk / Wolkenkuckucksheim / Kaluga")
    assert match.status == "several"
    assert match.code is None
    assert match.codes == ("RU-TA", "RU-KLU")
    assert [(part.text, part.status, part.country) for part in match.unresolved] == [
        ("Minsk", "out_of_scope", "BY"),
        ("Wolkenkuckucksheim", "unknown", ""),
    ]


def test_the_same_region_twice_is_one() -> None:
    match = match_region("Jekaterinburg, Gebiet Swerdlowsk")
    assert (match.code, match.status) == ("RU-SVE", "exact")


def test_unknown_text_offers_the_nearest_names() -> None:
    match = match_region("Kaluganow")
    assert match.code is None
    assert "RU-KLU" in [code for code, _, _ in match.candidates]


@pytest.mark.parametrize(
    ("text", "country"),
    [("Minsk", "Belarus"), ("Krim", "Ukraine"), ("Sewastopol", "Ukraine"), ("Zwickau", "Deutschland")],
)
def test_places_abroad_carry_their_country(text: str, country: str) -> None:
    match = match_region(text)
    assert match.status == "out_of_scope"
    assert match.country_name == country


def test_own_aliases_go_first() -> None:
    own = {"Nowgorod": "RU-NIZ", "Ural": "Gebiet Swerdlowsk", "HQ": "ru-ta"}
    assert match_region("Nowgorod", own).code == "RU-NIZ"
    assert match_region("  nowgorod ", own).status == "alias"
    assert match_region("Ural", own).code == "RU-SVE"
    assert match_region("HQ / Kaluga", own).codes == ("RU-TA", "RU-KLU")
    assert match_region("Nowgorod").status == "ambiguous"
    assert own == {"Nowgorod": "RU-NIZ", "Ural": "Gebiet Swerdlowsk", "HQ": "ru-ta"}


def test_json_has_the_contract_shape() -> None:
    assert region_match_json(match_region("Swerdlowsk / Tatarstan")) == {
        "text": "Swerdlowsk / Tatarstan",
        "code": None,
        "status": "several",
        "candidates": [
            {"code": "RU-SVE", "name": "Gebiet Swerdlowsk", "score": 1.0},
            {"code": "RU-TA", "name": "Republik Tatarstan", "score": 1.0},
        ],
    }
    assert region_match_json(match_region("Минск"))["candidates"] == []


def _check(match: RegionMatch, text: str) -> None:
    table = read_regions()
    assert match.text == text
    for code in match.codes:
        assert code in table or code == "RU"
    assert all(0 <= score <= 1 for _, _, score in match.candidates)
    assert (match.status in UNRESOLVED) == (not match.codes)
    assert (match.status == "several") == (len(match.codes) > 1)
    assert bool(match.country) == (match.status == "out_of_scope")


@given(st.text(max_size=60))
def test_any_text_gives_a_well_formed_answer(text: str) -> None:
    _check(match_region(text), text)


WORDS = [
    "Moskau",
    "Gebiet",
    "und",
    "Altai",
    ",",
    "/",
    "(",
    ")",
    "Republik",
    "Minsk",
    "u.a.",
    "Казань",
    "Herr",
    "-",
    "\n",
]


@given(st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join))
def test_any_combination_of_parts_gives_a_well_formed_answer(text: str) -> None:
    _check(match_region(text), text)


@pytest.mark.parametrize("text", ["", " ", "\n", "()", "///", "u. a.", "и др.", ";;", "1)", "*", "г.", "x" * 5000])
def test_empty_and_odd_cells_are_unknown(text: str) -> None:
    assert match_region(text).status == "unknown"
