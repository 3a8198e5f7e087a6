"""The rows of a database table or query as frames for the parent process; runs in the child process only.

The password comes over the pipe that also carries the request, never as an argument that other users could see.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from vemas_analytics.etl.reading.typed_values import cell_rows, cell_value
from vemas_analytics.etl.reading.workbook_sheets import Frame, row_frames, sheet_frame

_CONNECT_OPTIONS: Final = {
    "postgresql": ("connect_timeout", 1), "mysql": ("connect_timeout", 1), "mariadb": ("connect_timeout", 1),
    "mssql": ("timeout", 1),
}  # fmt: skip
"""How the drivers of a dialect call the time they wait for a server, and its unit in seconds."""


class DatabaseError(Exception):
    """A database gave nothing; ``reason_code`` is a code of ``reference/read_failures.csv``."""

    def __init__(self, reason_code: str, detail: str = "") -> None:
        super().__init__(reason_code)
        self.reason_code = reason_code
        self.detail = detail


def database_frames(url: str, password: str, table: str, query: str, base: str, seconds: float) -> Iterator[Frame]:
    """Yield the one sheet of a table or query: the names of its columns in row 1, its records below.

    A table comes in the order of its key, without one in the order of its values; a query as it orders itself,
    without ``ORDER BY`` in the order of its values: the same rows always give the same account.

    Parameters
    ----------
    url : str
        As SQLAlchemy writes it, without a password. The path of an SQLite file is relative to ``base``.
    password : str
        Empty where none is needed.
    table, query : str
        One of the two.
    base : str
        Folder of the settings.
    seconds : float
        How long to wait for the server.

    Raises
    ------
    DatabaseError
    """
    import sqlalchemy as sa

    yield "format", "database"
    engine = _engine(url, password, base, seconds)
    try:
        with engine.connect() as connection:
            if table:
                statement, ordered = _whole_table(connection, table)
            else:
                statement, ordered = sa.text(query), "order by" in query.casefold()
            result = connection.execution_options(stream_results=True).execute(statement)
            names = [str(name) for name in tuple(result.keys())]
            yield sheet_frame("", titled=True)
            yield "rows", [tuple(name or None for name in names)]
            rows = cell_rows(result)
            yield from row_frames(rows if ordered else sorted(rows, key=_order), 0)
    except sa.exc.NoSuchTableError as error:
        raise DatabaseError("no_table", table) from error
    except (sa.exc.OperationalError, sa.exc.InterfaceError) as error:
        raise DatabaseError("no_connection" if not _answers(engine) else "bad_query") from error
    except (sa.exc.SQLAlchemyError, ImportError) as error:
        raise DatabaseError("bad_query") from error
    finally:
        engine.dispose()


def _engine(url: str, password: str, base: str, seconds: float) -> Any:
    import sqlalchemy as sa

    try:
        address = sa.engine.make_url(url)
    except sa.exc.ArgumentError as error:
        raise DatabaseError("no_driver") from error
    dialect = address.get_backend_name()
    if password and dialect != "sqlite":
        address = address.set(password=password)
    options: dict[str, Any] = {}
    if dialect == "sqlite" and address.database not in {None, "", ":memory:"}:
        address = _read_only(address, base)
    elif dialect in _CONNECT_OPTIONS:
        name, unit = _CONNECT_OPTIONS[dialect]
        options["connect_args"] = {name: max(1, int(seconds / 2 / unit))}
    try:
        return sa.create_engine(address, poolclass=sa.pool.NullPool, **options)
    except (ImportError, sa.exc.NoSuchModuleError) as error:
        raise DatabaseError("no_driver", dialect) from error


def _read_only(address: Any, base: str) -> Any:
    """Return the address of an SQLite file opened for reading only: a mistyped path must not create a file."""
    path = (Path(base) / address.database).resolve()
    if not path.is_file():
        raise DatabaseError("no_access")
    return address.set(database=path.as_uri(), query={"mode": "ro", "uri": "true"})


def _answers(engine: Any) -> bool:
    """Tell whether the server answers at all."""
    import sqlalchemy as sa

    try:
        with engine.connect() as connection:
            connection.execute(sa.text("SELECT 1"))
    except sa.exc.SQLAlchemyError:
        return False
    return True


def _whole_table(connection: Any, table: str) -> tuple[Any, bool]:
    import sqlalchemy as sa

    schema, _, name = table.rpartition(".")
    columns = sa.inspect(connection).get_columns(name, schema=schema or None)
    key = sa.inspect(connection).get_pk_constraint(name, schema=schema or None).get("constrained_columns") or []
    source = sa.table(name, *(sa.column(item["name"]) for item in columns), schema=schema or None)
    return sa.select(source).order_by(*(source.c[item] for item in key)), bool(key)


def _order(row: Sequence[Any]) -> tuple[tuple[str, str], ...]:
    """Return a key that orders rows of any values: by type, then by how the value is written."""
    return tuple((type(value).__name__, repr(cell_value(value))) for value in row)
