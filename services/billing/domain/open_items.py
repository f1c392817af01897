"""What is open of each customer: in which order customers are listed, and on which page."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from services.billing.domain.collecting import OpenInvoice


def page_of_customers(
    invoices: Iterable[OpenInvoice],
    names: Mapping[UUID, str],
    *,
    after: UUID | None = None,
    limit: int | None = None,
) -> list[OpenInvoice]:
    """Those of at most so many customers, who come by name, then by id.

    names: of all these customers, and of the one that they come after. Invoices of a customer stay
    in their order.
    """
    found = defaultdict[tuple[str, UUID], list[OpenInvoice]](list)
    for one in invoices:
        found[names[one.customer_id], one.customer_id].append(one)
    places = sorted(found)
    if after is not None:
        places = [place for place in places if place > (names[after], after)]
    return [one for place in places[:limit] for one in found[place]]
