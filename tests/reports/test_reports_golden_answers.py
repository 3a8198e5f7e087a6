"""Golden texts: every rule that words an answer, in both languages, against files that were read by eye.

After a deliberate change write them anew with ``VEMAS_WRITE_GOLDEN=1 pytest`` and read them.
"""

import os
import re
import string
from pathlib import Path

import pytest
from answer_cases import (
    carriers,
    compared,
    conversion,
    costs,
    course,
    differ,
    placebo,
    points,
    region,
    response,
    sensitivity,
    timing,
    values,
)
from report_cases import change, make_context, make_panel, phases
from sentence_rules import breaches

from vemas_analytics.reference.texts import read_texts
from vemas_analytics.reports.compose.annex import annex_chapter
from vemas_analytics.reports.compose.annex.amounts import costs_sentence, values_sentence
from vemas_analytics.reports.compose.annex.carriers import carriers_sentence
from vemas_analytics.reports.compose.annex.regions import regions_sentences
from vemas_analytics.reports.compose.annex.response import response_sentences
from vemas_analytics.reports.compose.annex.silence import timing_sentences
from vemas_analytics.reports.compose.annex.stop_special import change_points_sentence, placebo_answer
from vemas_analytics.reports.compose.course import step_sentence
from vemas_analytics.reports.compose.funnel import conversion_sentence, counts_sentence
from vemas_analytics.reports.compose.model_run import model_chapter, shortfall_sentence
from vemas_analytics.reports.compose.sensitivity import sensitivity_sentence

FOLDER = Path(__file__).parent / "golden"
LANGUAGES = ("de", "en")
SIDES = ("before", "after")

SVE = region("RU-SVE", (60, 3), 1, (1, 1), p=0.001)
SVE_OPEN = region("RU-SVE", (60, 3), 1, (1, 2), p=0.2)
TA = region("RU-TA", (40, 2), 2, (1, 3), p=0.2)
TA_SURE = region("RU-TA", (40, 2), 2, (2, 3), p=0.01)
TA_OTHER = region("RU-TA", (40, 2), 2, (2, 3), shrunk=(0.2, 0.1, 0.4), p=0.01)
NONE_AFTER = [
    region(code, (9, 0), rank, (1, 2), shrunk=(None,) * 3) for rank, code in enumerate(("RU-SVE", "RU-TA"), 1)
]


def shortfalls(ctx_of):
    for measure in ("inquiries", "offers"):
        for name, figures in {
            "none came": (129.1, 90.3, 183.2),
            "one did not come": (1.2, 0.4, 3.1),
            "more came": (-21.0, -40.2, -3.0),
            "one more came": (-1.1, -3.0, -0.2),
            "open": (4.2, -3.0, 12.0),
        }.items():
            finding = course(figures, measure=measure, n=(557, 30))
            yield f"course/{measure}/{name}", shortfall_sentence(ctx_of(finding), measure)
    texts = model_chapter(ctx_of(course((129.1, 90.3, 183.2)))).blocks
    yield "course/offers/not estimable", texts[1].text
    yield "course/what it is", texts[2].text
    yield "course/no cause", texts[-1].text


def false_stops(ctx_of):
    for name, finding in {
        "strongest": placebo(0.07, (0.03, 0.14), p=0.25),
        "one as strong": placebo(0.8, (0.5, 1.2), p=0.5),
        "some as strong": placebo(0.95, (0.6, 1.4), p=1.0),
        "no interval": placebo(0.07, p=0.0004),
        "none after": placebo(0.0, n=(557, 0)),
    }.items():
        yield f"placebo/{name}", placebo_answer(ctx_of(finding)).sentences[0]


def found_breaks(ctx_of):
    june, april, march = ("2014-06", 7.1, 4.3), ("2020-04", 4.3, 2.2), ("2022-03", 2.2, 0.3)
    for months in ((), (march,), (june, april, march)):
        finding = points(*months)
        yield f"change_points/{len(months)}", change_points_sentence(ctx_of(finding), "inquiries", finding)


