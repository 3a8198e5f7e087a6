"""vemas.toml becomes Settings, or one clear line that says file, key, what, and what to do."""

import csv
import datetime as dt
import json
from pathlib import Path

import pytest

from vemas_analytics.config import read_settings, settings_schema
from vemas_analytics.config.shape import VEMAS_TOML, Pairs, Records, Section, Value
from vemas_analytics.errors import ConfigError
from vemas_analytics.model.settings import DEFAULT_BREAKS, Limits, Stop, Target, default_phases

ROOT = Path(__file__).parents[1]


@pytest.fixture
def write(tmp_path):
    def write_toml(text, targets=None):
        path = tmp_path / "vemas.toml"
        path.write_text(text, "utf-8")
        if targets is not None:
            (tmp_path / "targets.csv").write_text(targets, "utf-8")
        return path

    return write_toml


def refusal(path):
    with pytest.raises(ConfigError) as caught:
        read_settings(path)
    message = str(caught.value)
    assert str(path.parent) in message
    assert "\n" not in message
    return message


def test_defaults_hold_without_a_file():
    settings = read_settings(None)
    assert settings.stop == Stop()
    assert settings.breaks == DEFAULT_BREAKS
    assert settings.phases == default_phases(Stop())
    assert settings.base is None


def test_an_empty_file_gives_the_defaults_and_its_folder(write):
    path = write("")
    settings = read_settings(path)
    assert settings.base == path.parent
    assert settings.phases == read_settings(None).phases


def test_the_public_record_and_the_demo_are_read():
    public = read_settings(ROOT / "data" / "public_record" / "vemas.toml")
    assert public.coverage["trips"].state == "partial"
    assert public.coverage["trips"].end == dt.date(2024, 1, 1)
    assert not public.organisation.synthetic
    demo = read_settings(ROOT / "data" / "demo" / "vemas.toml")
    assert demo.organisation.synthetic
    assert demo.report.languages == ("de", "en")
    assert demo.coverage["offers"].start == dt.date(2012, 1, 1)


def test_a_byte_order_mark_is_no_fault(tmp_path):
    path = tmp_path / "vemas.toml"
    path.write_bytes(b"\xef\xbb\xbf[organisation]\nname = 'X'\n")
    assert read_settings(path).organisation.name == "X"


def test_inclusive_last_days_become_exclusive_ends(write):
    text = """
[coverage.inquiries]
state = "recorded"
from = "2012-02"
to = "2024-02"
[coverage.offers]
state = "recorded"
from = 2012-01-01
to = "2024-12-31"
[[breaks]]
key = "covid"
label_de = "COVID-19"
from = "2020-03"
to = "2021-05"
"""
    settings = read_settings(write(text))
    assert settings.coverage["inquiries"].start == dt.date(2012, 2, 1)
    assert settings.coverage["inquiries"].end == dt.date(2024, 3, 1)
    assert settings.coverage["offers"].end == dt.date(2025, 1, 1)
    assert settings.breaks[0].end == dt.date(2021, 6, 1)
    assert settings.breaks[0].label == {"de": "COVID-19", "en": "COVID-19"}


def test_phases_follow_the_stop(write):
    settings = read_settings(write("[stop]\nevent_on = 2022-03-01\n"))
    assert settings.stop.effective_from == dt.date(2022, 3, 1)
    assert settings.phases[-1].start == dt.date(2022, 3, 1)
    assert settings.phases[-2].end == dt.date(2022, 3, 1)


def test_own_phases_with_open_ends(write):
    text = """
[[phases]]
key = "vorher"
label_de = "vorher"
to = 2022-02-23
[[phases]]
key = "nachher"
label_de = "nachher"
label_en = "after"
from = 2022-02-24
"""
    before, after = read_settings(write(text)).phases
    assert (before.start, before.end) == (None, dt.date(2022, 2, 24))
    assert (after.start, after.end) == (dt.date(2022, 2, 24), None)
    assert after.label["en"] == "after"


def test_files_part_tables_from_what_is_left_alone(write):
    settings = read_settings(write('[files]\n"a*.csv" = "trips"\n"b.csv" = "ignore"\nignore = ["c.csv"]\n'))
    assert dict(settings.files) == {"a*.csv": "trips"}
    assert settings.ignore == ("c.csv", "b.csv")


