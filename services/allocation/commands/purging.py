"""Delete data that are too old to keep: curves of months, previews of keys and their voters."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month, months_ago
from libs.common.clock import now_in
from services.allocation.store import key_previews, purges, stale
from services.allocation.store.settlements import stale_settlements

_PREVIEWS_MONTHS = 6
"""Enough to vote, to declare the adopted key and to settle the first months by it.

After that, settlements show its effect. Shorter than for curves: a preview has a year of a
home's months.
"""

_log = structlog.get_logger(__name__)


@dataclass
class Purger:
    """Purges one operation-month at a time; looks for leftovers once per local day."""

    curves_months: int
    finished_on: date | None = None

    async def purge_next_month(self, session: AsyncSession, *, today: date) -> bool:
        """Purge one month; return whether there may be more to do at once.

        Months are purged whole, as ingest purges them. A month that is being changed or allocated
        is left for the next round. Once no month is too old, previews of keys follow.
        """
        if self.finished_on == today:
            return False
        kept_from = Month.of(today).earlier(self.curves_months).first_day
        old_months = await purges.list_old_months(session, kept_from=kept_from)
        if not old_months:
            opened_before = months_ago(now_in(session), _PREVIEWS_MONTHS)
            polls = await key_previews.remove_polls(session, opened_before=opened_before)
            _log.info("previews of keys purged", polls=polls)
            self.finished_on = today
        return await _purge_one(session, old_months)


async def _purge_one(
    session: AsyncSession, old_months: Iterable[stale_settlements.OperationMonth]
) -> bool:
    for operation_id, month in old_months:
        if await stale.try_lock_operation(session, operation_id):
            await purges.purge_month(session, operation_id, month)
            _log.info("curves purged", operation_id=operation_id, month=str(month))
            return True
    return False
