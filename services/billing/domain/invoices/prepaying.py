"""The payment of documents by customers' credits as they are issued."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.invoices.invoices import Invoice
from services.billing.domain.payments.collecting import PAYMENT_DAYS, OpenInvoice
from services.billing.domain.payments.netting import SetOff, net_credits


def net_with(
    issued: Sequence[Invoice], before: Sequence[OpenInvoice], pending_cents: Mapping[UUID, int]
) -> Sequence[SetOff]:
    """The set-offs to enter once these documents are in the books.

    issued: with their numbers, in the order in which they will be entered. before: what is open
    without them, and the invoices that they credit.
    """
    left = {invoice.invoice_id: invoice for invoice in before}
    for document in issued:
        if document.kind != DocumentKind.CREDIT_NOTE:
            left[document.id] = _owed(document)
        elif credited := left.get(document.refers_to[0].id):
            left[credited.invoice_id] = _credited(credited, document.total_incl_vat_cents)
    ordered = sorted(left.values(), key=lambda invoice: (invoice.issuer_id, invoice.number))
    return net_credits(ordered, pending_cents).set_offs


def with_prepaid(issued: Sequence[Invoice], set_offs: Sequence[SetOff]) -> list[Invoice]:
    """The documents with what these set-offs pay of them."""
    paid_cents = Counter[UUID]()
    for set_off in set_offs:
        paid_cents[set_off.invoice.invoice_id] += set_off.amount_cents
    return [
        replace(document, prepaid_cents=cents) if (cents := paid_cents[document.id]) else document
        for document in issued
    ]


def _credited(invoice: OpenInvoice, cents: int) -> OpenInvoice:
    """Reduce a debt by a credit, its doubtful part first, as in the books."""
    return replace(
        invoice,
        open_cents=invoice.open_cents - cents,
        doubtful_cents=max(invoice.doubtful_cents - cents, 0),
    )


def _owed(document: Invoice) -> OpenInvoice:
    assert document.number is not None
    assert document.issue_date is not None
    return OpenInvoice(
        invoice_id=document.id,
        number=document.number,
        issuer_id=document.issuer.member_id,
        issuer_name=document.issuer.name,
        customer_id=document.customer.member_id,
        customer_name=document.customer.name,
        operation_name=document.operation.name,
        issue_date=document.issue_date,
        due_date=document.due_date or document.issue_date + timedelta(days=PAYMENT_DAYS),
        total_cents=document.total_incl_vat_cents,
        open_cents=document.total_incl_vat_cents,
        doubtful_cents=0,
        follows=frozenset(reference.id for reference in document.refers_to),
    )
