"""What customers are asked to pay: what is open, less what debits and credits will pay."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from services.billing.domain.payments.collecting import OpenInvoice
from services.billing.domain.payments.matches import Debit
from services.billing.domain.payments.netting import net_credits


def map_asked_cents(invoices: Sequence[OpenInvoice], debits: Iterable[Debit]) -> Mapping[UUID, int]:
    """The sum to ask for by invoice, as its page shows it; 0 while a debit is under way.

    invoices: all open ones of their customers. debits: of these invoices. After a return that was
    told before its credit, what was debited is open twice and asked for once.
    """
    pending_cents = Counter[UUID]()
    waiting = set[UUID]()
    for debit in debits:
        if not debit.is_received and not debit.is_presumed:
            pending_cents.update({item.invoice_id: item.amount_cents for item in debit.items})
            if not debit.is_returned:
                waiting.update(item.invoice_id for item in debit.items)
    return {
        invoice.invoice_id: max(invoice.payable_cents - pending_cents[invoice.invoice_id], 0)
        if invoice.invoice_id not in waiting
        else 0
        for invoice in net_credits(invoices, pending_cents).invoices
    }
