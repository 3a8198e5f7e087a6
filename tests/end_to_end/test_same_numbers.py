"""The same number in findings, workbook and PDF, in both languages, and back to the rows it was counted from."""

import csv
import datetime as dt
import functools
import re
import subprocess

import openpyxl
import pytest
from recount import DAY, MEASURES, exact_ratio
from report_sets import STOP, rows_of, sources_of

from vemas_analytics.reference.numbers import format_decimal, format_integer

REGIONS = ("RU-SVE", "RU-TA", "RU-SPE", "RU-MOW", "RU-CHE", "RU", "ALL")
NAMES = {
    "de": {"RU-SVE": "Swerdlowsk", "RU-TA": "Tatarstan", "RU-SPE": "St. Petersburg", "ALL": "Gesamt"},
    "en": {"RU-SVE": "Sverdlovsk", "RU-TA": "Tatarstan", "RU-SPE": "St Petersburg", "ALL": "Total"},
}


def day(text):
    return None if text is None else dt.date.fromisoformat(text)


def phase_bounds(row, first, end):
    """The phase as far as the list was kept, both ends as given where it is unbounded."""
    return max(day(row["start"]) or first, first), min(day(row["end"]) or end, end)


@pytest.mark.parametrize("region", REGIONS)
def test_phases_are_as_recounted_and_name_their_rows(demo, region):
    for measure in MEASURES:
        finding, used = demo.one("phases", measure, region), set()
        for row in rows_of(finding):
            start, end = phase_bounds(row, dt.date(2012, 1, 1), demo.recount.end)
            n, coarse = demo.recount.count(measure, region, start, end)
            assert (row["n"], row["n_coarse"], row["days"]) == (n, coarse, (end - start).days), (measure, row)
            used |= {case for case in demo.recount.cases(measure, region) if case.within(start, end)}
        named = sources_of(finding)
        assert len(named) == len(used), measure
        assert all(len(named & case.rows) == 1 for case in used), measure


@pytest.mark.parametrize("region", REGIONS)
def test_years_months_and_last_records_are_as_recounted(demo, region):
    recount = demo.recount
    for measure in MEASURES:
        for row in rows_of(demo.one("yearly", measure, region)):
            assert row["n"] == recount.year(measure, region, row["year"]), (measure, row)
    for measure in ("inquiries", "offers", "trips", "forums"):
        for point in demo.one("monthly", measure, region)["series"]:
            assert point["value"] == recount.count(measure, region, day(point["start"]), day(point["end"]))[0]
        last = rows_of(demo.one("last_activity", measure, region))
        assert [day(row["date"]) for row in last] == [found for found in [recount.last(measure, region)] if found]
        late = demo.one("after_stop", measure, region)
        cases = recount.after_stop(measure, region)
        assert late["estimate"]["value"] == len(rows_of(late)) == len(cases)
        assert all(len(sources_of(late) & case.rows) == 1 for case in cases)


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("table", ["inquiries", "offers"])
def test_open_on_the_eve_is_as_recounted(demo, table, region):
    finding = demo.one("open_at_stop", table, region)
    assert rows_of(finding) == [demo.recount.eve_figures(table, region)]
    still_open, unknown = demo.recount.open_on_eve(table, region)
    assert sources_of(finding) == {row for case in (*still_open, *unknown) for row in case.rows}


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("measure", ["inquiries", "offers"])
def test_ratios_and_exact_intervals_are_as_recounted(demo, measure, region):
    found = demo.select("before_after", measure, region)
    assert len(found) == 5
    for finding in found:
        n, days, rows = {}, {}, set()
        for row in rows_of(finding):
            periods = [tuple(map(day, period.split("/"))) for period in row["periods"].split(";")]
            inside = [
                case
                for case in demo.recount.cases(measure, region)
                if case.fine and any(case.within(*period) for period in periods)
            ]
            n[row["side"]], days[row["side"]] = len(inside), sum((end - start).days for start, end in periods)
            rows |= {place for case in inside for place in case.rows}
        assert (finding["n_before"], finding["n_after"]) == (n["before"], n["after"])
        assert (finding["days_before"], finding["days_after"]) == (days["before"], days["after"])
        assert sources_of(finding) == rows
        assert len(rows) == n["before"] + n["after"]
        if not n["before"] or finding["estimate"] is None:
            continue
        value, low, high = exact_ratio(n["after"], days["after"], n["before"], days["before"])
        estimate = finding["estimate"]
        assert estimate["value"] == pytest.approx(value, rel=1e-12)
        if finding["method"] == "exact":
            assert (estimate["low"] or 0.0, estimate["high"]) == pytest.approx((low, high), rel=1e-9)


