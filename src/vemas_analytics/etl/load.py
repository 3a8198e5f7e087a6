"""From sources to Tables: read every file, clean every list, settle what needs all of them, keep account."""

import datetime as dt
import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from vemas_analytics.errors import InputError
from vemas_analytics.etl.check import check_tables
from vemas_analytics.etl.clean.files import STORIES, clean_files
from vemas_analytics.etl.clean.records import CleanedList, CleaningRules, join_records
from vemas_analytics.etl.clean.sides import settle_sides
from vemas_analytics.etl.clean.trip_status import latest_day, settle_trip_status
from vemas_analytics.etl.companies import replay_decisions
from vemas_analytics.etl.control_totals import compare_totals, control_frame, control_problems
from vemas_analytics.etl.corrections.apply import apply_corrections
from vemas_analytics.etl.frames import build_annex, build_table
from vemas_analytics.etl.identity.duplicates import Deduplicated, find_duplicates
from vemas_analytics.etl.identity.forum_lists import settle_forum_lists
from vemas_analytics.etl.identity.list_ages import ListAges
from vemas_analytics.etl.identity.status_history import history_frame
from vemas_analytics.etl.ledger import build_ledger, list_places
from vemas_analytics.etl.name_mask import NameMask
from vemas_analytics.etl.parse.persons import key_file_problem, person_keys, read_person_key
from vemas_analytics.etl.person_columns import person_columns
from vemas_analytics.etl.reading.discover import discover_files
from vemas_analytics.etl.reading.own_sheets import is_own_sheet
from vemas_analytics.etl.reading.read import read_file
from vemas_analytics.etl.reading.read_database import read_database, with_database_lists
from vemas_analytics.model.names import ANNEXES, TABLES
from vemas_analytics.model.problem import Problem
from vemas_analytics.model.settings import Database, Settings
from vemas_analytics.model.sheets import ReadFile, SourceFile
from vemas_analytics.model.tables import OUT_OF_SCOPE_COLUMNS, Tables
from vemas_analytics.reference.problems import read_problem_texts
from vemas_analytics.reference.texts import read_texts


@dataclass(frozen=True, slots=True)
class _Settled:
    """All lists cleaned, with what only all of them together could tell."""

    cleaned: tuple[CleanedList, ...]
    tables: Mapping[str, Deduplicated]
    problems: tuple[Problem, ...]


def load_tables(
    sources: Sequence[Path],
    settings: Settings,
    *,
    as_of: dt.date | None = None,
    today: dt.date | None = None,
    progress: Callable[[str], None] | None = None,
) -> Tables:
    """Read the lists in ``sources`` and return the four tables, with a full account of every row.

    Parameters
    ----------
    sources : sequence of Path
        Folders or single files; their order does not matter.
    settings : Settings
        The organisation's own words, keys and limits. Its databases are read too where a folder is among the sources.
    as_of : datetime.date, optional
        Reference date for trips without a status; else ``[report] as_of``, the latest declared end of coverage,
        or the latest date in the lists.
    today : datetime.date, optional
        A date later than this is impossible; the day of the run by default.
    progress : callable, optional
        Called with the name of each file before it is read.

    Raises
    ------
    InputError
        When a source does not exist or no table at all was found.
    """
    settings = with_database_lists(settings)
    rules = CleaningRules(settings, today or dt.date.today())
    discovery = discover_files(sources, settings)
    databases = settings.databases if any(source.is_dir() for source in sources) else ()
    with _without_collection():
        read, problems = _read_all(discovery.files, databases, settings, progress)
        corrected = apply_corrections(read, problems, sources, settings)
        problems = [*discovery.problems, *corrected.problems]
        read[:], corrected = corrected.files, replace(corrected, files=())
        tables = assemble_tables(_handed_over(read), problems, rules, sources=sources, as_of=as_of)
    companions = (*corrected.companions, *tables.companions)
    return replace(tables, corrections=corrected.frame, companions=companions)


