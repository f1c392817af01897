"""What is open of each customer: in which order customers are listed, and on which page."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from services.billing.domain.collecting import OpenInvoice


def newest_of(invoices: Iterable[OpenInvoice]) -> OpenInvoice:
    """It has the name by which the customer is known now: who marries is one customer still."""
    return max(invoices, key=lambda one: (one.issue_date, one.number))


def by_customer(invoices: Iterable[OpenInvoice]) -> list[Sequence[OpenInvoice]]:
    """Those of each customer in the order given; customers by their newest name, then by id."""
    found = defaultdict[UUID, list[OpenInvoice]](list)
    for one in invoices:
        found[one.customer_id].append(one)
    return sorted(found.values(), key=_place)


def _place(of_one: Sequence[OpenInvoice]) -> tuple[str, UUID]:
    newest = newest_of(of_one)
    return newest.customer_name, newest.customer_id


def page_after(
    customers: Sequence[Sequence[OpenInvoice]], last: UUID | None, *, limit: int | None
) -> Sequence[Sequence[OpenInvoice]] | None:
    """At most so many of those that come after a customer; None if that one is not among them."""
    if last is None:
        return customers[:limit]
    ids = [of_one[0].customer_id for of_one in customers]
    return customers[ids.index(last) + 1 :][:limit] if last in ids else None
