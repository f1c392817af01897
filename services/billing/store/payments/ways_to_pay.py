"""The present ways for customers to pay sellers."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import today_in
from libs.common.database.arrays import among
from services.billing.domain.payees import Payee
from services.billing.domain.payments.creditors import Creditor
from services.billing.domain.payments.mandates import Mandate, MandateUse
from services.billing.domain.payments.ways_to_pay import Collectors, WaysToPay, WayToPay
from services.billing.domain.prices.sales import Parties
from services.billing.store.copies import get_parties
from services.billing.store.payments.creditors import get_creditors, list_uses, read_mandate
from services.billing.tables import MandateRow


async def map_ways_to_pay(session: AsyncSession, parties: Collection[Parties]) -> WaysToPay:
    collectors = await get_collectors(session, {pair.issuer_id for pair in parties})
    return await map_ways_through(session, parties, collectors)


async def map_ways_through(
    session: AsyncSession, parties: Collection[Parties], sellers_collectors: Collectors
) -> WaysToPay:
    """The ways to pay these sellers by their collectors."""
    collectors = sellers_collectors.by_seller
    if not collectors:
        return {}
    mandates = await _mandates(session, collectors, {pair.customer_id for pair in parties})
    uses = await list_uses(session, [mandate.id for mandate in mandates.values()])
    payees = await _payees(session, collectors)
    ways = {}
    for pair in parties:
        if creditor := collectors.get(pair.issuer_id):
            mandate = mandates.get((creditor.member_id, pair.customer_id))
            use = uses.get(mandate.id) if mandate else None
            payee = payees.get(pair.issuer_id)
            ways[pair] = WayToPay(
                creditor,
                mandate,
                use or MandateUse(),
                payee,
                lacks_convention=pair.issuer_id in sellers_collectors.without_convention,
            )
    return ways


async def get_collectors(session: AsyncSession, sellers: Collection[UUID]) -> Collectors:
    """Return the collectors of these sellers; those without payment details are left out."""
    creditors = await get_creditors(session, sellers)
    return Collectors(
        await _collecting(session, creditors), await _without_convention(session, creditors)
    )


async def list_without_convention(
    session: AsyncSession, sellers: Collection[UUID]
) -> frozenset[UUID]:
    """The public bodies among these for which another collects, without a convention yet."""
    return await _without_convention(session, await get_creditors(session, sellers))


async def map_collectors(
    session: AsyncSession, sellers: Collection[UUID]
) -> Mapping[UUID, Creditor]:
    """The collector of each seller: itself, or the member that collects in its place."""
    return await _collecting(session, await get_creditors(session, sellers))


async def _without_convention(
    session: AsyncSession, creditors: Mapping[UUID, Creditor]
) -> frozenset[UUID]:
    collected = {
        seller: creditor for seller, creditor in creditors.items() if creditor.collected_by
    }
    parties = await get_parties(session, collected) if collected else {}
    today = today_in(session)
    return frozenset(
        seller
        for seller, party in parties.items()
        if collected[seller].lacks_convention(
            is_public_body=party.kind == "public_body", today=today
        )
    )


async def _collecting(
    session: AsyncSession, creditors: Mapping[UUID, Creditor]
) -> Mapping[UUID, Creditor]:
    others = {creditor.collected_by for creditor in creditors.values() if creditor.collected_by}
    collecting = await get_creditors(session, others) if others else {}
    return {
        seller: collecting[creditor.collected_by] if creditor.collected_by else creditor
        for seller, creditor in creditors.items()
    }


async def _payees(
    session: AsyncSession, collectors: Mapping[UUID, Creditor]
) -> Mapping[UUID, Payee]:
    """The payee of each seller for which another member collects."""
    others = {
        seller: creditor for seller, creditor in collectors.items() if creditor.member_id != seller
    }
    members = await get_parties(session, {creditor.member_id for creditor in others.values()})
    return {
        seller: Payee(creditor.member_id, creditor.name, member.siren if member else None)
        for seller, creditor in others.items()
        for member in [members.get(creditor.member_id)]
    }


async def _mandates(
    session: AsyncSession, collectors: Mapping[UUID, Creditor], customers: Collection[UUID]
) -> Mapping[tuple[UUID, UUID], Mandate]:
    """The mandates in force, by creditor and debtor."""
    with_ics = {creditor.member_id for creditor in collectors.values() if creditor.ics}
    query = select(MandateRow).where(
        among(MandateRow.creditor_id, with_ics),
        among(MandateRow.debtor_id, customers),
        MandateRow.revoked_on.is_(None),
    )
    rows = await session.scalars(query)
    return {(row.creditor_id, row.debtor_id): read_mandate(row) for row in rows}
