"""Everything an organisation can say about itself and its data, frozen."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from vemas_analytics.model.names import CoverageState, Edition, Language, TableName


def _frozen() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who publishes the report.

    ``synthetic`` marks invented data; every page and sheet then says so. ``own_organisers`` are the names
    whose activities count as the organisation's own; ``contact`` is printed on the cover; ``purpose`` is the purpose
    of the funding in the words of the grant notice.
    """

    name: str = ""
    contact: str = ""
    synthetic: bool = False
    own_organisers: tuple[str, ...] = ()
    grant_notice: str = ""
    reference_number: str = ""
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """The dated end of cooperation. ``effective_from`` is the first day of *after*.

    The four dates (event, order, notice, effect) are kept apart; ``until`` stays None while the stop lasts.
    """

    event_on: dt.date = dt.date(2022, 2, 24)
    ordered_on: dt.date | None = None
    notified_on: dt.date | None = None
    effective_from: dt.date = dt.date(2022, 2, 24)
    until: dt.date | None = None
    authority: str = ""
    document: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """Another dated event that changes the level. ``end`` (exclusive) makes it a band, None a single date."""

    key: str
    label: Mapping[str, str]
    start: dt.date
    end: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Phase:
    """A period between breaks: half-open ``[start, end)``; None is unbounded."""

    key: str
    label: Mapping[str, str]
    start: dt.date | None
    end: dt.date | None


@dataclass(frozen=True, slots=True)
class CoverageStatement:
    """What the organisation states about how far a table was kept. ``end`` is exclusive (last day + 1)."""

    state: CoverageState
    start: dt.date | None = None
    end: dt.date | None = None
    confirmed_by: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A goal for one measure, year and region, with the document that set it."""

    measure: str
    year: int
    value: float
    region: str = "ALL"
    source: str = ""


@dataclass(frozen=True, slots=True)
class AnnualStatement:
    """What the organisation states about one annual review: its release, its own words, the review before it.

    ``allocation_key`` says how expenditure is assigned to inquiries and orders; ``earlier_report`` is the
    findings.json of the review before, relative to ``Settings.base``.
    """

    year: int
    version: str = ""
    released_on: dt.date | None = None
    released_by: str = ""
    allocation_key: str = ""
    statement: str = ""
    statement_by: str = ""
    earlier_report: str = ""


@dataclass(frozen=True, slots=True)
class Expenditure:
    """An amount of one year that no list holds; ``kind`` as in `EXPENDITURE_KINDS`."""

    year: int
    kind: str
    amount_eur: float
    what: str = ""
    source: str = ""


EXPENDITURE_KINDS: tuple[str, ...] = ("programme", "contributions", "cancellation", "wind_down")


@dataclass(frozen=True, slots=True)
class Deviation:
    """The organisation's reason why a target was missed or passed."""

    measure: str
    year: int
    reason: str
    region: str = "ALL"
    source: str = ""


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """Defaults of a report; the command line overrides them."""

    as_of: dt.date | None = None
    languages: tuple[Language, ...] = ("de",)
    edition: Edition = "intern"
    accent: str = ""
    logo: str = ""


@dataclass(frozen=True, slots=True)
class Aliases:
    """The organisation's own spellings, added to the reference tables: text -> canonical value."""

    regions: Mapping[str, str] = field(default_factory=_frozen)
    statuses: Mapping[str, str] = field(default_factory=_frozen)
    companies: Mapping[str, str] = field(default_factory=_frozen)
    organisers: Mapping[str, str] = field(default_factory=_frozen)


@dataclass(frozen=True, slots=True)
class Privacy:
    """How persons and small groups are protected."""

    key_file: Path | None = None
    suppress_below: int = 5
    retention_years: int = 10


@dataclass(frozen=True, slots=True)
class OwnRate:
    """An exchange rate of the organisation: units per euro from ``valid_from`` to ``valid_to``, both included."""

    currency: str
    valid_from: dt.date
    valid_to: dt.date
    units_per_eur: float
    source: str = ""


