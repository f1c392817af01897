"""Delete the data of erased members, except on issued documents."""

from collections.abc import Collection
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.clock import today_in
from libs.common.events.community import MemberRecorded
from services.billing.store.both_bills import supplier_offers
from services.billing.store.e_invoicing import routings as routing_store
from services.billing.store.payments import creditor_changes, creditors, mandate_requests

_log = structlog.get_logger(__name__)


async def forget_members(session: AsyncSession, members: Collection[UUID]) -> None:
    """Delete supplier offers, routings, pending account changes and mandate requests.

    A mandate in force is revoked; ``Purger`` deletes its account later. Issued documents and their
    basis stay: Code de commerce, art. L123-22. The name and the addresses were removed with the
    member's last record. A repeated call changes nothing.
    """
    if not members:
        return
    await messaging.forget_parked(session, MemberRecorded.topic, list(map(str, members)))
    await creditor_changes.delete_changes(session, members)
    # Wait for a request that becomes a mandate meanwhile, before mandates are revoked.
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
