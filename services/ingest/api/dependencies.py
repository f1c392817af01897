"""The dependencies that all routes share: the session, and periods."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.edge.days import DayField
from libs.common.edge.sessions import session_for
from services.ingest.domain.problems import PeriodInvalid

NO_NUL = r"^[^\x00]*$"
"""PostgreSQL has no other text."""


Session = Annotated[AsyncSession, session_for("ingest")]

_MAX_DAYS = 400


@dataclass(frozen=True)
class QueryPeriod:
    """Local days ``[from_day, to_day)``."""

    from_day: date
    to_day: date

    def __post_init__(self) -> None:
        self.check_at_most(_MAX_DAYS)

    def check_at_most(self, most_days: int) -> None:
        """Raises PeriodInvalid."""
        if not 0 < (self.to_day - self.from_day).days <= most_days:
            raise PeriodInvalid(f"to_day must be 1 to {most_days} days after from_day.")


async def _period(from_day: DayField, to_day: DayField) -> QueryPeriod:
    return QueryPeriod(from_day, to_day)


PeriodInQuery = Annotated[QueryPeriod, Depends(_period)]
