import datetime as dt
import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from literal_lists import codes, load, raw_list

from vemas_analytics.errors import ConfigError
from vemas_analytics.etl.companies import find_candidates, read_decisions, settle_companies, write_companies
from vemas_analytics.etl.companies.decisions import Decision
from vemas_analytics.etl.companies.grouping import group_spellings, rule_groups
from vemas_analytics.etl.load import load_tables
from vemas_analytics.model.settings import Aliases, Settings
from vemas_analytics.model.tables import COMPANY_DECISION_COLUMNS, Tables

HEADER = ",".join(COMPANY_DECISION_COLUMNS) + "\n"


def inquiries(*companies: str, side: str = "russian") -> Tables:
    rows = [(str(n), dt.date(2019, 1, 1 + n), "Swerdlowsk", name) for n, name in enumerate(companies)]
    return load(raw_list("inquiries", f"inquiry_id received_on region {side}_company", *rows))


def same(a: str, b: str, canonical: str = "", line: int = 2, side: str = "russian") -> Decision:
    return Decision(line, side, a, b, "same", canonical)  # type: ignore[arg-type]


def different(a: str, b: str, line: int = 2, side: str = "russian") -> Decision:
    return Decision(line, side, a, b, "different")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("side", "spellings"),
    [
        ("russian", ("Уралмашзавод", "Uralmaschsawod", "Uralmashzavod", "Uralmašzavod")),
        ("russian", ("ООО «Образец Урал»", "OOO Obrazez Ural", 'OOO "Obrazez Ural"', "Obrazez Ural, OOO")),
        ("russian", ("ОАО «НПО Автоматика»", "OAO NPO Avtomatika", "OJSC Npo Avtomatika")),
        ("russian", ("PAO KAMAZ", "ПАО «КАМАЗ»", "Публичное акционерное общество «КАМАЗ»", "КамАЗ")),
        ("russian", ("OOO Nischni Pribor", "OOO Nizhniy Pribor", "OOO Nishni Pribor", "ООО Нижний Прибор")),
        ("russian", ("ОOО Рога и копыта", "ООО «Рога и копыта»")),
        ("saxon", ("Müller & Söhne GmbH", "Mueller und Soehne GmbH", "MÜLLER & SÖHNE G.m.b.H.", "„Müller & Söhne“")),
        ("saxon", ("Straßenbau AG", "Strassenbau Aktiengesellschaft", "Straßenbau")),
        ("saxon", ("Muster GmbH & Co. KG", "Muster GmbH u. Co KG", "Muster GmbH & Co.KG")),
        ("saxon", ("Holz-Meier e. K.", "Holz Meier e.K.", "Holz-Meier e. Kfr.")),
    ],
)
def test_one_firm_in_many_spellings_is_one_firm(side: str, spellings: tuple[str, ...]) -> None:
    assert rule_groups(spellings, side) == [sorted(spellings)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("side", "spellings"),
    [
        ("russian", ("ООО Вектор", "ОАО Вектор")),
        ("russian", ("ООО Роза", "ООО Роса")),
        ("russian", ("ООО Жатва", "ООО Шатва")),
        ("russian", ("OOO Rosa", "OOO Roza")),
        ("saxon", ("Muster GmbH", "Muster AG")),
        ("saxon", ("Meier Maschinenbau GmbH", "Meyer Maschinenbau GmbH")),
        ("saxon", ("Muller GmbH", "Müller GmbH")),
        ("saxon", ("Werk 1 GmbH", "Werk 2 GmbH")),
        ("saxon", ("Metallbau GmbH", "Metall Bau GmbH")),
    ],
)
def test_what_leaves_a_doubt_stays_apart(side: str, spellings: tuple[str, ...]) -> None:
    assert len(rule_groups(spellings, side)) == 2  # type: ignore[arg-type]


def test_a_name_without_form_joins_none_of_two_forms() -> None:
    assert rule_groups(["Вектор", "ООО Вектор", "ОАО Вектор"], "russian") == [
        ["Вектор"],
        ["ОАО Вектор"],
        ["ООО Вектор"],
    ]


def test_a_latin_name_that_two_cyrillic_ones_could_be_joins_neither() -> None:
    assert len(rule_groups(["ООО Розанова", "ООО Росанова", "OOO Rosanowa"], "russian")) == 3


