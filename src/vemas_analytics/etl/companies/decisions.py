"""companies.csv: what a person decided about two spellings, replayed in every run."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import pandas as pd

from vemas_analytics.errors import ConfigError
from vemas_analytics.etl.companions import read_companion
from vemas_analytics.model.tables import COMPANY_DECISION_COLUMNS
from vemas_analytics.reference.company_names import SIDES, Side
from vemas_analytics.reference.phrases import Phrase, joined, phrase

FILE_NAME: Final = "companies.csv"
_REQUIRED: Final = ("side", "name_a", "name_b", "decision")
_VERDICTS: Final[Mapping[str, Literal["same", "different"]]] = {
    "same": "same", "gleich": "same", "dasselbe": "same", "different": "different", "verschieden": "different",
}  # fmt: skip
_SIDES: Final[Mapping[str, Side]] = {
    "saxon": "saxon", "sächsisch": "saxon", "russian": "russian", "russisch": "russian",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decision:
    """One decided line of companies.csv.

    Parameters
    ----------
    line : int
        As a spreadsheet program counts.
    side : {"saxon", "russian"}
    name_a, name_b : str
        Spellings as the lists have them.
    verdict : {"same", "different"}
    canonical : str
        The name to be used for both; '' leaves it to the rule.
    by, date : str
        Who decided, and when.
    """

    line: int
    side: Side
    name_a: str
    name_b: str
    verdict: Literal["same", "different"]
    canonical: str = ""
    by: str = ""
    date: str = ""


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """Read the decided lines of companies.csv; lines with an empty decision are candidates of an earlier run.

    Raises
    ------
    ConfigError
        Naming every line that cannot be used, and what to do about it.
    """
    faults: list[Phrase] = []
    found: list[Decision] = []
    for line, values in read_companion(path, "companies", _REQUIRED):
        if not values["decision"]:
            continue
        wrong = list(_faults(values))
        if wrong:
            faults.append(phrase("refusals.line", line=line, faults=joined(", ", wrong)))
            continue
        found.append(
            Decision(
                line,
                _SIDES[values["side"].casefold()],
                values["name_a"],
                values["name_b"],
                _VERDICTS[values["decision"].casefold()],
                values["canonical"],
                values["by"],
                values["date"],
            )
        )
    if faults:
        message = phrase("refusals.lines_wrong", path=path, lines=joined("; ", faults))
        raise ConfigError(message.en, message.de)
    return tuple(found)


def _faults(values: Mapping[str, str]) -> Iterator[Phrase]:
    if values["side"].casefold() not in _SIDES:
        yield phrase("refusals.no_side", side=values["side"], sides=", ".join(SIDES))
    if values["decision"].casefold() not in _VERDICTS:
        yield phrase("refusals.no_verdict", decision=values["decision"])
    for name in ("name_a", "name_b"):
        if not values[name]:
            yield phrase("refusals.is_empty", name=name)
    if values["name_a"] and values["name_a"] == values["name_b"]:
        yield phrase("refusals.same_names")
    if values["canonical"] and _VERDICTS.get(values["decision"].casefold()) == "different":
        yield phrase("refusals.name_for_two")


def decision_frame(decisions: Sequence[Decision], counts: Mapping[tuple[Side, str], int]) -> pd.DataFrame:
    """Return decisions in the columns of `COMPANY_DECISION_COLUMNS`, with how often each name occurs now."""
    rows = [
        (
            item.side,
            item.name_a,
            item.name_b,
            counts.get((item.side, item.name_a), 0),
            counts.get((item.side, item.name_b), 0),
            None,
            "decided",
            item.verdict,
            item.canonical or None,
            item.by or None,
            item.date or None,
        )
        for item in decisions
    ]
    frame = pd.DataFrame(rows, columns=list(COMPANY_DECISION_COLUMNS))
    kinds = {"n_a": "Int64", "n_b": "Int64", "score": "Int64"}
    return frame.astype({name: kinds.get(name, "string") for name in COMPANY_DECISION_COLUMNS})
