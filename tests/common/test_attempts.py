"""One of many that meets a bug stops no other; a fault stops them all, to be tried again."""

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.rounds.attempts import attempt
from tests.support.effects import Boom, effects_database


async def test_what_an_attempt_that_failed_changed_is_undone_and_others_go_on(
    database_url: str,
) -> None:
    async with effects_database(database_url) as database:
        async with database.transaction() as session:
            errors = [await _error_of(session, number) for number in ("first", "Boom", "last")]
        async with database.transaction() as session:
            kept = await session.scalars(text("SELECT number FROM effect ORDER BY position"))

    assert [*map(type, errors)] == [type(None), Boom, type(None)]
    assert kept.all() == ["first", "last"]


async def _error_of(session: AsyncSession, number: str) -> Exception | None:
    async with attempt(session) as adding:
        await session.execute(
            text("INSERT INTO effect (number) VALUES (:number)").params(number=number)
        )
        if number == "Boom":
            raise Boom
    return adding.error


async def test_an_attempt_without_a_session_keeps_what_was_raised() -> None:
    async with attempt() as sending:
        raise Boom

    assert isinstance(sending.error, Boom)


async def test_a_fault_is_raised_again() -> None:
    with pytest.raises(ConnectionResetError):
        async with attempt():
            raise ConnectionResetError
