"""The route by which each service answers what waits for staff."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import Staff
from libs.common.edge.sessions import session_for
from libs.common.http import BodyOut
from libs.common.openapi.subjects import Subject
from libs.common.waiting import MOST_SHOWN, ListWaiting, Waiting


class WaitingOut(BodyOut):
    """Things of one kind that wait for a person."""

    kind: str = Field(examples=["deliveries_failed"])
    count: int = Field(examples=[2])
    todo: str = Field(
        description="what it is and what to do", examples=["Files that could not be recorded."]
    )
    first: list[str] = Field(
        description="paths, or names, of the first few",
        examples=[["/ingest/deliveries/0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10"]],
    )
    next: str = Field(
        description="the route that goes on", examples=["GET /ingest/deliveries?status=failed"]
    )


async def list_today(
    session: AsyncSession, service: str, list_waiting: ListWaiting
) -> list[Waiting]:
    """Return what waits in a service: its own kinds, then its parked events."""
    kinds = [*await list_waiting(session), await _parked_events(session, service)]
    return [waiting for waiting in kinds if waiting.count]


async def _parked_events(session: AsyncSession, service: str) -> Waiting:
    rows = await messaging.list_parked(session, limit=MOST_SHOWN)
    return Waiting(
        kind="events_parked",
        count=await messaging.count_parked(session),
        todo="Events that were put aside. Mend the cause, then replay them.",
        first=[f"{row.type}, {row.parked_at:%Y-%m-%d %H:%M}Z" for row in rows],
        next=f"GET /{service}/parked-events",
    )


def today_subject(service: str, list_waiting: ListWaiting) -> Subject:
    """Return the section whose one route, ``GET /today``, lists what waits in this service."""
    router = APIRouter(route_class=TokenFirstRoute)
    session_of_service = session_for(service)

    @router.get("/today", summary="List what waits for staff")
    async def get_today(
        _caller: Staff, session: Annotated[AsyncSession, session_of_service]
    ) -> list[WaitingOut]:
        """Return the work that waits for staff in this service: its kind, its amount, and a link.

        An empty list is a good day. `elocoop today` shows all four services together.
        """
        kinds = await list_today(session, service, list_waiting)
        return [WaitingOut.model_validate(waiting) for waiting in kinds]

    about = "See at once what waits for a person."
    return Subject("Today", about, [router], page="run/operations-guide")
