"""vemas.toml of a start: valid whatever was answered, and every example in it valid once uncommented."""

import datetime as dt
import re
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vemas_analytics.config import read_settings
from vemas_analytics.start import CoverageAnswer, StartAnswers, settings_text

ANSWERS = StartAnswers(
    'Netz "Süd" e.V.',
    "Geschäftsstelle\nC:\\Ablage",
    {
        "inquiries": CoverageAnswer("recorded", "2012-01", "2024-12", "Leitung"),
        "offers": CoverageAnswer("partial", "2013-02-15", "2020-06"),
        "trips": CoverageAnswer("not_recorded", confirmed_by="Vorstand"),
    },
    {"ordered_on": "2022-03-01", "effective_from": "2022-02-24", "authority": "Vorstand"},
)


def read(text, folder):
    path = folder / "vemas.toml"
    path.write_text(text, encoding="utf-8")
    return read_settings(path)


def test_answers_come_back_as_settings(tmp_path):
    found = read(settings_text(ANSWERS, "de"), tmp_path)
    assert found.organisation.name == 'Netz "Süd" e.V.'
    assert found.organisation.contact == "Geschäftsstelle C:\\Ablage"
    assert found.organisation.own_organisers == ('Netz "Süd" e.V.',)
    inquiries = found.coverage["inquiries"]
    assert (inquiries.state, inquiries.start, inquiries.end) == ("recorded", dt.date(2012, 1, 1), dt.date(2025, 1, 1))
    assert inquiries.confirmed_by == "Leitung"
    assert found.coverage["offers"].start == dt.date(2013, 2, 15)
    assert found.coverage["trips"].state == "not_recorded"
    assert "attendance" not in found.coverage
    assert found.stop.ordered_on == dt.date(2022, 3, 1)
    assert found.stop.authority == "Vorstand"


@pytest.mark.parametrize("language", ["de", "en"])
def test_without_answers_the_defaults_hold(tmp_path, language):
    found = read(settings_text(StartAnswers(), language), tmp_path)
    assert found.stop.effective_from == dt.date(2022, 2, 24)
    assert found.coverage == {}


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("answers", [StartAnswers(), ANSWERS])
def test_every_example_holds_once_its_sign_is_removed(tmp_path, language, answers):
    text = settings_text(answers, language)
    without = re.sub(r"^#(?=\S)", "", text, flags=re.MULTILINE)
    assert without != text
    (tmp_path / "vemas.key").write_text("0" * 64)
    found = read(without, tmp_path)
    assert set(found.coverage) == {"inquiries", "offers", "trips", "attendance"}
    assert found.aliases.regions == {"Ural": "RU-SVE"}


def test_every_section_is_explained():
    lines = settings_text(StartAnswers(), "de").splitlines()
    heads = [number for number, line in enumerate(lines) if re.match(r"#?\[", line)]
    assert len(heads) >= 9
    assert all(lines[number - 1].startswith("# ") for number in heads)


@settings(max_examples=80, deadline=None)
@given(name=st.text(max_size=30), contact=st.text(max_size=30), by=st.text(max_size=20))
def test_no_answer_breaks_the_file(name, contact, by):
    name, contact, by = (text.encode("utf-8", "ignore").decode() for text in (name, contact, by))
    answers = StartAnswers(name, contact, {"trips": CoverageAnswer("recorded", "2012-01", "2013-01", by)})
    found = tomllib.loads(settings_text(answers, "de"))
    assert found["coverage"]["trips"]["to"] == "2013-01"
    assert set(found) <= {"organisation", "stop", "coverage", "report"}
