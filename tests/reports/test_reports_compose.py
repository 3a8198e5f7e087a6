"""Documents of the main report: order, typed cells, kinds of nothing, editions, no change to the input."""

import datetime as dt
import re
from collections import Counter
from dataclasses import replace

import pytest
from report_cases import (
    STOP,
    change,
    coverage,
    last,
    make_panel,
    open_cases,
    outcomes,
    phases,
    share,
    yearly,
)

from factories import ask, make_tables, monthly_rows
from vemas_analytics.model.document import ChartRef, Document, FactsBlock, ListBlock, Paragraph, TableBlock
from vemas_analytics.model.finding import DataTable, Estimate, Finding, Findings
from vemas_analytics.model.tables import Tables
from vemas_analytics.reports import compose_before_after, published_findings

ACTIVITY_COLUMNS = (
    "start", "end", "precision", "kind", "title", "place", "region", "direction", "organiser", "organiser_group",
    "companies", "companies_bound", "persons", "persons_bound", "status",
)  # fmt: skip


def activities(region="ALL"):
    rows = (
        (dt.date(2013, 7, 8), dt.date(2013, 7, 11), "day", "trade_fair", "Innoprom", "Jekaterinburg", "RU-SVE",
         "outbound", "WFS", "partner", 12, "exact", 30, "at_least", "held"),
        (dt.date(2016, 1, 1), None, "year", "forum", "Technologieforum", "Kasan", "RU-TA;RU-SVE", None, "VEMAS",
         "own", None, None, 45, "exact", "held"),
        (dt.date(2022, 5, 1), None, "month", "business_trip", "Reise", "Kaluga", "RU-KLU", "outbound", "VEMAS",
         "own", None, None, None, None, "cancelled"),
    )  # fmt: skip
    return Finding("activities", "activities", region, table=DataTable(ACTIVITY_COLUMNS, rows))


def recorded():
    return (
        phases(n=(100, 200, 40, 9)),
        phases(region="RU-SVE", n=(50, 90, 20, 4)),
        phases(region="RU-TA", n=(30, 60, 12, 0)),
        phases(region="RU-SAM", n=(8, 20, 5, 5)),
        phases(region="RU-PER", n=(3, 2, 1, 0)),
        phases(region="OTHERS", n=(2, 2, 1, 0)),
        phases(region="RU", n=(9, 28, 2, 0)),
        phases("offers", n=(40, 80, 20, 3)),
        phases("trips", n=(10, 12, 0, 0)),
        phases("trips", region="RU-SVE", n=(5, 4, 0, 0)),
        phases("forums", n=(4, 6, 0, 0)),
        yearly(values=(50, 40, 30)),
        yearly(region="RU-SVE", values=(20, 30, None)),
        yearly(region="RU-TA", values=(10, 12, 5)),
        change(200, 9, ratio=(0.09, 0.04, 0.17), caveats=("windows_unequal", "not_causal")),
        change(340, 9, baseline="all_before", days=(3707, 1042), ratio=(0.1, 0.05, 0.2), caveats=("not_causal",)),
        change(90, 4, region="RU-SVE", ratio=(0.09, 0.02, 0.2), caveats=("windows_unequal", "not_causal")),
        change(60, 0, region="RU-TA", ratio=(0.0, 0.0, 0.12), caveats=("windows_unequal", "zero_after", "not_causal")),
        open_cases(12, firms=9, value=1_234_000.0, known=10),
        open_cases(7, region="RU-SVE", firms=5, value=800_000.0, known=7),
        outcomes(won=2, open=10),
        last("trips", "2019-11-04", "Reise", region="RU-SVE"),
        last("trips", "2019-11-04", "Reise"),
        activities(),
        share("share_set_aside", 0.02),
        share("share_without_region", 0.04),
    )


def compose(*findings, language="de", panel=None, tables=None, **options) -> Document:
    return compose_before_after(
        Findings(tuple(findings)), tables or make_tables(), panel or make_panel(), language=language, **options
    )


