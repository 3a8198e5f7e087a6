"""Why two rows are taken for one, in words: the reasons given beside a likely duplicate or an earlier state."""

import csv
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from vemas_analytics.model.names import LANGUAGES


@lru_cache(maxsize=1)
def read_reason_words() -> Mapping[str, Mapping[str, str]]:
    """Read the reasons: code -> language -> words (``reference/reason_words.csv``)."""
    text = (files("vemas_analytics.reference") / "reason_words.csv").read_text("utf-8")
    return MappingProxyType({row["code"]: MappingProxyType(row) for row in csv.DictReader(text.splitlines())})


def reason_params(name: str, *codes: str, n: int = 0) -> dict[str, str]:
    """Return a problem's parameter that words these reasons in every language.

    Parameters
    ----------
    name : str
        Of the parameter; the words stand under ``name_de`` and ``name_en``.
    codes : str
        Reasons of ``reason_words.csv``, in the order in which they are given.
    n : int
        Number of days, where a reason counts them.
    """
    words = read_reason_words()
    told = {f"{name}_{language}": ", ".join(words[code][language] for code in codes) for language in LANGUAGES}
    return {name: " ".join(codes), **{key: text.format(n=n) for key, text in told.items()}}
