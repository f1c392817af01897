"""Handlers of the other services' events in ingest."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.events.community import ConsentsChanged, PerimeterChanged
from libs.common.messaging import Handlers
from services.ingest.commands import perimeters
from services.ingest.commands.privacy import consents


async def on_perimeter_changed(session: AsyncSession, events: Sequence[PerimeterChanged]) -> None:
    await perimeters.record_perimeters(session, events)


async def on_consents_changed(session: AsyncSession, events: Sequence[ConsentsChanged]) -> None:
    await consents.record_consents(session, events)


HANDLERS: Handlers = {
    PerimeterChanged: on_perimeter_changed,
    ConsentsChanged: on_consents_changed,
}
