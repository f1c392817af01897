"""Compare the DSO's own results of a month with our shares; changes neither."""

import asyncio

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.database import Database
from libs.common.ids import OperationId
from services.allocation.domain.reconciliation import (
    DetailedReconciliation,
    DsoResultsMissing,
    Reconciler,
    Reconciliation,
    own_day,
)
from services.allocation.domain.settlements import check_not_waiting
from services.allocation.store import (
    copies,
    days,
    dso_results,
    kept_reconciliations,
    policies,
    purges,
    reconciliation,
    stale,
)
from services.allocation.store.reconciliation import TwoSides


async def reconcile(database: Database, operation_id: OperationId, month: Month) -> Reconciliation:
    """Return the month compared: as it is kept if nothing has changed since, else anew.

    Raises OperationUnknown, DsoResultsMissing, DaysWaiting.
    """
    async with database.transaction() as session:
        await reconciliation.freeze(session)
        inputs_hash = await kept_reconciliations.hash_inputs(session, operation_id, month)
        kept = await kept_reconciliations.find_kept(session, operation_id, month, inputs_hash)
        if kept is not None:
            return kept
        compared = await _compare(session, operation_id, month)
    async with database.transaction() as session:
        await _keep(session, compared, inputs_hash)
    return compared


async def reconcile_steps(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> DetailedReconciliation:
    """Compare a month anew, step by step. This comes first in its transaction.

    Raises OperationUnknown, DsoResultsMissing, DaysWaiting.
    """
    await reconciliation.freeze(session)
    return await _compare(session, operation_id, month)


async def _compare(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> DetailedReconciliation:
    """Compare a month. All reads are of one moment."""
    perimeter = await copies.get_perimeter(session, operation_id)
    month_days = await days.list_month_days(session, perimeter, month)
    dso_month = await dso_results.find_month(session, operation_id, month)
    if dso_month is None and not await dso_results.list_days(session, operation_id, month):
        raise DsoResultsMissing(f"The DSO has given no result of {operation_id} for {month} yet.")
    # Readings and shares of a waiting day do not match.
    check_not_waiting(month, month_days)
    policy = await policies.get_policy(session, operation_id)
    by_step = await reconciliation.list_series(session, operation_id, month)
    reconciler = Reconciler(operation_id, month, policy, by_step, dso_month)
    async for sides in reconciliation.iterate_days(session, perimeter, month, policy, month_days):
        # Off the event loop, as heartbeats must not wait for arithmetic.
        await asyncio.to_thread(_add, reconciler, sides)
    return await asyncio.to_thread(reconciler.finish)


def _add(reconciler: Reconciler, sides: TwoSides) -> None:
    our_day = own_day(
        sides.facts,
        sides.status,
        sides.shares,
        revisions=sides.revisions,
        other_keys=sides.other_keys,
    )
    reconciler.add_day(our_day, sides.curves, definitive=sides.definitive)


async def _keep(session: AsyncSession, compared: Reconciliation, inputs_hash: str) -> None:
    """Keep it, unless the month has been purged; one that is being changed is left alone."""
    operation_id, month = compared.operation_id, compared.month
    if not await stale.try_share_operation(session, operation_id):
        return
    if not await purges.list_purged(session, [(operation_id, month.first_day)]):
        await kept_reconciliations.keep(session, compared, inputs_hash)
