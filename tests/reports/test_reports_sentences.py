"""Golden sentences: whole sentences in both languages for every rule that words them."""

import datetime as dt

import pytest
from report_cases import (
    change,
    coverage,
    last,
    make_context,
    make_panel,
    open_cases,
    outcomes,
    phases,
    share,
)

from vemas_analytics.model.finding import DataTable, Finding
from vemas_analytics.model.settings import Stop
from vemas_analytics.reports.compose.change_words import change_sentence
from vemas_analytics.reports.compose.data_words import data_grade, data_sentence
from vemas_analytics.reports.compose.eve_words import eve_sentence
from vemas_analytics.reports.compose.sentences import five_sentences, level_sentence, stop_sentence, trend_sentence

NOTHING = {"inquiries": "not_recorded", "offers": "not_recorded"}
PARTIAL = NOTHING | {"trips": "partial", "attendance": "partial"}


def both(make, *findings, **fields):
    return {
        language: make(make_context(*findings, language=language, **fields)).replace("\u00a0", "~")
        for language in ("de", "en")
    }


def test_stop_names_since_when_and_that_nobody_is_named():
    assert both(stop_sentence) == {
        "de": "Die Marktarbeit in Russland ist wegen des russischen Angriffskriegs gegen die Ukraine und der "
        "Sanktionen seit dem 24.02.2022 ausgesetzt. Anordnende Stelle und Schriftstück sind nicht angegeben.",
        "en": "Market development in Russia has been suspended since 24 February 2022 because of Russia's war of "
        "aggression against Ukraine and the sanctions. The ordering authority and the document are not stated.",
    }


def test_stop_names_directive():
    stop = Stop(ordered_on=dt.date(2022, 3, 1), authority="SMWA", document="Az. 12")
    panel = make_panel(stop=stop)
    assert both(stop_sentence, panel=panel)["de"].endswith(
        "ausgesetzt. Anordnung vom 01.03.2022 für die Zeit ab 24.02.2022: SMWA; Grundlage: Az. 12."
    )
    assert both(stop_sentence, panel=panel)["en"].endswith(
        "Directive of 1 March 2022 as from 24 February 2022: SMWA; basis: Az. 12."
    )


@pytest.mark.parametrize(
    ("stop", "de"),
    [
        (Stop(authority="SMWA"), "Anordnung: SMWA."),
        (Stop(document="Az. 12"), "Anordnung: Grundlage: Az. 12."),
        (
            Stop(ordered_on=dt.date(2022, 3, 1)),
            "Angeordnet am 01.03.2022; anordnende Stelle und Schriftstück sind nicht angegeben.",
        ),
    ],
)
def test_stop_names_what_is_known_of_the_directive(stop, de):
    assert both(stop_sentence, panel=make_panel(stop=stop))["de"].endswith(f"ausgesetzt. {de}")


@pytest.mark.parametrize(
    ("n_after", "de", "en"),
    [
        (
            15,
            "seither sind in 34 Monaten 15 eingegangen (5,3 je Jahr).",
            "15 have come in during the 34 months since (5.3 a year).",
        ),
        (4, "seither sind in 34 Monaten 4 eingegangen.", "4 have come in during the 34 months since."),
        (1, "seither ist in 34 Monaten eine eingegangen.", "one has come in during the 34 months since."),
        (0, "seither ist in 34 Monaten keine eingegangen.", "none has come in during the 34 months since."),
    ],
)
def test_level_counts_after_in_the_right_number(n_after, de, en):
    sentences = both(level_sentence, phases(n=(100, 200, 40, n_after)))
    assert sentences["de"] == (
        f"Bis zum Vortag der Aussetzung gingen im Mittel 33,5 Anfragen je Jahr ein (n~=~340), in Phase III 20,2; {de}"
    )
    assert sentences["en"] == (
        f"Up to the eve of the suspension 33.5 inquiries a year came in on average (n~=~340), 20.2 in phase III; {en}"
    )


