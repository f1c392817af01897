"""The route by which staff read the audit log of a service, the same in all that have one."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import Staff
from libs.common.edge.pages import Limit
from libs.common.edge.sessions import session_for
from libs.common.http import BodyOut
from libs.common.logs import audit
from libs.common.openapi.subjects import Subject

_WORD = r"^[^\x00-\x1f\x7f]+$"


class ChangeOut(BodyOut):
    """One row that was inserted, updated or deleted, and by whom."""

    position: int = Field(description="grows; give it as `before` for the next page", examples=[7])
    at: datetime = Field(examples=["2026-11-05T09:00:12Z"])
    subject: str | None = Field(
        description="of the caller's token: an account's id; null: the service itself, after an"
        " event or by a background round",
        examples=["7d1f0c3a-94b2-4a6e-8c55-1e2f3a4b5c6d"],
    )
    roles: list[str] = Field(examples=[["operator"]])
    route: str | None = Field(examples=["PUT /community/members/{member_id}"])
    request_id: str | None = Field(
        description="`X-Request-ID` of the answer, and in the logs",
        examples=["0f8e1c5a-7b3d-4e6f-9a2b-1c0d3e5f7a9b"],
    )
    action: audit.Action = Field(examples=["update"])
    entity: str = Field(description="the table", examples=["member"])
    entity_id: str = Field(
        description="its primary key, with slashes between several columns",
        examples=["5b6df807-d41e-5251-a808-b67bac9773b2"],
    )
    before: dict[str, Any] | None = Field(
        description="null: it was not there. Of an update, what changed. Secrets are `(secret)`",
        examples=[{"name": "Lucie Brindille", "revision": 1}],
    )
    after: dict[str, Any] | None = Field(
        description="null: it is gone", examples=[{"name": "Lucie Ramille", "revision": 2}]
    )


def audit_subject(service: str) -> Subject:
    """Return the section of the audit log of that service."""
    about = "See who changed what, the newest first."
    return Subject("Audit log", about, [audit_router(service)], page="run/access")


def audit_router(service: str) -> APIRouter:
    """Return a router whose one route, ``GET /audit``, lists changes in this service's schema."""
    router = APIRouter(route_class=TokenFirstRoute)
    session_of_service = session_for(service)

    @router.get(
        "/audit",
        summary="List who changed what, newest first",
    )
    async def list_changes(
        *,
        _caller: Staff,
        session: Annotated[AsyncSession, session_of_service],
        subject: Annotated[str | None, Query(max_length=200, pattern=_WORD)] = None,
        entity: Annotated[str | None, Query(max_length=63, pattern=r"^[a-z_]+$")] = None,
        entity_id: Annotated[str | None, Query(max_length=500, pattern=_WORD)] = None,
        request_id: Annotated[str | None, Query(pattern=r"^[A-Za-z0-9_-]{8,64}$")] = None,
        before: Annotated[
            int | None,
            Query(ge=1, lt=2**63, description="position of the last one of the page before"),
        ] = None,
        limit: Limit = 100,
    ) -> list[ChangeOut]:
        """Every change of what people state or decide in this service; staff only.

        It holds no ballot and no IBAN. Lines never change; they are deleted after
        `RETENTION_AUDIT_MONTHS`.
        """
        changes = await audit.list_changes(
            session,
            subject=subject,
            entity=entity,
            entity_id=entity_id,
            request_id=request_id,
            before=before,
            limit=limit,
        )
        return [ChangeOut.model_validate(change) for change in changes]

    return router
