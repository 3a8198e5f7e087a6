"""vemas.toml to frozen Settings: read, check against the shape, refuse contradictions."""

import datetime as dt
import glob
import itertools
import posixpath
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from vemas_analytics.config.annual import annual_from, deviations_from, earlier_files, expenditure_from
from vemas_analytics.config.appearance import refuse_bad_logo, refuse_pale_accent, words_from
from vemas_analytics.config.checking import check_node, refuse, refuse_unknown_region
from vemas_analytics.config.databases import databases_from
from vemas_analytics.config.own_rates import read_own_rates
from vemas_analytics.config.shape import VEMAS_TOML
from vemas_analytics.config.targets import FILE_NAME, read_targets, target_from
from vemas_analytics.model.names import ANNEXES, TABLES, TableName
from vemas_analytics.model.settings import (
    DEFAULT_BREAKS,
    Aliases,
    Break,
    CoverageStatement,
    Limits,
    Organisation,
    OwnRate,
    Phase,
    Privacy,
    ReportOptions,
    Settings,
    Stop,
    Target,
    default_phases,
)


def read_settings(path: Path | None) -> Settings:
    """Read vemas.toml, and targets.csv beside it, into Settings.

    Parameters
    ----------
    path : pathlib.Path or None
        The file, or None for the defaults.

    Returns
    -------
    Settings
        Periods are half-open; ``breaks`` and ``phases`` hold the defaults where the file has none.

    Raises
    ------
    ConfigError
        When the file cannot be read or parsed, has an unknown key (the nearest known one is named) or a
        wrong type, or contradicts itself. The message says file, key, what, and what to do.
    """
    if path is None:
        stop = Stop()
        return Settings(stop=stop, breaks=DEFAULT_BREAKS, phases=default_phases(stop))
    file = str(path)
    raw = _read_toml(path)
    checked = check_node(VEMAS_TOML, raw, file, "")
    stop = _stop(checked.get("stop", {}), file)
    files, ignore = _files(checked.get("files", {}))
    rates_file = checked.get("currency", {}).get("rates_file", "")
    return Settings(
        organisation=Organisation(**checked.get("organisation", {})),
        stop=stop,
        breaks=_breaks(checked["breaks"], file) if "breaks" in checked else DEFAULT_BREAKS,
        phases=_phases(checked.get("phases"), stop, file),
        coverage=MappingProxyType(_coverage(checked.get("coverage", {}), file)),
        report=_report(checked.get("report", {}), path),
        files=MappingProxyType(files),
        ignore=(*ignore, *([_pattern_of(rates_file)] if rates_file else ()), *earlier_files(checked.get("annual", ()))),
        columns=MappingProxyType(_columns(checked.get("columns", {}))),
        aliases=_aliases(checked.get("aliases", {}), file),
        targets=_targets(raw.get("targets", []), path),
        privacy=_privacy(checked.get("privacy", {}), path),
        limits=_limits(checked.get("limits", {})),
        databases=databases_from(checked.get("databases", ()), file),
        exchange_rates=_own_rates(rates_file, path),
        annual=annual_from(checked.get("annual", ()), path),
        expenditure=expenditure_from(checked.get("expenditure", ())),
        deviations=deviations_from(checked.get("deviations", ()), file),
        words=words_from(checked.get("words", {}), file),
        base=path.parent,
    )


def _read_toml(path: Path) -> dict[str, Any]:
    file = str(path)
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise refuse(file, "", "no such file", "give the path of a vemas.toml, or leave --config out") from None
    except UnicodeDecodeError:
        raise refuse(file, "", "is not in UTF-8", "save it as UTF-8 in the editor") from None
    except OSError as error:
        raise refuse(file, "", f"cannot be read ({error.strerror})", "check the path and its permissions") from None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        remedy = "correct this line (texts stand in quotes, a section once only)"
        last_line = max(len(text.splitlines()), 1)
        what = str(error).replace("at end of document", f"at line {last_line}, end of the file")
        raise refuse(file, "", f"not valid TOML: {what}", remedy) from None


