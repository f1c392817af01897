"""Sellers, for the books and for payments."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.errors import Problem
from services.billing.domain.invoices.invoices import Party
from services.billing.store.copies import find_party


class SellerUnknown(Problem):
    status, slug, title = 404, "seller-unknown", "There is no such seller"
    example_detail = "The community service has published no member with this id."


class SirenMissing(Problem):
    status, slug, title = 409, "siren-missing", "The seller's SIREN is not known"
    example_detail = "Record the SIREN of Lucie Brindille in the community service first."


async def check_seller(session: AsyncSession, member_id: UUID) -> Party:
    """The seller as a party. Raises SellerUnknown."""
    party = await find_party(session, member_id)
    if party is None:
        raise SellerUnknown("The community service has published no member with this id.")
    return party


async def get_siren(session: AsyncSession, member_id: UUID) -> str:
    """The seller's SIREN. Raises SellerUnknown, SirenMissing."""
    party = await check_seller(session, member_id)
    if party.siren is None:
        raise SirenMissing(f"Record the SIREN of {party.name} in the community service first.")
    return party.siren