def test_records_carry_one_name_and_each_spelling_is_told_once() -> None:
    tables = inquiries(
        "OOO Obrazez Ural", "ООО «Образец Урал»", "ООО «Образец Урал»", "OOO Obrazez Ural", "OOO Obrazez Ural"
    )
    assert tables.inquiries["russian_company"].unique().tolist() == ["OOO Obrazez Ural"]
    told = [item for item in tables.problems if item.code == "company_spelling"]
    assert [(item.value, item.row, item.severity, item.params["n"], item.params["rule"]) for item in told] == [
        ("ООО «Образец Урал»", 6, "repaired", "2", "transliteration")
    ]
    assert tables.companies[["spelling", "canonical", "n", "rule"]].values.tolist() == [
        ["OOO Obrazez Ural", "OOO Obrazez Ural", 3, ""],
        ["ООО «Образец Урал»", "OOO Obrazez Ural", 2, "transliteration"],
    ]


def test_two_lists_with_two_spellings_hold_one_record() -> None:
    fields = "inquiry_id received_on russian_company"
    first = raw_list("inquiries", fields, ("A1", "12.03.2019", "OAO Maket"), file="a.csv")
    second = raw_list("inquiries", fields, ("A1", "12.03.2019", "ОАО «Макет»"), file="b.csv")
    other = raw_list("inquiries", fields, ("A1", "12.03.2019", "ООО «Макет»"), file="c.csv")
    assert codes(load(first, second)) == ["company_spelling", "duplicate"]
    assert "id_conflict" in codes(load(first, other))


def test_the_same_word_on_both_sides_is_no_reason_to_join() -> None:
    rows = [("1", "12.03.2019", "Sachsenwerk GmbH", "OOO Sachsenwerk")]
    tables = load(raw_list("inquiries", "inquiry_id received_on saxon_company russian_company", *rows))
    assert tables.companies["canonical"].tolist() == ["Sachsenwerk GmbH", "OOO Sachsenwerk"]


def test_organisations_of_forums_take_the_name_of_their_inquiries() -> None:
    requests = raw_list(
        "inquiries", "inquiry_id received_on saxon_company", ("1", "12.03.2019", "Müller Antriebe GmbH")
    )
    forum = raw_list(
        "attendance",
        "held_on forum_title organisation side",
        ("12.03.2019", "Forum", "Mueller Antriebe", "sächsisch"),
        ("12.03.2019", "Forum", "Mueller Antriebe GmbH", None),
        file="forum.xlsx",
    )
    tables = load(requests, forum)
    assert set(tables.attendance["organisation"]) == set(tables.inquiries["saxon_company"])


def test_the_name_is_the_most_frequent_then_the_longest_then_the_first() -> None:
    assert inquiries("ZAO Proba", "Proba", "Proba").inquiries["russian_company"].unique().tolist() == ["Proba"]
    assert inquiries("Proba", "ZAO Proba").inquiries["russian_company"].unique().tolist() == ["ZAO Proba"]
    assert inquiries("PROBA", "Proba").inquiries["russian_company"].unique().tolist() == ["PROBA"]


def test_the_target_of_an_alias_is_the_name() -> None:
    rows = [
        ("1", "12.03.2019", "Alt AG"),
        ("2", "13.03.2019", "Neu"),
        ("3", "14.03.2019", "Neu"),
        ("4", "15.03.2019", "Neu GmbH"),
    ]
    settings = Settings(aliases=Aliases(companies={"Alt AG": "Neu GmbH"}))
    tables = load(raw_list("inquiries", "inquiry_id received_on saxon_company", *rows), settings=settings)
    assert tables.inquiries["saxon_company"].unique().tolist() == ["Neu GmbH"]


def test_decisions_part_and_join() -> None:
    spellings = ["ООО Вектор", "OOO Wektor", "ОАО Вектор", "Vektor Ural"]
    decided = [different("ООО Вектор", "OOO Wektor"), same("ОАО Вектор", "Vektor Ural", line=3)]
    assert group_spellings(spellings, "russian", decided) == [
        ["OOO Wektor"],
        ["Vektor Ural", "ОАО Вектор"],
        ["ООО Вектор"],
    ]


def test_a_decision_can_part_what_is_spelt_almost_alike() -> None:
    decided = [different("Muster GmbH", "MUSTER GmbH", side="saxon")]
    assert group_spellings(["Muster GmbH", "MUSTER GmbH"], "saxon", decided) == [["MUSTER GmbH"], ["Muster GmbH"]]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_contradictions_stop_whatever_their_order(order: tuple[int, ...]) -> None:
    lines = [same("A-Werk", "B-Werk", line=2), same("B-Werk", "C-Werk", line=3), different("A-Werk", "C-Werk", line=4)]
    with pytest.raises(
        ConfigError, match=r"line 4 says that 'A-Werk' and 'C-Werk' are different, line .* makes them the same"
    ):
        group_spellings(["A-Werk", "B-Werk", "C-Werk"], "russian", [lines[at] for at in order])


