"""Pages of open invoices, in the order of their customers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from services.billing.domain.payments.collecting import OpenInvoice


def page_of_customers(
    invoices: Iterable[OpenInvoice],
    names: Mapping[UUID, str],
    *,
    after: UUID | None = None,
    limit: int | None = None,
) -> list[OpenInvoice]:
    """The invoices of at most ``limit`` customers, by customer name, then id.

    names: of all these customers and of ``after``. A customer's invoices keep their order.
    """
    by_place = defaultdict[tuple[str, UUID], list[OpenInvoice]](list)
    for invoice in invoices:
        by_place[names[invoice.customer_id], invoice.customer_id].append(invoice)
    places = sorted(by_place)
    if after is not None:
        places = [place for place in places if place > (names[after], after)]
    return [invoice for place in places[:limit] for invoice in by_place[place]]
