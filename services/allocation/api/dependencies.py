"""Dependencies that routes share: the session, and the check for duplicate names in a body."""

import json
from contextlib import suppress
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import Database
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.edge.sessions import session_for
from libs.common.settings import Settings
from services.allocation.domain.keys.json_text import parse_json
from services.allocation.domain.keys.policy import OperationPolicy


async def refuse_doubles(request: Request, _caller: StaffOrOrganiser) -> None:
    """Dependency: no object of the body has a name twice. Raises KeyMalformed.

    A body that is not JSON is refused where it is read.
    """
    with suppress(UnicodeError, json.JSONDecodeError, RecursionError):
        parse_json(await request.body())


async def _database(request: Request) -> Database:
    database: Database = request.app.state.databases["allocation"]
    return database


def least_points_of(request: Request, policy: OperationPolicy) -> int:
    """Return the least number of others' points in a sum that a member may see."""
    settings: Settings = request.app.state.settings
    return policy.limit_of_points(settings.privacy_least_points)


Session = Annotated[AsyncSession, session_for("allocation")]
OwnDatabase = Annotated[Database, Depends(_database)]
