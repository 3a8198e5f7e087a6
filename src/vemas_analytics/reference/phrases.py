"""Sentences said in both languages at once, for errors that do not know yet which one the user speaks."""

from collections.abc import Iterable
from dataclasses import dataclass

from vemas_analytics.model.names import Language
from vemas_analytics.reference.texts import read_texts


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence, or a part of one, in English and German."""

    en: str
    de: str


def phrase(key: str, /, **params: object) -> Phrase:
    """Return a text of the catalogues in both languages.

    Parameters
    ----------
    key : str
        Of ``reference/texts``.
    **params : object
        What fills its places; a `Phrase` fills each language with its own words.
    """
    return Phrase(_filled("en", key, params), _filled("de", key, params))


def _filled(language: Language, key: str, params: dict[str, object]) -> str:
    own = {
        name: (value.en if language == "en" else value.de) if isinstance(value, Phrase) else value
        for name, value in params.items()
    }
    return read_texts(language).text(key, **own)


def joined(between: str, parts: Iterable[Phrase]) -> Phrase:
    """Return phrases one after the other."""
    listed = list(parts)
    return Phrase(between.join(part.en for part in listed), between.join(part.de for part in listed))
