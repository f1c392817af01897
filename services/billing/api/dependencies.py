"""What the routes have in common: pages, the session, who may call, the month or day."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth import require
from libs.common.calendar import Month
from libs.common.http import session_of
from libs.common.principals import Principal, Role
from libs.common.settings import Settings
from services.billing.schemas.supplier_offers import DayField


def _month(month: str) -> Month:
    return Month.parse(month)


def _optional_month(month: str | None = None) -> Month | None:
    return Month.parse(month) if month is not None else None


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


AfterId = Annotated[UUID | None, Query(description="last id of the page before")]
Limit = Annotated[int, Query(ge=1, le=1000)]
"""How many a page of a list has at most."""

Session = Annotated[AsyncSession, Depends(session_of("billing"), scope="function")]
Runner = Annotated[Principal, Depends(require(Role.OPERATOR, Role.ORGANISER))]
Reader = Annotated[Principal, Depends(require(Role.OPERATOR, Role.ORGANISER, Role.MEMBER))]
Consumer = Annotated[Principal, Depends(require(Role.OPERATOR, Role.MEMBER))]
Debtor = Annotated[Principal, Depends(require(Role.MEMBER))]
MonthInPath = Annotated[Month, Depends(_month)]
MonthInQuery = Annotated[Month | None, Depends(_optional_month)]
DayInQuery = Annotated[DayField | None, Query(description="local; default: today in Paris")]
CurrentSettings = Annotated[Settings, Depends(_settings)]
