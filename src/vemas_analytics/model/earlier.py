"""What an earlier report said, for telling which of its figures have changed since."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EarlierFigure:
    """A figure of one calendar year as an earlier report had it; ``state`` as in its yearly table."""

    value: float | None
    state: str


@dataclass(frozen=True, slots=True)
class EarlierReport:
    """The yearly figures of an earlier report.

    ``name`` is the file as the settings name it; ``figures`` has one for each (measure, region, year).
    """

    name: str
    figures: Mapping[tuple[str, str, int], EarlierFigure]
