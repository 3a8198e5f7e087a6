"""What the charts of regions say."""

from collections.abc import Sequence

from vemas_analytics.model.finding import Finding
from vemas_analytics.model.names import OTHERS, RUSSIA, TOTAL
from vemas_analytics.reference.chart_alt_words import AltWords, number, rows_of

_DAYS_PER_YEAR = 365.25
_NO_REGIONS = (TOTAL, RUSSIA, OTHERS)


def say_multiples(words: AltWords, findings: Sequence[Finding]) -> str:
    """Say the regions with the largest sums."""
    yearly = [item for item in findings if item.question == "yearly"]
    sums = [(sum(point.value or 0.0 for point in item.series), item) for item in yearly]
    known = [(total, item) for total, item in sums if any(point.value is not None for point in item.series)]
    if not known:
        return ""
    if not any(total for total, _ in known):
        return words.say("say.zeros")
    known.sort(key=lambda pair: (pair[1].region == RUSSIA, -pair[0], pair[1].region))
    told = []
    for total, item in known:
        value = words.value(total, item)
        if any(not point.covered and point.value for point in item.series):
            value = words.say("at_least", value=value)
        told.append(words.say("pair", name=words.region(item), value=value))
    return words.say("say.sums", list=words.join(told))


def say_changes(words: AltWords, findings: Sequence[Finding]) -> str:
    """Say numbers before and after, and the change with its interval where it may be told; the total first."""
    asked = [item for item in findings if item.question == "before_after" and item.n_before is not None]
    asked.sort(key=lambda item: (item.region != TOTAL, item.region in _NO_REGIONS, -(item.n_before or 0), item.region))
    told = []
    for item in asked:
        name, change = words.region(item), words.change(item)
        if change:
            told.append(words.say("say.change", name=name, change=change))
        else:
            before, after = words.integer(item.n_before or 0), words.integer(item.n_after or 0)
            told.append(words.say("say.change_bare", name=name, before=before, after=after))
    return f"{words.join(told)}." if told else ""


def say_map(words: AltWords, findings: Sequence[Finding]) -> str:
    """Say in how many regions there were cases before and since."""
    before: set[str] = set()
    after: set[str] = set()
    counts: set[str] = set()
    is_known = False
    for item in findings:
        if item.question == "regions_compared":
            for row in rows_of(item):
                is_known = True
                before |= {str(row["region"])} if number(row, "n_before") else set()
                after |= {str(row["region"])} if number(row, "n_after") else set()
        elif item.question == "before_after" and item.n_before is not None and "not_recorded" not in item.caveats:
            is_known = True
            before |= {item.region} if item.n_before else set()
            after |= {item.region} if item.n_after else set()
        elif _count_of(item):
            counts.add(item.region)
    if is_known:
        n_before, n_after = (len(found - set(_NO_REGIONS)) for found in (before, after))
        return words.say("say.map", before=words.integer(n_before), after=words.integer(n_after))
    counts -= set(_NO_REGIONS)
    return f"{words.count('say.map_counts', len(counts))}." if counts else ""


def _count_of(finding: Finding) -> float:
    if finding.estimate is not None and finding.estimate.unit == "count":
        return finding.estimate.value or 0.0
    if finding.question == "phases":
        return sum(number(row, "n") or 0.0 for row in rows_of(finding))
    return 0.0


def say_ranks(words: AltWords, findings: Sequence[Finding]) -> str:
    """Say the most active regions with the range of their rank."""
    finding = next((item for item in findings if item.question == "regions_compared"), None)
    rows = rows_of(finding) if finding is not None else []
    rows.sort(key=lambda row: (number(row, "rank_before") or 0.0, str(row["region"])))
    told = [
        words.say(
            "say.rank",
            name=words.region_of(str(row["region"])),
            rank=row["rank_before"],
            low=row["rank_before_low"],
            high=row["rank_before_high"],
        )
        for row in rows
        if row["rank_before"] is not None
    ]
    return words.say("say.ranks", list=words.join(told)) if told else ""


def _rates(finding: Finding) -> tuple[float | None, float | None]:
    if finding.question == "before_after":
        if {"coverage_partial", "not_recorded"} & set(finding.caveats):
            return None, None
        before = finding.n_before, finding.days_before
        after = finding.n_after, finding.days_after
        rates = [None if n is None or not days else n * _DAYS_PER_YEAR / days for n, days in (before, after)]
        return rates[0], rates[1]
    rows = rows_of(finding)
    if len(rows) < 2:
        return None, None
    first = next((row for row in rows[:-1] if row["phase"] == "II"), rows[-2])
    return number(first, "per_year"), number(rows[-1], "per_year")


def _known_rates(findings: Sequence[Finding]) -> list[tuple[Finding, float, float]]:
    known = []
    for item in findings:
        before, after = _rates(item) if item.question in ("phases", "before_after") else (None, None)
        if before is not None and after is not None:
            known.append((item, before, after))
    return known


def say_rates(words: AltWords, findings: Sequence[Finding]) -> str:
    """Say the two rates of the largest regions."""
    known = _known_rates(findings)
    parts = [entry for entry in known if entry[0].region not in (TOTAL, OTHERS)] or known
    parts.sort(key=lambda entry: (entry[0].region == RUSSIA, -entry[1], entry[0].region))
    told = [
        words.say("say.rates", name=words.region(item), before=words.rate(before), after=words.rate(after))
        for item, before, after in parts
    ]
    return f"{words.join(told)}." if told else ""


def say_waterfall(words: AltWords, findings: Sequence[Finding]) -> str:
    """Say the total before and since and the largest contributions."""
    known = _known_rates([item for item in findings if item.question == "before_after"])
    total = next((entry for entry in known if entry[0].region == TOTAL), None)
    if total is None:
        return ""
    parts = [entry for entry in known if entry[0].region not in (TOTAL, OTHERS)]
    parts.sort(key=lambda entry: (entry[0].region == RUSSIA, -abs(entry[2] - entry[1]), entry[0].region))
    told = []
    for item, before, after in parts:
        text = words.rate(after - before)
        sign = "+" if after > before and text.strip("0.,") else ""
        told.append(words.say("pair", name=words.region(item), value=f"{sign}{text}"))
    return words.say(
        "say.waterfall",
        before=words.rate(total[1]),
        after=words.rate(total[2]),
        list=words.join(told) if told else words.chart_text("no_data"),
    )