def regions(ctx_of):
    for name, (lines, p_value) in {
        "rank certain, one beyond chance": ((SVE, TA), 0.7),
        "rank open, none beyond chance": ((SVE_OPEN, TA), 0.9),
        "two beyond chance": ((SVE, TA_SURE), 0.2),
        "they differ": ((SVE, TA_OTHER), 0.0123),
        "they may differ": ((SVE, TA_OTHER), 0.11),
        "none after": (NONE_AFTER, None),
    }.items():
        finding = compared(*lines)
        told = ctx_of(finding) if p_value is None else ctx_of(finding, differ(p_value))
        for number, sentence in enumerate(regions_sentences(told, "inquiries", finding), 1):
            yield f"regions_compared/{name}/{number}", sentence


def conversions(ctx_of):
    for measure in ("inquiries", "offers"):
        for name, pair in {
            "share and few": ((128, 550, 0.24, (0.2, 0.27)), (1, 9, 0.2, (0.01, 0.5))),
            "share and none of them": ((128, 550, 0.24, (0.2, 0.27)), (0, 9, 0.0)),
            "share and none at all": ((128, 550, 0.24, (0.2, 0.27)), (0, 0)),
            "all and no share": ((12, 12, 1.0), (6, 40)),
        }.items():
            sides = (
                conversion(side, *figures, measure=measure)
                for side, figures in zip(("before", "after"), pair, strict=True)
            )
            yield f"conversion/{measure}/{name}", conversion_sentence(ctx_of(*sides), measure)
    for name, figures in {
        "counts": ((2, 1, 1, 9), (0, 1, 0, 0), (0, 0, 0, 1)),
        "counts of one and none": ((1, 0, 0, 0), (4, 1, 0, 1), (5, 0, 0, 2)),
    }.items():
        steps = zip(("inquiries", "offers", "orders"), figures, strict=True)
        yield f"conversion/{name}", counts_sentence(ctx_of(*(phases(measure, n=n) for measure, n in steps)))


def responses(ctx_of):
    for name, finding in {
        "by chance": response((106, 112), 0.89, (0.58, 1.38)),
        "beyond chance": response((50, 112), 1.9, (1.3, 2.8)),
        "no interval": response((50, 112), 1.9),
        "few": response((2, 1), 0.4, (0.01, 4.0), attributed=(1, 0, 3)),
    }.items():
        for number, sentence in enumerate(response_sentences(ctx_of(finding), finding, 90), 1):
            yield f"event_response/{name}/{number}", sentence


def amounts(ctx_of):
    for name, finding in {
        "compared": values((263, 30), (216_000.0, 110_000.0), (0.51, 0.3, 0.8)),
        "no interval": values((263, 30), (216_000.0, 110_000.0), (0.51, None, None)),
        "few after": values((263, 3), (216_000.0, 232_000.0)),
        "few before": values((2, 3), (216_000.0, 232_000.0)),
    }.items():
        yield f"offer_values/{name}", values_sentence(ctx_of(finding), finding)
    for phases_told in ((("I", 12, 4300.0),), (("I", 12, 4300.0), ("II", 9, 12_400.0))):
        finding = costs(*phases_told)
        yield f"unit_costs/{len(phases_told)}", costs_sentence(ctx_of(finding), finding)


