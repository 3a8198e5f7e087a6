import pytest

from factories import ask, kept, make_settings, make_tables, rows_of
from vemas_analytics.analysis.concentration import find_concentration

SETTINGS = make_settings(coverage={"offers": kept("2012-01-01", "2023-01-01")})


def concentration(rows, region="ALL", settings=SETTINGS):
    return ask(find_concentration, make_tables(offers=rows), settings)["concentration", "offers", region, "all_before"]


def row(finding, carrier, window="all_before"):
    (found,) = [item for item in rows_of(finding) if (item["carrier"], item["window"]) == (carrier, window)]
    return found


def offers(firms, **fields):
    return [{"offered_on": "2016-05-05", "offer_id": f"{firm}{i}", "saxon_company": firm, **fields}
            for firm, n in firms.items() for i in range(n)]  # fmt: skip


def test_shares_of_the_largest_by_hand():
    finding = concentration(offers({"A": 4, "B": 2, "C": 2, "D": 1, "E": 1}))
    found = row(finding, "saxon_firm")
    assert (found["n"], found["n_named"], found["n_carriers"]) == (10, 10, 5)
    assert found["top3_share"] == finding.estimate.value == pytest.approx(0.8)
    assert found["top5_share"] == 1
    assert found["hhi"] == pytest.approx(0.16 + 0.04 + 0.04 + 0.01 + 0.01)
    assert found["n_effective"] == pytest.approx(1 / 0.26)
    assert (finding.estimate.low, finding.estimate.p_value) == (None, None)


def test_names_differ_by_more_than_case_and_spacing_and_none_stands_in_the_table():
    finding = concentration(offers({"Alpha GmbH": 3, "ALPHA  gmbh": 2, "Beta": 1}))
    assert row(finding, "saxon_firm")["n_carriers"] == 2
    assert "names_as_written" in finding.caveats
    assert not any("alpha" in str(value).lower() for line in finding.table.rows for value in line)


def test_fewer_than_five_named_records_give_no_share():
    finding = concentration([*offers({"A": 4}), *offers({"": 3}, offered_on="2017-01-01")])
    found = row(finding, "saxon_firm")
    assert (found["n"], found["n_named"], found["top3_share"]) == (7, 4, None)
    assert finding.estimate is None


def test_regions_carry_the_total_only():
    rows = offers({"A": 6}) + offers({"B": 3}, region="RU-TA") + offers({"C": 2}, region="RU")
    found = row(concentration(rows), "region")
    assert (found["n"], found["n_named"], found["n_carriers"]) == (11, 9, 2)
    assert found["hhi"] == pytest.approx((36 + 9) / 81)
    assert {item["carrier"] for item in rows_of(concentration(rows, "RU-TA"))} == {"saxon_firm", "russian_firm"}


def test_phases_have_their_own_lines():
    rows = offers({"A": 6}) + offers({"B": 5}, offered_on="2013-05-05")
    finding = concentration(rows)
    assert row(finding, "saxon_firm", "I")["n"] == 5
    assert row(finding, "saxon_firm", "II")["hhi"] == 1
    assert row(finding, "saxon_firm", "IV")["n"] == 0