def table(document, key) -> TableBlock:
    found = [b for s in document.sections for b in s.blocks if isinstance(b, TableBlock) and b.key == key]
    assert len(found) == 1, key
    return found[0]


def texts(block: TableBlock):
    return [tuple(cell.text for cell in row) for row in block.rows]


def everything(document):
    for section in document.sections:
        yield section.heading
        for block in section.blocks:
            match block:
                case Paragraph():
                    yield block.text
                case ListBlock():
                    yield from block.items
                case FactsBlock():
                    yield from (text for pair in block.items for text in pair)
                case ChartRef():
                    yield from (block.title, block.message, block.alt)
                case TableBlock():
                    yield from (block.title, block.scope, block.source, *block.notes)
                    yield from (cell.text for row in block.rows for cell in row)
                    yield from (column.header for column in block.columns)


def test_order_and_title():
    document = compose(*recorded())
    assert document.title == "Marktarbeit Russland 2012–2024: Entwicklung nach Regionen vor und nach der Aussetzung"
    assert document.subtitle == "Netzwerk Muster · Datenstand 31.12.2024 · Ausgabe intern"
    assert [section.key for section in document.sections] == [
        "page_one", "overview", "change", "eve", "funnel", "activities", "course", "region_RU_SVE", "region_RU_TA",
        "region_RU_SAM", "data_basis", "limits", "method", "definitions", "details", "annex",
    ]  # fmt: skip


def test_page_one_table():
    block = table(compose(*recorded()), "regions")
    assert [column.header for column in block.columns] == [
        "Region", "I", "II", "III", "IV", "Anzahl", "T€", "I–III", "Letzte Maßnahme",
    ]  # fmt: skip
    rows = texts(block)
    assert [row[0] for row in rows] == [
        "Swerdlowsk", "Tatarstan", "St. Petersburg", "Kaluga", "Nischni Nowgorod", "Samara", "übrige Region (1)",
        "ohne Regionsangabe", "Gesamt",
    ]  # fmt: skip
    assert rows[0] == ("Swerdlowsk", "19,4", "16,1", "10,1", "4", "7", "800", "9", "04.11.2019")
    assert rows[6] == ("übrige Region (1)", "0,8", "0,4", "0,5", "0", "n. e.", "n. e.", "n. e.", "keine")
    assert rows[-1] == ("Gesamt", "38,7", "35,8", "20,2", "9", "12", "≥\u00a01.234", "32", "04.11.2019")
    assert block.total_rows == (8,)


def test_numbers_are_typed():
    block = table(compose(*recorded()), "regions")
    cells = dict(zip((column.key for column in block.columns), block.rows[0], strict=True))
    assert (cells["n_IV"].value, cells["n_IV"].kind) == (4, "integer")
    assert (cells["open_value"].value, cells["open_value"].kind) == (800_000.0, "keur")
    assert cells["rate_I"].kind == "decimal"
    assert (cells["last"].value, cells["last"].kind) == (dt.date(2019, 11, 4), "date")


def test_kinds_of_nothing_are_kept_apart():
    document = compose(
        *recorded(),
        phases("orders", n=(1, 0, 0, 0)),
        phases("forum_attendance", n=(3, 4, None, None), state="partial"),
        panel=make_panel({"attendance": coverage("partial")}),
    )
    rows = {row[0]: row[1:5] for row in texts(table(document, "course"))}
    assert rows["Aufträge nach Angaben der Unternehmen"] == ("1", "0", "0", "0")
    assert rows["Reisen, Delegationen und Messebeteiligungen"] == ("10", "12", "0", "a")
    assert rows["Teilnahmen an Technologieforen"] == ("≥\u00a03", "≥\u00a04", "n. e.", "n. e.")
    symbols = dict(document.symbols)
    assert symbols["a"] == "ausgesetzt"
    assert symbols["n. e."] == "nicht erfasst"