def test_level_of_a_record_with_gaps_says_at_least_and_counts_coarse_dates():
    trips = phases("trips", n=(21, 17, 1, None), coarse=(5, 1, 0, 0), state="partial")
    assert both(level_sentence, trips, panel=make_panel(PARTIAL)) == {
        "de": "Anfragen und Angebote sind nicht erfasst. Belegt sind mindestens 26 Reisen in Phase I (bis Juli 2014), "
        "18 in Phase II (August 2014 bis Februar 2020) und 1 in Phase III (März 2020 bis 23.02.2022); "
        "seit der Aussetzung ist keine belegt.",
        "en": "Inquiries and offers are not recorded. At least 26 trips in phase I (to July 2014), 18 in phase II "
        "(August 2014 to February 2020) and 1 in phase III (March 2020 to 23 February 2022) are documented; "
        "none is documented since the suspension.",
    }


def test_level_of_a_single_documented_trip_is_singular():
    trips = phases("trips", n=(None, 1, None, None), state="partial")
    assert both(level_sentence, trips, panel=make_panel(PARTIAL))["de"].endswith(
        "Belegt ist mindestens eine Reise in Phase II (August 2014 bis Februar 2020); "
        "seit der Aussetzung ist keine belegt."
    )


def test_level_without_any_list():
    panel = make_panel(dict.fromkeys(("inquiries", "offers", "trips", "attendance"), "not_recorded"))
    assert both(level_sentence, panel=panel)["de"] == (
        "Weder Anfragen und Angebote noch Reisen und Foren sind erfasst; Aussagen zum Verlauf sind nicht möglich."
    )


@pytest.mark.parametrize(
    ("n", "begins"),
    [
        ((200, 300, 50, 1), "Der Rückgang begann vor der Aussetzung: 77,5 Anfragen je Jahr in Phase I (bis Juli 2014)"),
        ((100, 400, 200, 1), "Vor der Aussetzung ging es nicht zurück, sondern aufwärts: 38,7 Anfragen"),
        ((100, 216, 77, 1), "Vor der Aussetzung blieb das Niveau in etwa gleich: 38,7 Anfragen"),
        ((100, 400, 60, 1), "Vor der Aussetzung war der Verlauf uneinheitlich: 38,7 Anfragen"),
        (
            (9, 8, 2, 1),
            "Ob es schon vor der Aussetzung zurückging, lässt sich bei so wenigen Vorgängen (n = 19) nicht sagen: 3,5",
        ),
    ],
)
def test_trend_says_which_way_it_went_before(n, begins):
    sentence = both(trend_sentence, phases(n=n))["de"]
    assert sentence.startswith(begins)
    assert sentence.endswith("in Phase III (März 2020 bis 23.02.2022).")


def test_trend_of_a_record_with_gaps_claims_no_decline():
    trips = phases("trips", n=(21, 17, 1, None), state="partial")
    sentences = both(trend_sentence, trips, last("trips", "2021-04-21", "Delegation"), panel=make_panel(PARTIAL))
    assert sentences == {
        "de": "Ob die Marktarbeit schon vor der Aussetzung zurückging, lässt sich aus lückenhaften Belegen nicht "
        "ableiten. Letzte belegte Reise: „Delegation“ (21.04.2021).",
        "en": "Whether activity was falling before the suspension cannot be derived from a record with gaps. "
        "Last documented trip: “Delegation” (21 April 2021).",
    }


def test_eve_names_number_firms_value_and_outcome():
    findings = (open_cases(12, firms=9, value=1_234_000.0, known=10, unknown=2), outcomes(open=4, won=2, lost=6))
    assert both(eve_sentence, *findings) == {
        "de": "Am Vortag der Aussetzung waren 12 Angebote von 9 sächsischen Unternehmen offen, Angebotssumme "
        "mindestens 1.234~T€ (Wert bekannt bei 10 von 12); Stand am 31.12.2024: 2 beauftragt, 6 nicht zustande "
        "gekommen und 4 weiter offen. Bei 2 weiteren fehlt der Stand oder das Datum der Entscheidung; ob sie "
        "noch offen waren, ist nicht bekannt.",
        "en": "On the eve of the suspension 12 offers of 9 Saxon firms were open, worth at least €1,234k (value "
        "known for 10 of 12); status on 31 December 2024: 2 won, 6 lost and 4 still open. For 2 more the status or "
        "the date of the decision is missing; whether they were still open is not known.",
    }