def test_two_names_for_one_company_stop() -> None:
    decided = [same("A-Werk", "B-Werk", "Werk A"), same("B-Werk", "C-Werk", "Werk C", line=3)]
    with pytest.raises(ConfigError, match=r"'Werk A' \(line 2\) and 'Werk C' \(line 3\)"):
        settle_companies((), decided, Settings())


def test_candidates_have_a_score_and_a_reason() -> None:
    tables = inquiries("ООО Вектор", "ОАО Вектор", "OOO Uralpribor", "OOO Uralprivor", "OOO Werk 1", "OOO Werk 2")
    found = find_candidates(tables)
    assert found[["name_a", "name_b", "score", "reason"]].values.tolist() == [
        ["ОАО Вектор", "ООО Вектор", 95, "legal_forms_differ"],
        ["OOO Uralpribor", "OOO Uralprivor", 90, "similar"],
    ]
    assert found["decision"].isna().all()


def write_folder(folder: Path, decisions: str = "") -> Path:
    (folder / "Anfragen.csv").write_text(
        "Anfrage-Nr.;Eingangsdatum;Region;Sächsisches Unternehmen;Russisches Unternehmen\n"
        "1;12.03.2019;Swerdlowsk;Muster GmbH;ООО Вектор\n2;13.03.2019;Swerdlowsk;Muster AG;ОАО Вектор\n",
        "utf-8",
    )
    if decisions:
        (folder / "companies.csv").write_text(decisions, "utf-8")
    return folder


def test_what_check_writes_is_replayed_once_decided(tmp_path: Path) -> None:
    folder, out = write_folder(tmp_path), tmp_path / "out"
    out.mkdir()
    assert write_companies(load_tables([folder], Settings()), out) == 2
    text = (out / "companies.csv").read_text("utf-8")
    assert text.startswith(HEADER)
    assert "gleicher Name, verschiedene Rechtsformen" in text
    lines = text.splitlines()
    decided = [lines[0]]
    for line, verdict in zip(
        sorted(lines[1:]), ("same,ОАО Вектор,Haupt,2025-01-10", "different,,Haupt,2025-01-10"), strict=True
    ):
        decided.append(line.removesuffix(",,,,") + "," + verdict)
    write_folder(folder, "\n".join(decided) + "\n")
    tables = load_tables([folder], Settings())
    assert tables.inquiries["russian_company"].tolist() == ["ОАО Вектор"] * 2
    assert tables.inquiries["saxon_company"].tolist() == ["Muster GmbH", "Muster AG"]
    assert [item.name for item in tables.companions] == ["companies.csv"]
    assert write_companies(tables, out) == 0
    again = (out / "companies.csv").read_text("utf-8")
    assert again.count("same,ОАО Вектор,Haupt,2025-01-10") == 1
    assert again.count("different,,Haupt,2025-01-10") == 1
    (folder / "companies.csv").write_text(again, "utf-8")
    assert load_tables([folder], Settings()).inquiries.equals(tables.inquiries)


def test_a_decision_without_use_is_noted_and_kept(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, "Seite;Name A;Name B;Entscheidung\nsächsisch;Muster GmbH;Weg GmbH;gleich\n")
    tables = load_tables([folder], Settings())
    unused = [item for item in tables.problems if item.code == "company_decision_unused"]
    assert [(item.value, item.file, item.row) for item in unused] == [("Weg GmbH", "companies.csv", 2)]
    assert tables.company_decisions["name_b"].tolist() == ["Weg GmbH"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("german,A,B,same", "side 'german' is not one of saxon, russian"),
        ("saxon,A,B,vielleicht", "'vielleicht' is not one of same, different"),
        ("saxon,A,,same", "name_b is empty"),
        ("saxon,A,A,same", "both names are the same"),
    ],
)
def test_a_line_that_cannot_be_used_is_refused(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "companies.csv"
    path.write_text(f"side,name_a,name_b,decision\n{line}\n", "utf-8")
    with pytest.raises(ConfigError, match="line 2") as error:
        read_decisions(path)
    assert said in str(error.value)


@given(st.permutations(["OOO Obrazez Ural", "ООО «Образец Урал»", "Obrazets Ural", "Muster", "ЗАО Проба", "Proba"]))
def test_the_order_of_spellings_does_not_matter(spellings: list[str]) -> None:
    assert group_spellings(spellings, "russian", ()) == group_spellings(sorted(spellings), "russian", ())
