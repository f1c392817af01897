"""What allocation does with the events of the other services."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.events.community import PerimeterChanged
from libs.common.events.ingest import ReadingsRecorded
from libs.common.messaging import Handlers
from services.allocation.commands import copies


async def on_perimeter_changed(session: AsyncSession, events: Sequence[PerimeterChanged]) -> None:
    await copies.record_perimeters(session, events)


async def on_readings_recorded(session: AsyncSession, events: Sequence[ReadingsRecorded]) -> None:
    await copies.record_readings(session, events)


HANDLERS: Handlers = {
    PerimeterChanged: on_perimeter_changed,
    ReadingsRecorded: on_readings_recorded,
}
