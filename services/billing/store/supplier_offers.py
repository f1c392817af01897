"""The suppliers' offers that members entered."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import Prm
from services.billing.domain.supplier_offers import SupplierOffer
from services.billing.store.arrays import among
from services.billing.tables import SupplierOfferRow

_offer = TypeAdapter(SupplierOffer)


async def save_offer(
    session: AsyncSession, prm: Prm, member_id: UUID, offer: SupplierOffer
) -> None:
    """Replaces the one from the same day."""
    values = insert(SupplierOfferRow).values(
        prm=prm,
        member_id=member_id,
        valid_from=offer.valid_from,
        recorded_at=datetime.now(UTC),
        offer=_offer.dump_python(offer, mode="json"),
    )
    await session.execute(
        values.on_conflict_do_update(
            index_elements=["prm", "member_id", "valid_from"],
            set_={
                "offer": values.excluded.offer,
                "recorded_at": values.excluded.recorded_at,
            },
        )
    )


async def list_offers(
    session: AsyncSession, prm: Prm, member_id: UUID | None
) -> Sequence[SupplierOfferRow]:
    """By member and first day; of all members who had the point if None is named."""
    query = select(SupplierOfferRow).where(SupplierOfferRow.prm == prm)
    if member_id is not None:
        query = query.where(SupplierOfferRow.member_id == member_id)
    rows = await session.scalars(
        query.order_by(SupplierOfferRow.member_id, SupplierOfferRow.valid_from).execution_options(
            populate_existing=True
        )
    )
    return rows.all()


async def delete_offers(session: AsyncSession, prm: Prm, member_id: UUID | None) -> None:
    query = delete(SupplierOfferRow).where(SupplierOfferRow.prm == prm)
    if member_id is not None:
        query = query.where(SupplierOfferRow.member_id == member_id)
    await session.execute(query)


def read_offer(row: SupplierOfferRow) -> SupplierOffer:
    return _offer.validate_python(row.offer)


async def delete_offers_of(session: AsyncSession, members: Collection[UUID]) -> int:
    """Of any point; returns how many."""
    row = SupplierOfferRow
    deleted = delete(row).where(among(row.member_id, members)).returning(row.prm)
    return len((await session.scalars(deleted)).all())
