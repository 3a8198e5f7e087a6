"""What may stand in vemas.toml: every section and key, its type and meaning, said once.

The check of a file, its JSON Schema and its table in the documentation all come from `VEMAS_TOML`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Literal, TypeAlias, get_args

from vemas_analytics.model.names import ANNEXES, EDITIONS, LANGUAGES, MEASURES, TABLES, CoverageState
from vemas_analytics.model.settings import EXPENDITURE_KINDS
from vemas_analytics.model.tables import CATEGORIES, COLUMNS

Kind: TypeAlias = Literal["text", "flag", "integer", "number", "day", "first_day", "last_day", "texts", "text_or_texts"]

REGION_PATTERN: Final = r"^RU(-[A-Z]{2,3})?$"
REGION_OR_ALL_PATTERN: Final = r"^(ALL|RU(-[A-Z]{2,3})?)$"
ACCENT_PATTERN: Final = r"^#[0-9A-Fa-f]{6}$"

NAME_PATTERN: Final = r"^[\w-]{1,60}$"
VARIABLE_PATTERN: Final = r"^[A-Za-z_][A-Za-z0-9_]*$"

ENTRY_FIELDS: Final = (
    "period", "precision", "person_name", "first_name", "last_name", "attendees", "registered",
    "number", "note", "ignore",
)  # fmt: skip
"""Fields a header may stand for beside a table's own columns: they are taken apart or left out on reading."""