def test_eve_in_the_singular_and_with_nothing_open():
    one = open_cases(1, firms=1, value=50_000.0, known=1)
    assert both(eve_sentence, one)["de"] == (
        "Am Vortag der Aussetzung war ein Angebot eines sächsischen Unternehmens offen, Angebotssumme 50~T€."
    )
    assert both(eve_sentence, open_cases(0))["en"] == "On the eve of the suspension no offer was open."


def test_eve_without_offers_says_so_and_counts_agreements():
    columns = ("date", "precision", "kind", "partner", "saxon_party", "source")
    agreement = Finding(
        "agreements", "agreements", "ALL", table=DataTable(columns, ((None, None, "working group", "A", "B", ""),))
    )
    assert both(eve_sentence, agreement, panel=make_panel(PARTIAL))["de"] == (
        "Angebote sind für den Vortag der Aussetzung nicht erfasst; was damals offen war, lässt sich nicht sagen. "
        "Verzeichnet ist eine Vereinbarung mit russischen Partnern; ob sie an diesem Tag noch galt, ist nicht erfasst."
    )


def test_data_sentence_names_lists_shares_and_that_cause_is_not_proven():
    sentences = both(data_sentence, share("share_set_aside", 0.023), share("share_without_region", 0.041))
    assert sentences["de"] == (
        "Die Datenlage ist für den Vergleich tragfähig: Anfragen und Angebote erfasst Januar 2012 bis Dezember 2024, "
        "bestätigt: Frau Muster. "
        "2,3~% der gelesenen Zeilen wurden nicht übernommen, 4,1~% der Vorgänge haben keine Regionsangabe. "
        "Dass die Aussetzung die Veränderung verursacht hat, beweisen die Zahlen nicht."
    )
    assert sentences["en"].startswith(
        "The data carry the comparison: Inquiries and offers recorded January 2012 to December 2024"
    )


@pytest.mark.parametrize(
    ("states", "shares", "grade"),
    [
        ({}, (0.01, 0.01), "sound"),
        ({"offers": "not_recorded"}, (0.01, 0.01), "limited"),
        ({"inquiries": coverage(declared=False, by="")}, (0.01, 0.01), "limited"),
        ({}, (0.2, 0.01), "limited"),
        ({}, (0.01, 0.3), "limited"),
        (PARTIAL, (0.0, 0.0), "none"),
    ],
)
def test_grade_of_the_data(states, shares, grade):
    set_aside, unplaced = shares
    findings = (share("share_set_aside", set_aside), share("share_without_region", unplaced))
    assert data_grade(make_context(*findings, panel=make_panel(states))) == grade


def test_page_one_has_five_sentences_and_no_open_place():
    for language in ("de", "en"):
        for panel in (make_panel(), make_panel(PARTIAL), make_panel(NOTHING)):
            sentences = five_sentences(make_context(language=language, panel=panel))
            assert len(sentences) == 5
            assert all(sentence.endswith(".") and "{" not in sentence for sentence in sentences)


