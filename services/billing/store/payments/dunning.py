"""Schedules, reminders and write-offs."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database.arrays import among
from libs.common.database.pages import page_of_newest
from services.billing.domain.books.write_offs import WriteOff, WriteOffUnknown
from services.billing.domain.payments.reminders import Reminder, ReminderSchedule, ReminderUnknown
from services.billing.tables import InvoiceRow, ReminderPolicyRow, ReminderRow, WriteOffRow


async def save_schedule(session: AsyncSession, issuer_id: UUID, schedule: ReminderSchedule) -> None:
    levels = list(schedule.after_days)
    statement = insert(ReminderPolicyRow).values(
        issuer_id=issuer_id, valid_from=schedule.valid_from, levels=levels
    )
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["issuer_id", "valid_from"], set_={"levels": levels}
        )
    )


async def list_schedules(session: AsyncSession, issuer_id: UUID) -> Sequence[ReminderSchedule]:
    """The issuer's schedules by first day."""
    query = select(ReminderPolicyRow).where(ReminderPolicyRow.issuer_id == issuer_id)
    rows = await session.scalars(
        query.order_by(ReminderPolicyRow.valid_from).execution_options(populate_existing=True)
    )
    return [ReminderSchedule(row.valid_from, tuple(row.levels)) for row in rows]


async def list_last_reminders(
    session: AsyncSession, invoices: Collection[UUID]
) -> Mapping[UUID, Reminder]:
    """The reminder with the highest level of each of these invoices."""
    query = select(ReminderRow).where(among(ReminderRow.invoice_id, invoices))
    rows = await session.scalars(query.order_by(ReminderRow.level))
    return {row.invoice_id: _reminder(row) for row in rows}


async def add_reminders(session: AsyncSession, reminders: Sequence[Reminder]) -> None:
    session.add_all(ReminderRow(**vars(reminder)) for reminder in reminders)
    await session.flush()


async def list_reminders(
    session: AsyncSession, issuer_id: UUID, *, after: tuple[UUID, int] | None, limit: int
) -> Sequence[Reminder]:
    """The issuer's reminders, the newest day first, then by invoice and level.

    after: invoice and level of the last one of the previous page. Raises ReminderUnknown.
    """
    row = ReminderRow
    page = await page_of_newest(
        session,
        select(row).join(InvoiceRow).where(InvoiceRow.issuer_id == issuer_id),
        at=row.day,
        key=[row.invoice_id, row.level],
        after=after,
        limit=limit,
        unknown=ReminderUnknown("This seller has made no reminder with this id."),
    )
    return [_reminder(reminder_row) for reminder_row in await session.scalars(page)]


def _reminder(row: ReminderRow) -> Reminder:
    return Reminder(row.invoice_id, row.level, row.day, row.open_cents)


async def find_write_off(session: AsyncSession, write_off_id: UUID) -> WriteOffRow | None:
    return await session.get(WriteOffRow, write_off_id)


async def add_write_off(session: AsyncSession, write_off: WriteOff) -> WriteOffRow:
    row = WriteOffRow(
        id=write_off.id,
        invoice_id=write_off.invoice.invoice_id,
        kind=write_off.kind,
        amount_cents=write_off.amount_cents,
        day=write_off.day,
        reason=write_off.reason,
    )
    session.add(row)
    await session.flush()
    return row


async def list_write_offs(
    session: AsyncSession, issuer_id: UUID, *, after: UUID | None, limit: int
) -> Sequence[WriteOffRow]:
    """The issuer's write-offs, the newest day first, then by id.

    after: the last one of the previous page. Raises WriteOffUnknown.
    """
    row = WriteOffRow
    page = await page_of_newest(
        session,
        select(row).join(InvoiceRow).where(InvoiceRow.issuer_id == issuer_id),
        at=row.day,
        key=[row.id],
        after=[after] if after else None,
        limit=limit,
        unknown=WriteOffUnknown("This seller has no write-off with this id."),
    )
    return (await session.scalars(page)).all()