ANNEX_FIELDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "agreements": (
            "id", "number", "region", "partner", "kind", "date", "date_precision", "precision", "saxon_party", "source",
            "note",
        ),
        "outcomes": (
            "id", "number", "date", "date_precision", "precision", "company", "region", "event", "kind", "value",
            "currency", "unit", "source", "note",
        ),
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    """One key. ``choices`` closes the list of texts; ``pattern`` limits them; ``minimum`` limits numbers."""

    kind: Kind
    note: str
    choices: tuple[str, ...] = ()
    pattern: str = ""
    minimum: float | None = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A TOML table with known keys."""

    note: str
    keys: Mapping[str, "Node"]


@dataclass(frozen=True, slots=True)
class Records:
    """An array of TOML tables, each with the same keys."""

    note: str
    keys: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Pairs:
    """A TOML table whose keys are free texts; each value is one of ``choices`` (any text when empty)."""

    note: str
    choices: tuple[str, ...] = ()
    pattern: str = ""
    keys: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))


Node: TypeAlias = Value | Section | Records | Pairs


def _field_choices(table: str) -> tuple[str, ...]:
    for name, columns in COLUMNS.items():
        if name == table:
            own = (column for column in columns if not column.startswith("source_"))
            return tuple(dict.fromkeys((*own, *ENTRY_FIELDS)))
    return (*ANNEX_FIELDS[table], "ignore")


_STATUSES: Final = tuple(
    dict.fromkeys(
        code
        for column in ("inquiries.status", "offers.status", "trips.status", "forum_status", "attended")
        for code in CATEGORIES[column]
    )
)

VEMAS_TOML: Final = Section(
    "Settings of an organisation for vemas_analytics; everything is optional.",
    {
        "organisation": Section(
            "Who publishes the report.",
            {
                "name": Value("text", "Name on cover and page head."),
                "contact": Value("text", "Contact printed on the cover."),
                "synthetic": Value("flag", "true marks invented data; every page and sheet then says so."),
                "own_organisers": Value("texts", "Organisers whose activities count as the organisation's own."),
                "grant_notice": Value("text", "Grant notice that the annual review refers to."),
                "reference_number": Value("text", "File reference printed on the annual review."),
                "purpose": Value(
                    "text", "Purpose of the funding in the words of the grant notice, for the annual review."
                ),
            },
        ),
        "stop": Section(
            "The suspension of cooperation, its four dates kept apart.",
            {
                "event_on": Value("day", "Day of the event that led to it."),
                "ordered_on": Value("day", "Day of the order."),
                "notified_on": Value("day", "Day on which the funding body was notified."),
                "effective_from": Value("day", "First day that counts as after; default: the day of the event."),
                "until": Value("day", "First day on which cooperation is possible again; leave out while it lasts."),
                "authority": Value("text", "Who ordered it."),
                "document": Value("text", "The document that says so."),
                "source": Value("text", "Where the order can be read, and its wording; printed under data basis."),
            },
        ),
        "breaks": Records(
            "Other dated events that change the level; replaces the default (EU sanctions 2014, COVID-19).",
            {
                "key": Value("text", "Short unique key.", required=True),
                "label_de": Value("text", "German label.", required=True),
                "label_en": Value("text", "English label; default: the German one."),
                "from": Value("first_day", "First day (or month) of the event.", required=True),
                "to": Value("last_day", "Last day (or month) of a period; left out, the event is a single date."),
            },
        ),
        "phases": Records(
            "Periods between breaks, in order; replaces the default phases I to IV.",
            {
                "key": Value("text", "Short unique key, such as II.", required=True),
                "label_de": Value("text", "German label.", required=True),
                "label_en": Value("text", "English label; default: the German one."),
                "from": Value("first_day", "First day (or month); left out in the first phase: unbounded."),
                "to": Value("last_day", "Last day (or month); left out in the last phase: unbounded."),
            },
        ),
        "coverage": Section(
            "How far each table was kept.",
            {
                table: Section(
                    f"Recording period of {table}.",
                    {
                        "state": Value(
                            "text",
                            "recorded: kept in full; partial: counts are 'at least'; not_recorded: no list.",
                            get_args(CoverageState),
                            required=True,
                        ),
                        "from": Value("first_day", "First day or month recorded."),
                        "to": Value("last_day", "Last day or month recorded, inclusive."),
                        "confirmed_by": Value("text", "Who confirms it."),
                    },
                )
                for table in TABLES
            },
        ),
        "report": Section(
            "Defaults of a report; the command line overrides them.",
            {
                "as_of": Value("day", "Reference date; later records are out of the counts."),
                "language": Value("text_or_texts", "Language or languages of the report.", LANGUAGES),
                "edition": Value("text", "intern shows everything, public suppresses small groups.", EDITIONS),
                "accent": Value(
                    "text", "Accent colour, such as #1F4E79; at least 3 to 1 on white.", pattern=ACCENT_PATTERN
                ),
                "logo": Value("text", "Logo for page 1: PNG or SVG, path relative to vemas.toml."),
            },
        ),
        "words": Section(
            "The organisation's own texts instead of the reports' ones: key of the catalogue = text.",
            {language: Pairs(f"Texts in {name}.") for language, name in (("de", "German"), ("en", "English"))},
        ),
        "files": Pairs(
            "Which files hold which table, where headers do not say it: pattern = table, or pattern = ignore.",
            (*TABLES, *ANNEXES, "ignore"),
            keys={"ignore": Value("texts", "Patterns of files that are no lists.")},
        ),
        "columns": Section(
            "Headers of the organisation's own lists: header text = field.",
            {
                table: Pairs(f"Headers of {table}; the field 'ignore' leaves a column out.", _field_choices(table))
                for table in (*TABLES, *ANNEXES)
            },
        ),
        "aliases": Section(
            "The organisation's own spellings, added to the reference tables: text = canonical value.",
            {
                "regions": Pairs(
                    "Region texts to codes such as RU-SVE; RU is Russia without a region.", pattern=REGION_PATTERN
                ),
                "statuses": Pairs("Status words to status codes.", _STATUSES),
                "companies": Pairs("Spellings of companies to the name to be used."),
                "organisers": Pairs("Spellings of organisers to the name to be used."),
            },
        ),
        "targets": Records(
            "Goals for the annual review; may also stand in targets.csv beside vemas.toml.",
            {
                "measure": Value("text", "Measure the goal is set for.", MEASURES, required=True),
                "year": Value("integer", "Calendar year.", minimum=1990, required=True),
                "region": Value("text", "Region code such as RU-SVE; default ALL.", pattern=REGION_OR_ALL_PATTERN),
                "value": Value("number", "Value to be reached.", minimum=0, required=True),
                "source": Value("text", "Document that set the goal, with its date."),
            },
        ),
        "annual": Records(
            "What the organisation states about the annual review of a year.",
            {
                "year": Value("integer", "Year under review.", minimum=1990, required=True),
                "version": Value("text", "Version printed on the cover."),
                "released_on": Value("day", "Day of the release; left out, the cover says draft."),
                "released_by": Value("text", "Who released it."),
                "allocation_key": Value("text", "How expenditure is assigned to inquiries and orders; printed."),
                "statement": Value("text", "The organisation's own words for the conclusions; marked as such."),
                "statement_by": Value("text", "Whose words these are."),
                "earlier_report": Value(
                    "text", "findings.json of the review or report before, path relative to vemas.toml."
                ),
            },
        ),
        "expenditure": Records(
            "Amounts of a year that no list holds, for the annual review.",
            {
                "year": Value("integer", "Calendar year.", minimum=1990, required=True),
                "kind": Value(
                    "text",
                    "programme: own expenditure; contributions: of companies; cancellation; wind_down: winding up.",
                    EXPENDITURE_KINDS,
                    required=True,
                ),
                "amount_eur": Value("number", "Amount in euros.", minimum=0, required=True),
                "what": Value("text", "What it was spent on."),
                "source": Value("text", "Document that shows it."),
            },
        ),
        "deviations": Records(
            "Reasons why targets were missed or passed, printed in the annual review.",
            {
                "measure": Value("text", "Measure of the target.", MEASURES, required=True),
                "year": Value("integer", "Calendar year.", minimum=1990, required=True),
                "region": Value("text", "Region code such as RU-SVE; default ALL.", pattern=REGION_OR_ALL_PATTERN),
                "reason": Value("text", "The reason.", required=True),
                "source": Value("text", "Document that shows it."),
            },
        ),
        "currency": Section(
            "How amounts in other currencies become euros.",
            {
                "rates_file": Value(
                    "text",
                    "CSV file of the organisation's own dated rates, path relative to vemas.toml; goes before the "
                    "yearly averages of the ECB.",
                ),
            },
        ),
        "privacy": Section(
            "How persons and small groups are protected.",
            {
                "key_file": Value("text", "File with the key for person keys, path relative to vemas.toml."),
                "suppress_below": Value("integer", "Public edition: smallest count shown; default 5.", minimum=1),
                "retention_years": Value("integer", "Age in years above which records are listed.", minimum=1),
            },
        ),
        "databases": Records(
            "Tables or queries of databases that hold lists; each is read like a file, with its own ledger line.",
            {
                "name": Value(
                    "text", "Short unique name; the list is called database:NAME.", pattern=NAME_PATTERN, required=True
                ),
                "url": Value(
                    "text",
                    "Address as SQLAlchemy writes it, such as sqlite:///crm.sqlite; never with a password.",
                    required=True,
                ),
                "table": Value("text", "Table or view to read, with its schema where needed; or else query."),
                "query": Value("text", "One SELECT statement; give it an ORDER BY."),
                "list": Value("text", "What it holds, where the columns do not say it.", (*TABLES, *ANNEXES)),
                "password_env": Value(
                    "text", "Environment variable that holds the password.", pattern=VARIABLE_PATTERN
                ),
            },
        ),
        "limits": Section(
            "What one file may cost before it is refused.",
            {
                "memory": Value("integer", "Memory in MiB; default 1024.", minimum=64),
                "seconds": Value(
                    "number",
                    "Seconds of computing one file may take until its rows are cleaned (opening a workbook: by the "
                    "clock); default 20.",
                    minimum=1,
                ),
                "seconds_per_mib": Value(
                    "number",
                    "Seconds for each MiB of a text list, where that is more than `seconds`: a long list may take "
                    "longer; default 1. With 0 `seconds` holds for every file.",
                    minimum=0,
                ),
            },
        ),
    },
)
"""The whole of vemas.toml."""

_SCALARS: Final[Mapping[Kind, Mapping[str, Any]]] = MappingProxyType(
    {
        "text": {"type": "string"},
        "flag": {"type": "boolean"},
        "integer": {"type": "integer"},
        "number": {"type": "number"},
        "day": {"type": "string", "format": "date"},
        "first_day": {"type": "string", "pattern": r"^\d{4}-\d{2}(-\d{2})?$"},
        "last_day": {"type": "string", "pattern": r"^\d{4}-\d{2}(-\d{2})?$"},
    }
)


def _text_schema(choices: tuple[str, ...], pattern: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if choices:
        schema["enum"] = list(choices)
    if pattern:
        schema["pattern"] = pattern
    return schema


def _value_schema(value: Value) -> dict[str, Any]:
    text = _text_schema(value.choices, value.pattern)
    if value.kind == "text":
        schema = text
    elif value.kind == "texts":
        schema = {"type": "array", "items": text}
    elif value.kind == "text_or_texts":
        schema = {"anyOf": [text, {"type": "array", "items": text, "minItems": 1}]}
    else:
        schema = dict(_SCALARS[value.kind])
    if value.minimum is not None:
        schema["minimum"] = value.minimum
    return {"description": value.note, **schema}


def _node_schema(node: Node) -> dict[str, Any]:
    if isinstance(node, Value):
        return _value_schema(node)
    if isinstance(node, Pairs):
        schema: dict[str, Any] = {"description": node.note, "type": "object"}
        if node.keys:
            schema["properties"] = {name: _value_schema(value) for name, value in node.keys.items()}
        return {**schema, "additionalProperties": _text_schema(node.choices, node.pattern)}
    table: dict[str, Any] = {
        "type": "object",
        "properties": {name: _node_schema(child) for name, child in node.keys.items()},
        "additionalProperties": False,
    }
    required = [name for name, child in node.keys.items() if isinstance(child, Value) and child.required]
    if required:
        table["required"] = required
    if isinstance(node, Records):
        return {"description": node.note, "type": "array", "items": table}
    return {"description": node.note, **table}


def settings_schema() -> dict[str, Any]:
    """Return the JSON Schema of vemas.toml, for editors that complete and check while typing.

    Returns
    -------
    dict
        JSON Schema, draft 2020-12. TOML's own dates appear as strings, as schema tools see them.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "vemas.toml",
        **_node_schema(VEMAS_TOML),
    }
