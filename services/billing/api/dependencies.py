"""What the routes have in common: pages, the session, who may call, the month or day."""

from typing import Annotated

from fastapi import Depends, Query, Request
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth import require
from libs.common.edge.days import DayField
from libs.common.http import session_of
from libs.common.principals import Principal, Role
from libs.common.settings import Settings


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


Session = Annotated[AsyncSession, Depends(session_of("billing"), scope="function")]
Runner = Annotated[Principal, Depends(require(Role.OPERATOR, Role.ORGANISER))]
Reader = Annotated[Principal, Depends(require(Role.OPERATOR, Role.ORGANISER, Role.MEMBER))]
Consumer = Annotated[Principal, Depends(require(Role.OPERATOR, Role.MEMBER))]
Debtor = Annotated[Principal, Depends(require(Role.MEMBER))]
DayInQuery = Annotated[DayField | None, Query(description="local; default: today in Paris")]
CurrentSettings = Annotated[Settings, Depends(_settings)]
