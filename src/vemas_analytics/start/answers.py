"""What an organisation says about itself when it begins."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from vemas_analytics.model.names import CoverageState, TableName


@dataclass(frozen=True, slots=True)
class CoverageAnswer:
    """How far a table was kept; ``start`` and ``end`` as written (YYYY-MM or YYYY-MM-DD, the end inclusive)."""

    state: CoverageState
    start: str = ""
    end: str = ""
    confirmed_by: str = ""


@dataclass(frozen=True, slots=True)
class StartAnswers:
    """All answers; what is empty becomes a placeholder with an explanation.

    Parameters
    ----------
    name, contact : str
    coverage : mapping of TableName to CoverageAnswer
    stop : mapping of str to str
        ``event_on``, ``ordered_on``, ``notified_on``, ``effective_from`` (YYYY-MM-DD) and ``authority``.
    """

    name: str = ""
    contact: str = ""
    coverage: Mapping[TableName, CoverageAnswer] = field(default_factory=dict)
    stop: Mapping[str, str] = field(default_factory=dict)