def others(ctx_of):
    finding = carriers(
        ("saxon_firm", 159, 20, 37 / 159), ("russian_firm", 557, 33, 86 / 557), ("region", 546, 21, 240 / 546)
    )
    yield "concentration", carriers_sentence(ctx_of(finding), "inquiries", finding)
    for name, finding in {
        "none quiet, none after": timing(("RU-SVE", False, 0), ("RU-TA", None, 0)),
        "one quiet, one after": timing(("RU-SVE", True, 0), ("RU-TA", False, 2)),
        "two quiet, two after": timing(("RU-SVE", True, 1), ("RU-TA", True, 2)),
    }.items():
        for number, sentence in enumerate(timing_sentences(ctx_of(finding), "inquiries", finding), 1):
            yield f"timing/{name}/{number}", sentence
    for name, days in {
        "differs": [("2022-01-24", 553, 13, (0.08, 0.04, 0.14)), ("2022-03-24", 557, 9, (0.06, 0.03, 0.1))],
        "same": [("2022-01-24", 557, 9, (0.06, 0.03, 0.1)), ("2022-03-24", 557, 9, (0.06, 0.03, 0.1))],
        "none after": [("2022-01-24", 557, 1, (0.06, 0.03, 0.1)), ("2022-03-24", 558, 0, (0.0, 0.0, 0.01))],
    }.items():
        yield f"stop_sensitivity/{name}", sensitivity_sentence(ctx_of(sensitivity(*days)), "inquiries")
    yield "phases", step_sentence(ctx_of(phases(n=(214, 288, 55, 9))), "inquiries")
    nothing = {"inquiries": "not_recorded", "offers": "not_recorded", "trips": "partial", "attendance": "partial"}
    yield "annex/nothing", annex_chapter(ctx_of(panel=make_panel(nothing)))[0].blocks[0].text
    intern = annex_chapter(ctx_of(placebo(0.07, (0.03, 0.14)), change(200, 9)))
    public = annex_chapter(ctx_of(placebo(0.07, (0.03, 0.14)), change(200, 9), edition="public"))
    yield "annex/intro", intern[0].blocks[0].text
    yield "annex/missing", intern[0].blocks[1].text
    yield "annex/withheld", public[0].blocks[0].text


def golden(language):
    def ctx_of(*findings, **fields):
        return make_context(*findings, language=language, **fields)

    texts = read_texts(language)
    lines = [
        (f"caveat/{key.removeprefix('caveats.')}", texts.text(key))
        for key in texts.entries
        if key.startswith("caveats.")
    ]
    for told in (shortfalls, false_stops, found_breaks, regions, conversions, responses, amounts, others):
        lines += told(ctx_of)
    return lines


def written(lines):
    return "".join(f"{name}\n    {text}\n".replace("\u00a0", "~") for name, text in lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_are_worded_as_read(language):
    path = FOLDER / f"answers.{language}.txt"
    now = written(golden(language))
    if os.environ.get("VEMAS_WRITE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(now, encoding="utf-8")
    assert now == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_golden_sentences_keep_the_rules(language):
    lines = golden(language)
    assert len({name for name, _ in lines}) == len(lines)
    assert [breach for _, text in lines for breach in breaches(text)] == []


def pattern(template):
    parts = string.Formatter().parse(template)
    return "".join(re.escape(text) + (".*" if name is not None else "") for text, name, _, _ in parts)


WORDED = re.compile(
    r"annex\.(model\.(inquiries|offers)\.|model\.not_estimable|funnel\.(few|none|share|all|numbers|inquiries|offers|counts$|n_)"
    r"|placebo\.(first|some|one|percent|no_interval|to_none)$|change_points\.(found|part)|regions\.(lead|common|differ|none_after|beyond)"
    r"|response\.(percent|no_interval|few|by_chance|unattributable)|values\.(percent|no_interval|few)|costs\.(part|sentence)"
    r"|carriers\.(sentence|part)|timing\.(quiet|after)|nothing|missing|withheld|intro)"
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_a_golden_sentence(language):
    texts = [text for _, text in golden(language)]
    unread = []
    for key, entry in read_texts(language).entries.items():
        if not WORDED.match(key):
            continue
        forms = entry if isinstance(entry, dict) else {"": entry}
        for form, template in forms.items():
            if not any(re.search(pattern(template), text) for text in texts):
                unread.append(f"{key}.{form}".rstrip("."))
    assert unread == []
