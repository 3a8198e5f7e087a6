"""What divides time: the configured phases and breaks, else the default ones."""

from typing import Final

from vemas_analytics.model.settings import DEFAULT_BREAKS, Break, Phase, Settings, default_phases

COVID: Final = "covid"
SANCTIONS_2014: Final = "sanctions_2014"


def resolve_phases(settings: Settings) -> tuple[Phase, ...]:
    """Return the configured phases, else the four default ones."""
    return settings.phases or default_phases(settings.stop)


def resolve_breaks(settings: Settings) -> tuple[Break, ...]:
    """Return the configured breaks, else the default ones."""
    return settings.breaks or DEFAULT_BREAKS


def find_break(settings: Settings, key: str) -> Break:
    """Return the configured break of that key, else the default one.

    Leaving the pandemic or the sanctions out of the settings does not undo them.

    Raises
    ------
    KeyError
        For a key that is neither configured nor a default.
    """
    for item in (*resolve_breaks(settings), *DEFAULT_BREAKS):
        if item.key == key:
            return item
    raise KeyError(key)
