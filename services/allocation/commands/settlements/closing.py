"""Freeze the shares of a month."""

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.clock import now_in
from libs.common.ids import OperationId
from services.allocation.commands.settlements.details import publish_details
from services.allocation.commands.settlements.drafts import draft_definitive, draft_provisional
from services.allocation.commands.settlements.events import publish_settlement
from services.allocation.domain.keys.policy import SettleFrom
from services.allocation.domain.settlements import MonthPurged, hash_content
from services.allocation.store import copies, policies, purges, stale
from services.allocation.store.settlements import settlement_inputs, settlements, stale_settlements
from services.allocation.tables import SettlementRow


async def close_settlement(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> tuple[SettlementRow, bool]:
    """Settle a month; return its row, and whether it is new. Equal content gives the last one.

    A new settlement supersedes the last, and publishes by how much. Raises OperationUnknown,
    MonthPurged and what ``draft_provisional`` or, by the operation's policy, ``draft_definitive``
    raises.
    """
    # The lock also waits for the workers, so the days are not replaced while they are read.
    await stale.lock_operations(session, [operation_id])
    perimeter = await copies.get_perimeter(session, operation_id)
    await _check_not_purged(session, operation_id, month)
    policy = await policies.get_policy(session, operation_id)
    if policy.settle_from == SettleFrom.DSO_RESULTS:
        draft = await draft_definitive(session, perimeter, month, policy.tolerance_units)
    else:
        draft = await draft_provisional(session, perimeter, month)
    last_row = await settlements.find_last_settlement(session, operation_id, month)
    await stale_settlements.remove_mark(session, operation_id, month)
    settlement = draft.settlement
    if last_row is not None and last_row.content == settlement.canonical:
        # For a service that has lost them, by an older backup; others drop these by their ids.
        await publish_details(session, draft, last_row)
        return last_row, False
    row = SettlementRow(
        operation_id=operation_id,
        month=str(month),
        number=last_row.number + 1 if last_row else 1,
        status=settlement.status,
        closed_at=now_in(session),
        revisions={day.isoformat(): revision for day, revision in draft.revisions.items()},
        content=settlement.canonical,
        content_hash=hash_content(settlement.canonical),
        inputs=settlements.write_inputs(draft.inputs),
    )
    await settlement_inputs.add_inputs(session, draft.frozen)
    await settlements.add_settlement(session, row)
    await publish_settlement(session, draft, row, supersedes=last_row)
    return row, True


async def _check_not_purged(session: AsyncSession, operation_id: OperationId, month: Month) -> None:
    if await purges.list_purged(session, [(operation_id, month.first_day)]):
        raise MonthPurged(
            f"The curves of {month} are no longer kept; its settlements stay as they are."
        )
