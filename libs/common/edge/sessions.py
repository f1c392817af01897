"""The transaction of a request."""

from collections.abc import AsyncIterator
from typing import Any

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import Database, begin_with
from libs.common.http import route_template
from libs.common.logs import audit

_READS = {"GET", "HEAD", "OPTIONS"}


def session_for(service: str) -> Any:  # noqa: ANN401 - FastAPI's own type of a dependency
    """Make the dependency that gives a route its transaction.

    It commits before the answer leaves. The audit log names the caller for its changes.
    """

    async def session(request: Request) -> AsyncIterator[AsyncSession]:
        database: Database = request.app.state.databases[service]
        async with database.transaction() as transaction:
            if request.method not in _READS:
                caller = getattr(request.state, "caller", None)
                route = f"{request.method} {route_template(request.scope)}"
                subject, roles = (caller.subject, caller.roles) if caller else ("", ())
                begin_with(transaction, audit.naming(subject=subject, roles=roles, route=route))
            yield transaction

    return Depends(session, scope="function")
