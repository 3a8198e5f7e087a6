"""The annual review: chapters numbered as they stand, comparisons, partial and broken years marked."""

import datetime as dt
from dataclasses import replace

import pytest
from report_cases import coverage, make_panel, open_cases, phases, share

from factories import make_tables
from vemas_analytics.model.document import ChartRef, ListBlock, Paragraph, TableBlock
from vemas_analytics.model.finding import DataTable, Estimate, Finding, Findings
from vemas_analytics.model.settings import Stop
from vemas_analytics.reports import compose_annual

YEAR_COLUMNS = (
    "year", "value", "state", "previous", "previous_state", "mean5", "min5", "max5", "n_years5", "special",
)  # fmt: skip


def year(value, previous, mean, low, high, *, measure="inquiries", region="ALL", of=2019, **fields):
    row = (
        of,
        value,
        fields.get("state", "recorded"),
        previous,
        fields.get("previous_state", "recorded"),
        mean,
        low,
        high,
        fields.get("n", 5),
        fields.get("special", ""),
    )
    return Finding("annual", measure, region, baseline=str(of), table=DataTable(YEAR_COLUMNS, (row,)))


def months(of=2019, measure="inquiries"):
    rows = tuple((month, month % 3, 1, 1.5) for month in range(1, 13))
    return Finding(
        "annual_months",
        measure,
        "ALL",
        baseline=str(of),
        table=DataTable(("month", "value", "previous", "mean5"), rows),
    )


def target(attainment=1.25):
    return Finding(
        "targets",
        "inquiries",
        "ALL",
        baseline="2019",
        estimate=Estimate(attainment, unit="share"),
        table=DataTable(("target", "value", "attainment", "source"), ((40.0, 50, attainment, "Bescheid"),)),
    )


def usual(of=2019):
    return (
        phases(n=(100, 200, 40, 9)),
        year(49, 50, 56.2, 42, 72, of=of),
        year(20, 18, 21.0, 15, 30, region="RU-SVE", of=of),
        months(of),
        open_cases(12, firms=9),
        share("share_set_aside", 0.02),
        share("share_without_region", 0.04),
    )


def compose(*findings, of=2019, language="de", panel=None, **options):
    return compose_annual(
        Findings(tuple(findings)), make_tables(), panel or make_panel(), of, language=language, **options
    )


def summary(document):
    return next(block for block in document.sections[0].blocks if isinstance(block, ListBlock)).items


def table(document, key):
    return next(b for s in document.sections for b in s.blocks if isinstance(b, TableBlock) and b.key == key)


HEADINGS = [
    "1 Zusammenfassung",
    "2 Grundlagen",
    "3 Zielerreichungskontrolle",
    "4 Wirkungskontrolle",
    "4.1 Leistungen",
    "4.2 Ergebnisse",
    "4.3 Ursächlichkeit und Grenzen",
    "5 Wirtschaftlichkeitskontrolle",
    "6 Aussetzung",
    "7 Vorjahr und Fünfjahresmittel",
    "8 Berichtigungen gegenüber dem Vorbericht",
    "9 Datengrundlage",
    "10 Schlussfolgerungen",
    "Anhang A: Liste der Maßnahmen",
    "Anhang B: Nachweis der Zahlen",
    "Anhang C: Kennzahlen",
    "Anhang D: Verfahren",
]


@pytest.mark.parametrize("of", [2019, 2022])
def test_every_review_has_the_same_chapters(of):
    assert [section.heading for section in compose(*usual(of), of=of).sections] == HEADINGS
    nothing = make_panel(dict.fromkeys(("inquiries", "offers", "trips", "attendance"), coverage("not_recorded")))
    empty = compose(of=of, panel=nothing)
    assert [section.heading for section in empty.sections] == HEADINGS
    assert all(section.blocks for section in empty.sections)


def paragraphs(document, heading):
    section = next(section for section in document.sections if section.heading.startswith(heading))
    return [block.text for block in section.blocks if isinstance(block, Paragraph)]


def test_before_the_suspension_the_chapter_says_so():
    late = make_panel(stop=Stop(effective_from=dt.date(2023, 1, 1)))
    assert paragraphs(compose(*usual(2022), of=2022, panel=late), "6 ")[0] == (
        "2022 war die Zusammenarbeit nicht ausgesetzt; die Aussetzung gilt ab dem 01.01.2023. Anordnung, Mitteilung "
        "und offene Vorgänge stehen in den Auswertungen ab diesem Jahr."
    )
    assert paragraphs(compose(*usual(2022), of=2022), "6 ")[0].startswith("Die Marktarbeit in Russland ist")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Anfragen: 49 (Vorjahr 50; Mittel der fünf Vorjahre 56,2, Spanne 42 bis 72)."),
        ("en", "Inquiries: 49 (previous year 50; mean of the five years before 56.2, range 42 to 72)."),
    ],
)
def test_sentence_of_a_recorded_year(language, sentence):
    assert summary(compose(*usual(), language=language))[0] == sentence


def test_sentence_with_one_year_to_compare():
    sentences = summary(compose(phases(n=(1, 1, 1, 1)), year(49, None, 30.0, 30, 30, n=1)))
    assert sentences[0] == "Anfragen: 49 (das einzige vollständig erfasste der fünf Vorjahre 30,0)."