def test_windows_meet_at_the_day_of_the_stop(demo):
    (whole,) = (item for item in demo.select("before_after", "offers", "ALL") if item["baseline"] == "all_before")
    before, after = (row["periods"] for row in rows_of(whole))
    assert (before, after) == ("2012-01-01/2022-02-24", "2022-02-24/2025-01-01")
    cells = {point["start"]: point["end"] for point in demo.one("monthly", "offers", "ALL")["series"]}
    assert (cells["2022-02-01"], cells["2022-02-24"]) == ("2022-02-24", "2022-03-01")
    assert (STOP - dt.date(2022, 2, 1)).days == 23


def test_rows_exist_in_the_files_and_say_what_they_should(demo):
    """Every row a finding names holds the firm of its record, by its name or by a spelling noted as joined to it."""
    lists: dict[tuple[str, str], list[tuple]] = {}
    for path in demo.source.glob("*.xlsx"):
        for sheet in openpyxl.load_workbook(path, read_only=True):
            lists[path.name, sheet.title] = list(sheet.iter_rows(values_only=True))
    for path in demo.source.glob("Angebote*.csv"):
        with path.open(encoding="cp1252", newline="") as stream:
            lists[path.name, ""] = list(csv.reader(stream, delimiter=";"))
    with (demo.tables / "problems.csv").open(encoding="utf-8", newline="") as stream:
        noted = [line for line in csv.DictReader(stream) if line["code"] == "company_spelling"]
    checked = 0
    for table, column in (("inquiries", "russian_company"), ("offers", "saxon_company")):
        firms = {
            (row["source_file"], row["source_sheet"], int(row["source_row"])): row[column]
            for row in demo.recount.tables[table]
        }
        for finding in (*demo.select("phases", table, "ALL"), *demo.select("before_after", table, "RU-SVE")):
            for file, sheet, row in sources_of(finding):
                line = " ".join(str(cell) for cell in lists[file, sheet][row - 1] if cell is not None)
                firm = firms[file, sheet, row]
                spellings = [firm, *(item["value"] for item in noted if f"„{firm}“" in item["message"])]
                assert any(" ".join(one.split()) in " ".join(line.split()) for one in spellings), (file, sheet, row)
                checked += 1
    assert checked > 900


def sheet_rows(book, table):
    """The rows of a named table, by the text of their first cell."""
    for sheet in book:
        if table in sheet.tables:
            cells = sheet[sheet.tables[table].ref]
            return {row[0].value: [cell.value for cell in row[1:]] for row in cells[1:]}
    raise KeyError(table)


@pytest.mark.parametrize("language", ["de", "en"])
def test_workbook_holds_the_same_numbers(demo, language):
    book, suspended = demo.workbook(language), {"de": "a", "en": "s"}[language]
    for measure in ("inquiries", "offers", "trips", "forums"):
        rows = sheet_rows(book, f"t_phases_{measure}")
        for region, name in NAMES[language].items():
            for cell, phase in zip(rows[name], rows_of(demo.one("phases", measure, region)), strict=False):
                assert cell == phase["n"] or (cell == suspended and phase["n"] == 0), (measure, region, phase)
    for table in ("inquiries", "offers"):
        rows = sheet_rows(book, f"t_open_{table}")
        figures = rows_of(demo.one("open_at_stop", table, "ALL"))[0]
        assert rows[NAMES[language]["ALL"]][0] == figures["n_open"]
        assert rows[NAMES[language]["ALL"]][-1] == figures["n_unknown"]


@pytest.mark.parametrize("language", ["de", "en"])
def test_workbook_records_are_the_rows_of_the_findings(demo, language):
    book = demo.workbook(language)
    for table in ("inquiries", "offers"):
        (sheet,) = (sheet for sheet in book if f"t_records_{table}" in sheet.tables)
        cells = sheet[sheet.tables[f"t_records_{table}"].ref]
        places = {tuple("" if cell.value is None else cell.value for cell in row[-3:]) for row in cells[1:]}
        known = {(r["source_file"], r["source_sheet"], int(r["source_row"])) for r in demo.recount.tables[table]}
        assert {(file, sheet_name, int(row)) for file, sheet_name, row in places} == known


@functools.cache
def read_pdf(program, path):
    done = subprocess.run([program, "-layout", path, "-"], capture_output=True, check=True)
    return re.sub(r"[ \u00a0\u202f]+", " ", done.stdout.decode("utf-8"))


@pytest.fixture
def pages(demo, require_tool):
    """The text of the PDF in each language, blanks folded."""
    program = require_tool("pdftotext")
    return {language: read_pdf(program, demo.reports / f"before-after.{language}.pdf") for language in ("de", "en")}


