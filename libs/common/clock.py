"""The current time: passed in, and one instant for everything that a transaction does."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import ColumnElement, DateTime, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import local_day


class Clock:
    """The clock of this machine; tests give a service another one, which they set.

    ahead: of this machine's clock, and of the database's (``shared_now``).
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


def shared_now(session: AsyncSession) -> ColumnElement[datetime]:
    """Return, in SQL, the time by the one clock that all processes share: the database's.

    Unlike ``now_in`` it advances within a transaction.
    """
    clock: Clock = session.info["clock"]
    now: ColumnElement[datetime] = func.clock_timestamp(type_=DateTime(timezone=True)) + literal(
        clock.ahead
    )
    return now


async def get_shared_now(session: AsyncSession) -> datetime:
    return (await session.scalars(select(shared_now(session)))).one()