CASES = {
    "typical": (
        (
            change(281, 9, region="RU-SVE", days=(134 * 30.4375, 46 * 30.4375), ratio=(0.0933, 0.0423, 0.1798)),
            change(200, 9, region="RU-SVE", baseline="y2015_2019", days=(1826, 1400), ratio=(0.12, 0.05, 0.2)),
        ),
        "Anfragen aus Swerdlowsk: von 2,1 je Monat in Phase II auf 0,2 seit der Aussetzung (−91~%, "
        "Schwankungsbereich 95~%: −96 bis −82~%; n~=~281 in 134 Monaten und 9 in 46 Monaten). "
        "Gegen 2015–2019 gerechnet −88~% (−95 bis −80~%; n~=~200 in 60 Monaten).",
        "Inquiries from Sverdlovsk: from 2.1 a month in phase II to 0.2 since the suspension (−91%, "
        "95% interval: −96 to −82%; n~=~281 in 134 months and 9 in 46 months). Against 2015–2019 −88% "
        "(−95 to −80%; n~=~200 in 60 months).",
    ),
    "zero_after": (
        (change(24, 0, region="RU-SVE", ratio=(0.0, 0.0, 0.33)),),
        "Anfragen aus Swerdlowsk: von 0,4 je Monat in Phase II auf null seit der Aussetzung, ein Rückgang um "
        "mindestens 67~% (Schwankungsbereich 95~%; n~=~24 in 67 Monaten und 0 in 34 Monaten).",
        "Inquiries from Sverdlovsk: from 0.4 a month in phase II to none since the suspension, a fall by at least 67% "
        "(95% interval; n~=~24 in 67 months and 0 in 34 months).",
    ),
    "zero_by_chance": (
        (change(6, 0, region="RU-MOS", ratio=(0.0, 0.0, 1.66)),),
        "Anfragen aus dem Gebiet Moskau: von 0,09 je Monat in Phase II auf null seit der Aussetzung; so wenige können "
        "auch zufällig ausbleiben (Schwankungsbereich 95~%: −100 bis +66~%; n~=~6 in 67 Monaten und 0 in 34 Monaten).",
        "Inquiries from Moscow Oblast: from 0.09 a month in phase II to none since the suspension; so few may stay "
        "away by chance too (95% interval: −100 to +66%; n~=~6 in 67 months and 0 in 34 months).",
    ),
    "zero_without_interval": (
        (change(15, 0, region="RU-SVE", ratio=(0.0, None, None), method="refused"),),
        "Anfragen aus Swerdlowsk: von 0,2 je Monat in Phase II auf null seit der Aussetzung; ein Schwankungsbereich "
        "lässt sich nicht angeben (n~=~15 in 67 Monaten und 0 in 34 Monaten).",
        "Inquiries from Sverdlovsk: from 0.2 a month in phase II to none since the suspension; no interval can be "
        "given (n~=~15 in 67 months and 0 in 34 months).",
    ),
    "few": (
        (change(2, 1, region="RU-SVE", ratio=(0.98, 0.01, 20.0)),),
        "Anfragen aus Swerdlowsk: 2 in Phase II und 1 seit der Aussetzung, zu wenige für eine Prozentangabe "
        "(in 67 Monaten und 34 Monaten).",
        "Inquiries from Sverdlovsk: 2 in phase II and 1 since the suspension, too few for a percentage "
        "(in 67 months and 34 months).",
    ),
    "none": (
        (change(0, 0, region="RU-SVE", ratio=(None, None, None)),),
        "Anfragen aus Swerdlowsk: keine in Phase II und keine seit der Aussetzung.",
        "Inquiries from Sverdlovsk: none in phase II and none since the suspension.",
    ),
    "zero_before": (
        (change(0, 6, region="RU-SVE", ratio=(None, 0.4, None)),),
        "Anfragen aus Swerdlowsk: keine in Phase II, 0,2 je Monat seit der Aussetzung (n~=~0 in 67 Monaten und 6 in "
        "34 Monaten); eine Veränderung in Prozent gibt es nicht.",
        "Inquiries from Sverdlovsk: none in phase II, 0.2 a month since the suspension (n~=~0 in 67 months and 6 in "
        "34 months); there is no change in per cent.",
    ),
    "refused": (
        (change(40, 4, region="RU-SVE", ratio=(0.2, None, None), method="refused"),),
        "Anfragen aus Swerdlowsk: von 0,6 je Monat in Phase II auf 0,1 seit der Aussetzung (n~=~40 in 67 Monaten und "
        "4 in 34 Monaten); ein Schwankungsbereich lässt sich nicht angeben, deshalb steht keine Prozentzahl.",
        "Inquiries from Sverdlovsk: from 0.6 a month in phase II to 0.1 since the suspension (n~=~40 in 67 months and "
        "4 in 34 months); no interval can be given, therefore there is no percentage.",
    ),
    "singular": (
        (change(10, 8, region="RU-SVE", days=(30, 31), ratio=(0.77, 0.3, 2.0)),),
        "Anfragen aus Swerdlowsk: von 10,1 je Monat in Phase II auf 7,9 seit der Aussetzung (−23~%, "
        "Schwankungsbereich 95~%: −70 bis +100~%; n~=~10 in einem Monat und 8 in einem Monat).",
        "Inquiries from Sverdlovsk: from 10.1 a month in phase II to 7.9 since the suspension (−23%, "
        "95% interval: −70 to +100%; n~=~10 in one month and 8 in one month).",
    ),
}