def test_change_table_words_what_no_percentage_can_say():
    rows = {row[0]: row for row in texts(table(compose(*recorded()), "change_inquiries"))}
    assert rows["Swerdlowsk"][7:9] == ("−91\u00a0%", "−98 bis −80")
    assert rows["Tatarstan"][7:9] == ("auf null", "−100 bis −88")
    assert rows["Tatarstan"][10] == "2"
    block = table(compose(*recorded()), "change_inquiries")
    assert "Für alle Zeilen gilt [Anm. 1, 3]; in der Spalte Anm. stehen nur weitere." in block.notes


def test_a_record_with_gaps_has_neither_rates_nor_noughts_nor_a_comparison():
    panel = make_panel(
        {"inquiries": "not_recorded", "offers": "not_recorded", "trips": "partial", "attendance": "partial"}
    )
    document = compose(
        phases("trips", n=(21, 17, 2, None), state="partial"),
        phases("trips", region="RU-SVE", n=(6, None, None, None), state="partial"),
        phases("forums", n=(13, 15, 4, None), state="partial"),
        activities(),
        panel=panel,
    )
    sections = {section.key: section for section in document.sections}
    assert "eve" not in sections
    assert [block.text for block in sections["change"].blocks] == [
        "Wie stark die Nachfrage vor und nach der Aussetzung auseinandergeht, lässt sich aus diesen Listen nicht "
        "schätzen.",
        "Grund: Anfragen und Angebote nicht erfasst; Reisen und Forumsteilnahmen lückenhaft Januar 2012 bis Dezember "
        "2024. Ein Vergleich setzt Listen voraus, die in beiden Zeiträumen vollständig geführt wurden; wer hier aus "
        "fehlenden Einträgen auf einen Rückgang schlösse, mäße die Lücken der Belege und nicht die Nachfrage.",
        "Was belegt ist, steht im Kapitel „Maßnahmen“, nach Phasen und Veranstaltern.",
    ]
    rows = texts(table(document, "regions"))
    assert rows[0][1:5] == ("≥\u00a06", "n. e.", "n. e.", "n. e.")
    assert rows[-1][1:5] == ("≥\u00a021", "≥\u00a017", "≥\u00a02", "n. e.")
    counts = [cell for row in table(document, "regions").rows for cell in row[1:]]
    assert all(cell.value != 0 for cell in counts)
    assert not any("%" in text or "je Monat" in text for text in everything(document) if "95" not in text)


def test_own_activities_stand_apart_by_phase():
    panel = make_panel({"inquiries": "not_recorded", "offers": "not_recorded", "trips": "partial"})
    panel = replace(
        panel,
        settings=replace(
            panel.settings,
            organisation=replace(panel.settings.organisation, own_organisers=("VEMAS", "VEMASinnovativ")),
        ),
    )
    document = compose(phases("trips", n=(1, None, None, None), state="partial"), activities(), panel=panel)
    block = table(document, "activities_by_organiser")
    assert [column.key for column in block.columns] == [
        "group", "trips_I", "trips_II", "trips_III", "trips_IV", "trips_total",
        "forums_I", "forums_II", "forums_III", "forums_IV", "forums_total",
    ]  # fmt: skip
    least = "≥\u00a01"
    assert texts(block) == [
        ("Eigene", "n. e.", "n. e.", "n. e.", "n. e.", "n. e.", "0", "0", "0", "a", "1"),
        ("Partner", least, "n. e.", "n. e.", "n. e.", least, "0", "0", "0", "a", "0"),
        ("Gesamt", least, "n. e.", "n. e.", "n. e.", least, "0", "0", "0", "a", "1"),
    ]
    assert "„Gesamt“ enthält auch Maßnahmen, die zu ungenau datiert sind, um sie einer Phase zuzuordnen." in block.notes
    listed = texts(table(document, "activities_page"))
    assert listed[0] == (
        "08.–11.07.2013", "Messe: Innoprom, Jekaterinburg", "Swerdlowsk", "WFS (P)", "12", "≥\u00a030",
    )  # fmt: skip
    assert listed[2][1] == "Unternehmerreise: Reise (abgesagt)"


