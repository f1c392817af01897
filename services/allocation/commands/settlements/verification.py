"""Rebuild settlements from their frozen inputs."""

import asyncio

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.ids import OperationId
from services.allocation.domain.settlements.rebuild import Verification, verify
from services.allocation.store.settlements import settlement_inputs, settlements


async def verify_settlement(
    session: AsyncSession, operation_id: OperationId, month: Month, number: int
) -> Verification:
    """Rebuild a settlement from its frozen inputs and compare. Raises SettlementNotFound."""
    row = await settlements.get_settlement(session, operation_id, month, number)
    inputs = settlements.read_inputs(row)
    frozen = await settlement_inputs.list_inputs(session, inputs.hashes)
    return await asyncio.to_thread(
        verify,
        operation_id,
        month,
        content=row.content,
        content_hash=row.content_hash,
        inputs=inputs,
        frozen=frozen,
    )
