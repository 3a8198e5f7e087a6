import doctest
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vemas_analytics.reference.company_names import read_company_name
from vemas_analytics.reference.company_rules import read_company_rules
from vemas_analytics.reference.romanised_names import may_spell, reads_as, share_reading, skeleton, sound
from vemas_analytics.reference.transliteration import romanise

CYRILLIC = st.text("абвгдежзийклмнопрстуфхцчшщыэюя", min_size=3, max_size=12)
SCHEMES = ("duden", "bgn", "iso9", "gost_b", "icao")


@pytest.mark.parametrize("module", ["company_names", "romanised_names"])
def test_examples_hold(module: str) -> None:
    assert doctest.testmod(import_module(f"vemas_analytics.reference.{module}")).failed == 0


@pytest.mark.parametrize(
    ("text", "side", "core", "form"),
    [
        ("„Müller & Söhne“ G.m.b.H.", "saxon", "mueller & soehne", "GMBH"),
        ("Mustermann Antriebe GmbH & Co. KG", "saxon", "mustermann antriebe", "GMBH_CO_KG"),
        ("SE Spezial-Electronic GmbH", "saxon", "se spezial electronic", "GMBH"),
        ("Probe Aktiengesellschaft", "saxon", "probe", "AG"),
        ("X UG (haftungsbeschränkt)", "saxon", "x", "UG"),
        ("Café Léon OHG", "saxon", "cafe leon", "OHG"),
        ("AG", "saxon", "ag", ""),
        ("Ing.-Büro Müller", "saxon", "ing buero mueller", ""),
        ('O.A.O. NPO "Avtomatika"', "russian", "npo avtomatika", "OAO"),
        ("Научно-производственное объединение «Заря», ЗАО", "russian", "нпо заря", "ZAO"),
        ("ООО «Siemens»", "russian", "siemens", "OOO"),
        ("АO Вымысел", "russian", "вымысел", "AO"),
        ("LLC Primer Ltd.", "russian", "primer", "LTD+OOO"),
        ("Ёлка", "russian", "елка", ""),
    ],
)
def test_a_name_is_taken_apart(text: str, side: str, core: str, form: str) -> None:
    name = read_company_name(text, side)  # type: ignore[arg-type]
    assert (name.core, name.form) == (core, form)


@given(CYRILLIC, st.sampled_from(SCHEMES))
def test_every_standard_spelling_is_recognised(name: str, scheme: str) -> None:
    latin = romanise(name, scheme).replace("ʹ", "").replace("ʺ", "")  # type: ignore[arg-type]
    assert may_spell(latin, name)
    assert skeleton(latin) == skeleton(name)


@given(CYRILLIC, st.sampled_from(SCHEMES), st.sampled_from(SCHEMES))
def test_two_standard_spellings_share_a_reading(name: str, first: str, second: str) -> None:
    one, other = (romanise(name, scheme) for scheme in (first, second))  # type: ignore[arg-type]
    if reads_as(one, name) and reads_as(other, name):
        assert share_reading((one, other))
        assert skeleton(one) == skeleton(other)


def test_russian_pairs_that_german_letters_confuse_stay_apart_in_cyrillic() -> None:
    assert sound("роза") != sound("роса")
    assert sound("жатва") != sound("шатва")
    assert share_reading(("rosa", "roza"))
    assert not share_reading(("rossa", "roza"))


def test_every_rule_is_worded_in_both_languages() -> None:
    rules = read_company_rules()
    assert {"case", "writing", "legal_form", "transliteration", "decision", "similar"} <= rules.keys()
    assert all(text["de"] and text["en"] for text in rules.values())
