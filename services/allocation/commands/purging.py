"""Take away what is too old to be kept: curves of months, previews of keys and who saw them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month, months_ago
from libs.common.clock import now_in
from services.allocation.store import key_previews, purges, stale, stale_settlements

_PREVIEWS_MONTHS = 6
"""The time to vote, to declare the key that was adopted and to settle the first months by it; from
then on these tell what it gives. Not as long as curves: a preview has a year of a home's months."""

_log = structlog.get_logger(__name__)


@dataclass
class Purger:
    """Purges one operation-month at a time; what is left of a local day it looks for once."""

    curves_months: int
    finished_on: date | None = None

    async def purge_next_month(self, session: AsyncSession, *, today: date) -> bool:
        """Returns whether there may be more to do at once.

        Months are purged whole, as ingest purges them. What is being changed or allocated is left
        for the next round. Once no month is too old, previews of keys follow.
        """
        if self.finished_on == today:
            return False
        kept_from = Month.of(today).earlier(self.curves_months).first_day
        old = await purges.list_old_months(session, kept_from=kept_from)
        if not old:
            opened_before = months_ago(now_in(session), _PREVIEWS_MONTHS)
            polls = await key_previews.remove_polls(session, opened_before=opened_before)
            _log.info("previews of keys purged", polls=polls)
            self.finished_on = today
        return await _purge_one(session, old)


async def _purge_one(
    session: AsyncSession, old: Iterable[stale_settlements.OperationMonth]
) -> bool:
    for operation_id, month in old:
        if await stale.try_lock_operation(session, operation_id):
            await purges.purge_month(session, operation_id, month)
            _log.info("curves purged", operation_id=operation_id, month=str(month))
            return True
    return False
