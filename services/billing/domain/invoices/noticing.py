"""The choice of documents issued together that make a payment notice."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.invoices.invoices import Invoice
from services.billing.domain.payments.creditors import Creditor
from services.billing.domain.payments.payment_notices import NoticeParties


def documents_of_notices(
    documents: Iterable[Invoice], collectors: Mapping[UUID, Creditor]
) -> Mapping[NoticeParties, Sequence[UUID]]:
    """The documents of each notice to make of those that are issued together.

    Invoices of one seller need none: their own letters say all. collectors: of sellers whose
    documents may be part of one.
    """
    groups: defaultdict[NoticeParties, list[Invoice]] = defaultdict(list)
    for document in documents:
        if collector := collectors.get(document.issuer.member_id):
            customer_id, operation_id = document.customer.member_id, document.operation.id
            groups[NoticeParties(collector.member_id, customer_id, operation_id)].append(document)
    return {
        parties: [document.id for document in group]
        for parties, group in groups.items()
        if len(_sellers(group)) > 1
    }


def _sellers(documents: Iterable[Invoice]) -> frozenset[UUID]:
    invoices = [document for document in documents if document.kind is DocumentKind.INVOICE]
    return frozenset(invoice.issuer.member_id for invoice in invoices)
