"""Mark days without any reading, so that the people who wait for their month are notified."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month, days_between
from libs.common.ids import OperationId
from services.allocation.store import copies, days, stale

_MONTHS = 3  # before this one: a quarter is billed as a whole


@dataclass
class SilentDays:
    """Marks days without any reading, which nothing else would report. Looks once a local day.

    grace_days: whole days after which a reading is late.
    """

    grace_days: int
    finished_on: date | None = None
    last: OperationId | None = None

    async def mark_next(self, session: AsyncSession, *, today: date) -> OperationId | None:
        """Mark those of one operation, and return it; None when all have been looked at."""
        perimeter = await copies.find_next_perimeter(session, after=self.last)
        if perimeter is None:
            return None
        first = Month.of(today).earlier(_MONTHS).first_day
        end = today - timedelta(days=self.grace_days)
        known_days = await days.list_looked_at(session, perimeter.operation_id, first, end)
        silent = [
            (perimeter.operation_id, day)
            for day in days_between(first, end)
            if day not in known_days and perimeter.participants_on(day)
        ]
        await stale.mark_stale(session, silent)
        return perimeter.operation_id

    def go_on(self, marked: OperationId | None, *, today: date) -> bool:
        """Advance once that is committed, so that failures come again.

        Return whether there may be more.
        """
        self.last = marked
        if marked is None:
            self.finished_on = today
        return marked is not None