def test_own_part_is_said_on_page_one():
    partial = {"inquiries": "not_recorded", "offers": "not_recorded", "trips": "not_recorded", "attendance": "partial"}
    panel = make_panel(partial)
    organisation = replace(panel.settings.organisation, own_organisers=("VEMAS",))
    panel = replace(panel, settings=replace(panel.settings, organisation=organisation))
    given = (phases("forums", n=(None, 1, None, None), state="partial"), activities())
    for language, words in (
        ("de", "Eigene Stellen (VEMAS) sind bei 1 von 1 als Veranstalter genannt."),
        ("en", "Own bodies (VEMAS) are named as organisers of 1 out of 1."),
    ):
        document = compose(*given, panel=panel, language=language)
        assert words in document.sections[0].blocks[0].items[1]


def outside(**n):
    rows = tuple((reason, "", "inquiries", count) for reason, count in n.items())
    return Finding("outside_totals", "outside", "ALL", table=DataTable(("reason", "detail", "table", "n"), rows))


def test_what_stands_in_no_column_is_said_with_its_reason():
    short = replace(coverage(), end=dt.date(2022, 4, 1))
    panel = make_panel({"inquiries": short})
    counts = outside(coarser_than_month=3, outside_coverage=9, outside_phases=1, region_unknown=4)
    document = compose(*recorded(), counts, panel=panel)
    notes = table(document, "regions").notes
    assert "Anfragen: in Phase IV nur bis 31.03.2022 erfasst." in notes
    assert "3 Vorgänge sind zu ungenau datiert, um sie einer Phase zuzuordnen; sie stehen in keiner Spalte." in notes
    assert "9 Vorgänge sind außerhalb des Erfassungszeitraums datiert; sie stehen in keiner Spalte." in notes
    assert "Ein Vorgang ist in keiner der Phasen datiert; er steht in keiner Spalte." in notes
    assert "Anfragen: in Phase IV nur bis 31.03.2022 erfasst." in table(document, "phases_inquiries").notes
    assert not any("nur bis" in note for note in table(compose(*recorded()), "regions").notes)
    assert "; erfasst bis 31.03.2022)." in document.sections[0].blocks[0].items[1]


def test_synthetic_data_say_so_and_real_ones_do_not():
    assert compose(*recorded(), panel=make_panel(synthetic=True)).banner == "DEMO – erfundene Daten"
    assert compose(*recorded(), panel=make_panel(synthetic=True), language="en").banner == "DEMO – invented data"
    assert compose(*recorded()).banner == ""


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("edition", ["intern", "public"])
def test_whole_documents_are_well_formed(language, edition):
    document = compose(*recorded(), language=language, edition=edition)
    blocks = [block for section in document.sections for block in section.blocks]
    tables = [block for block in blocks if isinstance(block, TableBlock)]
    charts = [block for block in blocks if isinstance(block, ChartRef)]
    for keys in ([b.key for b in tables], [b.key for b in charts], [s.key for s in document.sections]):
        assert max(Counter(keys).values()) == 1
    titles = [b.sheet_title for b in tables if "xlsx" in b.places] + [r.title for r in document.records]
    assert all(0 < len(title) <= 31 for title in titles)
    assert max(Counter(title.casefold() for title in titles).values()) == 1
    for block in tables:
        assert block.key.isascii()
        assert {len(row) for row in block.rows} <= {len(block.columns)}
        assert all(index < len(block.rows) for index in block.total_rows)
        if block.chart is not None:
            columns = {column.key for column in block.columns}
            assert {block.chart.category, *block.chart.series} <= columns
            assert block.chart.alt
    assert all(chart.alt and chart.message for chart in charts)
    assert not any("{" in text or "nan" in text.split() for text in everything(document))


@pytest.mark.parametrize("language", ["de", "en"])
def test_charts_ask_for_findings_that_exist(language):
    findings = Findings(recorded())
    known = {finding.key for finding in findings}
    document = compose(*recorded(), language=language)
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, ChartRef):
                assert set(block.finding_keys) <= known
                assert block.options["stop"] == STOP.isoformat()


