"""A database gives a note a row of a query; it is only read."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fsm_language.readers.note import Fields, Note, failed
from fsm_language.readers.record import At, missing_field, note_of

if TYPE_CHECKING:
    from sqlalchemy import URL
    from sqlalchemy.exc import DBAPIError

TOGETHER = 256  # rows fetched at once


def is_url(path: str) -> bool:
    """Whether `path` names a database as SQLAlchemy does: `postgresql://…`."""
    return "://" in path


def shown(url: str) -> str:
    """Return what may be shown of a database's URL: its kind, host and name; never a user, a password or an option."""
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        return _name(make_url(url))
    except ArgumentError:
        return url.partition("://")[0] + "://…"


def _name(url: "URL") -> str:
    return f"{url.drivername}://{url.host or ''}/{url.database or ''}"


def read(url: str, query: str, fields: Fields) -> Iterator[Note]:
    """Yield the notes that `query` gives, one a row, as the database sends them; whatever it did is undone."""
    import sqlalchemy
    from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

    name = shown(url)
    try:
        engine = sqlalchemy.create_engine(url, hide_parameters=True)
        with engine.connect().execution_options(stream_results=True, yield_per=TOGETHER) as connection:
            result = connection.execute(sqlalchemy.text(query))
            if not result.returns_rows:
                yield failed(name, "The query gives no rows. Write a SELECT.")
                return
            columns = list(result.keys())
            if fields.text not in columns:
                yield failed(name, f"In what the query gives {missing_field(fields.text, columns, 'column')}")
                return
            for number, row in enumerate(result.mappings(), 1):
                own = f"row {number}"
                yield note_of(name, dict(row), fields, At(own, f"{own}, column {fields.text}"))
    except (ArgumentError, ImportError) as error:
        yield failed(name, _driver(error, name))
    except DBAPIError as error:
        yield failed(name, _refusal(error, url))
    except SQLAlchemyError as error:
        yield failed(name, f"The database cannot be read ({type(error).__name__}). Is the URL right?")


def _refusal(error: "DBAPIError", url: str) -> str:
    """Return what the database said, unless it could quote a row; never the password."""
    from sqlalchemy import make_url
    from sqlalchemy.exc import OperationalError, ProgrammingError

    said = str(error.orig).strip().partition("\n")[0].rstrip(".")
    password = make_url(url).password
    if not isinstance(error, OperationalError | ProgrammingError) or (password and str(password) in said):
        return f"The database says no ({type(error.orig).__name__}). Try the query in another program."
    return f"The database says no: {said}."


def _driver(error: Exception, name: str) -> str:
    module = getattr(error, "name", None)
    if module:
        return f"The driver for {name.partition(':')[0]} is not installed. Try: pip install {module}"
    return "The URL is none that SQLAlchemy knows. Write it like postgresql://user@host/database."
