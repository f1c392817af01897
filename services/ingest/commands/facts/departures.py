"""Publish which points left their operations because their contracts ended or changed hands."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.clock import now_in
from libs.common.events.ingest import PointLeft
from libs.common.ids import Prm
from services.ingest.domain.facts.departures import Departed, departures
from services.ingest.store import perimeters as perimeter_store
from services.ingest.store.facts import departures as store
from services.ingest.store.facts import facts as fact_store
from services.ingest.tables import ContractEventRow


async def publish_departures(session: AsyncSession, prms: Collection[Prm]) -> None:
    """Publish each departure of these points from an operation, once.

    A point that is taken back in afterwards stays in: the same departure is never published again.
    The caller must be alone in matching points with perimeters.
    """
    if not prms:
        return
    happened = await fact_store.read_facts(session, ContractEventRow, prms)
    participations = await perimeter_store.list_participations(session, prms)
    departed = departures(happened.iter_rows(named=True), participations)
    new_departures = await store.add_departures(session, departed)
    now = now_in(session)
    await messaging.publish(session, *(_event(departure, now) for departure in new_departures))


def _event(departure: Departed, now: datetime) -> PointLeft:
    return PointLeft(
        time=now,
        operation_id=departure.operation_id,
        prm=departure.prm,
        left_on=departure.left_on,
        reason=departure.reason.value,
    )
