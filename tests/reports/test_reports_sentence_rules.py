"""Every sentence ever composed keeps the rules: on the demo, on the public record, and on findings drawn at random."""

import pytest
from answer_cases import carriers, compared, conversion, course, placebo, points, response, sensitivity, values
from answer_cases import region as line
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from report_cases import change, make_context, phases
from sentence_rules import breaches, has_percent, texts_of

from vemas_analytics.analysis import analyse
from vemas_analytics.panel import build_panel
from vemas_analytics.pipeline import load
from vemas_analytics.reports import compose_before_after
from vemas_analytics.reports.compose.annex.amounts import values_sentence
from vemas_analytics.reports.compose.annex.carriers import carriers_sentence
from vemas_analytics.reports.compose.annex.regions import regions_sentences
from vemas_analytics.reports.compose.annex.response import response_sentences
from vemas_analytics.reports.compose.annex.stop_special import change_points_sentence, placebo_answer
from vemas_analytics.reports.compose.change_words import change_sentence
from vemas_analytics.reports.compose.course import step_sentence
from vemas_analytics.reports.compose.funnel import conversion_sentence
from vemas_analytics.reports.compose.model_run import shortfall_sentence
from vemas_analytics.reports.compose.sensitivity import sensitivity_sentence

LANGUAGES = ("de", "en")
SOURCES = ("demo", "public_record")


@pytest.fixture(scope="module")
def analysed(request):
    root = request.config.rootpath / "data"
    found = {}
    for source in SOURCES:
        chosen, tables = load([root / source])
        panel = build_panel(tables, chosen, as_of=None)
        found[source] = (analyse(tables, panel), tables, panel)
    return found


@pytest.mark.parametrize("edition", ["intern", "public"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("source", SOURCES)
def test_no_sentence_of_a_report_breaks_a_rule(analysed, source, language, edition):
    document = compose_before_after(*analysed[source], language=language, edition=edition)
    wrong = [breach for text in texts_of(document) for breach in breaches(text)]
    assert wrong == []


@pytest.mark.parametrize("edition", ["intern", "public"])
def test_a_table_of_changes_has_interval_and_numbers_beside_them(analysed, edition):
    for source in SOURCES:
        document = compose_before_after(*analysed[source], language="de", edition=edition)
        for section in document.sections:
            for block in section.blocks:
                keys = {column.key for column in getattr(block, "columns", ())}
                if {"change", "change_shrunk", "share_before"} & keys:
                    assert any("interval" in key for key in keys), block.key
                    assert any(key.startswith(("n_", "I")) or key == "n" for key in keys), block.key


COUNTS = st.integers(0, 400)
SMALL = st.integers(0, 3)
RATIO = st.floats(0.001, 3.0)


@st.composite
def limits(draw):
    """A ratio with limits around it; now and then without."""
    value = draw(RATIO)
    if draw(st.integers(0, 4)) == 0:
        return (value, None, None)
    return (value, value * draw(st.floats(0.05, 1.0)), value * draw(st.floats(1.0, 5.0)))


def told(language, n, ratio, share):
    """Return the sentences that these figures give, whatever may be said of them."""
    n_before, n_after = n
    zero_safe = (0.0, 0.0, ratio[2]) if n_after == 0 else ratio
    steps = phases(n=(n_before, n_after, n_before, n_after))
    by_date = [(f"2022-0{month}-24", n_before, n_after, zero_safe) for month in (1, 2, 3)]
    k = min(n)
    findings = (
        change(n_before, n_after, ratio=zero_safe),
        change(n_before, n_after, ratio=zero_safe, baseline="y2015_2019"),
        steps,
        sensitivity(*by_date),
        conversion("before", k, n_before, share[0], share[1:]),
        conversion("after", k, n_after, share[0], share[1:]),
    )
    ctx = make_context(*findings, language=language)
    compare = response((n_before, n_after), ratio[0], ratio[1:], attributed=(k, 0, sum(n)))
    yield change_sentence(ctx, "inquiries", "ALL")
    yield sensitivity_sentence(ctx, "inquiries")
    yield conversion_sentence(ctx, "inquiries")
    yield from response_sentences(ctx, compare, 90)
    yield values_sentence(ctx, values((n_before, n_after), (9000.0, 120_000.0), ratio))
    yield step_sentence(ctx, "inquiries")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(n=st.tuples(COUNTS, COUNTS), ratio=limits(), share=limits(), language=st.sampled_from(LANGUAGES))
def test_no_figures_lead_to_a_sentence_that_breaks_a_rule(n, ratio, share, language):
    part = tuple(None if value is None else min(value / 20, 1.0) for value in share)
    for text in told(language, n, ratio, part):
        assert breaches(text) == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(n=st.tuples(SMALL, st.integers(0, 1)), ratio=limits(), language=st.sampled_from(LANGUAGES))
def test_below_five_events_there_is_no_percentage(n, ratio, language):
    for text in told(language, n, ratio, (0.2, 0.1, 0.4)):
        assert not has_percent(text), text


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    shortfall=st.tuples(st.floats(-300, 300), st.floats(0, 200), st.floats(0, 200)),
    n=st.tuples(COUNTS, COUNTS),
    ratio=limits(),
    false=st.lists(RATIO, min_size=1, max_size=9),
    language=st.sampled_from(LANGUAGES),
)
def test_no_answer_for_analysts_breaks_a_rule(shortfall, n, ratio, false, language):
    value, below, above = shortfall
    tested = placebo(ratio[0], ratio[1:], false=tuple(false), p=0.5, n=n)
    ctx = make_context(course((value, value - below, value + above), n=n), tested, language=language)
    found = points(("2014-06", ratio[0], 2 * ratio[0]), n=n)
    regions = compared(line("RU-SVE", n, 1, (1, 2), ratio=ratio[0]), line("RU-TA", n, 2, (1, 2), p=0.01))
    shares = carriers(("saxon_firm", 30, 9, 0.5), ("region", 30, 9, 0.4))
    texts = [
        shortfall_sentence(ctx, "inquiries"),
        *placebo_answer(ctx).sentences,
        change_points_sentence(ctx, "inquiries", found),
        *regions_sentences(ctx, "inquiries", regions),
        carriers_sentence(ctx, "inquiries", shares),
    ]
    for text in texts:
        assert text
        assert breaches(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Anfragen fielen um −91 %.",
        "Anfragen: −91 % (Schwankungsbereich 95 %: −96 bis −82 %).",
        "Inquiries fell by 91% (95% interval: −96 to −82%; n = 281).",
        "Der Rückgang ist signifikant.",
        "Der Rückgang ist eine Wirkung der Aussetzung.",
        "The fall is an effect of the suspension.",
        "Anfragen: −100 % in 34 Monaten (n = 9).",
    ],
)
def test_the_rules_find_planted_faults(text):
    assert breaches(text)


def test_the_rules_let_a_full_sentence_pass():
    text = (
        "Anfragen aus Swerdlowsk: von 2,1 je Monat in Phase II auf 0,2 seit der Aussetzung (−91 %, Schwankungsbereich "
        "95 %: −96 bis −82 %; n = 281 in 134 Monaten und 9 in 46 Monaten)."
    )
    assert breaches(text) == []
    assert has_percent(text)
