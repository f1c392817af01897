"""Freeze the shares of a month."""

from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.ids import OperationId
from services.allocation.commands.settlements.drafts import draft_definitive, draft_provisional
from services.allocation.commands.settlements.events import publish_settlement
from services.allocation.domain.policy import SettleFrom
from services.allocation.domain.settlements import hash_content
from services.allocation.store import (
    copies,
    policies,
    settlement_inputs,
    settlements,
    stale,
    stale_settlements,
)
from services.allocation.tables import SettlementRow


async def close_settlement(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> tuple[SettlementRow, bool]:
    """Settle a month, and say if it is news; the content of the last settlement gives that one.

    A new one supersedes the last, and says by how much. Raises OperationUnknown and what
    ``draft_provisional`` or, by the operation's policy, ``draft_definitive`` raises.
    """
    # It also waits for the workers, so the days are not replaced while they are read.
    await stale.lock_operations(session, [operation_id])
    perimeter = await copies.get_perimeter(session, operation_id)
    policy = await policies.get_policy(session, operation_id)
    if policy.settle_from == SettleFrom.DSO_RESULTS:
        draft = await draft_definitive(session, perimeter, month, policy.tolerance_units)
    else:
        draft = await draft_provisional(session, perimeter, month)
    last = await settlements.find_last_settlement(session, operation_id, month)
    await stale_settlements.remove_mark(session, operation_id, month)
    settlement = draft.settlement
    if last is not None and settlement.is_written(last.content):
        return last, False
    row = SettlementRow(
        operation_id=operation_id,
        month=str(month),
        number=last.number + 1 if last else 1,
        status=settlement.status,
        closed_at=datetime.now(UTC),
        revisions={day.isoformat(): revision for day, revision in draft.revisions.items()},
        content=settlement.canonical,
        content_hash=hash_content(settlement.canonical),
        inputs=settlements.write_inputs(draft.inputs),
    )
    await settlement_inputs.add_inputs(session, draft.frozen)
    await settlements.add_settlement(session, row)
    await publish_settlement(session, settlement, row, supersedes=last)
    return row, True
