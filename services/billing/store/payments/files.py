"""Files for the bank: collections, payouts and refunds, which are found and listed alike."""

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer

from libs.common.database.pages import page_of_newest
from libs.common.errors import Problem
from services.billing.tables import CollectionRow, PayoutRow, RefundRow

_File = TypeVar("_File", CollectionRow, PayoutRow, RefundRow)


async def get_file(
    session: AsyncSession, table: type[_File], creditor_id: UUID, file_id: UUID, *, unknown: Problem
) -> _File:
    """A file of this creditor. Raises ``unknown``."""
    row = await session.get(table, file_id, populate_existing=True)
    if row is None or row.creditor_id != creditor_id:
        raise unknown
    return row


async def list_files(
    session: AsyncSession,
    table: type[_File],
    creditor_id: UUID,
    *,
    after: UUID | None,
    limit: int,
    unknown: Problem,
) -> Sequence[_File]:
    """The creditor's files, the newest day first, then by id; without their long contents.

    after: the last one of the previous page. Raises ``unknown``.
    """
    page = await page_of_newest(
        session,
        select(table).where(table.creditor_id == creditor_id),
        at=table.day,
        key=[table.id],
        after=[after] if after else None,
        limit=limit,
        unknown=unknown,
    )
    return (await session.scalars(page.options(defer(table.content)))).all()
