"""The places of deliveries in the DSO's numbered series of files."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database.arrays import among
from services.ingest.domain.deliveries.deliveries import DeliveryStatus
from services.ingest.domain.deliveries.sequences import Seen, SequencePlace
from services.ingest.tables import DeliveryRow, DeliverySequenceRow

_MEMBERS = (DeliveryStatus.RECEIVED, DeliveryStatus.RECORDED)
_PLACES_AT_ONCE = 5000  # one statement takes at most 32,767 parameters


async def add_places(
    session: AsyncSession, delivery_id: UUID, places: Collection[SequencePlace]
) -> None:
    """Add the places of a delivery; those that it has already are left."""
    rows = [
        {
            "series": place.series,
            "number": place.number,
            "part": place.part_number,
            "parts": place.parts,
            "delivery_id": delivery_id,
        }
        for place in places
    ]
    for begin in range(0, len(rows), _PLACES_AT_ONCE):
        insertion = insert(DeliverySequenceRow).values(rows[begin : begin + _PLACES_AT_ONCE])
        await session.execute(insertion.on_conflict_do_nothing())


async def list_series(
    session: AsyncSession, *, sender: str | None, after: str | None, limit: int
) -> Sequence[str]:
    """Return names in byte order, of the series in which a sender has a file, or of all.

    after: the last name seen.
    """
    query = select(DeliverySequenceRow.series).distinct()
    if sender is not None:
        sent = DeliveryRow.senders.contains([sender])
        query = query.join(DeliveryRow, DeliveryRow.id == DeliverySequenceRow.delivery_id)
        query = query.where(sent)
    if after is not None:
        query = query.where(DeliverySequenceRow.series > after)
    ordered = query.order_by(DeliverySequenceRow.series).limit(limit)
    return (await session.execute(ordered)).scalars().all()


async def list_seen(session: AsyncSession, series: Collection[str]) -> Sequence[Seen]:
    """Return what came of each number of these series.

    A file that is damaged, or on which our code failed, counts as absent.
    """
    place = DeliverySequenceRow
    query = (
        select(
            place.series,
            place.number,
            func.array_agg(place.part.distinct()),
            func.max(place.parts),
            func.min(DeliveryRow.received_at),
        )
        .join(DeliveryRow, DeliveryRow.id == place.delivery_id)
        .where(among(place.series, series), DeliveryRow.status.in_(_MEMBERS))
        .group_by(place.series, place.number)
    )
    return [Seen(*row) for row in await session.execute(query)]
