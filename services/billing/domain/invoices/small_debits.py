"""The mention on an invoice, as it is issued, that it is too small to be debited alone."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from services.billing.domain.invoices.invoices import Invoice
from services.billing.domain.invoices.mentions import as_waiting
from services.billing.domain.payments.ways_to_pay import WaysToPay
from services.billing.domain.thresholds import SmallSum, ids_below


def with_small_debits(
    issued: Sequence[Invoice],
    ways: WaysToPay,
    least_debits: Mapping[str, int],
    noticed: Collection[UUID],
) -> list[Invoice]:
    """The documents, of which those say that they wait whose debit would be too small.

    issued: with what credits pay of them. least_debits: in cents, by operation. noticed: documents
    of payment notices, which ask for one sum in their place. What a mandate is debited of counts
    together.
    """
    small = set(ids_below(dict(_debited(issued, ways, least_debits)))).difference(noticed)
    return [
        as_waiting(document, least_debits[document.operation.id])
        if document.id in small
        else document
        for document in issued
    ]


def _debited(
    issued: Iterable[Invoice], ways: WaysToPay, least_debits: Mapping[str, int]
) -> Iterable[tuple[UUID, SmallSum]]:
    for document in issued:
        left_cents = document.total_incl_vat_cents - document.prepaid_cents
        way = ways.get(document.parties)
        if way is None or document.due_date is None or left_cents <= 0:
            continue
        if mandate := way.mandate_on(document.due_date):
            least_cents = least_debits.get(document.operation.id, 0)
            yield document.id, SmallSum(mandate.id, left_cents, least_cents)
