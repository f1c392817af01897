"""Make settlements again from what was frozen."""

import asyncio

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.ids import OperationId
from services.allocation.domain.settlements.rebuild import InputsNotKept, Verification, verify
from services.allocation.store import settlement_inputs, settlements


async def verify_settlement(
    session: AsyncSession, operation_id: OperationId, month: Month, number: int
) -> Verification:
    """Make a settlement again from its frozen inputs and compare.

    Raises SettlementNotFound, or InputsNotKept for one that was closed before inputs were kept.
    """
    row = await settlements.get_settlement(session, operation_id, month, number)
    kept = settlements.read_kept(row)
    if kept.inputs is None:
        raise InputsNotKept(f"Settlement {number} of {month} is older than the keeping of inputs.")
    frozen = await settlement_inputs.list_inputs(session, kept.inputs.hashes)
    return await asyncio.to_thread(
        verify,
        operation_id,
        month,
        content=row.content,
        content_hash=row.content_hash,
        inputs=kept.inputs,
        frozen=frozen,
    )
