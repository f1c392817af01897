"""The routes by which staff see a service's parked events, and have them tried again."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import Staff
from libs.common.edge.pages import Limit
from libs.common.edge.sessions import session_for
from libs.common.http import BodyOut, problems
from libs.common.messaging import EventFailsAgain, ParkedEvent, ParkedEventUnknown
from libs.common.openapi.subjects import Subject


class ParkedEventOut(BodyOut):
    """An event that waits for a person; what it says may be personal data, and is not shown."""

    id: UUID
    type: str = Field(examples=["community.member_recorded.v1"])
    key: str = Field(
        description="id of the operation or the member that it is about", examples=["ACC00000101"]
    )
    failure: str = Field(
        description="in short: the class of the error, the field that does not fit, or why it is"
        " no event; the rest is in `elocoop replay --list`",
        examples=["IntegrityError"],
    )
    attempts: int = Field(examples=[3])
    parked_at: datetime

    @classmethod
    def of(cls, event: ParkedEvent) -> Self:
        # The rest of the error may hold values of the event.
        failure = event.error.partition(":")[0]
        return cls(
            id=event.event_id,
            type=event.type,
            key=event.key,
            failure=failure,
            attempts=event.attempts,
            parked_at=event.parked_at,
        )


def parked_subject(service: str) -> Subject:
    """Return the section of the events that were put aside in this service."""
    router = APIRouter(route_class=TokenFirstRoute)
    session_of_service = session_for(service)

    @router.get("/parked-events", summary="List parked events, oldest first")
    async def list_parked_events(
        _caller: Staff, session: Annotated[AsyncSession, session_of_service], limit: Limit = 100
    ) -> list[ParkedEventOut]:
        """Events that failed three times or could not be read: they wait for a person.

        Mend the cause, then replay them. Those that succeed leave the list.
        """
        events = await messaging.list_parked(session, limit=limit)
        return [ParkedEventOut.of(event) for event in events]

    @router.post(
        "/parked-events/{event_id}/replay",
        summary="Replay a parked event",
        status_code=204,
        responses=problems(ParkedEventUnknown, EventFailsAgain),
    )
    async def replay_parked_event(
        request: Request,
        _caller: Staff,
        event_id: UUID,
        session: Annotated[AsyncSession, session_of_service],
    ) -> None:
        """Hand it to its handler again, as `elocoop replay` does with all of them.

        If it fails again, nothing of it takes effect and it stays parked.
        """
        await messaging.replay_event(session, request.app.state.handlers[service], event_id)

    about = "See the events that this service could not take, and have them tried again."
    return Subject("Parked events", about, [router], page="run/operations-guide")
