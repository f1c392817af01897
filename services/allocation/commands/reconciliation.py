"""Compare the DSO's own results of a month with our shares; changes nothing."""

import asyncio

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.ids import OperationId
from services.allocation.domain.reconciliation import (
    DsoResultsMissing,
    Reconciler,
    Reconciliation,
    own_day,
)
from services.allocation.domain.settlements import check_not_waiting
from services.allocation.store import copies, days, dso_results, policies, reconciliation
from services.allocation.store.reconciliation import TwoSides


async def reconcile(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> Reconciliation:
    """Compare a month. All reads are of one moment, so this comes first in its transaction.

    Raises OperationUnknown, DsoResultsMissing, DaysWaiting.
    """
    await reconciliation.freeze(session)
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
        previous_key=sides.previous_key,
    )
    reconciler.add_day(our_day, sides.curves, definitive=sides.definitive)