@pytest.mark.parametrize(("findings", "de", "en"), CASES.values(), ids=CASES)
def test_change_sentence(findings, de, en):
    sentences = both(lambda ctx: change_sentence(ctx, "inquiries", findings[0].region), *findings)
    assert sentences == {"de": de, "en": en}


@pytest.mark.parametrize(("n_after", "ratio", "noted"), [(2, (0.07, 0.01, 0.26), True), (0, (0.0, 0.0, 0.2), False)])
def test_a_percentage_of_few_cases_has_the_note_on_few_cases(n_after, ratio, noted):
    finding = change(56, n_after, ratio=ratio, caveats=("few_events",))
    sentences = both(lambda ctx: change_sentence(ctx, "inquiries", "ALL"), finding)
    assert ("[Anm." in sentences["de"]) is noted
    assert ("%" in sentences["de"]) is True


def test_change_sentence_numbers_only_the_notes_it_does_not_word_itself():
    finding = change(281, 9, ratio=(0.1, 0.05, 0.2), caveats=("windows_unequal", "overdispersed", "not_causal"))
    sentences = both(lambda ctx: change_sentence(ctx, "inquiries", "ALL"), finding)
    assert sentences["de"].endswith("9 in 34 Monaten). [Anm. 2]")
    assert sentences["en"].endswith("9 in 34 months). [note 2]")


def test_change_never_says_minus_hundred_for_something_left():
    finding = change(4000, 1, ratio=(0.0004, 0.0001, 0.002))
    sentence = both(lambda ctx: change_sentence(ctx, "inquiries", "ALL"), finding)["de"]
    assert "−99,9~%" in sentence
    assert "−100" not in sentence


@pytest.mark.parametrize(
    ("state", "de"),
    [
        ("partial", "Anfragen insgesamt: Ein Vergleich vor und nach der Aussetzung ist nicht möglich, weil die Liste "
         "lückenhaft ist."),
        ("not_recorded", "Anfragen insgesamt: nicht erfasst."),
        ("recorded", "Anfragen insgesamt: Ein Vergleich ist nicht möglich, weil die Liste nicht beide Zeiträume "
         "abdeckt."),
    ],
)  # fmt: skip
def test_change_sentence_without_estimate(state, de):
    ctx = make_context(panel=make_panel({"inquiries": state}))
    assert change_sentence(ctx, "inquiries", "ALL") == de


def test_a_second_comparison_names_its_interval_where_the_first_has_no_percentage():
    first = change(0, 1, caveats=("few_events", "zero_before"))
    second = change(40, 1, baseline="all_before", days=(3707, 1042), ratio=(0.09, 0.002, 0.5))
    sentences = both(lambda ctx: change_sentence(ctx, "inquiries", "ALL"), first, second)
    assert (
        "davor gerechnet −91~% (Schwankungsbereich 95~%: −99,8 bis −50~%; n = 40 in 122 Monaten und 1 seither)."
        in (sentences["de"])
    )
    assert "−91% (95% interval: −99.8 to −50%; n = 40 in 122 months and 1 since)." in sentences["en"].replace("~", " ")


def test_good_lists_of_few_records_are_called_small():
    few = both(data_sentence, phases(n=(2, 0, 2, 1)))
    many = both(data_sentence, phases(n=(20, 0, 2, 1)))
    assert "die Fallzahlen sind aber klein (insgesamt n~=~5)" in few["de"].replace(" = ", "~=~")
    assert "tragfähig" in many["de"]
    assert "the numbers are small (n = 5 in all)" in few["en"]
