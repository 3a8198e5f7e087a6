"""What an organisation states for its annual reviews: release, expenditure, reasons, the review before."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from vemas_analytics.config.checking import refuse, refuse_unknown_region
from vemas_analytics.model.settings import AnnualStatement, Deviation, Expenditure

_Entries = Sequence[Mapping[str, Any]]


def annual_from(entries: _Entries, path: Path) -> tuple[AnnualStatement, ...]:
    """Return the statements of ``[[annual]]``, one a year.

    Raises
    ------
    ConfigError
        For two statements of one year, or an earlier report that is not there.
    """
    found = tuple(AnnualStatement(**entry) for entry in entries)
    seen: set[int] = set()
    for item in found:
        if item.year in seen:
            raise refuse(str(path), "annual.year", f"{item.year} is there twice", "write one [[annual]] for each year")
        seen.add(item.year)
        if item.earlier_report and not (path.parent / item.earlier_report).is_file():
            what = f"no such file: {item.earlier_report}"
            raise refuse(str(path), "annual.earlier_report", what, "paths are relative to vemas.toml: correct it")
    return found


def earlier_files(entries: _Entries) -> tuple[str, ...]:
    """Return the names of earlier reports, which are no sources."""
    return tuple(entry["earlier_report"] for entry in entries if entry.get("earlier_report"))


def expenditure_from(entries: _Entries) -> tuple[Expenditure, ...]:
    """Return the amounts of ``[[expenditure]]`` in the order given; several of one kind and year add up."""
    return tuple(Expenditure(**{**entry, "amount_eur": float(entry["amount_eur"])}) for entry in entries)


def deviations_from(entries: _Entries, file: str) -> tuple[Deviation, ...]:
    """Return the reasons of ``[[deviations]]``.

    Raises
    ------
    ConfigError
        For a region code that does not exist.
    """
    for number, entry in enumerate(entries, 1):
        refuse_unknown_region(entry.get("region", "ALL"), file, f"deviations[{number}].region")
    return tuple(Deviation(**entry) for entry in entries)
