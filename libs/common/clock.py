"""What time it is: passed in, and one instant for all that a transaction does."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import local_day


class Clock:
    """The clock of this machine; tests give a service another one, which they set.

    ahead: of this machine's, and of the database's (``database.shared_now``).
    """

    ahead = timedelta(0)

    def now(self) -> datetime:
        """The instant, in UTC."""
        return datetime.now(UTC) + self.ahead


def now_in(session: AsyncSession) -> datetime:
    """The instant of the session's transaction: the same at each call, until it is committed."""
    info = session.info
    if "now" not in info:
        info["now"] = info["clock"].now()
    now: datetime = info["now"]
    return now


def today_in(session: AsyncSession) -> date:
    """The local day of that instant."""
    return local_day(now_in(session))