def _handed_over(files: list[ReadFile]) -> Iterator[ReadFile]:
    """Yield files that nobody else holds any more, so that the cells of a long list can go once it is cleaned."""
    while files:
        yield files.pop(0)


@contextmanager
def _without_collection() -> Iterator[None]:
    """Pause the search for cyclic garbage: records are many and live to the end, so it would look in vain, often."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def assemble_tables(
    files: Iterable[ReadFile],
    problems: Iterable[Problem],
    rules: CleaningRules,
    *,
    sources: Sequence[Path] = (),
    as_of: dt.date | None = None,
) -> Tables:
    """Clean the lists of files already read; see `load_tables`."""
    found = tuple(problems)
    ordered = sorted(files, key=lambda file: (file.source.name, file.source.sha256))
    ages, of_sheets = ListAges(ordered), _sheet_problems(ordered)
    cleaned, refused = clean_files(ordered, rules)
    found = (*found, *refused)
    if not cleaned:
        raise InputError(_nothing_found(sources, ordered, found), _nothing_found_german(sources, ordered, found))
    firms = replay_decisions(cleaned, sources, rules.settings)
    settled = _settle(cleaned, ages, rules, as_of)
    repeated = _repeated_rows(settled.tables)
    totals = [(item, compare_totals(item, repeated.get((item.raw.file, item.raw.place), set()))) for item in cleaned]
    all_problems = [*found, *firms.problems, *settled.problems, *of_sheets]
    for item, stated in totals:
        all_problems += [*item.problems, *control_problems(item, stated)]
    readable = key_file_problem(rules.settings)
    if readable is not None:
        all_problems.append(readable)
    mask = NameMask((table for file in ordered for table in file.tables), firms.companies["spelling"])
    keys = person_keys(settled.tables["attendance"].records.persons, read_person_key(rules.settings))
    frames = {table: build_table(table, settled.tables[table].records, keys) for table in TABLES}
    annexes = {table: build_annex(table, settled.tables[table].records) for table in ANNEXES}
    set_aside = {name: item.set_aside for name, item in settled.tables.items()}
    tables = Tables(
        **frames,
        **annexes,
        ledger=build_ledger(ordered, cleaned, set_aside),
        problems=tuple(sorted(map(mask.problem, all_problems), key=_problem_order)),
        control_totals=control_frame(totals),
        out_of_scope=_out_of_scope(cleaned),
        inputs=tuple(file.source for file in ordered),
        lists=list_places(cleaned, set_aside),
        history=history_frame([line for table in TABLES for line in settled.tables[table].history]),
        person_columns=person_columns(table for file in ordered for table in file.tables),
        companies=firms.companies,
        company_decisions=firms.decisions,
        companions=firms.companions,
    )
    check_tables(tables)
    return tables


def _read_all(
    sources: Sequence[SourceFile],
    databases: Sequence[Database],
    settings: Settings,
    progress: Callable[[str], None] | None,
) -> tuple[list[ReadFile], list[Problem]]:
    files: list[ReadFile] = []
    problems: list[Problem] = []
    for source in sources:
        if progress is not None:
            progress(source.name)
        file, found = read_file(source, settings)
        files.append(file)
        problems += found
    for database in databases:
        if progress is not None:
            progress(database.name)
        file, found = read_database(database, settings)
        files.append(file)
        problems += found
    return files, problems


def _settle(cleaned: Sequence[CleanedList], ages: ListAges, rules: CleaningRules, as_of: dt.date | None) -> _Settled:
    """Find duplicates in each table, then settle the sides of attendees and the status of trips."""
    tables: dict[str, Deduplicated] = {}
    problems: list[Problem] = []
    for table in (*TABLES, *ANNEXES):
        records = join_records(item.records for item in cleaned if item.raw.table == table)
        found = find_duplicates(table, records, ages)
        tables[table] = settle_forum_lists(found) if table == "attendance" else found
        problems += tables[table].problems
    reference = _reference_day(tables, rules, as_of)
    requests = [tables["inquiries"].records, tables["offers"].records]
    problems += settle_sides(tables["attendance"].records, requests)
    problems += settle_trip_status(tables["trips"].records, reference)
    return _Settled(tuple(cleaned), tables, tuple(problems))


def _repeated_rows(tables: Mapping[str, Deduplicated]) -> dict[tuple[str, str], set[int]]:
    rows: dict[tuple[str, str], set[int]] = {}
    for found in tables.values():
        for place in found.set_aside:
            rows.setdefault((place.file, place.sheet), set()).add(place.row)
    return rows


def _reference_day(tables: Mapping[str, Deduplicated], rules: CleaningRules, as_of: dt.date | None) -> dt.date:
    if as_of is not None:
        return as_of
    if rules.settings.report.as_of is not None:
        return rules.settings.report.as_of
    declared = [statement.end for statement in rules.settings.coverage.values() if statement.end is not None]
    if declared:
        return max(declared) - dt.timedelta(days=1)
    return latest_day((tables[table].records for table in TABLES), rules.today)


def _sheet_problems(files: Iterable[ReadFile]) -> list[Problem]:
    """Say which sheets are hidden and which files or sheets gave no table."""
    problems: list[Problem] = []
    for file in files:
        name = file.source.name
        found = {table.sheet for table in file.tables if table.table in STORIES}
        for sheet in file.sheets:
            if is_own_sheet(sheet):
                continue
            if sheet.rows and sheet.sheet not in found:
                problems.append(Problem("no_table_found", "note", file=name, sheet=sheet.sheet))
            elif sheet.hidden and sheet.rows:
                problems.append(Problem("hidden_sheet", "note", file=name, sheet=sheet.sheet))
    return problems


def _problem_order(problem: Problem) -> tuple[str, str, int, str, str, str]:
    row = -1 if problem.row is None else problem.row
    return (problem.file, problem.sheet, row, problem.code, problem.column, problem.value)


def _out_of_scope(cleaned: Iterable[CleanedList]) -> pd.DataFrame:
    rows = [
        (item.raw.table, country, item.raw.file, item.raw.place, row, text, date)
        for item in cleaned
        for row, country, text, date in item.abroad
    ]
    frame = pd.DataFrame(rows, columns=list(OUT_OF_SCOPE_COLUMNS))
    kinds = {"row": "Int64", "date": "datetime64[us]"}
    return frame.astype({column: kinds.get(column, "string") for column in OUT_OF_SCOPE_COLUMNS})


def _nothing_found(sources: Sequence[Path], files: Sequence[ReadFile], problems: Sequence[Problem]) -> str:
    where = ", ".join(str(source) for source in sources) or "the sources"
    looked = f"{len(files)} file(s) read" if files else "no spreadsheet or CSV file there"
    unreadable = [problem for problem in problems if problem.code in {"unreadable_file", "unreadable_database"}]
    if unreadable:
        named = "; ".join(f"{problem.file}: {problem.params.get('reason_en', '')}" for problem in unreadable[:3])
        looked += f", {len(unreadable)} of them unreadable - {named}"
    return (
        f"no table found in {where} ({looked}); put lists of inquiries, offers, trips or forums there as .xlsx "
        "or .csv, or map their columns in vemas.toml under [columns]"
    )


def _nothing_found_german(sources: Sequence[Path], files: Sequence[ReadFile], problems: Sequence[Problem]) -> str:
    texts = read_texts("de")
    unreadable = [problem for problem in problems if problem.code in {"unreadable_file", "unreadable_database"}]
    if unreadable:
        named = "; ".join(f"{problem.file} - {problem.params.get('reason_de', '')}" for problem in unreadable[:3])
        if len(unreadable) >= len(files):
            remedy = read_problem_texts()["unreadable_file"].remedy["de"]
            return texts.text("check.error.nothing_readable", named=named, remedy=remedy)
        looked = texts.plural("check.error.unreadable", len(unreadable), named=named)
    else:
        looked = texts.plural("check.error.looked", len(files))
    return texts.text("check.error.nothing_found", where=", ".join(str(source) for source in sources), looked=looked)
