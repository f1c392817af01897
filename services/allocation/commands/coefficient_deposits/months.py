"""Publish what is to be deposited for the months to come, whenever that changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.calendar import Month
from libs.common.clock import now_in, today_in
from libs.common.events.deposits import DepositMonthChanged
from libs.common.ids import OperationId
from services.allocation.domain.coefficient_regimes.regimes import regime_of
from services.allocation.domain.keys.deposit_months import (
    DepositKind,
    DepositMonthStanding,
    DepositState,
    standing_of,
)
from services.allocation.domain.keys.ruling import OperationKeys
from services.allocation.domain.perimeter import Perimeter
from services.allocation.store import copies, stale
from services.allocation.store.keys import deposits, told_deposit_months
from services.allocation.store.keys.in_force import get_operation_keys
from services.allocation.tables import ToldDepositMonthRow

_MONTHS = 4
"""With this one: no deadline is more than 60 days before its month."""
_TO_DO = (DepositState.AWAITED, DepositState.WITHDRAWN, DepositState.DEPOSITED)
_NOTHING_TAKEN = DepositMonthStanding(DepositState.NOT_TAKEN, None, None, is_open=False)


def months_to_come(today: date, count: int) -> Sequence[Month]:
    """Return so many months, from this one on."""
    this_month = Month.of(today)
    return [this_month.earlier(-number) for number in range(count)]


async def publish_deposit_months(session: AsyncSession, perimeter: Perimeter) -> None:
    """Publish the months of which something else is true than was published last.

    They are those to come, and all of which something was to be done when it was published last.
    Nothing is published first of months without a participant, or that are set after them.
    """
    operation_id = perimeter.operation_id
    keys = await get_operation_keys(session, operation_id)
    last_by_month = await told_deposit_months.map_told(session, operation_id)
    to_do = {month for month, last in last_by_month.items() if last.state in _TO_DO}
    for month in sorted(to_do.union(months_to_come(today_in(session), _MONTHS))):
        is_taken = regime_of(keys.choices, month).takes_deposits and any(
            perimeter.participants_on(day) for day in month.days
        )
        last = last_by_month.get(month)
        if last is None and not is_taken:
            continue
        standing = _NOTHING_TAKEN
        if is_taken:
            standing = await get_standing(session, keys, operation_id, month)
        if last is None or (last.state, last.last_day) != (standing.state, standing.last_day):
            await _publish(session, operation_id, month, standing, last.revision if last else 0)


async def get_standing(
    session: AsyncSession, keys: OperationKeys, operation_id: OperationId, month: Month
) -> DepositMonthStanding:
    """Return how far a month of an operation is. keys: the operation's."""
    entries = await deposits.list_deposits(session, operation_id, month)
    submissions = await deposits.map_submissions(session, operation_id, month)
    return standing_of(
        keys,
        month,
        today_in(session),
        submitted=submissions,
        is_withdrawn=bool(entries) and entries[-1].kind == DepositKind.WITHDRAWAL,
    )


async def _publish(
    session: AsyncSession,
    operation_id: OperationId,
    month: Month,
    standing: DepositMonthStanding,
    revision: int,
) -> None:
    row = ToldDepositMonthRow(
        operation_id=operation_id,
        month=str(month),
        revision=revision + 1,
        state=standing.state,
        last_day=standing.last_day,
    )
    await told_deposit_months.save_told(session, row)
    changed = DepositMonthChanged(
        time=now_in(session),
        operation_id=operation_id,
        month=row.month,
        revision=row.revision,
        state=standing.state.value,
        last_day=standing.last_day,
    )
    await messaging.publish(session, changed)


@dataclass
class DepositMonths:
    """Publishes what somebody has changed; once a local day looks at all, as last days end."""

    looked_on: date | None = None

    async def publish_next(self, session: AsyncSession) -> bool:
        """Publish those of one operation; return whether there may be more."""
        if self.looked_on != today_in(session):
            await stale.mark_deposit_months(session, await copies.list_operations(session))
            return True
        operation_id = await stale.claim_deposit_months(session)
        if operation_id is None:
            return False
        await publish_deposit_months(session, await copies.get_perimeter(session, operation_id))
        return True
