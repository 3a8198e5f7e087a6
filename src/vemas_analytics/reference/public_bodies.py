"""Which partners of an agreement are public bodies: their names may be published, those of firms may not."""

import csv
import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from vemas_analytics.reference.words import fold


@lru_cache(maxsize=1)
def _words() -> re.Pattern[str]:
    text = (files("vemas_analytics.reference") / "public_bodies.csv").read_text("utf-8")
    folded = sorted(
        {fold(row["word"]) for row in csv.DictReader(text.splitlines())}, key=lambda word: (-len(word), word)
    )
    # a compound names its body last: Wissenschaftsministerium, Jelzin-Universität
    return re.compile(r"(?:" + "|".join(map(re.escape, folded)) + r")(?!\w)")


def are_public_bodies(names: str, own: Iterable[str] = ()) -> bool:
    """Tell whether every body in a text is a public one, or one of the publisher's own.

    Parameters
    ----------
    names : str
        Bodies joined by ``;``. A firm whose name holds the word of a public body is none: see the legal forms.
    own : iterable of str
        Names that may be published as well.
    """
    known = {fold(name) for name in own if name.strip()}
    parts = [fold(part) for part in names.split(";") if part.strip()]
    return all(part in known or (_words().search(part) is not None and not _FIRM.search(part)) for part in parts)


_FIRM = re.compile(r"(?<!\w)(?:ag|gmbh|kg|ohg|se|ooo|oao|ao|pao|zao|ltd|llc|inc|ооо|ао|пао|зао)(?!\w)")
