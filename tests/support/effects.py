"""A consumer whose effects can be counted: a schema with the messaging tables and one more."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import date
from uuid import uuid4

from sqlalchemy import Table, text
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.database import Database
from libs.common.database.migrations import migrate
from libs.common.events.billing import InvoiceIssued
from libs.common.ids import OperationId
from libs.common.messaging import Handlers
from tests.support.clock import CLOCK

_OPERATION = OperationId("ACC99000001")


class Boom(Exception):
    """What a broken handler raises."""


@asynccontextmanager
async def effects_database(database_url: str) -> AsyncIterator[Database]:
    name = f"messaging_{uuid4().hex[:8]}"
    owner = Database(database_url, schema="postgres", pool_size=1)
    async with owner.transaction() as session:
        await session.execute(text(f"CREATE ROLE {name}"))
        await session.execute(text(f"CREATE SCHEMA {name} AUTHORIZATION {name}"))
    database = Database(database_url, schema=name, pool_size=4)
    await migrate(database, [messaging.MIGRATIONS])
    async with database.transaction() as session:
        await session.execute(text("CREATE TABLE effect (position serial, number text)"))
    try:
        yield database
    finally:
        await database.close()
        async with owner.transaction() as session:
            await session.execute(text(f"DROP SCHEMA {name} CASCADE"))
            await session.execute(text(f"DROP ROLE {name}"))
        await owner.close()


def invoice(number: str) -> InvoiceIssued:
    return InvoiceIssued(
        time=CLOCK.now(),
        invoice_id=uuid4(),
        number=number,
        issue_date=date(2026, 11, 5),
        operation_id=_OPERATION,
        month="2026-10",
        issuer_id=uuid4(),
        customer_id=uuid4(),
        total_cents=1,
    )


async def record_effect(session: AsyncSession, events: Sequence[InvoiceIssued]) -> None:
    """Note each number; stumble over one that is "poison"."""
    for event in events:
        await session.execute(
            text("INSERT INTO effect (number) VALUES (:number)"), {"number": event.number}
        )
        if event.number == "poison":
            raise Boom


RECORDING: Handlers = {InvoiceIssued: record_effect}


async def effects(database: Database) -> list[str]:
    async with database.transaction() as session:
        rows = await session.execute(text("SELECT number FROM effect ORDER BY position"))
        return list(rows.scalars())


async def count(database: Database, table: Table) -> int:
    async with database.transaction() as session:
        return len((await session.execute(table.select())).all())