def test_columns_aliases_limits_and_privacy(write, tmp_path):
    (tmp_path / "key.txt").write_text("secret", "utf-8")
    text = """
[columns.trips]
"Wohin" = "region"
[aliases.regions]
"Ural" = "RU-SVE"
[aliases.organisers]
"Netzwerk" = "VEMAS"
[privacy]
key_file = "key.txt"
suppress_below = 3
[limits]
memory = 256
seconds = 5
seconds_per_mib = 0.5
"""
    settings = read_settings(write(text))
    assert settings.columns["trips"] == {"Wohin": "region"}
    assert settings.aliases.regions == {"Ural": "RU-SVE"}
    assert settings.aliases.organisers == {"Netzwerk": "VEMAS"}
    assert settings.privacy.key_file == Path("key.txt")
    assert settings.privacy.suppress_below == 3
    assert settings.limits == Limits(memory_mib=256, seconds=5.0, seconds_per_mib=0.5)


def test_settings_cannot_be_changed(write):
    settings = read_settings(write('[aliases.regions]\n"Ural" = "RU-SVE"\n'))
    with pytest.raises(TypeError):
        settings.aliases.regions["Ural"] = "RU-TA"


@pytest.mark.parametrize(
    ("text", "key", "advice"),
    [
        ("[stop]\nefective_from = 2022-02-24", "stop.efective_from", "'effective_from'"),
        ("[stopp]\n", "stopp", "'stop'"),
        ('[coverage.inqiries]\nstate = "recorded"', "coverage.inqiries", "'inquiries'"),
        ('[organisation]\nnam = "x"', "organisation.nam", "'name'"),
        ("[zzz]\n", "zzz", "known are organisation, stop"),
        ('[columns.trips]\n"Ort" = "citty"', 'columns.trips."Ort"', "'city'"),
        ('[files]\n"*.csv" = "trip"', 'files."*.csv"', "'trips'"),
        ('[[targets]]\nmeasure = "inquirys"\nyear = 2020\nvalue = 1', "targets[1].measure", "'inquiries'"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(write, text, key, advice):
    message = refusal(write(text))
    assert f": {key}: " in message
    assert advice in message


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[organisation]\nname = 3", "organisation.name"),
        ('[organisation]\nsynthetic = "ja"', "organisation.synthetic"),
        ("[organisation]\nown_organisers = 'WFS'", "organisation.own_organisers"),
        ("[organisation]\nown_organisers = ['WFS', 3]", "organisation.own_organisers"),
        ("organisation = 3", "organisation"),
        ("breaks = 3", "breaks"),
        ("[stop]\nevent_on = '24.02.2022'", "stop.event_on"),
        ("[stop]\nevent_on = 2022-02-24T10:00:00", "stop.event_on"),
        ("[stop]\nevent_on = '2022-02'", "stop.event_on"),
        ("[coverage.trips]\nstate = 'partial'\nfrom = '2012-13'\nto = 2013-01-01", "coverage.trips.from"),
        ("[report]\nlanguage = 'fr'", "report.language"),
        ("[report]\nlanguage = []", "report.language"),
        ("[report]\naccent = 'blue'", "report.accent"),
        ("[limits]\nmemory = 1.5", "limits.memory"),
        ("[limits]\nmemory = true", "limits.memory"),
        ("[limits]\nseconds = nan", "limits.seconds"),
        ("[limits]\nseconds = inf", "limits.seconds"),
        ("[limits]\nseconds = -1", "limits.seconds"),
        ("[limits]\nseconds_per_mib = -1", "limits.seconds_per_mib"),
        ("[aliases.regions]\nUral = 'Swerdlowsk'", 'aliases.regions."Ural"'),
        ("[aliases.regions]\nUral = 'RU-SWE'", 'aliases.regions."Ural"'),
        ("[aliases.regions]\nUral = 'ALL'", 'aliases.regions."Ural"'),
        ("[privacy]\nkey_file = 'nowhere.txt'", "privacy.key_file"),
        ("[[breaks]]\nkey = 'x'\nlabel_de = 'x'", "breaks[1].from"),
    ],
)
def test_a_wrong_value_is_refused_by_its_key(write, text, key):
    assert f": {key}: " in refusal(write(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[stop]\nevent_on = 2022-03-01\neffective_from = 2022-02-24", "before event_on"),
        ("[stop]\neffective_from = 2022-02-24\nuntil = 2022-02-24", "stop.until"),
        ("[stop]\neffective_from = 2019-01-01\n", "default phases do not fit"),
        ("[coverage.trips]\nstate = 'partial'\nfrom = 2013-01-02\nto = 2013-01-01", "lies after"),
        ("[coverage.trips]\nstate = 'not_recorded'\nfrom = 2013-01-02", "not_recorded, yet"),
        ("[coverage.trips]\nstate = 'recorded'\nfrom = 2013-01-02", "coverage.trips.to"),
        (
            "[[phases]]\nkey = 'I'\nlabel_de = 'a'\nto = '2014-07'\n"
            "[[phases]]\nkey = 'II'\nlabel_de = 'b'\nfrom = '2014-07'",
            "overlaps phase 'I'",
        ),
        (
            "[[phases]]\nkey = 'I'\nlabel_de = 'a'\nto = '2014-07'\n"
            "[[phases]]\nkey = 'I'\nlabel_de = 'b'\nfrom = '2014-08'",
            "twice",
        ),
        ("[[breaks]]\nkey = 'x'\nlabel_de = 'x'\nfrom = 2020-03-01\nto = 2020-02-01", "lies after"),
    ],
)
def test_a_contradiction_is_refused(write, text, words):
    assert words in refusal(write(text))


def test_a_period_of_one_day_is_no_contradiction(write):
    settings = read_settings(write("[coverage.trips]\nstate = 'partial'\nfrom = 2013-01-01\nto = 2013-01-01"))
    assert settings.coverage["trips"].end == dt.date(2013, 1, 2)


@pytest.mark.parametrize("text", ["[stop\n", "a =", "[stop]\nevent_on = 2022-02-30\n", "[stop]\n[stop]\n"])
def test_bad_toml_is_refused_with_its_line(write, text):
    assert "at line" in refusal(write(text))


def test_a_file_in_another_encoding_is_refused(tmp_path):
    path = tmp_path / "vemas.toml"
    path.write_bytes("[organisation]\nname = 'Müller'".encode("cp1252"))
    assert "UTF-8" in refusal(path)


def test_a_missing_file_is_refused(tmp_path):
    assert "no such file" in refusal(tmp_path / "vemas.toml")


def test_targets_from_both_places(write):
    text = "[[targets]]\nmeasure = 'inquiries'\nyear = 2021\nvalue = 40\n"
    targets = "measure;year;region;value;source\noffers;2021;;12,5;Plan\n\ntrips;2021;RU-TA;3;\n"
    settings = read_settings(write(text, targets))
    assert settings.targets == (
        Target("inquiries", 2021, 40.0),
        Target("offers", 2021, 12.5, "ALL", "Plan"),
        Target("trips", 2021, 3.0, "RU-TA"),
    )


@pytest.mark.parametrize(
    ("targets", "words"),
    [
        ("measure,year,valeu\ninquiries,2021,3\n", "'value'"),
        ("measure,year,value\ninquiries,2021,viel\n", "line 2"),
        ("measure;year;value\ninquiries;2021;1.000\n", "no plain number"),
        ("measure,year,value\ninquiries,2021\n", "number of columns"),
        ("measure,year\ninquiries,2021\n", "value"),
        ("measure,year,value\ninquiries,2021,3\ninquiries,2021,4\n", "two values"),
        ("measure,year,value\nwishes,2021,3\n", "wishes"),
        ("measure,year,value,region\ninquiries,2021,3,RU-SVA\n", "'RU-S"),
    ],
)
def test_a_bad_targets_file_is_refused(write, targets, words):
    assert words in refusal(write("", targets))


def test_the_published_schema_is_in_step():
    published = json.loads((ROOT / "docs" / "vemas.schema.json").read_text("utf-8"))
    assert published == json.loads(json.dumps(settings_schema()))


def _keys(node):
    for name, child in node.keys.items():
        yield name
        if isinstance(child, Section | Records | Pairs):
            yield from _keys(child)


def test_every_key_is_documented():
    text = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    undocumented = [name for name in _keys(VEMAS_TOML) if f"`{name}`" not in text and f"[{name}" not in text]
    assert undocumented == []
    assert all(isinstance(node, Value) or node.note for node in VEMAS_TOML.keys.values())


def test_every_field_that_loading_knows_may_be_named(write):
    rows = csv.DictReader((ROOT / "src/vemas_analytics/reference/columns.csv").read_text("utf-8").splitlines())
    named = {({"forums": "attendance"}.get(row["table"], row["table"]), row["field"]) for row in rows}
    lines = [f'[columns.{table}]\n"x" = "{field}"' for table, field in sorted(named) if table != "facts"]
    for text in lines:
        read_settings(write(text))
