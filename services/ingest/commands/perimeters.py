"""Record who takes part, and publish to operations the readings that they now cover."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import today_in
from libs.common.database import ring_after_commit
from libs.common.events.community import PerimeterChanged
from services.ingest.commands.deliveries.publishing import publish
from services.ingest.commands.facts.departures import publish_departures
from services.ingest.commands.results.publishing import release_results
from services.ingest.domain.readings.coverage import Participation
from services.ingest.store import perimeters as perimeter_store
from services.ingest.store.completeness.point_months import count_points
from services.ingest.store.readings import blocks as block_store
from services.ingest.store.readings import published as published_store


async def record_perimeters(session: AsyncSession, events: Sequence[PerimeterChanged]) -> None:
    """Keep the last revision of each perimeter, and publish to operations what they now cover."""
    await perimeter_store.lock_publishing(session)
    newest = {
        event.operation_id: event for event in sorted(events, key=lambda event: event.revision)
    }
    known_revisions = await perimeter_store.map_revisions(session, list(newest))
    changed = [
        event
        for event in newest.values()
        if event.revision > known_revisions.get(event.operation_id, 0)
    ]
    for event in changed:
        await perimeter_store.save_perimeter(
            session,
            event.operation_id,
            event.revision,
            _participations(event),
            steps_min={date.min: event.step_min}
            | {change.valid_from: change.step_min for change in event.step_changes},
            today=today_in(session),
        )
    await count_points(session, [event.operation_id for event in changed])
    released_blocks = await published_store.list_unpublished(
        session, [event.operation_id for event in changed]
    )
    await publish(session, released_blocks)
    await block_store.release(session, released_blocks)
    await publish_departures(
        session, {participation.prm for event in changed for participation in event.participations}
    )
    new_operations = [
        event.operation_id for event in changed if event.operation_id not in known_revisions
    ]
    await release_results(session, new_operations)
    if new_operations:
        ring_after_commit(session)  # for the worker that re-requests an operation's late readings


def _participations(event: PerimeterChanged) -> Iterator[Participation]:
    for participation in event.participations:
        yield Participation(
            operation_id=event.operation_id,
            prm=participation.prm,
            direction=participation.direction,
            member_id=participation.member_id,
            valid_from=participation.valid_from,
            valid_to=participation.valid_to,
            power_limit_w=participation.power_limit_w,
        )
