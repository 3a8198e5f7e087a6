"""What every composing function needs to know: the findings, the language, the edition, and the words for them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from vemas_analytics.model.finding import ANALYST_QUESTIONS, CAVEATS, Finding, Findings
from vemas_analytics.model.names import OTHERS, RUSSIA, TOTAL, CoverageState, Edition, Language, Measure
from vemas_analytics.model.panel import Panel
from vemas_analytics.model.settings import Phase, Stop
from vemas_analytics.model.tables import Tables
from vemas_analytics.reference.measures import choose_lead_measure, read_measures
from vemas_analytics.reference.numbers import format_date, format_integer, format_month
from vemas_analytics.reference.regions import read_regions
from vemas_analytics.reference.texts import Catalogue, read_texts
from vemas_analytics.reports.compose.publication import published_findings
from vemas_analytics.reports.compose.readings import PhaseRow, read_phases

SUSPENDED_MEASURES: Final[tuple[Measure, ...]] = ("trips", "trip_companies", "forums", "forum_attendance")
"""Activities that were stopped by decision: a nought after the stop is `suspended`, not a count."""

RATE_MEASURES: Final[tuple[Measure, ...]] = ("inquiries", "offers")
"""What comes from outside: only these have rates with an interval."""


@dataclass(frozen=True, slots=True)
class ReportContext:
    """One report in the making: where it looks things up and how it words them."""

    findings: Findings
    tables: Tables
    panel: Panel
    language: Language
    edition: Edition
    texts: Catalogue
    index: Mapping[tuple[str, str, str, str], Finding]
    note_numbers: Mapping[str, int]

    def say(self, key: str, /, **params: object) -> str:
        """Return a text of the report catalogue."""
        return self.texts.text(f"report.{key}", **params)

    def count(self, key: str, n: float, /, **params: object) -> str:
        """Return the plural form of a text for a whole number, the number written in full form."""
        return self.texts.plural(f"report.{key}", round(n), **{"n": format_integer(n, self.language), **params})

    def region_name(self, code: str) -> str:
        """Return the full name of a region, ``RU`` and ``ALL`` included."""
        if code in {RUSSIA, TOTAL}:
            return self.say(f"region.{code}")
        return read_regions().name(code, self.language)

    def region_short(self, code: str) -> str:
        """Return the short name of a region for tables and sentences."""
        if code in {RUSSIA, TOTAL}:
            return self.say(f"region.{code}")
        return read_regions().short(code, self.language)

    def region_from(self, code: str) -> str:
        """Return where something came from, such as ``aus Kaluga`` or ``aus dem Gebiet Moskau``."""
        return self._with_preposition("from", code)

    def region_to(self, code: str) -> str:
        """Return where something went, such as ``nach Kaluga`` or ``in das Gebiet Moskau``."""
        return self._with_preposition("to", code)

    def _with_preposition(self, preposition: str, code: str) -> str:
        key = f"report.region.{preposition}_{code}"
        if key in self.texts:
            return self.texts.text(key)
        return self.say(f"region.{preposition}", region=self.region_short(code))

    def measure_label(self, measure: Measure) -> str:
        """Return the label of a measure."""
        return read_measures()[measure].label[self.language]

    def measure_short(self, measure: Measure) -> str:
        """Return the short name of a measure for column heads."""
        return read_measures()[measure].short[self.language]

    def note_reference(self, caveats: tuple[str, ...]) -> str:
        """Return the numbers of the notes that word these caveats, such as ``[Anm. 1, 3]``; empty without any."""
        numbers = sorted(self.note_numbers[code] for code in caveats if code in self.note_numbers)
        return self.say("note.reference", numbers=", ".join(map(str, numbers))) if numbers else ""

    def finding(self, question: str, measure: str, region: str, baseline: str = "-") -> Finding | None:
        """Return the finding of this question, or None."""
        return self.index.get((question, measure, region, baseline))

    def phase_rows(self, measure: str, region: str) -> tuple[PhaseRow, ...]:
        """Return the phases of a measure in a region."""
        return read_phases(self.finding("phases", measure, region))

    @property
    def stop(self) -> Stop:
        """The stop of the settings."""
        return self.panel.settings.stop

    @property
    def public(self) -> bool:
        """Whether this is the public edition."""
        return self.edition == "public"

    @property
    def phases_before(self) -> tuple[Phase, ...]:
        """Phases that begin before the stop takes effect."""
        return tuple(phase for phase in self.panel.phases if not self._is_after(phase))

    @property
    def phases_after(self) -> tuple[Phase, ...]:
        """Phases that begin with the stop or later."""
        return tuple(phase for phase in self.panel.phases if self._is_after(phase))

    def _is_after(self, phase: Phase) -> bool:
        return phase.start is not None and phase.start >= self.stop.effective_from

    def state(self, measure: Measure) -> CoverageState:
        """Return the coverage state of a measure's table: recorded, partial or not_recorded."""
        coverage = self.panel.coverage.get(read_measures()[measure].table)
        return "not_recorded" if coverage is None else coverage.state

    @property
    def lead_measure(self) -> Measure:
        """The measure page 1 speaks of: the first of inquiries, offers, trips, forums that was recorded at all."""
        return choose_lead_measure(self.state)

    @property
    def regions(self) -> tuple[str, ...]:
        """Regions of the findings in page order: partner regions, then the rest by name; no RU, ALL, OTHERS."""
        partners = tuple(read_regions().partners)
        present = {item.region for item in self.findings} - {RUSSIA, TOTAL, OTHERS, *partners}
        return partners + tuple(sorted(present, key=lambda code: (self.region_short(code), code)))

    def total_n(self, measure: str, region: str) -> float:
        """Return the sum over the phases of what is known of a measure in a region."""
        return sum(row.n or 0 for row in self.phase_rows(measure, region))

    def date(self, value: dt.date) -> str:
        """Return a day as the language writes it."""
        return format_date(value, self.language)

    def period(self, start: dt.date | None, end: dt.date | None) -> str:
        """Return a half-open period in words: whole months by name, cut ones to the day."""
        first = None if start is None else self._edge(start, is_end=False)
        last = None if end is None else self._edge(end, is_end=True)
        if first and last:
            return first if first == last else self.say("period.between", start=first, end=last)
        if first:
            return self.say("period.since", start=first)
        return self.say("period.until", end=last) if last else self.say("period.always")

    def _edge(self, value: dt.date, *, is_end: bool) -> str:
        shown = value - dt.timedelta(days=1) if is_end else value
        return format_month(shown, self.language) if value.day == 1 else self.date(shown)

    def phase_periods(self) -> str:
        """Return the phases in one line: key and period."""
        parts = (
            self.say("phase.short", key=phase.key, period=self.period(phase.start, phase.end))
            for phase in self.panel.phases
        )
        return self.say("phase.legend_line", phases="; ".join(parts))

    def phase_legend(self) -> str:
        """Return the phases in one line: key, period and name."""
        parts = (
            self.say(
                "phase.legend",
                key=phase.key,
                period=self.period(phase.start, phase.end),
                label=phase.label.get(self.language, phase.key),
            )
            for phase in self.panel.phases
        )
        return self.say("phase.legend_line", phases="; ".join(parts))


def _is_shown(item: Finding) -> bool:
    """Tell whether a report shows a finding: of the answers for analysts those of the total that there are."""
    if item.question not in ANALYST_QUESTIONS:
        return True
    return item.region == TOTAL and item.table is not None and bool(item.table.rows)


def _used_caveats(findings: Findings) -> dict[str, int]:
    used = {code for item in findings if _is_shown(item) for code in item.caveats}
    return {code: number for number, code in enumerate((code for code in CAVEATS if code in used), start=1)}


def build_context(
    findings: Findings, tables: Tables, panel: Panel, *, language: Language, edition: Edition
) -> ReportContext:
    """Prepare a report: withhold what its edition must not show, index the rest, number the notes."""
    shown = published_findings(findings, panel, edition=edition)
    return ReportContext(
        findings=shown,
        tables=tables,
        panel=panel,
        language=language,
        edition=edition,
        texts=read_texts(language).with_own(panel.settings.words.get(language, {})),
        index={(item.question, item.measure, item.region, item.baseline): item for item in shown},
        note_numbers=_used_caveats(shown),
    )
