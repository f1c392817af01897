"""Set where customers want their invoices."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.billing.domain.invoices.routing import Routing, check_routing
from services.billing.store.copies import check_not_erased
from services.billing.store.e_invoicing import routings as store


async def set_routing(session: AsyncSession, member_id: UUID, routing: Routing) -> None:
    """Set the routing of documents issued from now on.

    Raises CustomerUnknown, CustomerErased, RoutingInvalid.
    """
    customer = await store.check_customer(session, member_id)
    await check_not_erased(session, member_id)
    check_routing(routing, siren=customer.siren)
    await store.save_routing(session, member_id, routing)
