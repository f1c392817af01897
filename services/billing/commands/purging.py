"""Take away the half-hours of months that are too old to be kept."""

from dataclasses import dataclass
from datetime import date

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from services.billing.store import half_hours as store

_log = structlog.get_logger(__name__)


@dataclass
class Purger:
    """Looks once a local day; what was billed stays, in the invoices."""

    curves_months: int
    finished_on: date | None = None

    async def purge_half_hours(self, session: AsyncSession, *, today: date) -> bool:
        """Returns False: nothing is left."""
        if self.finished_on != today:
            kept_from = Month.of(today).earlier(self.curves_months)
            parts = await store.delete_old_details(session, kept_from=kept_from)
            if parts:
                _log.info("half-hours purged", parts=parts, kept_from=str(kept_from))
            self.finished_on = today
        return False
