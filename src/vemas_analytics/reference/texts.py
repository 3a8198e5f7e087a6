"""Words of the reports and charts: one catalogue per language, read from TOML."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from babel.core import Locale

from vemas_analytics.errors import OptionError
from vemas_analytics.model.names import LANGUAGES, Language

Entry = str | dict[str, str]

OWN_PARTS = ("report", "annex", "annual", "caveats", "glossary")
"""Parts of the catalogue whose texts an organisation may replace by its own."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All texts of one language.

    An entry is a text with ``{named}`` places, or a table of plural forms (``one``, ``other``; optionally
    ``zero``, which wins for exactly nought) chosen by CLDR's plural rule.
    """

    language: Language
    entries: Mapping[str, Entry]

    def forms(self) -> dict[str, str]:
        """Return every text by its key; a plural form under the key of its text and its own: ``key.other``."""
        flat: dict[str, str] = {}
        for key, entry in self.entries.items():
            flat |= {key: entry} if isinstance(entry, str) else {f"{key}.{form}": text for form, text in entry.items()}
        return flat

    def with_own(self, words: Mapping[str, str]) -> "Catalogue":
        """Return the catalogue with an organisation's own texts, by the keys of `forms`."""
        entries = dict(self.entries)
        for key, text in words.items():
            if isinstance(entries.get(key), str):
                entries[key] = text
                continue
            name, _, form = key.rpartition(".")
            forms = entries[name]
            entries[name] = {**forms, form: text} if isinstance(forms, dict) else forms
        return Catalogue(self.language, entries)

    def __contains__(self, key: object) -> bool:
        """Tell whether a text of this key exists."""
        return key in self.entries

    def text(self, key: str, /, **params: object) -> str:
        """Return the text of ``key`` with its places filled.

        Raises
        ------
        KeyError
            When the catalogue has no such key or a place is not filled: a fault of the program.
        """
        entry = self.entries[key]
        if not isinstance(entry, str):
            message = f"{key} has plural forms; use plural()"
            raise KeyError(message)
        return entry.format(**params) if params else entry

    def plural(self, key: str, n: int, /, **params: object) -> str:
        """Return the plural form of ``key`` that fits ``n``, places filled (``n`` itself as given in params)."""
        entry = self.entries[key]
        if isinstance(entry, str):
            message = f"{key} has no plural forms; use text()"
            raise KeyError(message)
        form = "zero" if n == 0 and "zero" in entry else str(Locale(self.language).plural_form(n))
        return entry.get(form, entry["other"]).format(**{"n": n, **params})


def _flatten(prefix: str, table: Mapping[str, object]) -> dict[str, Entry]:
    flat: dict[str, Entry] = {}
    for key, value in table.items():
        name = f"{prefix}.{key}"
        if isinstance(value, str):
            flat[name] = value
        elif isinstance(value, dict) and "other" in value:
            flat[name] = {str(form): str(text) for form, text in value.items()}
        elif isinstance(value, dict):
            flat |= _flatten(name, value)
        else:
            message = f"text {name} is neither text, plural forms nor a table"
            raise TypeError(message)
    return flat


@lru_cache(maxsize=len(LANGUAGES))
def read_texts(language: Language) -> Catalogue:
    """Read the catalogue of a language: every ``texts/<language>/<part>.toml``, keys prefixed by the part.

    Parameters
    ----------
    language : {"de", "en"}

    Raises
    ------
    OptionError
        For a language without a catalogue.
    """
    if language not in LANGUAGES:
        message = f"language {language!r} is not one of {', '.join(LANGUAGES)}"
        raise OptionError(message)
    entries: dict[str, Entry] = {}
    folder = files("vemas_analytics.reference") / "texts" / language
    for part in sorted(folder.iterdir(), key=lambda item: item.name):
        if part.name.endswith(".toml"):
            entries |= _flatten(part.name.removesuffix(".toml"), tomllib.loads(part.read_text("utf-8")))
    return Catalogue(language, entries)
