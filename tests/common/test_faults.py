"""Which errors are the world's, to be retried, and which the event's, to be parked."""

from uuid import uuid4

import asyncpg
import pytest
import sqlalchemy.exc
from sqlalchemy import BindParameter, bindparam, func, select, text

from libs.common.database import Database
from libs.common.faults import is_fault, violated_constraint
from tests.support.effects import effects_database

_FAULTS = [
    OSError("no route"),
    TimeoutError(),
    ConnectionResetError(),
    sqlalchemy.exc.TimeoutError("QueuePool limit reached"),
    asyncpg.PostgresConnectionError("lost"),
    asyncpg.ConnectionDoesNotExistError("connection was closed in the middle of operation"),
    asyncpg.InterfaceError("connection is closed"),
    asyncpg.InterfaceError("cannot perform operation: connection is closed"),
    asyncpg.AdminShutdownError("terminating connection"),
    asyncpg.DeadlockDetectedError("deadlock"),
    asyncpg.SerializationError("could not serialize"),
    asyncpg.TooManyConnectionsError("too many"),
    asyncpg.DiskFullError("disk full"),
]
_BUGS = [
    ValueError("bad"),
    asyncpg.InterfaceError("the number of query arguments cannot exceed 32767"),
    asyncpg.InterfaceError("cannot perform operation: another operation is in progress"),
    asyncpg.DataError("invalid input for query argument $1"),
    asyncpg.UniqueViolationError("duplicate key"),
    asyncpg.UndefinedTableError("no such table"),
    sqlalchemy.exc.InvalidRequestError("no"),
]


@pytest.mark.parametrize("error", _FAULTS, ids=repr)
def test_the_world_is_to_blame(error: Exception) -> None:
    assert is_fault(error)


@pytest.mark.parametrize("error", _BUGS, ids=repr)
def test_the_event_or_we_are_to_blame(error: Exception) -> None:
    assert not is_fault(error)


async def test_a_query_with_too_many_arguments_is_no_fault(database_url: str) -> None:
    async with effects_database(database_url) as database:
        error = await _error_of(database, 40_000)

    assert "32767" in str(error)
    assert not is_fault(error)


async def test_a_pool_that_is_exhausted_is_a_fault(database_url: str) -> None:
    async with effects_database(database_url) as database:
        database.engine.pool._timeout = 0.1  # type: ignore[attr-defined]
        connections = [await database.engine.connect() for _ in range(8)]
        with pytest.raises(sqlalchemy.exc.TimeoutError) as raised:
            await database.engine.connect()
        for connection in connections:
            await connection.close()

    assert is_fault(raised.value)


async def test_a_session_that_is_terminated_is_a_fault(database_url: str) -> None:
    database = Database(database_url, schema="postgres", pool_size=1)
    with pytest.raises(sqlalchemy.exc.DBAPIError) as raised:
        async with database.transaction() as session:
            await session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
    await database.close()

    assert is_fault(raised.value)


async def test_a_violated_constraint_is_named_without_its_values(database_url: str) -> None:
    async with effects_database(database_url) as database:
        twice = text("INSERT INTO inbox (event_id) VALUES (:id), (:id)").bindparams(id=uuid4())
        with pytest.raises(sqlalchemy.exc.IntegrityError) as raised:
            async with database.transaction() as session:
                await session.execute(twice)

    assert violated_constraint(raised.value) == "inbox_pkey"
    assert violated_constraint(ValueError("bad")) is None


async def _error_of(database: Database, arguments: int) -> Exception:
    values: list[BindParameter[int]] = [bindparam(f"p{i}", i) for i in range(arguments)]
    with pytest.raises(sqlalchemy.exc.DBAPIError) as raised:
        async with database.transaction() as session:
            await session.execute(select(1).where(func.lower("a").in_(values)))
    return raised.value
