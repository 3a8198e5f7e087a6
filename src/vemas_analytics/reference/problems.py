"""Wording of data problems: a closed list of codes with German and English texts."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from vemas_analytics.model.names import SEVERITIES, Language, Severity


@dataclass(frozen=True, slots=True)
class ProblemText:
    """How a problem is worded: templates with ``{named}`` places, by language."""

    code: str
    severity: Severity
    message: Mapping[Language, str]
    remedy: Mapping[Language, str]


@lru_cache(maxsize=1)
def read_problem_texts() -> Mapping[str, ProblemText]:
    """Read the closed list of problem codes (``reference/problems.csv``).

    Raises
    ------
    ValueError
        When the table holds a severity that is not one of the closed list: a fault of the program.
    """
    text = (files("vemas_analytics.reference") / "problems.csv").read_text("utf-8")
    severities: dict[str, Severity] = {severity: severity for severity in SEVERITIES}
    texts: dict[str, ProblemText] = {}
    for row in csv.DictReader(text.splitlines()):
        severity = severities.get(row["severity"])
        if severity is None:
            message = f"problems.csv: {row['code']} has the unknown severity {row['severity']!r}"
            raise ValueError(message)
        texts[row["code"]] = ProblemText(
            row["code"],
            severity,
            MappingProxyType({"de": row["message_de"], "en": row["message_en"]}),
            MappingProxyType({"de": row["remedy_de"], "en": row["remedy_en"]}),
        )
    return MappingProxyType(texts)
