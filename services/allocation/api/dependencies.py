"""What the routes have in common: the session, who may call, the month."""

from typing import Annotated

from fastapi import Depends, Query, Request
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth import Forbidden, IssuerUnreachable, Principal, Role, TokenRefused, require
from libs.common.calendar import Month, MonthMalformed
from libs.common.database import Database
from libs.common.http import session_of

ACCESS = (TokenRefused, Forbidden, IssuerUnreachable)
"""The refusals of every route that needs a role."""

_YEARS = range(2000, 2200)


def parse_month(month: Annotated[str, Query(examples=["2026-10"])]) -> Month:
    """Raises MonthMalformed."""
    parsed = Month.parse(month)
    if parsed.year not in _YEARS:
        raise MonthMalformed(f"{month} is not in the years {_YEARS.start} to {_YEARS.stop - 1}.")
    return parsed


def _parse_month_of_path(month: str) -> Month:
    return parse_month(month)


def _database(request: Request) -> Database:
    database: Database = request.app.state.databases["allocation"]
    return database


Session = Annotated[AsyncSession, Depends(session_of("allocation"), scope="function")]
OwnDatabase = Annotated[Database, Depends(_database)]
Organiser = Annotated[Principal, Depends(require(Role.OPERATOR, Role.ORGANISER))]
Member = Annotated[Principal, Depends(require(Role.OPERATOR, Role.ORGANISER, Role.MEMBER))]
MonthInQuery = Annotated[Month, Depends(parse_month)]
MonthInPath = Annotated[Month, Depends(_parse_month_of_path)]