def test_region_option_chooses_pages_and_leaves_totals():
    document = compose(*recorded(), regions=["RU-TA"])
    keys = [section.key for section in document.sections if section.key.startswith("region_")]
    assert keys == ["region_RU_TA"]
    assert texts(table(document, "regions")) == texts(table(compose(*recorded()), "regions"))


def test_public_edition_withholds_small_counts_values_cases_and_records():
    document = compose(*recorded(), edition="public")
    rows = {row[0]: row for row in texts(table(document, "regions"))}
    assert rows["Swerdlowsk"][4] == "g"
    assert rows["Gesamt"][4] == "9"
    assert rows["Gesamt"][6] == "g"
    assert not any(name.startswith("übrige") for name in rows)
    assert document.records == ()
    assert "Ausgabe öffentlich" in document.subtitle


def test_public_region_rows_cannot_be_worked_out_from_the_total():
    findings = published_findings(Findings(recorded()), make_panel(), edition="public")
    total = {row["phase"]: row["n"] for row in findings.get("phases", "inquiries", "ALL").table.records()}
    shown = [f for f in findings.select("phases", "inquiries") if f.region != "ALL"]
    assert shown
    hidden = {f.region for f in recorded() if f.question == "phases" and f.measure == "inquiries"}
    hidden -= {"ALL", *(f.region for f in shown)}
    assert len(hidden) > 1
    for phase in ("I", "II", "III"):
        rest = total[phase] - sum(r["n"] for f in shown for r in f.table.records() if r["phase"] == phase)
        assert rest == 0 or rest >= 5
    assert all(r["n"] is None for f in shown for r in f.table.records() if r["phase"] == "IV")


def test_public_findings_hold_no_values_lists_or_source_rows():
    tables = make_tables(
        inquiries=monthly_rows({"2014-09": 6, "2022-05": 2}, "received_on", russian_company="OOO Geheim"),
        offers=[{"offered_on": "2021-01-01", "saxon_company": "Firma Geheim", "value_eur": 5.0}],
    )
    from vemas_analytics.analysis.after_stop import find_after_stop
    from vemas_analytics.analysis.open_at_stop import find_open_at_stop

    found = (*ask(find_open_at_stop, tables).values(), *ask(find_after_stop, tables).values())
    public = published_findings(Findings(found), make_panel(), edition="public")
    assert not any("Geheim" in str(finding) or finding.sources for finding in public)
    assert not public.select("open_list")
    assert public.get("open_at_stop", "offers", "ALL").table.rows[0][3] is None


def test_withholding_twice_changes_nothing():
    once = published_findings(Findings(recorded()), make_panel(), edition="public")
    assert published_findings(once, make_panel(), edition="public").items == once.items


def test_records_lead_to_their_rows_and_name_no_person():
    tables = make_tables(
        inquiries=[{"received_on": "2014-09-03", "russian_company": "=cmd()", "value_eur": 12.5}],
        attendance=[{"held_on": "2015-05-01", "organisation": "Firma", "person_key": "p1", "side": "saxon"}],
    )
    sheets = {sheet.key: sheet for sheet in compose(*recorded(), tables=tables).records}
    columns = [column.key for column in sheets["records_inquiries"].columns]
    row = dict(zip(columns, sheets["records_inquiries"].rows[0], strict=True))
    assert row["russian_company"].text == "=cmd()"
    assert row["russian_company"].kind == "text"
    assert (row["source_file"].text, row["source_row"].value) == ("inquiries.xlsx", 2)
    assert (row["received_on"].value, row["value_eur"].value) == (dt.date(2014, 9, 3), 12.5)
    assert "person_key" not in [column.key for column in sheets["records_attendance"].columns]


def test_composition_changes_nothing_it_was_given():
    findings, panel = Findings(recorded()), make_panel()
    tables: Tables = make_tables(inquiries=[{"received_on": "2014-09-03"}])
    before = tables.inquiries.copy(deep=True)
    first = compose_before_after(findings, tables, panel, language="de")
    assert compose_before_after(findings, tables, panel, language="de") == first
    assert tables.inquiries.equals(before)