@pytest.mark.parametrize("language", ["de", "en"])
def test_page_one_prints_the_same_numbers(demo, pages, language):
    page = pages[language].split("\f")[0]
    for region, name in NAMES[language].items():
        phases = rows_of(demo.one("phases", "inquiries", region))
        expected = [format_decimal(row["per_year"], language) for row in phases[:3]]
        expected += [format_integer(phases[3]["n"], language)]
        expected += [format_integer(rows_of(demo.one("open_at_stop", "offers", region))[0]["n_open"], language)]
        # between name and numbers may stand the page of the region
        begins = re.compile(rf"\s*{re.escape(name)}(?: (?:S\.|p\.)\s\d+)? (?={re.escape(expected[0])} )")
        (rest,) = (line[found.end() :] for line in page.splitlines() if (found := begins.match(line)))
        assert rest.split()[:5] == expected


@pytest.mark.parametrize("language", ["de", "en"])
def test_tables_of_the_pdf_print_the_same_numbers(demo, pages, language):
    for measure in ("inquiries", "offers"):
        for region, name in NAMES[language].items():
            phases = rows_of(demo.one("phases", measure, region))
            numbers = " ".join(format_integer(row["n"], language) for row in phases)
            rates = " ".join(format_decimal(row["per_year"], language) for row in phases)
            assert f"{name} {numbers} {rates}" in pages[language], (measure, region)


def test_small_regions_together_count_each_record_once(demo):
    partners = {"RU-SVE", "RU-TA", "RU-SPE", "RU-KLU", "RU-NIZ", "RU", "ALL"}
    names = {finding["region"] for finding in demo.select("phases", "inquiries")} - partners - {"OTHERS"}
    small = {
        region for region in names if sum(row["n"] for row in rows_of(demo.one("phases", "inquiries", region))) < 10
    }
    for measure in ("inquiries", "offers", "trips", "forums"):
        for row in rows_of(demo.one("phases", measure, "OTHERS")):
            start, end = phase_bounds(row, dt.date(2012, 1, 1), demo.recount.end)
            cases = [case for case in demo.recount.cases(measure, "ALL") if case.within(start, end) and case.fine]
            assert row["n"] == sum(bool(case.regions & small) for case in cases), (measure, row)


def test_public_record_says_at_least_and_claims_nothing_more(public_record):
    """46 of 70 trips were held; 40 of them are dated to the month or better."""
    trips = public_record.recount.cases("trips", "ALL")
    assert (len(trips), sum(case.fine for case in trips)) == (46, 40)
    assert len({row["trip_id"] for row in public_record.recount.tables["trips"]}) == 70
    rows = rows_of(public_record.one("phases", "trips", "ALL"))
    assert [(row["n"], row["n_coarse"]) for row in rows] == [(21, 4), (17, 1), (2, 0), (None, 0)]
    assert all(row["state"] == "partial" and row["per_year"] is None for row in rows)
    for finding in public_record.select("phases"):
        assert all(row["n"] != 0 and row["per_year"] is None for row in rows_of(finding)), finding["key"]
    for finding in public_record.select("before_after"):
        assert finding["estimate"] is None
        assert "not_estimable" in finding["caveats"]
    for finding in public_record.select("yearly"):
        assert all(row["n"] != 0 and row["state"] != "recorded" for row in rows_of(finding))
    assert public_record.one("last_activity", "trips", "RU-SVE")["table"]["rows"][0][0] == "2013-07-11"


def test_public_record_keeps_own_activities_apart(public_record):
    rows = rows_of(public_record.one("activities", "activities", "ALL"))
    own = [row for row in rows if row["organiser_group"] == "own"]
    assert own
    assert all(re.search(r"VEMAS|WFS|Wirtschaftsförderung Sachsen", row["organiser"]) for row in own)
    others = [row["organiser"] or "" for row in rows if row["organiser_group"] != "own"]
    assert not any(re.search(r"VEMAS|WFS|Wirtschaftsförderung Sachsen", organiser) for organiser in others)


def test_public_record_is_as_recounted(public_record):
    recount, eternity = public_record.recount, dt.date.min
    for measure in ("trips", "trips_announced", "trips_cancelled", "forums", "forum_attendance"):
        for region in ("RU-SVE", "RU-TA", "RU-SAM", "RU", "ALL"):
            for row in rows_of(public_record.one("phases", measure, region)):
                bounds = phase_bounds(row, eternity, recount.end - DAY)
                n, coarse = recount.count(measure, region, *bounds)
                assert (row["n"], row["n_coarse"]) == (n or None, coarse), (measure, region, row)