@dataclass(frozen=True, slots=True)
class Database:
    """A table or query of a database that holds a list.

    ``url`` as SQLAlchemy writes it, without a password: that is taken from the environment variable
    ``password_env``. ``list`` names the package's table where the columns do not say it.
    """

    name: str
    url: str
    table: str = ""
    query: str = ""
    list: str = ""
    password_env: str = ""

    @property
    def file(self) -> str:
        """Path of the file of an SQLite database, relative to the settings; empty for a server."""
        scheme, _, path = self.url.partition(":///")
        return path.partition("?")[0] if scheme.partition("+")[0] == "sqlite" else ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost before it is refused.

    Parameters
    ----------
    memory_mib : int
    seconds : float
        Of computing; a workbook is opened by the clock.
    seconds_per_mib : float
        For each MiB of a text list, where that is more: a list that is merely long is no attack.
    """

    memory_mib: int = 1024
    seconds: float = 20.0
    seconds_per_mib: float = 1.0

    def seconds_for_text(self, size: int) -> float:
        """Return the seconds that a text list of so many bytes may take."""
        return max(self.seconds, self.seconds_per_mib * size / (1024 * 1024))


@dataclass(frozen=True, slots=True)
class Settings:
    """All of ``vemas.toml``, with defaults that work when the file is absent.

    ``columns`` maps table -> {header text: field}; ``files`` maps a glob pattern -> table name;
    ``ignore`` holds glob patterns of files that are no lists; ``exchange_rates`` go before the ECB's. ``base`` is the
    folder of vemas.toml.
    """

    organisation: Organisation = field(default_factory=Organisation)
    stop: Stop = field(default_factory=Stop)
    breaks: tuple[Break, ...] = ()
    phases: tuple[Phase, ...] = ()
    coverage: Mapping[TableName, CoverageStatement] = field(default_factory=lambda: MappingProxyType({}))
    report: ReportOptions = field(default_factory=ReportOptions)
    files: Mapping[str, str] = field(default_factory=_frozen)
    ignore: tuple[str, ...] = ()
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=_frozen)
    aliases: Aliases = field(default_factory=Aliases)
    targets: tuple[Target, ...] = ()
    privacy: Privacy = field(default_factory=Privacy)
    limits: Limits = field(default_factory=Limits)
    exchange_rates: tuple[OwnRate, ...] = ()
    databases: tuple[Database, ...] = ()
    annual: tuple[AnnualStatement, ...] = ()
    expenditure: tuple[Expenditure, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    words: Mapping[Language, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    base: Path | None = None


DEFAULT_BREAKS: tuple[Break, ...] = (
    Break(
        "sanctions_2014",
        MappingProxyType({"de": "EU-Sanktionen", "en": "EU sanctions"}),
        dt.date(2014, 8, 1),
    ),
    Break(
        "covid",
        MappingProxyType({"de": "COVID-19", "en": "COVID-19"}),
        dt.date(2020, 3, 1),
        dt.date(2021, 6, 1),
    ),
)


def default_phases(stop: Stop) -> tuple[Phase, ...]:
    """Return the four default phases, the last beginning with the stop's effect.

    Parameters
    ----------
    stop : Stop
        Its ``effective_from`` ends phase III and opens phase IV.
    """
    sanctions, covid = DEFAULT_BREAKS[0].start, DEFAULT_BREAKS[1].start
    return (
        Phase(
            "I",
            MappingProxyType({"de": "vor den EU-Sanktionen", "en": "before the EU sanctions"}),
            None,
            sanctions,
        ),
        Phase(
            "II",
            MappingProxyType({"de": "EU-Sanktionen bis COVID-19", "en": "EU sanctions to COVID-19"}),
            sanctions,
            covid,
        ),
        Phase(
            "III",
            MappingProxyType({"de": "COVID-19 bis zum Vortag der Aussetzung", "en": "COVID-19 to the eve of the stop"}),
            covid,
            stop.effective_from,
        ),
        Phase(
            "IV",
            MappingProxyType({"de": "seit der Aussetzung", "en": "since the stop"}),
            stop.effective_from,
            stop.until,
        ),
    )
