"""What was reached of the goals set for a year."""

from typing import Final

from vemas_analytics.analysis.caveats import coverage_caveats, order_caveats
from vemas_analytics.analysis.material import Material
from vemas_analytics.analysis.series import count_year
from vemas_analytics.analysis.tabulate import tabulate
from vemas_analytics.errors import ConfigError
from vemas_analytics.model.finding import Estimate, Finding
from vemas_analytics.model.settings import Target

COLUMNS: Final = ("target", "value", "attainment", "source")


def find_targets(material: Material, year: int) -> list[Finding]:
    """Compare the year's values with the targets of the settings.

    Parameters
    ----------
    material : Material
    year : int

    Returns
    -------
    list of Finding
        Question ``targets``, one per target of the year in the order given; the estimate is the share attained,
        None where the value is unknown or the target is zero; table columns as `COLUMNS`, one row.

    Raises
    ------
    ConfigError
        When a target names a measure that does not exist.
    """
    return [_finding(material, target) for target in material.panel.settings.targets if target.year == year]


def _finding(material: Material, target: Target) -> Finding:
    known = {str(measure): measure for measure in material.measures}
    if target.measure not in known:
        message = f"target of {target.year}: no measure {target.measure!r}; there are {', '.join(known)}"
        raise ConfigError(message)
    measure = known[target.measure]
    records, coverage = material.measures[measure], material.coverage(measure)
    count = count_year(material, measure, target.year)
    code = material.regions.index(target.region) if target.region in material.regions else None
    value: float | int | None = 0 if coverage.state == "recorded" and count.days > 0 else None
    if code is not None:
        value = count.value(records, coverage, code)
    attainment = value / target.value if value is not None and target.value > 0 else None
    caveats = [*coverage_caveats(coverage)]
    if coverage.state == "recorded" and count.state(coverage) != "recorded":
        caveats.append("coverage_partial")
    return Finding(
        question="targets",
        measure=measure,
        region=target.region,
        baseline=str(target.year),
        estimate=None if attainment is None else Estimate(attainment, unit="share"),
        caveats=order_caveats(caveats),
        table=tabulate(COLUMNS, [(target.value, value, attainment, target.source)]),
        sources=() if code is None else records.cite(code, records.inside([count.period])),
    )
