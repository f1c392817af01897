"""Forget what is kept of members who were erased, and is on no issued document."""

from collections.abc import Collection
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.clock import today_in
from libs.common.events.community import MemberRecorded
from services.billing.store import creditor_changes, creditors, mandate_requests, supplier_offers
from services.billing.store import routings as routing_store

_log = structlog.get_logger(__name__)


async def forget_members(session: AsyncSession, members: Collection[UUID]) -> None:
    """Suppliers' offers, where they wanted invoices, accounts and mandates that wait.

    A mandate in force is revoked; its account goes by ``Purger``. Issued documents and what they
    rest on stay: Code de commerce, art. L123-22. The name and the addresses have gone with the
    member's last record. Again, nothing happens.
    """
    if not members:
        return
    await messaging.forget_parked(session, MemberRecorded.topic, list(map(str, members)))
    await creditor_changes.delete_changes(session, members)
    # A request that becomes a mandate meanwhile has to be waited for, before mandates are revoked.
    requests = await mandate_requests.delete_requests_of(session, members)
    mandates = await creditors.revoke_all_in_force(session, members, on=today_in(session))
    offers = await supplier_offers.delete_offers_of(session, members)
    routings = await routing_store.delete_routings(session, members)
    _log.info(
        "members forgotten",
        members=len(members),
        offers=offers,
        routings=routings,
        mandate_requests=requests,
        mandates_revoked=mandates,
    )
