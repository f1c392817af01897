"""Allocation's handlers of the events of the other services."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.events.community import (
    ChallengeChanged,
    ConsentsChanged,
    MemberRecorded,
    PerimeterChanged,
    PollClosed,
    PollOpened,
)
from libs.common.events.ingest import DsoResultsRecorded, ReadingsRecorded
from libs.common.messaging import Handlers
from services.allocation.commands import adoptions, challenges, copies, dso_results, key_previews


async def on_perimeter_changed(session: AsyncSession, events: Sequence[PerimeterChanged]) -> None:
    await copies.record_perimeters(session, events)
    await adoptions.adopt_waiting(session, {event.operation_id for event in events})


async def on_member_recorded(session: AsyncSession, events: Sequence[MemberRecorded]) -> None:
    await copies.record_members(session, events)


async def on_consents_changed(session: AsyncSession, events: Sequence[ConsentsChanged]) -> None:
    await copies.record_consents(session, events)


async def on_poll_opened(session: AsyncSession, events: Sequence[PollOpened]) -> None:
    await key_previews.record_openings(session, events)


async def on_poll_closed(session: AsyncSession, events: Sequence[PollClosed]) -> None:
    await adoptions.record_polls(session, events)


async def on_challenge_changed(session: AsyncSession, events: Sequence[ChallengeChanged]) -> None:
    await challenges.record_challenges(session, events)


async def on_dso_results_recorded(
    session: AsyncSession, events: Sequence[DsoResultsRecorded]
) -> None:
    await dso_results.record_dso_results(session, events)


async def on_readings_recorded(session: AsyncSession, events: Sequence[ReadingsRecorded]) -> None:
    await copies.record_readings(session, events)


# In this order: operations are locked before days are marked (store/stale.py).
HANDLERS: Handlers = {
    PerimeterChanged: on_perimeter_changed,
    MemberRecorded: on_member_recorded,
    ConsentsChanged: on_consents_changed,
    PollOpened: on_poll_opened,
    PollClosed: on_poll_closed,
    ChallengeChanged: on_challenge_changed,
    DsoResultsRecorded: on_dso_results_recorded,
    ReadingsRecorded: on_readings_recorded,
}
