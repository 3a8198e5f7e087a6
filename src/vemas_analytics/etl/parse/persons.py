"""Names of persons become keys; the names themselves go no further."""

import hashlib
import hmac
import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from vemas_analytics.errors import ConfigError
from vemas_analytics.model.problem import Problem
from vemas_analytics.model.settings import Settings
from vemas_analytics.reference.person_words import read_name_particles, read_person_titles

KEY_VARIABLE = "VEMAS_PERSON_KEY"
MASK = "***"
_TITLES = re.compile(
    r"\b(?:herr|frau|mr|mrs|ms|dr|prof|professor|dipl|ing|habil|rer|nat|oec|phil|jur|med|h\.?c|mba|ph\.?d|"
    r"m\.?sc|b\.?sc|господин|госпожа|г-н|г-жа|проф|к\.т\.н|д\.т\.н)\b\.?(?:-\s?)?",
)


def normalise_name(text: str) -> str:
    """Return a name without titles and punctuation, its parts in one order: ``Muster, Eva`` is ``Eva Muster``."""
    plain = _TITLES.sub(" ", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(sorted(re.findall(r"[^\W\d_]+", plain)))


def read_person_key(settings: Settings) -> bytes | None:
    """Return the organisation's secret for person keys: environment first, then the key file; None without either.

    Raises
    ------
    ConfigError
        When ``[privacy] key_file`` names a file that is missing or empty.
    """
    secret = os.environ.get(KEY_VARIABLE, "").strip()
    if secret:
        return secret.encode()
    if settings.privacy.key_file is None:
        return None
    path = (settings.base or Path()) / settings.privacy.key_file
    try:
        content = path.read_bytes().strip()
    except OSError:
        content = b""
    if not content:
        message = (
            f"vemas.toml, [privacy] key_file: {settings.privacy.key_file} is missing or empty; "
            "put the key there or remove the entry"
        )
        raise ConfigError(message)
    return content


def key_file_problem(settings: Settings) -> Problem | None:
    """Return the note that every user of the machine can read the key file; None where it is kept or not used."""
    if settings.privacy.key_file is None or os.environ.get(KEY_VARIABLE, "").strip():
        return None
    path = (settings.base or Path()) / settings.privacy.key_file
    try:
        mode = path.stat().st_mode
    except OSError:
        return None
    # only POSIX systems tell by the mode who may read; elsewhere access is kept in lists that it does not show
    if os.name != "posix" or not mode & stat.S_IROTH:
        return None
    return Problem("person_key_readable", "note", value=settings.privacy.key_file.as_posix())


def person_keys(names: Iterable[str], secret: bytes | None) -> Mapping[str, str]:
    """Return normalised name -> key: HMAC-SHA256 with the secret, else a running number by first appearance.

    Parameters
    ----------
    names : iterable of str
        Normalised names in the order of their rows.
    """
    distinct = list(dict.fromkeys(name for name in names if name))
    if secret is None:
        return {name: f"P{number:05d}" for number, name in enumerate(distinct, 1)}
    return {name: hmac.new(secret, name.encode(), hashlib.sha256).hexdigest()[:20] for name in distinct}


@lru_cache(maxsize=1)
def titled_name() -> re.Pattern[str]:
    """Return how a person is written after titles or a form of address (group ``title``): ``Frau Dr. A. Muster``."""
    titles = "|".join(re.escape(title) for title in read_person_titles())
    capital = "[A-ZÄÖÜÀ-ÖØ-ÞА-ЯЁ]"
    particles = "|".join(map(re.escape, read_name_particles()))
    name = rf"(?:(?:{particles})\s+)*{capital}[\w'’-]*"
    return re.compile(rf"(?P<title>(?<!\w)(?:(?:{titles})\s+)+(?:{capital}\.\s*)*){name}(?:\s+{name})?")
