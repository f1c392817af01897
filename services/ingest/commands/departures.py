"""Tell which points left their operations because their contracts ended or changed hands."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.clock import now_in
from libs.common.events.ingest import PointLeft
from libs.common.ids import Prm
from services.ingest.domain.departures import Departed, departures
from services.ingest.store import departures as store
from services.ingest.store import facts as fact_store
from services.ingest.store import perimeters as perimeter_store
from services.ingest.tables import ContractEventRow


async def tell_departures(session: AsyncSession, prms: Collection[Prm]) -> None:
    """Publish each departure of these points from an operation, once.

    Whoever takes a point back in afterwards is not contradicted: the same event is not told again.
    The caller is alone to match points with perimeters.
    """
    if not prms:
        return
    happened = await fact_store.read_facts(session, ContractEventRow, prms)
    participations = await perimeter_store.list_participations(session, prms)
    left = departures(happened.iter_rows(named=True), participations)
    new = await store.add_departures(session, left)
    now = now_in(session)
    await messaging.publish(session, *(_event(one, now) for one in new))


def _event(departed: Departed, now: datetime) -> PointLeft:
    return PointLeft(
        time=now,
        operation_id=departed.operation_id,
        prm=departed.prm,
        left_on=departed.left_on,
        reason=departed.reason.value,
    )
