"""How customers pay sellers, as it is known now."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.arrays import among
from services.billing.domain.creditors import Creditor
from services.billing.domain.mandates import Mandate, MandateUse
from services.billing.domain.payees import Payee
from services.billing.domain.sales import Parties
from services.billing.domain.ways_to_pay import WaysToPay, WayToPay
from services.billing.store.copies import get_parties
from services.billing.store.creditors import get_creditors, list_uses, read_mandate
from services.billing.tables import MandateRow


async def map_ways_to_pay(session: AsyncSession, parties: Collection[Parties]) -> WaysToPay:
    collectors = await map_collectors(session, {one.issuer_id for one in parties})
    if not collectors:
        return {}
    mandates = await _mandates(session, collectors, {one.customer_id for one in parties})
    uses = await list_uses(session, [one.id for one in mandates.values()])
    payees = await _payees(session, collectors)
    ways = {}
    for one in parties:
        if creditor := collectors.get(one.issuer_id):
            mandate = mandates.get((creditor.member_id, one.customer_id))
            use = uses.get(mandate.id) if mandate else None
            payee = payees.get(one.issuer_id)
            ways[one] = WayToPay(creditor, mandate, use or MandateUse(), payee)
    return ways


async def map_collectors(
    session: AsyncSession, sellers: Collection[UUID]
) -> Mapping[UUID, Creditor]:
    """By seller, itself or whoever collects in its place."""
    own = await get_creditors(session, sellers)
    others = {one.collected_by for one in own.values() if one.collected_by}
    collecting = await get_creditors(session, others) if others else {}
    return {
        seller: collecting[one.collected_by] if one.collected_by else one
        for seller, one in own.items()
    }


async def _payees(
    session: AsyncSession, collectors: Mapping[UUID, Creditor]
) -> Mapping[UUID, Payee]:
    """By seller for whom another collects."""
    others = {seller: one for seller, one in collectors.items() if one.member_id != seller}
    members = await get_parties(session, {one.member_id for one in others.values()})
    return {
        seller: Payee(one.member_id, one.name, member.siren if member else None)
        for seller, one in others.items()
        for member in [members.get(one.member_id)]
    }


async def _mandates(
    session: AsyncSession, collectors: Mapping[UUID, Creditor], customers: Collection[UUID]
) -> Mapping[tuple[UUID, UUID], Mandate]:
    """Those not revoked, by creditor and debtor."""
    with_ics = {one.member_id for one in collectors.values() if one.ics}
    query = select(MandateRow).where(
        among(MandateRow.creditor_id, with_ics),
        among(MandateRow.debtor_id, customers),
        MandateRow.revoked_on.is_(None),
    )
    rows = await session.scalars(query)
    return {(row.creditor_id, row.debtor_id): read_mandate(row) for row in rows}
