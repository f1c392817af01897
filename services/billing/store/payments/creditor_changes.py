"""Pending changes of sellers' accounts."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database.arrays import among
from services.billing.domain.payments.creditor_changes import WAITS, CreditorChange
from services.billing.domain.payments.creditors import Creditor, Edition
from services.billing.tables import CreditorChangeRow


async def save_change(session: AsyncSession, change: CreditorChange) -> None:
    """Save a change in place of the pending one, if any."""
    values = {**vars(change.creditor), **vars(change)}
    del values["creditor"]
    statement = insert(CreditorChangeRow).values(**values)
    await session.execute(
        statement.on_conflict_do_update(index_elements=["member_id"], set_=values)
    )


async def delete_changes(session: AsyncSession, members: Collection[UUID]) -> None:
    await session.execute(
        delete(CreditorChangeRow).where(among(CreditorChangeRow.member_id, members))
    )


async def find_change(session: AsyncSession, member_id: UUID) -> CreditorChange | None:
    row = await session.get(CreditorChangeRow, member_id, populate_existing=True)
    return _change(row) if row else None


async def find_due_member(session: AsyncSession, *, now: datetime) -> UUID | None:
    """The member whose change has waited long enough, the oldest first."""
    row = CreditorChangeRow
    query = select(row.member_id).where(row.asked_at <= now - WAITS).order_by(row.asked_at)
    return await session.scalar(query.limit(1))


async def find_next_due(session: AsyncSession) -> datetime | None:
    """The time when the next change will have waited long enough."""
    asked_at = await session.scalar(select(func.min(CreditorChangeRow.asked_at)))
    return asked_at + WAITS if asked_at else None


def _change(row: CreditorChangeRow) -> CreditorChange:
    return CreditorChange(
        id=row.id,
        creditor=Creditor(
            member_id=row.member_id,
            name=row.name,
            iban=row.iban,
            bic=row.bic,
            ics=row.ics,
            collected_by=row.collected_by,
            edition=Edition(row.edition),
            notice_days=row.notice_days,
            convention_signed_on=row.convention_signed_on,
            convention_document=row.convention_document,
        ),
        asked_at=row.asked_at,
        asked_by=row.asked_by,
        asked_by_staff=row.asked_by_staff,
    )
