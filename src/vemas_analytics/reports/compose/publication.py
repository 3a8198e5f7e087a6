"""What the public edition may show: small numbers and values withheld so that they cannot be worked out again.

The rules are coarse on purpose; each is safe without the others:

- Totals of the programme are published as far as no count between two published ends of periods is small (see
  `publication_totals`); breakdowns of inquiries and offers by region only by phase.
- A region with a small count in any phase before the stop is not shown on its own at all, and neither are so few
  regions hidden that the total minus the shown ones would be one region's or a small number.
- If any region has a small count since the stop, that phase is withheld for every region; so is each phase whose
  total is withheld.
- What became of open cases is shown only where no outcome has a small count.
- The questions for analysts are withheld: shares, ranks and regional courses give small counts away. What rests on
  the published periods of the total alone is shown: the model calculation and, where no month has a small count,
  false stops and breaks found.
- Partners of agreements are named where they are public bodies.
- Titles of activities are free text, and organisers outside the own and partner bodies may be firms: withheld.
- Amounts, lists of single cases, lists of files, source rows, and numbers of firms or persons of one activity are
  withheld altogether: whether one firm dominates an amount is not examined here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from vemas_analytics.model.finding import ANALYST_QUESTIONS, DataTable, Finding, Findings, Scalar
from vemas_analytics.model.names import OTHERS, RUSSIA, TOTAL, Edition
from vemas_analytics.model.panel import Panel
from vemas_analytics.reference.public_bodies import are_public_bodies
from vemas_analytics.reports.compose.publication_totals import WITHHELD, is_small, publish_totals, withheld_row
from vemas_analytics.reports.compose.readings import number, text

_CASE_MEASURES: Final = frozenset({"inquiries", "offers", "orders"})
_VALUE_MEASURES: Final = frozenset({"inquiry_value_eur", "offer_value_eur", "order_value_eur"})
_HEAD_MEASURES: Final = frozenset({"trip_companies", "forum_attendance", "firms"})
_ANNUAL_QUESTIONS: Final = frozenset({"annual_cohort", "annual_firms", "annual_costs", "annual_abroad", "revisions"})
"""Of the annual review: single years have small counts, and differences between two reports give cases away."""

_WITHHELD_QUESTIONS: Final = frozenset(
    {"open_list", "ledger", "control_totals", "corrections", *_ANNUAL_QUESTIONS, *ANALYST_QUESTIONS}
)
_FROM_TOTALS: Final = frozenset({"course", "placebo", "change_points"})
"""Computed from the months of the total and the settings, so they tell nothing that those do not."""
_REGIONAL_MEASURES: Final = ("inquiries", "offers")
_ACTIVITY_COLUMNS: Final = frozenset({"title", "companies", "companies_bound", "persons", "persons_bound"})
_NAMED_GROUPS: Final = frozenset({"own", "partner"})
_BLANKED_COLUMNS: Final[Mapping[str, frozenset[str]]] = {
    "open_at_stop": frozenset({"value_eur", "n_value_known"}),
    "open_outcome": frozenset({"value_eur", "n_value_known"}),
    "activities": _ACTIVITY_COLUMNS,
    "annual_activities": _ACTIVITY_COLUMNS,
    "last_activity": frozenset({"title"}),
}


def _counts(finding: Finding) -> dict[str, float]:
    if finding.table is None:
        return {}
    return {text(row["phase"]): number(row["n"]) or 0.0 for row in finding.table.records()}


def _hidden_regions(counts: Mapping[str, Mapping[str, float]], phases: tuple[str, ...], threshold: int) -> set[str]:
    """Choose regions that are shown only within the total; more than one, and no small remainder."""
    with_data = {region for region, row in counts.items() if any(row.values())}
    hidden = {region for region in with_data if any(is_small(counts[region].get(p), threshold) for p in phases)}
    by_size = sorted(with_data, key=lambda region: (sum(counts[region].get(p, 0) for p in phases), region))
    for region in by_size:
        remainders = [sum(counts[item].get(p, 0) for item in hidden) for p in phases]
        if not hidden or (len(hidden) > 1 and not any(is_small(n, threshold) for n in remainders)):
            break
        hidden.add(region)
    return hidden


def _regional_row(row: tuple[Scalar, ...], columns: tuple[str, ...], *, is_withheld: bool) -> tuple[Scalar, ...]:
    if is_withheld:
        return withheld_row(row, columns)
    gone = {"n_known", "n_coarse", "share_of_total"}
    return tuple(None if name in gone else value for name, value in zip(columns, row, strict=True))


def _regional_phases(
    findings: Findings, measure: str, after: frozenset[str], without_total: frozenset[str], threshold: int
) -> dict[str, Finding]:
    """Return the phases findings of single regions that may be shown, small phases withheld, by key."""
    regional = {
        f.region: f
        for f in findings.select("phases", measure)
        if f.region not in {TOTAL, OTHERS} and f.table is not None
    }
    counts = {region: _counts(finding) for region, finding in regional.items()}
    before = tuple(sorted({phase for row in counts.values() for phase in row} - after))
    hidden = _hidden_regions(counts, before, threshold)
    withhold_after = any(is_small(row.get(phase), threshold) for row in counts.values() for phase in after)
    gone = without_total | (after if withhold_after else frozenset())
    shown: dict[str, Finding] = {}
    for region, finding in regional.items():
        table = finding.table
        if region in hidden or table is None:
            continue
        position = table.columns.index("phase")
        rows = tuple(_regional_row(row, table.columns, is_withheld=text(row[position]) in gone) for row in table.rows)
        shown[finding.key] = replace(finding, table=DataTable(table.columns, rows))
    return shown


def _blank(finding: Finding) -> Finding:
    return _blank_columns(finding, _BLANKED_COLUMNS.get(finding.question, frozenset()))


def _blank_columns(finding: Finding, gone: frozenset[str]) -> Finding:
    if finding.table is None or not gone:
        return finding
    rows = tuple(
        tuple(None if name in gone else value for name, value in zip(finding.table.columns, row, strict=True))
        for row in finding.table.rows
    )
    return replace(finding, table=DataTable(finding.table.columns, rows))


def _unnamed_organisers(finding: Finding) -> Finding:
    """Return a list of activities in which only own and partner organisers are named."""
    table = finding.table
    if table is None or not {"organiser", "organiser_group"} <= set(table.columns):
        return finding
    organiser, group = table.columns.index("organiser"), table.columns.index("organiser_group")
    rows = tuple(
        tuple(None if i == organiser and row[group] not in _NAMED_GROUPS else v for i, v in enumerate(row))
        for row in table.rows
    )
    return replace(finding, table=DataTable(table.columns, rows))


def _public_partners(finding: Finding, own: tuple[str, ...]) -> Finding:
    """Return agreements in which only public bodies and the publisher's own are named."""
    table = finding.table
    if finding.question != "agreements" or table is None:
        return finding
    at = {table.columns.index(name) for name in ("partner", "saxon_party") if name in table.columns}
    rows = tuple(
        tuple(None if i in at and not are_public_bodies(text(value), own) else value for i, value in enumerate(row))
        for row in table.rows
    )
    return replace(finding, table=DataTable(table.columns, rows))


