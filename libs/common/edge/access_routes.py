"""The route that lists who looked at a member's data."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import (
    Principal,
    Role,
)
from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import StaffOrMember
from libs.common.edge.pages import BeforeNumber, Limit
from libs.common.edge.sessions import session_for
from libs.common.http import BodyOut
from libs.common.logs.accesses import AccessColumns, list_member_accesses
from libs.common.openapi.subjects import Subject


class AccessOut(BodyOut):
    """An access by a caller who sees more than their own data."""

    number: int = Field(description="grows with each look; `before` takes it", examples=[12])
    read_at: datetime = Field(examples=["2026-11-05T09:00:12Z"])
    role: Role = Field(description="by which they could")
    route: str = Field(description="with names in place of ids", examples=["/community/members"])
    is_you: bool = Field(examples=[False])
    subject: str | None = Field(
        description="of the token; null but for staff and yourself", examples=[None]
    )

    @classmethod
    def of(cls, noted: AccessColumns, caller: Principal) -> Self:
        """Return the access as this caller may see it: staff are named to staff only."""
        is_you = noted.subject == caller.subject
        names = cls.model_fields.keys() - {"is_you", "subject"}
        facts = {name: getattr(noted, name) for name in names}
        subject = noted.subject if is_you or caller.is_staff else None
        return cls(**facts, is_you=is_you, subject=subject)


def access_subject(service: str) -> Subject:
    """Return the section of accesses to that service's data about members."""
    about = "See who has looked at what is kept of a member."
    return Subject("Accesses to members' data", about, [access_router(service)], page="run/privacy")


def access_router(service: str) -> APIRouter:
    """Return a router whose one route lists who looked at this service's data about a member."""
    router = APIRouter(route_class=TokenFirstRoute)
    session_of_service = session_for(service)

    @router.get(
        "/members/{member_id}/accesses",
        summary="List the accesses to a member's data",
    )
    async def list_accesses(
        *,
        caller: StaffOrMember,
        member_id: UUID,
        session: Annotated[AsyncSession, session_of_service],
        before: BeforeNumber = None,
        limit: Limit = 100,
    ) -> list[AccessOut]:
        """Each answer about the member to anybody else, newest first.

        Staff see the name, the member the role. Kept for `RETENTION_ACCESS_LOG_MONTHS`.
        """
        caller.check_is_member_or_staff(member_id)
        rows = await list_member_accesses(session, member_id, before=before, limit=limit)
        return [AccessOut.of(row, caller) for row in rows]

    return router
