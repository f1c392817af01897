"""Schedules, reminders and write-offs."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.arrays import among
from services.billing.domain.reminders import Reminder, Schedule
from services.billing.domain.write_offs import WriteOff
from services.billing.tables import InvoiceRow, ReminderPolicyRow, ReminderRow, WriteOffRow


async def save_schedule(session: AsyncSession, issuer_id: UUID, schedule: Schedule) -> None:
    levels = list(schedule.after_days)
    statement = insert(ReminderPolicyRow).values(
        issuer_id=issuer_id, valid_from=schedule.valid_from, levels=levels
    )
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["issuer_id", "valid_from"], set_={"levels": levels}
        )
    )


async def list_schedules(session: AsyncSession, issuer_id: UUID) -> Sequence[Schedule]:
    """By first day."""
    query = select(ReminderPolicyRow).where(ReminderPolicyRow.issuer_id == issuer_id)
    rows = await session.scalars(
        query.order_by(ReminderPolicyRow.valid_from).execution_options(populate_existing=True)
    )
    return [Schedule(row.valid_from, tuple(row.levels)) for row in rows]


async def list_last_reminders(
    session: AsyncSession, invoices: Collection[UUID]
) -> Mapping[UUID, Reminder]:
    """The highest level of each of these invoices that was reminded of."""
    query = select(ReminderRow).where(among(ReminderRow.invoice_id, invoices))
    rows = await session.scalars(query.order_by(ReminderRow.level))
    return {row.invoice_id: _reminder(row) for row in rows}


async def add_reminders(session: AsyncSession, reminders: Sequence[Reminder]) -> None:
    session.add_all(ReminderRow(**vars(one)) for one in reminders)
    await session.flush()


async def list_reminders(session: AsyncSession, issuer_id: UUID) -> Sequence[Reminder]:
    """The newest first."""
    query = (
        select(ReminderRow)
        .join(InvoiceRow, InvoiceRow.id == ReminderRow.invoice_id)
        .where(InvoiceRow.issuer_id == issuer_id)
        .order_by(ReminderRow.day.desc(), ReminderRow.invoice_id, ReminderRow.level)
    )
    return [_reminder(row) for row in await session.scalars(query)]


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


async def list_write_offs(session: AsyncSession, issuer_id: UUID) -> Sequence[WriteOffRow]:
    """The newest first."""
    query = (
        select(WriteOffRow)
        .join(InvoiceRow, InvoiceRow.id == WriteOffRow.invoice_id)
        .where(InvoiceRow.issuer_id == issuer_id)
        .order_by(WriteOffRow.day.desc(), WriteOffRow.id)
    )
    return (await session.scalars(query)).all()
