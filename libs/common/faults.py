"""Errors of the outside world, after which a retry may well succeed."""

import asyncpg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

DATABASE_ERRORS = (DBAPIError, asyncpg.PostgresError)
"""Those of statements, and of connections, which SQLAlchemy does not wrap."""


def is_fault(error: Exception) -> bool:
    """Return whether the world is to blame (network, deadlock, restart) rather than the request."""
    if isinstance(error, OSError | PoolTimeout):
        return True
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    cause = _cause(error)
    if isinstance(cause, asyncpg.InterfaceError):
        # Most of these say that we misuse asyncpg, which no retry fixes.
        return "connection is closed" in str(cause)
    # Classes of SQLSTATE: connection, rollback for concurrency, resources, operator, system.
    return sqlstate_of(error)[:2] in {"08", "40", "53", "57", "58"}


def sqlstate_of(error: Exception) -> str:
    """Return PostgreSQL's code of the error; empty if it has none."""
    return str(getattr(_cause(error), "sqlstate", None) or "")


def violated_constraint(error: Exception) -> str | None:
    """The name of the constraint that the statement violated, if any: it holds no values."""
    return getattr(_cause(error), "constraint_name", None)


def _cause(error: Exception) -> BaseException | None:
    if isinstance(error, DBAPIError):
        return error.orig and error.orig.__cause__
    return error