def numbers_of(findings, panel):
    """Every whole number a reader may meet: of tables, sides, dates, and what their definitions fix."""
    allowed = {*range(1, 32), *range(2000, 2031), 95, 90, 83, 3166, 48, 24, 100}
    for finding in findings:
        cells = [cell for row in (finding.table.rows if finding.table else ()) for cell in row]
        cells += [finding.n_before, finding.n_after, *(point.value for point in finding.series)]
        allowed |= {round(cell) for cell in cells if isinstance(cell, int | float)}
        allowed |= {round(days / 30.4375) for days in (finding.days_before, finding.days_after) if days}
    return allowed


def test_whole_numbers_of_page_one_stem_from_findings():
    document = compose(*recorded())
    sums = {340, 32}  # counts of the phases before the stop, trips and forums before the stop
    allowed = numbers_of(recorded(), make_panel()) | sums
    block = table(document, "regions")
    for row in block.rows:
        for cell in row:
            if cell.kind == "integer":
                assert cell.value in allowed, cell
    for sentence in document.sections[0].blocks[0].items:
        for digits in re.findall(r"(?<![\d,.])\d+(?![\d,.]*\d)(?!\s*T€)", sentence):
            assert int(digits) in allowed, (digits, sentence)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("de", "Anfragen, Angebote, Reisen und Foren nach Regionen und Phasen"),
        ("en", "Inquiries, offers, trips and forums by region and phase"),
    ],
)
def test_counts_by_phase_name_what_they_count_and_give_each_region_a_line(language, title):
    document = compose(*recorded(), language=language)
    counts = table(document, "phases_page")
    assert counts.title == title
    named = {row[0].text for row in counts.rows}
    assert {"Perm", "Samara"} <= named
    assert "Perm" not in {row[0].text for row in table(document, "regions").rows}, "page 1 joins the small regions"
    public = compose(*recorded(), language=language, edition="public")
    assert "Perm" not in {row[0].text for row in table(public, "phases_page").rows}


def test_counts_by_phase_leave_unrecorded_lists_out_of_the_title():
    panel = make_panel(
        {"inquiries": "not_recorded", "offers": "not_recorded", "attendance": "partial"} | {"trips": "partial"}
    )
    found = [phases("trips", region=region, n=(5, 4, 0, 0), state="partial") for region in ("ALL", "RU-SVE", "RU-TA")]
    assert table(compose(*found, panel=panel), "phases_page").title == "Reisen nach Regionen und Phasen"


def regional_chart(*more) -> str:
    changes = [
        change(90, 4, region="RU-SVE", ratio=(0.09, 0.02, 0.2)),
        change(60, 9, region="RU-TA", ratio=(0.3, 0.1, 0.6)),
        change(150, 13, ratio=(0.17, 0.1, 0.3)),
    ]
    document = compose(*(item for item in recorded() if item.question != "before_after"), *changes, *more)
    (chart,) = [
        b for s in document.sections for b in s.blocks if isinstance(b, ChartRef) and b.key == "change_inquiries"
    ]
    return chart.message


def test_whether_regions_differ_is_told_by_one_test_and_not_by_intervals_side_by_side():
    named = "Am stärksten ging es in Swerdlowsk zurück, am wenigsten in Tatarstan."
    assert regional_chart() == named
    differ = Finding("regions_differ", "inquiries", "ALL", baseline="phase_II", estimate=Estimate(None, p_value=0.31))
    alike = "Über alle Regionen geprüft, gehen die Unterschiede nicht über den Zufall hinaus (p\u00a0=\u00a00,310)."
    assert regional_chart(differ) == f"{named} {alike}"
    sure = replace(differ, estimate=Estimate(None, p_value=0.0004))
    assert regional_chart(sure).endswith("stärker, als es der Zufall erwarten lässt (p\u00a0<\u00a00,001).")
    other = replace(differ, baseline="all_before")
    assert regional_chart(other) == named