def test_a_year_not_fully_recorded_is_marked_and_not_compared():
    document = compose(
        phases(n=(1, 1, 1, 1)), year(12, 50, 56.2, 42, 72, state="partial", special="covid;partial_year")
    )
    assert summary(document)[0] == (
        "Anfragen: mindestens 12; das Jahr ist nicht vollständig erfasst, ein Vergleich unterbleibt."
    )
    assert summary(document)[1] == (
        "2019 war kein gewöhnliches Jahr: COVID-19 schränkte Reisen und Veranstaltungen ein. "
        "Nicht alle Kennzahlen sind für das ganze Jahr 2019 erfasst."
    )
    row = [cell.text for cell in table(document, "annual_measures").rows[0]]
    assert row == ["Anfragen", "≥\u00a012", "50", "x", "56,2", "42", "72"]


def test_year_table_gives_change_and_says_none_rather_than_minus_hundred():
    document = compose(phases(n=(1, 1, 1, 1)), year(0, 50, 56.2, 42, 72), year(49, 50, 5.0, 4, 7, measure="offers"))
    rows = [[cell.text for cell in row] for row in table(document, "annual_measures").rows]
    assert rows[0][:4] == ["Anfragen", "0", "50", "auf null"]
    assert rows[1][:4] == ["Angebote", "49", "50", "−2\u00a0%"]


def test_a_mean_of_fewer_years_says_of_how_many():
    sentences = summary(compose(phases(n=(1, 1, 1, 1)), year(49, 50, 30.0, 20, 40, n=3)))
    assert sentences[0] == (
        "Anfragen: 49 (Vorjahr 50; Mittel aus 3 vollständig erfassten der fünf Vorjahre 30,0, Spanne 20 bis 40)."
    )


def test_months_after_the_stop_are_suspended_for_what_was_decided():
    rows = tuple((month, 0, 0, 0.5) for month in range(1, 13))
    columns = ("month", "value", "previous", "mean5")
    given = [
        Finding("annual_months", measure, "ALL", baseline="2022", table=DataTable(columns, rows))
        for measure in ("trips", "inquiries")
    ]
    document = compose(
        phases("trips", n=(5, 5, 0, 0)),
        phases(n=(5, 5, 0, 0)),
        year(0, 4, 6.0, 2, 9, measure="trips", of=2022),
        year(0, 4, 6.0, 2, 9, of=2022),
        *given,
        of=2022,
    )
    trips = [row[1].text for row in table(document, "annual_months_trips").rows]
    assert trips == ["0", "0", *["a"] * 10]
    assert {row[2].text for row in table(document, "annual_months_trips").rows} == {"0"}
    assert {row[1].text for row in table(document, "annual_months_inquiries").rows} == {"0"}
    assert (
        "Reisen, Delegationen und Messebeteiligungen: keine, seit dem 24.02.2022 ausgesetzt "
        "(Vorjahr 4; Mittel der fünf Vorjahre 6,0, Spanne 2 bis 9)." in summary(document)
    )


def test_suspended_activity_is_no_nought():
    document = compose(phases("trips", n=(5, 5, 0, 0)), year(0, 4, 6.0, 2, 9, measure="trips", of=2023), of=2023)
    assert [cell.text for cell in table(document, "annual_measures").rows[0]][1] == "a"


def test_targets():
    document = compose(*usual(), target())
    assert [cell.text for cell in table(document, "annual_targets").rows[0]] == [
        "Anfragen", "Gesamt", "40", "50", "125\u00a0%", "Bescheid",
    ]  # fmt: skip
    assert (
        "Für 2019 ist ein Ziel vorgegeben; es wurde erreicht. Der Zielerreichungsgrad beträgt 125\u00a0%."
        in summary(document)
    )
    assert "Für 2019 sind keine Ziele hinterlegt" in " ".join(summary(compose(*usual())))


def test_months_chart_and_regions():
    document = compose(*usual())
    charts = [b for s in document.sections for b in s.blocks if isinstance(b, ChartRef)]
    assert [chart.key for chart in charts] == ["annual_months_inquiries"]
    assert [cell.text for cell in table(document, "annual_months_inquiries").rows[0]] == ["Januar", "1", "1", "1,5"]
    assert [row[0].text for row in table(document, "annual_inquiries").rows] == ["Swerdlowsk", "Gesamt"]


def test_not_recorded_and_both_languages_and_editions():
    panel = make_panel(dict.fromkeys(("inquiries", "offers", "trips", "attendance"), coverage("not_recorded")))
    for language in ("de", "en"):
        for edition in ("intern", "public"):
            for given, use in ((usual(), None), ((), panel)):
                document = compose(*given, language=language, edition=edition, panel=use)
                titles = [
                    b.sheet_title
                    for s in document.sections
                    for b in s.blocks
                    if isinstance(b, TableBlock) and "xlsx" in b.places
                ]
                assert len({title.casefold() for title in titles}) == len(titles)
                assert all(len(title) <= 31 for title in titles)


def test_cover_names_the_grant():
    panel = make_panel()
    organisation = replace(
        panel.settings.organisation, grant_notice="Bescheid vom 01.02.2019", reference_number="Az. 7"
    )
    document = compose(*usual(), panel=replace(panel, settings=replace(panel.settings, organisation=organisation)))
    cover = dict(document.cover)
    assert (cover["Zuwendungsbescheid"], cover["Aktenzeichen"]) == ("Bescheid vom 01.02.2019", "Az. 7")
