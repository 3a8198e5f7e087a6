"""Who organised an activity: the network itself, a partner, or somebody else."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal, TypeAlias

from vemas_analytics.reference.words import fold

OrganiserGroup: TypeAlias = Literal["own", "partner", "other"]


@dataclass(frozen=True, slots=True)
class Organisers:
    """Known organisers; find the group of a text that names one or several.

    Parameters
    ----------
    own, partner : re.Pattern
        Find any name of the group as whole words in a folded text.
    """

    own: re.Pattern[str]
    partner: re.Pattern[str]

    def group(self, text: str) -> OrganiserGroup:
        """Return ``own`` if any organiser named is the network's own, else ``partner``, else ``other``."""
        folded = fold(text)
        if self.own.search(folded):
            return "own"
        return "partner" if self.partner.search(folded) else "other"


@lru_cache(maxsize=8)
def read_organisers(own: tuple[str, ...] = ()) -> Organisers:
    """Read the reference table of organisers, with an organisation's own names added.

    Parameters
    ----------
    own : tuple of str
        Further names whose activities count as the organisation's own.
    """
    text = (files("vemas_analytics.reference") / "organisers.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    return Organisers(
        own=_any_name([*own, *(row["name"] for row in rows if row["group"] == "own")]),
        partner=_any_name(row["name"] for row in rows if row["group"] == "partner"),
    )


def _any_name(names: Iterable[str]) -> re.Pattern[str]:
    folded = sorted({fold(name) for name in names if fold(name)}, key=lambda name: (-len(name), name))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, folded)) + r")(?!\w)")