def _small_countries_withheld(finding: Finding, threshold: int) -> Finding:
    table = finding.table
    if finding.question != "outside_totals" or table is None:
        return finding
    position = table.columns.index("n")
    rows = tuple(
        tuple(None if i == position and is_small(number(v), threshold) else v for i, v in enumerate(row))
        for row in table.rows
    )
    return replace(finding, table=DataTable(table.columns, rows))


def _has_small_row(finding: Finding, threshold: int) -> bool:
    """Tell whether an outcome has a small count: with the total known, the others would give it away."""
    rows = () if finding.table is None else finding.table.records()
    return any(is_small(number(row["n"]), threshold) for row in rows)


def _is_withheld(item: Finding) -> bool:
    """Tell whether the public edition shows nothing of a finding, whatever its counts."""
    if item.question in _FROM_TOTALS and item.region == TOTAL:
        return False
    return item.question in _WITHHELD_QUESTIONS or item.measure in _VALUE_MEASURES or item.region == OTHERS


def _withheld_phases(finding: Finding | None) -> frozenset[str]:
    rows = () if finding is None or finding.table is None else finding.table.records()
    return frozenset(text(row["phase"]) for row in rows if text(row["state"]) == WITHHELD)


def _few_open_withheld(finding: Finding, threshold: int) -> Finding:
    """Return what was open on the eve without its small numbers; with a small number of cases there is no estimate."""
    table = finding.table
    if finding.question not in {"open_at_stop", "firms"} or table is None:
        return finding
    names = {"n_open", "n_unknown", "n_firms", "n_first_timers"}
    at = {position for position, name in enumerate(table.columns) if name in names}
    rows = tuple(
        tuple(None if i in at and is_small(number(value), threshold) else value for i, value in enumerate(row))
        for row in table.rows
    )
    is_gone = finding.question == "open_at_stop" and any(
        is_small(number(row["n_open"]), threshold) for row in table.records()
    )
    return replace(finding, table=DataTable(table.columns, rows), estimate=None if is_gone else finding.estimate)