def _files(values: Mapping[str, Any]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Part the patterns that name a table from those that name files to be left alone."""
    listed = values.get("ignore", ())
    tables = {pattern: table for pattern, table in values.items() if pattern != "ignore"}
    ignored = [pattern for pattern, table in tables.items() if table == "ignore"]
    kept = {pattern: table for pattern, table in tables.items() if table != "ignore"}
    return kept, tuple(dict.fromkeys((*listed, *ignored)))


def _stop(values: Mapping[str, Any], file: str) -> Stop:
    stop = Stop(**values)
    if "event_on" in values and "effective_from" not in values:
        stop = Stop(**{**values, "effective_from": stop.event_on})
    if "effective_from" in values and "event_on" not in values and stop.effective_from < stop.event_on:
        stop = Stop(**{**values, "event_on": stop.effective_from})
    if stop.effective_from < stop.event_on:
        what = f"{stop.effective_from} lies before event_on {stop.event_on}"
        raise refuse(file, "stop.effective_from", what, "the stop cannot take effect before its event: correct one")
    if stop.until is not None and stop.until <= stop.effective_from:
        what = f"{stop.until} does not lie after effective_from {stop.effective_from}"
        raise refuse(file, "stop.until", what, "correct it, or leave it out while the stop lasts")
    return stop


def _label(entry: Mapping[str, Any]) -> Mapping[str, str]:
    return MappingProxyType({"de": entry["label_de"], "en": entry.get("label_en") or entry["label_de"]})


def _breaks(entries: Sequence[Mapping[str, Any]], file: str) -> tuple[Break, ...]:
    _refuse_repeated(entries, "breaks", file)
    for entry in entries:
        _refuse_reversed(entry, f"breaks {entry['key']!r}", file)
    found = [Break(entry["key"], _label(entry), entry["from"], entry.get("to")) for entry in entries]
    return tuple(sorted(found, key=lambda item: item.start))


def _phases(entries: Sequence[Mapping[str, Any]] | None, stop: Stop, file: str) -> tuple[Phase, ...]:
    if entries is None:
        found = default_phases(stop)
        remedy = "the default phases do not fit this stop: write your own as [[phases]]"
    else:
        _refuse_repeated(entries, "phases", file)
        for entry in entries:
            _refuse_reversed(entry, f"phases {entry['key']!r}", file)
        found = tuple(Phase(entry["key"], _label(entry), entry.get("from"), entry.get("to")) for entry in entries)
        remedy = "phases follow one another: write them in order, each from after the end before it"
    for phase in found:
        if phase.start is not None and phase.end is not None and phase.end <= phase.start:
            raise refuse(file, f"phases {phase.key!r}", f"ends on {phase.end}, before it starts", remedy)
    for before, after in itertools.pairwise(found):
        if before.end is None or after.start is None or before.end > after.start:
            what = f"overlaps phase {before.key!r} or has no edge towards it"
            raise refuse(file, f"phases {after.key!r}", what, remedy)
    return found


def _refuse_repeated(entries: Sequence[Mapping[str, Any]], section: str, file: str) -> None:
    seen: set[str] = set()
    for entry in entries:
        if entry["key"] in seen:
            raise refuse(file, f"{section}.key", f"{entry['key']!r} is there twice", "give each entry its own key")
        seen.add(entry["key"])


def _refuse_reversed(entry: Mapping[str, Any], key: str, file: str) -> None:
    start, end = entry.get("from"), entry.get("to")
    if start is not None and end is not None and end <= start:
        last = end - dt.timedelta(days=1)
        raise refuse(file, key, f"from {start} lies after to {last}", "correct one of the two")


def _coverage(tables: Mapping[str, Any], file: str) -> dict[TableName, CoverageStatement]:
    found: dict[TableName, CoverageStatement] = {}
    for table in TABLES:
        if table not in tables:
            continue
        entry, key = tables[table], f"coverage.{table}"
        _refuse_reversed(entry, key, file)
        state, start, end = entry["state"], entry.get("from"), entry.get("to")
        if state == "not_recorded" and (start or end):
            raise refuse(file, key, "not_recorded, yet with from or to", "leave the dates out or change the state")
        if state != "not_recorded" and (start is None or end is None):
            missing = "from" if start is None else "to"
            raise refuse(file, f"{key}.{missing}", "is missing", f"a table that is {state} needs from and to")
        found[table] = CoverageStatement(state, start, end, entry.get("confirmed_by", ""))
    return found


def _report(values: Mapping[str, Any], path: Path) -> ReportOptions:
    options = dict(values)
    if "language" in options:
        options["languages"] = tuple(dict.fromkeys(options.pop("language")))
    if options.get("languages") == ():
        raise refuse(str(path), "report.language", "is empty", 'write "de", "en" or ["de", "en"]')
    if options.get("logo"):
        _refuse_missing_file(path, "report.logo", options["logo"])
        refuse_bad_logo(path.parent / options["logo"], str(path))
    refuse_pale_accent(options.get("accent", ""), str(path))
    return ReportOptions(**options)


def _columns(tables: Mapping[str, Mapping[str, str]]) -> dict[str, Mapping[str, str]]:
    return {table: MappingProxyType(dict(tables[table])) for table in (*TABLES, *ANNEXES) if table in tables}


def _aliases(kinds: Mapping[str, Mapping[str, str]], file: str) -> Aliases:
    for text, code in kinds.get("regions", {}).items():
        refuse_unknown_region(code, file, f'aliases.regions."{text}"')
    return Aliases(**{name: MappingProxyType(dict(pairs)) for name, pairs in kinds.items()})


def _targets(entries: Sequence[object], path: Path) -> tuple[Target, ...]:
    found = [target_from(entry, str(path), f"targets[{number}]") for number, entry in enumerate(entries, 1)]
    beside = path.parent / FILE_NAME
    if beside.is_file():
        found += read_targets(beside)
    seen: set[tuple[str, int, str]] = set()
    for target in found:
        key = (target.measure, target.year, target.region)
        if key in seen:
            what = f"two values for {target.measure} {target.year} {target.region}"
            raise refuse(str(path), "targets", what, f"keep one, in vemas.toml or in {FILE_NAME}")
        seen.add(key)
    return tuple(found)


def _privacy(values: Mapping[str, Any], path: Path) -> Privacy:
    options = dict(values)
    if options.get("key_file"):
        _refuse_missing_file(path, "privacy.key_file", options["key_file"])
        # stays as written, relative to Settings.base: settings are printed in manifests
        options["key_file"] = Path(options["key_file"])
    return Privacy(**options)


def _refuse_missing_file(path: Path, key: str, name: str) -> None:
    if not (path.parent / name).is_file():
        raise refuse(str(path), key, f"no such file: {name}", "paths are relative to vemas.toml: correct it")


def _own_rates(name: str, path: Path) -> tuple[OwnRate, ...]:
    if not name:
        return ()
    _refuse_missing_file(path, "currency.rates_file", name)
    return read_own_rates(path.parent / name)


def _pattern_of(name: str) -> str:
    """Return the pattern that a file of this name meets, and no other: ``./kurse [2020].csv`` is a name too."""
    return glob.escape(posixpath.normpath(name.replace("\\", "/")))


def _limits(values: Mapping[str, Any]) -> Limits:
    default = Limits()
    return Limits(
        memory_mib=values.get("memory", default.memory_mib),
        seconds=float(values.get("seconds", default.seconds)),
        seconds_per_mib=float(values.get("seconds_per_mib", default.seconds_per_mib)),
    )
