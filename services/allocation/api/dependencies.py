"""What the routes have in common: the session, who may call, the month."""

import json
from contextlib import suppress
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth import require
from libs.common.database import Database
from libs.common.http import session_of
from libs.common.principals import Principal, Role
from libs.common.settings import Settings
from services.allocation.domain.keys.json_text import parse_json
from services.allocation.domain.policy import Policy

Operator = Annotated[Principal, Depends(require(Role.OPERATOR))]
Organiser = Annotated[Principal, Depends(require(Role.OPERATOR, Role.ORGANISER))]


async def refuse_doubles(request: Request, _caller: Organiser) -> None:
    """Dependency: no object of the body has a name twice. Raises KeyMalformed.

    What is no JSON at all is refused where the body is read.
    """
    with suppress(UnicodeError, json.JSONDecodeError, RecursionError):
        parse_json(await request.body())


def _database(request: Request) -> Database:
    database: Database = request.app.state.databases["allocation"]
    return database


def least_points_of(request: Request, policy: Policy) -> int:
    """Of others, in a sum that a member may see."""
    settings: Settings = request.app.state.settings
    return policy.limit_of_points(settings.privacy_least_points)


Session = Annotated[AsyncSession, Depends(session_of("allocation"), scope="function")]
OwnDatabase = Annotated[Database, Depends(_database)]
Member = Annotated[Principal, Depends(require(Role.OPERATOR, Role.ORGANISER, Role.MEMBER))]
OwnMember = Annotated[Principal, Depends(require(Role.OPERATOR, Role.MEMBER))]
"""For what is a member's own; of no use to an organiser who is not that member."""
