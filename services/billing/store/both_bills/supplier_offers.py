"""Supplier offers entered by members."""

from collections.abc import Collection, Sequence
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, delete, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month, day_start
from libs.common.clock import now_in
from libs.common.database.arrays import among
from libs.common.database.scoped import is_about
from libs.common.ids import Prm
from libs.common.scopes import Scope
from services.billing.domain.both_bills.supplier_offers import SupplierOffer
from services.billing.tables import SupplierOfferRow

_offer = TypeAdapter(SupplierOffer)


async def save_offer(
    session: AsyncSession, prm: Prm, member_id: UUID, offer: SupplierOffer
) -> None:
    """Save an offer, in place of one from the same day."""
    values = insert(SupplierOfferRow).values(
        prm=prm,
        member_id=member_id,
        valid_from=offer.valid_from,
        recorded_at=now_in(session),
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


async def list_offers(session: AsyncSession, prm: Prm, scope: Scope) -> Sequence[SupplierOfferRow]:
    """Offers by member and first day."""
    query = select(SupplierOfferRow).where(_offered(prm, scope))
    rows = await session.scalars(
        query.order_by(SupplierOfferRow.member_id, SupplierOfferRow.valid_from).execution_options(
            populate_existing=True
        )
    )
    return rows.all()


async def delete_offers(session: AsyncSession, prm: Prm, scope: Scope) -> None:
    await session.execute(delete(SupplierOfferRow).where(_offered(prm, scope)))


def _offered(prm: Prm, scope: Scope) -> ColumnElement[bool]:
    return (SupplierOfferRow.prm == prm) & is_about(SupplierOfferRow.member_id, scope)


async def delete_left_offers(session: AsyncSession, *, kept_from: Month) -> int:
    """Delete offers of members who left the point before this month; return their number.

    An offer entered since then stays, as long as if its member had left on that day.
    """
    left = text("""
        WITH deleted AS (
            DELETE FROM supplier_offer AS offered
            WHERE recorded_at < :kept_from
                AND NOT EXISTS (
                    SELECT FROM perimeter,
                        jsonb_to_recordset(participations) AS one
                            (prm text, direction text, member_id uuid, valid_to date)
                    WHERE participations @> jsonb_build_array(
                            jsonb_build_object('prm', offered.prm)
                        )
                        AND one.prm = offered.prm
                        AND one.direction = 'consumption'
                        AND one.member_id = offered.member_id
                        AND (one.valid_to IS NULL OR one.valid_to >= :first_day)
                )
            RETURNING 1
        )
        SELECT count(*) FROM deleted
    """)
    first_day = kept_from.first_day
    values = {"kept_from": day_start(first_day), "first_day": first_day}
    deleted: int = (await session.execute(left, values)).scalar_one()
    return deleted


def read_offer(row: SupplierOfferRow) -> SupplierOffer:
    return _offer.validate_python(row.offer)


async def delete_offers_of(session: AsyncSession, members: Collection[UUID]) -> int:
    """Delete these members' offers at any point; return their number."""
    row = SupplierOfferRow
    deleted = delete(row).where(among(row.member_id, members)).returning(row.prm)
    return len((await session.scalars(deleted)).all())