def _public_items(findings: Findings, panel: Panel) -> Iterator[Finding]:
    threshold = panel.settings.privacy.suppress_below
    effective = panel.settings.stop.effective_from
    after = frozenset(p.key for p in panel.phases if p.start is not None and p.start >= effective)
    organisation = panel.settings.organisation
    own = (organisation.name, *organisation.own_organisers)
    totals: dict[str, Finding | None] = {}
    for measure in sorted(_CASE_MEASURES | _HEAD_MEASURES):
        totals |= publish_totals(findings, measure, effective, threshold)
    regional: dict[str, Finding] = {}
    for measure in _REGIONAL_MEASURES:
        total = findings.get("phases", measure, TOTAL)
        published = None if total is None else totals.get(total.key, total)
        regional |= _regional_phases(findings, measure, after, _withheld_phases(published), threshold)
    # the share of records without a region tells their number: only where every phase of theirs is shown anyway
    unplaced = [item for item in regional.values() if item.region == RUSSIA]
    has_unplaced = bool(unplaced) and not any(_withheld_phases(item) for item in unplaced)
    phases = (item for item in totals.values() if item is not None and item.question == "phases")
    cut = {item.measure for item in phases if _withheld_phases(item)}
    for found in findings:
        item = totals.get(found.key, found)
        if item is None or _is_withheld(item) or (item.measure == "share_without_region" and not has_unplaced):
            continue
        if item.measure in _CASE_MEASURES | _HEAD_MEASURES and item.region != TOTAL:
            if item.key in regional:
                yield replace(regional[item.key], sources=())
            continue
        if item.question == "open_outcome" and _has_small_row(item, threshold):
            continue
        if item.question == "after_stop":
            yield replace(item, table=None, sources=())
            continue
        if item.question == "coverage" and item.measure in cut:
            yield replace(_blank_columns(item, frozenset({"n_records"})), sources=())
            continue
        blanked = _few_open_withheld(_unnamed_organisers(_public_partners(_blank(item), own)), threshold)
        yield replace(_small_countries_withheld(blanked, threshold), sources=())


def published_findings(findings: Findings, panel: Panel, *, edition: Edition) -> Findings:
    """Return the findings that an edition may show; charts and findings.json must use these too.

    Parameters
    ----------
    findings : Findings
        All findings of the run.
    panel : Panel
        Its settings give the threshold (``privacy.suppress_below``), its phases what lies after the stop.
    edition : {"intern", "public"}
        ``intern`` shows everything.

    Returns
    -------
    Findings
        In ``public`` with small counts, amounts and single cases withheld (a withheld phase has the state
        ``withheld``). Applying it twice changes nothing more.
    """
    return findings if edition == "intern" else Findings(tuple(_public_items(findings, panel)))
