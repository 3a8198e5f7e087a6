"""A fault in the data: where it stands, what it says, what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from vemas_analytics.model.names import Severity


def _nothing() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Problem:
    """One data fault, repair or note; worded later, once per language, from ``reference/problems.csv``.

    Parameters
    ----------
    code : str
        A code of ``reference/problems.csv``.
    severity : {"rejected", "repaired", "note"}
        ``rejected``: a row or file was not taken over. ``repaired``: a value was changed by rule.
        ``note``: worth knowing, nothing was changed.
    table : str
        Table name, or empty when the file gave none.
    file, sheet : str
        Path relative to its source, with ``/``; sheet is empty for CSV.
    row : int or None
        As the spreadsheet program counts; None when the problem is the file's or sheet's.
    column : str
        Raw header text of the column, or empty.
    value : str
        The raw text; masked by the caller where the column may hold a person's name.
    params : mapping of str to str
        What the wording needs beyond the above (``taken``, ``rule``, ``twin``, ``candidates`` ...).
    """

    code: str
    severity: Severity
    table: str = ""
    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    params: Mapping[str, str] = field(default_factory=_nothing)
