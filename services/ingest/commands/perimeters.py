"""Remember who takes part, and give operations what they now cover."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import today_in
from libs.common.database import ring_after_commit
from libs.common.events.community import PerimeterChanged
from services.ingest.commands.departures import tell_departures
from services.ingest.commands.publishing import publish
from services.ingest.commands.publishing_results import release_results
from services.ingest.domain.coverage import Participation
from services.ingest.store import blocks as block_store
from services.ingest.store import perimeters as perimeter_store
from services.ingest.store import published as published_store


async def record_perimeters(session: AsyncSession, events: Sequence[PerimeterChanged]) -> None:
    """Keep the last revision of each perimeter, and give operations what they now cover."""
    await perimeter_store.lock_publishing(session)
    newest = {event.operation_id: event for event in sorted(events, key=lambda one: one.revision)}
    known = await perimeter_store.map_revisions(session, list(newest))
    changed = [one for one in newest.values() if one.revision > known.get(one.operation_id, 0)]
    for event in changed:
        await perimeter_store.save_perimeter(
            session,
            event.operation_id,
            event.revision,
            _participations(event),
            steps_min={date.min: event.step_min}
            | {one.valid_from: one.step_min for one in event.step_changes},
            today=today_in(session),
        )
    given = await published_store.list_unpublished(
        session, [event.operation_id for event in changed]
    )
    await publish(session, given)
    await block_store.release(session, given)
    await tell_departures(session, {part.prm for one in changed for part in one.participations})
    new = [event.operation_id for event in changed if event.operation_id not in known]
    await release_results(session, new)
    if new:
        ring_after_commit(session)  # of who asks again for what is late in an operation


def _participations(event: PerimeterChanged) -> Iterator[Participation]:
    for part in event.participations:
        yield Participation(
            operation_id=event.operation_id,
            prm=part.prm,
            direction=part.direction,
            member_id=part.member_id,
            valid_from=part.valid_from,
            valid_to=part.valid_to,
            power_limit_w=part.power_limit_w,
        )
