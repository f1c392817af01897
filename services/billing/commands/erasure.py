"""Forget what is kept of members who were erased, and is on no issued document."""

from collections.abc import Sequence

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.events.community import MemberErased
from services.billing.store import mandate_requests, supplier_offers
from services.billing.store import routings as routing_store

_log = structlog.get_logger(__name__)


async def forget_members(session: AsyncSession, events: Sequence[MemberErased]) -> None:
    """Their suppliers' offers, where they wanted invoices, and mandates asked for in vain.

    Issued documents, their accounts and mandates stay as they are: Code de commerce, art. L123-22.
    The name and the addresses have gone with the member's last record. Again, nothing happens.
    """
    members = [event.member_id for event in events]
    offers = await supplier_offers.delete_offers_of(session, members)
    routings = await routing_store.delete_routings(session, members)
    requests = await mandate_requests.delete_requests_of(session, members)
    _log.info(
        "members forgotten",
        members=len(members),
        offers=offers,
        routings=routings,
        mandate_requests=requests,
    )
