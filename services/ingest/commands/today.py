"""The work that waits for staff in ingest."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in
from libs.common.waiting import MOST_SHOWN, Waiting
from services.ingest.domain.deliveries.deliveries import DeliveryStatus
from services.ingest.store import today as store
from services.ingest.store.pulls import map_problems

_LISTED_FOR = timedelta(days=30)
"""Files that were refused are listed for so long: nobody can take them out of the list."""


async def list_waiting(session: AsyncSession) -> Sequence[Waiting]:
    since = now_in(session) - _LISTED_FOR
    failed_count, failed_deliveries = await store.count_and_list_deliveries(
        session, DeliveryStatus.FAILED, since=None, limit=MOST_SHOWN
    )
    refused_count, refused_deliveries = await store.count_and_list_deliveries(
        session, DeliveryStatus.REFUSED, since=since, limit=MOST_SHOWN
    )
    record_count, deliveries = await store.count_and_list_quarantined(session, limit=MOST_SHOWN)
    sources = sorted(await map_problems(session))
    return [
        Waiting(
            kind="deliveries_failed",
            count=failed_count,
            todo="Files that we failed to record. The log says why; then push them again.",
            first=_delivery_paths(failed_deliveries),
            next="GET /ingest/deliveries?status=failed",
        ),
        Waiting(
            kind="deliveries_refused",
            count=refused_count,
            todo="Damaged files of the last 30 days. Ask their sender for them again.",
            first=_delivery_paths(refused_deliveries),
            next="GET /ingest/deliveries?status=refused",
        ),
        Waiting(
            kind="quarantine_open",
            count=record_count,
            todo="Records that were kept out. Release, correct or discard them.",
            first=[f"{path}/quarantine?state=open" for path in _delivery_paths(deliveries)],
            next="GET /ingest/quarantine?state=open",
        ),
        Waiting(
            kind="sources_silent",
            count=len(sources),
            todo="DSO interfaces that do not answer. Check their credentials.",
            first=sources[:MOST_SHOWN],
            next="GET /ingest/pulls",
        ),
    ]


def _delivery_paths(ids: Sequence[UUID]) -> list[str]:
    return [f"/ingest/deliveries/{delivery_id}" for delivery_id in ids]
