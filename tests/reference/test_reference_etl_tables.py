import csv
import datetime as dt
from importlib.resources import files

import pytest

from vemas_analytics.model.tables import CATEGORIES
from vemas_analytics.reference.column_labels import column_label
from vemas_analytics.reference.exchange_rates import read_exchange_rates
from vemas_analytics.reference.organisers import read_organisers
from vemas_analytics.reference.words import fold, read_words, word_of

CODED = {
    **{field: codes for field, codes in CATEGORIES.items() if field not in {"organiser_group", "bound", "side"}},
    "side": (*CATEGORIES["side"], "german"),
}


@pytest.mark.parametrize("field", sorted(CODED))
def test_words_give_codes_of_the_closed_list_only(field: str) -> None:
    codes = set(read_words()[field].exact.values())
    assert codes == set(CODED[field])
    for code in codes:
        assert word_of(field, code, "de") != ""


def test_no_word_of_a_field_has_two_codes() -> None:
    text = (files("vemas_analytics.reference") / "words.csv").read_text("utf-8")
    seen: dict[tuple[str, str], str] = {}
    twice = []
    for row in csv.DictReader(text.splitlines()):
        key = (row["field"], fold(row["text"]))
        if key[1] and seen.setdefault(key, row["code"]) != row["code"]:
            twice.append((*key, seen[key], row["code"]))
    assert twice == []


def test_words_are_found_whole_at_the_start_and_inside() -> None:
    status = read_words()["offers.status"]
    assert status.code("In Verhandlung!") == "negotiation"
    assert status.code("nicht beauftragt") == "lost"
    assert status.code_at_start("Auftrag erteilt am 12.03.") == "won"
    assert status.code("Auftraggeber") is None
    kind = read_words()["trips.kind"]
    assert kind.code_within("Unternehmerreise zur Messe Metalloobrabotka") == "business_trip"
    assert kind.code_within("Gemeinschaftsstand auf der Metalloobrabotka") == "trade_fair"
    assert kind.code_within("Messegerät") is None


def test_rates_hold_within_their_dates() -> None:
    rates = read_exchange_rates()
    assert rates.in_eur(100.0, "EUR", dt.date(1999, 1, 1)) == 100.0
    assert rates.in_eur(87.1527, "RUB", dt.date(2021, 6, 1)) == pytest.approx(1.0)
    assert rates.in_eur(88.3971, "RUB", dt.date(2022, 3, 1)) == pytest.approx(1.0)
    assert rates.in_eur(88.3971, "RUB", dt.date(2022, 3, 2)) is None
    assert rates.in_eur(1.0, "RUB", dt.date(1999, 1, 1)) is None
    assert rates.in_eur(1.0, "XXX", dt.date(2020, 1, 1)) is None


def test_groups_of_organisers() -> None:
    known = read_organisers(("Musternetz",))
    assert known.group("IHK Dresden; WFS") == "own"
    assert known.group("VEMASinnovativ") == "own"
    assert known.group("Musternetz e. V.") == "own"
    assert known.group("IHK zu Leipzig") == "partner"
    assert known.group("Marketing-Club Leipzig") == "other"


def test_labels_of_columns() -> None:
    assert column_label("inquiries", "russian_company", "de") == "Russisches Unternehmen"
    assert column_label("inquiries", "russian_company", "en") == "russian company"
