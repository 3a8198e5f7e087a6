"""Who organised: the names as the organisation spells them, and the group they belong to."""

import re
from collections.abc import Sequence

from vemas_analytics.etl.parse.persons import MASK, titled_name
from vemas_analytics.model.settings import Settings
from vemas_analytics.reference.organisers import read_organisers
from vemas_analytics.reference.words import fold

_BETWEEN_NAMES = re.compile(r"\s*[;,/|]\s*|\s+(?:und|and|и|mit|sowie)\s+|\s*&\s+")


def named_organiser(organiser: str | None, settings: Settings) -> str | None:
    """Return who organised, spelt as the organisation's own aliases say: the whole text, else each name in it.

    A person among them (``Kammer / Frau Muster``) stays unnamed: who organised is told in every edition.
    """
    if not organiser:
        return organiser
    aliases = {fold(text): name for text, name in settings.aliases.organisers.items()}
    whole = aliases.get(fold(organiser))
    if whole is not None:
        return whole
    between = _BETWEEN_NAMES.findall(organiser)
    names = [aliases.get(fold(part)) or _unnamed(part) for part in _BETWEEN_NAMES.split(organiser)]
    return "".join(part for pair in zip(names, [*between, ""], strict=True) for part in pair)


def _unnamed(part: str) -> str:
    """Return a part of an organiser's text without the name where all of it is a person with a title."""
    person = titled_name().fullmatch(part.strip())
    return f"{person['title']}{MASK}" if person is not None else part


def group_of(organiser: str | None, settings: Settings) -> str | None:
    """Return own, partner or other; own wins where several organisers are named. None without an organiser."""
    if not organiser:
        return None
    aliases = {fold(text): name for text, name in settings.aliases.organisers.items()}
    named = [aliases.get(fold(part), part) for part in _BETWEEN_NAMES.split(organiser)]
    whole = aliases.get(fold(organiser), organiser)
    own = tuple(settings.organisation.own_organisers)
    if settings.organisation.name:
        own = (*own, settings.organisation.name)
    return read_organisers(own).group("; ".join([whole, *named]))


def named_organisers(organisers: Sequence[str | None], settings: Settings) -> list[str | None]:
    """Return each organiser text, spelt as the organisation's own aliases say."""
    known = {text: named_organiser(text, settings) for text in set(organisers)}
    return [known[text] for text in organisers]


def groups_of(organisers: Sequence[str | None], settings: Settings) -> list[str | None]:
    """Return the group of each organiser text."""
    known = {text: group_of(text, settings) for text in set(organisers)}
    return [known[text] for text in organisers]
