"""Settlements: added, never changed."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer

from libs.common.calendar import Month
from libs.common.errors import Problem
from libs.common.ids import OperationId
from services.allocation.domain.settlements import Settlement, SettlementStatus
from services.allocation.domain.settlements.differences import ClosedSettlement
from services.allocation.domain.settlements.inputs import SettlementInputs
from services.allocation.store.shares import (
    list_pairs,
    list_point_totals,
    list_step_hashes,
)
from services.allocation.tables import SettlementRow

_inputs = TypeAdapter(SettlementInputs)


class SettlementNotFound(Problem):
    status, slug, title = 404, "settlement-not-found", "There is no such settlement"
    example_detail = "ACC00000101 has no settlement 1 of 2026-10."


async def read_settlement(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> Settlement:
    """Return what a provisional settlement would freeze now."""
    return Settlement(
        operation_id=operation_id,
        month=month,
        status=SettlementStatus.PROVISIONAL,
        pairs=await list_pairs(session, operation_id, month),
        points=await list_point_totals(session, operation_id, month),
        step_hashes=await list_step_hashes(session, operation_id, month),
    )


async def list_settlements(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> Sequence[SettlementRow]:
    """Return the settlements by number, without their content."""
    query = _of_month(operation_id, month).order_by(SettlementRow.number)
    return (await session.scalars(query.options(defer(SettlementRow.content)))).all()


async def find_last_settlement(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> SettlementRow | None:
    query = _of_month(operation_id, month).order_by(SettlementRow.number.desc()).limit(1)
    return (await session.scalars(query)).one_or_none()


async def find_last_number(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> int | None:
    row = SettlementRow
    query = select(func.max(row.number)).where(
        row.operation_id == operation_id, row.month == str(month)
    )
    return await session.scalar(query)


def _of_month(operation_id: OperationId, month: Month) -> Select[SettlementRow]:
    return select(SettlementRow).where(
        SettlementRow.operation_id == operation_id, SettlementRow.month == str(month)
    )


async def list_settled_months(
    session: AsyncSession, operations: Collection[OperationId]
) -> dict[OperationId, list[Month]]:
    row = SettlementRow
    query = (
        select(row.operation_id, row.month)
        .where(row.operation_id.in_(operations), row.number == 1)
        .order_by(row.operation_id, row.month)
    )
    months: defaultdict[OperationId, list[Month]] = defaultdict(list)
    for operation_id, month in await session.execute(query):
        months[OperationId(operation_id)].append(Month.parse(month))
    return months


async def get_settlement(
    session: AsyncSession, operation_id: OperationId, month: Month, number: int
) -> SettlementRow:
    row = await session.get(SettlementRow, (operation_id, str(month), number))
    if row is None:
        raise SettlementNotFound(f"{operation_id} has no settlement {number} of {month}.")
    return row


def read_kept(row: SettlementRow) -> ClosedSettlement:
    return ClosedSettlement(Settlement.parse(row.content), read_inputs(row))


def read_inputs(row: SettlementRow) -> SettlementInputs:
    return _inputs.validate_python(row.inputs)


def write_inputs(inputs: SettlementInputs) -> dict[str, Any]:
    written: dict[str, Any] = _inputs.dump_python(inputs, mode="json")
    return written


async def add_settlement(session: AsyncSession, row: SettlementRow) -> None:
    session.add(row)
    await session.flush()
