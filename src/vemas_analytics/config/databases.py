"""The databases of vemas.toml: one address, one table or query each, and no password."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from vemas_analytics.config.checking import refuse
from vemas_analytics.model.settings import Database

_ADDRESS = re.compile(r"[A-Za-z][\w+.-]*://")
_PASSWORD = re.compile(r"://[^/@]*:[^@]*@|[?&;](?:password|passwd|pwd)=", re.IGNORECASE)
_READS = re.compile(r"\s*(?:--[^\n]*\n\s*)*(?:select|with)\b", re.IGNORECASE)


def databases_from(entries: Sequence[Mapping[str, Any]], file: str) -> tuple[Database, ...]:
    """Return the databases of a settings file, in its order.

    Parameters
    ----------
    entries : sequence of mapping
        Checked against the shape of vemas.toml.
    file : str
        For the message.

    Raises
    ------
    ConfigError
        When a name is there twice, an address is none or holds a password, or an entry does not name one table or one
        SELECT. No message repeats the address.
    """
    seen: set[str] = set()
    for number, entry in enumerate(entries, 1):
        key = f"databases[{number}]"
        if entry["name"].casefold() in seen:
            raise refuse(file, f"{key}.name", f"{entry['name']!r} is there twice", "give each database its own name")
        seen.add(entry["name"].casefold())
        if _PASSWORD.search(entry["url"]):
            remedy = "take it out, put it into an environment variable and name that as password_env"
            raise refuse(file, f"{key}.url", "holds a password", remedy)
        if _ADDRESS.match(entry["url"]) is None:
            remedy = "write it as sqlite:///file.sqlite or postgresql+psycopg://user@server/database"
            raise refuse(file, f"{key}.url", "is no address of a database", remedy)
        if bool(entry.get("table")) == bool(entry.get("query")):
            what = "names both a table and a query" if entry.get("table") else "names neither a table nor a query"
            raise refuse(file, key, what, "give exactly one of the two")
        if entry.get("query") and _READS.match(entry["query"]) is None:
            raise refuse(file, f"{key}.query", "is no SELECT", "write a query that only reads")
    return tuple(Database(**entry) for entry in entries)
