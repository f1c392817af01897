"""The dependencies that all routes share: the session, and the day."""

from typing import Annotated

from fastapi import Query
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.edge.days import DayField
from libs.common.edge.sessions import session_for

Session = Annotated[AsyncSession, session_for("billing")]
DayInQuery = Annotated[DayField | None, Query(description="local; default: today in Paris")]
