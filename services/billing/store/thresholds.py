"""The least sums of operations."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database.arrays import among
from libs.common.ids import OperationId
from services.billing.domain.thresholds import NO_THRESHOLDS, Thresholds
from services.billing.tables import InvoiceRow, ThresholdsRow


async def get_thresholds(session: AsyncSession, operation_id: OperationId) -> Thresholds:
    """The operation's least sums; none if it has chosen none."""
    row = await session.get(ThresholdsRow, operation_id, populate_existing=True)
    return _thresholds(row) if row else NO_THRESHOLDS


async def map_least_debits(
    session: AsyncSession, operations: Collection[OperationId]
) -> Mapping[str, int]:
    """The least sum to debit by operation, in cents; those without any are left out."""
    row = ThresholdsRow
    query = select(row.operation_id, row.debit_cents).where(among(row.operation_id, operations))
    return {least.operation_id: least.debit_cents for least in await session.execute(query)}


async def save_thresholds(
    session: AsyncSession, operation_id: OperationId, thresholds: Thresholds
) -> None:
    values = asdict(thresholds)
    await session.execute(
        insert(ThresholdsRow)
        .values(operation_id=operation_id, **values)
        .on_conflict_do_update(index_elements=["operation_id"], set_=values)
    )


async def map_thresholds(
    session: AsyncSession, invoices: Collection[UUID]
) -> Mapping[UUID, Thresholds]:
    """Return the thresholds by invoice; invoices of operations without any are left out."""
    query = (
        select(InvoiceRow.id, ThresholdsRow)
        .join(ThresholdsRow, ThresholdsRow.operation_id == InvoiceRow.operation_id)
        .where(among(InvoiceRow.id, invoices))
    )
    return {invoice_id: _thresholds(row) for invoice_id, row in await session.execute(query)}


def _thresholds(row: ThresholdsRow) -> Thresholds:
    return Thresholds(row.invoice_cents, row.debit_cents, row.remind_cents, row.correct_cents)
