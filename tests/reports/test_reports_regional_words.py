"""Which regions page 1 names in its sentences, and when it names none."""

import pytest
from report_cases import make_context, make_panel, phases

from vemas_analytics.reports.compose.regional_words import where_after, where_documented, where_fallen

SVERDLOVSK = phases(region="RU-SVE", n=(30, 60, 12, 2))
TATARSTAN = phases(region="RU-TA", n=(34, 35, 4, 4))
KALUGA = phases(region="RU-KLU", n=(27, 18, 8, 0))
MOSCOW_OBLAST = phases(region="RU-MOS", n=(25, 6, 3, 1))


def said(rule, *findings, **fields):
    return {language: rule(make_context(*findings, language=language, **fields)) for language in ("de", "en")}


def test_the_steepest_falls_and_the_leader_of_the_last_phase_are_named():
    assert said(where_fallen, SVERDLOVSK, TATARSTAN, KALUGA, MOSCOW_OBLAST) == {
        "de": "Am stärksten sank von Phase I zu Phase III die Zahl der Anfragen aus Tatarstan (13,2 auf 2,0 je Jahr) "
        "und aus dem Gebiet Moskau (9,7 auf 1,5). Die meisten Anfragen in Phase III kamen aus Swerdlowsk "
        "(6,0 je Jahr).",
        "en": "Between phases I and III the steepest fall was in inquiries from Tatarstan (13.2 to 2.0 a year) and "
        "from Moscow Oblast (9.7 to 1.5). Most inquiries in phase III came from Sverdlovsk (6.0 a year).",
    }


def test_offers_go_to_a_region():
    panel = make_panel({"inquiries": "not_recorded"})
    offers = phases("offers", region="RU-MOS", n=(25, 6, 3, 1))
    assert said(where_fallen, offers, panel=panel)["de"] == (
        "Am stärksten sank von Phase I zu Phase III die Zahl der Angebote in das Gebiet Moskau (9,7 auf 1,5 je Jahr)."
    )


@pytest.mark.parametrize(
    "finding",
    [
        phases(region="RU-TA", n=(14, 35, 4, 4)),
        phases(region="RU-TA", n=(10, 35, 30, 4)),
    ],
    ids=["too few to name a fall", "no fall, so only the leader"],
)
def test_no_fall_is_named_without_one_or_with_few_records(finding):
    assert "sank" not in said(where_fallen, finding)["de"]


def test_a_shared_lead_names_nobody():
    pair = (phases(region="RU-TA", n=(5, 5, 6, 0)), phases(region="RU-SVE", n=(5, 5, 6, 0)))
    assert said(where_fallen, *pair)["de"] == ""


@pytest.mark.parametrize(
    ("findings", "de", "en"),
    [
        (
            (SVERDLOVSK, TATARSTAN, KALUGA),
            "Sie verteilen sich auf 2 Regionen; auf Tatarstan entfallen 4.",
            "They spread over 2 regions; 4 of them name Tatarstan.",
        ),
        (
            (SVERDLOVSK, KALUGA),
            "Einzige Region ist dabei Swerdlowsk.",
            "The only region named is Sverdlovsk.",
        ),
        (
            (SVERDLOVSK, phases(region="RU-PER", n=(1, 1, 1, 2))),
            "Sie verteilen sich auf 2 Regionen.",
            "They spread over 2 regions.",
        ),
        ((KALUGA,), "", ""),
    ],
)
def test_where_records_came_from_since_the_stop(findings, de, en):
    assert said(where_after, *findings) == {"de": de, "en": en}


@pytest.mark.parametrize("rule", [where_after, where_fallen])
def test_the_public_edition_and_a_list_with_gaps_name_no_region(rule):
    assert set(said(rule, SVERDLOVSK, TATARSTAN, edition="public").values()) == {""}
    assert set(said(rule, TATARSTAN, panel=make_panel({"inquiries": "partial"})).values()) == {""}


def test_a_list_with_gaps_names_where_most_is_documented():
    states = dict.fromkeys(("inquiries", "offers"), "not_recorded") | dict.fromkeys(("trips", "attendance"), "partial")
    panel = make_panel(states)
    trips = [
        phases("trips", region=region, n=n, state="partial")
        for region, n in (("RU-TA", (9, 4, 1, None)), ("RU-MOW", (6, 5, 2, None)), ("RU-SVE", (1, None, None, None)))
    ]
    assert said(where_documented, *trips, panel=panel) == {
        "de": "Die meisten Reisen sind für Tatarstan (mindestens 14) und Moskau (13) belegt.",
        "en": "Most trips are documented for Tatarstan (at least 14) and Moscow (13).",
    }
    assert said(where_documented, *trips, panel=panel, edition="public")["de"] == ""
    assert said(where_documented, trips[0], panel=panel)["de"] == ""
    assert said(where_documented, SVERDLOVSK, TATARSTAN)["de"] == "", "a recorded list names its falls instead"
