"""Words that must match the numbers: a fall only where there is one, tables that add up, nothing empty printed."""

import datetime as dt
from dataclasses import replace

import pytest
from report_cases import change, make_context, make_panel

from vemas_analytics.model.document import Paragraph
from vemas_analytics.model.finding import DataTable, Finding
from vemas_analytics.model.settings import Organisation
from vemas_analytics.reports.compose.activities import activities_message
from vemas_analytics.reports.compose.change import change_chapter
from vemas_analytics.reports.compose.data_tables import control_sentence
from vemas_analytics.reports.compose.organisers import group_table, kind_table
from vemas_analytics.reports.compose.readings import read_activities

COLUMNS = (
    "start", "end", "precision", "kind", "title", "place", "region", "organiser", "organiser_group",
    "companies", "companies_bound", "persons", "persons_bound", "status",
)  # fmt: skip
FALL = "Ein Rückgang fällt mit der Aussetzung zusammen."


def activities(*kinds_and_groups):
    rows = tuple(
        (dt.date(2016, 3, 1), None, "day", kind, "Titel", "Kasan", "RU-TA", "", group, None, None, None, None, "held")
        for kind, group in kinds_and_groups
    )
    return Finding("activities", "activities", "ALL", table=DataTable(COLUMNS, rows))


def controls(*agrees):
    rows = tuple((agree,) for agree in agrees)
    return Finding("control_totals", "controls", "ALL", table=DataTable(("agrees",), rows))


FELL = change(200, 9, ratio=(0.09, 0.04, 0.17))


@pytest.mark.parametrize(
    ("findings", "falls"),
    [
        ((FELL,), True),
        ((change(200, 0, ratio=(0.0, 0.0, 0.03)),), True),
        ((change(50, 60, ratio=(2.3, 1.6, 3.4)),), False),
        ((change(50, 20, ratio=(0.8, 0.5, 1.3)),), False),
        ((change(2, 1),), False),
        ((FELL, change(50, 60, measure="offers", ratio=(2.3, 1.6, 3.4))), False),
    ],
    ids=["fall", "to_none", "rise", "may_be_chance", "few", "mixed"],
)
def test_a_fall_is_named_only_where_the_total_fell(findings, falls):
    blocks = change_chapter(make_context(*findings)).blocks
    said = " ".join(block.text for block in blocks if isinstance(block, Paragraph))
    assert (FALL in said) is falls
    assert ("nicht als ihre Wirkung belegt" in said) is not falls


@pytest.mark.parametrize(
    ("near", "at_stop"),
    [
        ((0.2, 0.1, 0.4), True),
        ((0.9, 0.5, 1.6), False),
        ((0.0, 0.0, 0.3), True),
        ((0.0, 0.0, 1.2), False),
    ],
)
def test_a_fall_that_the_months_just_before_do_not_show_may_have_come_earlier(near, at_stop):
    just_before = change(20, 9 if near[0] else 0, baseline="months_24", days=(730, 1042), ratio=near)
    blocks = change_chapter(make_context(FELL, just_before)).blocks
    said = " ".join(block.text for block in blocks if isinstance(block, Paragraph))
    assert (FALL in said) is at_stop
    assert ("früher lag, ist damit offen" in said) is not at_stop


@pytest.mark.parametrize(("language", "unknown"), [("de", "Ohne Angabe"), ("en", "Not stated")])
def test_kinds_of_activities_add_up_with_those_of_unknown_kind(language, unknown):
    finding = activities(("forum", "own"), ("delegation", "other"), ("", "partner"), ("Stammtisch", ""))
    block = kind_table(make_context(finding, language=language), read_activities(finding))
    assert block.rows[-1][0].text == unknown
    assert [cell.value for cell in block.rows[-1][1:]] == [0, 1, 0, 1, 2]
    assert sum(row[-1].value for row in block.rows) == 4


def test_without_a_name_nothing_is_said_about_own_activities():
    finding = activities(("forum", "other"))
    named = make_panel()
    unnamed = replace(named, settings=replace(named.settings, organisation=Organisation()))
    for panel, says_own in ((named, True), (unnamed, False)):
        ctx = make_context(finding, panel=panel)
        assert ("Herausgeber" in activities_message(ctx, finding)) is says_own
        note = group_table(ctx, read_activities(finding)).notes[0]
        assert note.startswith("Eigene: Netzwerk Muster; auch" if says_own else "Partner: Ministerien")


def test_one_control_total_is_worded_in_the_singular():
    assert control_sentence(make_context(controls(True))).endswith("stimmt mit der Nachzählung überein.")
    assert control_sentence(make_context(controls(False))).endswith("stimmt mit der Nachzählung nicht überein.")
    assert control_sentence(make_context(controls(True, False))) == (
        "2 Kontrollsummen der Listen wurden nachgezählt; übereinstimmend: 1."
    )
