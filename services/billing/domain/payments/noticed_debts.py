"""The debts that a transfer pays, if it names payment notices."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from services.billing.domain.payments.bank import BankTransaction
from services.billing.domain.payments.collecting import OpenInvoice
from services.billing.domain.payments.matches import Match, MatchedBy, Payment
from services.billing.domain.payments.payment_notices import PaymentNotice

AskedCents = Callable[[Sequence[OpenInvoice]], Mapping[UUID, int]]
"""What is asked for of all invoices of some customers now, by invoice."""


class NoticedDebts:
    """open_cents: what is left to pay of an invoice now.

    paid_elsewhere: documents that no sum or reference of their notice may pay.
    """

    def __init__(
        self,
        by_customer: Mapping[UUID, Sequence[OpenInvoice]],
        open_cents: Callable[[OpenInvoice], int],
        asked_cents: AskedCents,
        paid_elsewhere: frozenset[UUID],
    ) -> None:
        self._by_customer, self._open_cents = by_customer, open_cents
        self._asked_cents, self._paid_elsewhere = asked_cents, paid_elsewhere

    def match(
        self,
        transaction: BankTransaction,
        by: MatchedBy,
        notices: Collection[PaymentNotice],
        groups: Sequence[Sequence[OpenInvoice]],
    ) -> Match | None:
        """One notice for any amount; with others, and with other invoices, for the sum of all.

        If one of its sellers is paid elsewhere, only the sum is matched that is asked for here:
        with any other one, somebody may have meant that seller too.
        groups: the invoices that each reference or number beside may mean.
        """
        if transaction.amount_cents <= 0:
            return None
        ids = frozenset[UUID]().union(*(notice.invoice_ids for notice in notices))
        theirs = self._invoices_of({notice.parties.customer_id for notice in notices})
        documents = [
            invoice for invoice in theirs if invoice.invoice_id in ids - self._paid_elsewhere
        ]
        said_ids = [{invoice.invoice_id for invoice in group} for group in groups]
        others = [
            group
            for group, group_ids in zip(groups, said_ids, strict=True)
            if ids.isdisjoint(group_ids)
        ]
        is_whole = ids.isdisjoint(self._paid_elsewhere)
        if others or len(notices) > 1 or not is_whole:
            return self._match_sum(transaction, by, documents, others, is_whole=is_whole)
        debts = list_debts(
            documents,
            list_successors(ids, theirs),
            open_cents=self._open_cents,
            asked_cents=self._asked_cents(theirs),
            beside=set[UUID]().union(*said_ids),
        )
        payments = split_payment(transaction.amount_cents, debts)
        return Match(transaction, by, payments) if payments else None

    def asked_of(self, notice: PaymentNotice) -> int:
        """The sum that the page of the notice asks for."""
        asked_cents = self._asked_cents(self._invoices_of({notice.parties.customer_id}))
        ids = set(notice.invoice_ids) - self._paid_elsewhere
        return sum(asked_cents.get(invoice_id, 0) for invoice_id in ids)

    def _match_sum(
        self,
        transaction: BankTransaction,
        by: MatchedBy,
        documents: Sequence[OpenInvoice],
        others: Sequence[Sequence[OpenInvoice]],
        *,
        is_whole: bool,
    ) -> Match | None:
        """The sum asked for of all, or their open sum if these are whole notices.

        What was overpaid of a document of a notice lessens no sum that is asked for.
        """
        if any(len(group) != 1 for group in others):
            return None
        # One may be asked for twice, by its reference and by its number.
        debts = [*documents, *(invoice for (invoice,) in others)]
        invoices = {invoice.invoice_id: invoice for invoice in debts}.values()
        asked_cents = self._asked_cents(
            self._invoices_of({invoice.customer_id for invoice in invoices})
        )
        opened = {invoice.invoice_id: self._open_cents(invoice) for invoice in invoices}
        opened |= {invoice.invoice_id: max(opened[invoice.invoice_id], 0) for invoice in documents}
        asked = {key: min(cents, asked_cents[key]) for key, cents in opened.items()}
        for sums in (asked, opened) if is_whole else (asked,):
            if sum(sums.values()) == transaction.amount_cents:
                payments = [Payment(invoice, sums[invoice.invoice_id]) for invoice in invoices]
                return Match(
                    transaction, by, [payment for payment in payments if payment.amount_cents]
                )
        return None

    def _invoices_of(self, customers: Iterable[UUID]) -> Sequence[OpenInvoice]:
        return [
            invoice for customer in customers for invoice in self._by_customer.get(customer, ())
        ]


def list_debts(
    documents: Iterable[OpenInvoice],
    successors: Iterable[OpenInvoice],
    *,
    open_cents: Callable[[OpenInvoice], int],
    asked_cents: Mapping[UUID, int],
    beside: Collection[UUID] = (),
) -> Sequence[Payment]:
    """Return the debts that a transfer pays, if it names a notice, in this order.

    First what its page asks for, then what the successors of its documents ask for, which replace
    or add to them, then what is open besides, such as what a debit under way will pay: in each the
    documents that are named beside it, then what is due first.
    open_cents: what is left to pay of an invoice now; of it asked_cents are asked for.
    """

    def age(invoice: OpenInvoice) -> tuple[bool, date, str]:
        return invoice.invoice_id not in beside, invoice.due_date, invoice.number

    invoices = [*sorted(documents, key=age), *sorted(successors, key=age)]
    asked = [Payment(invoice, asked_cents.get(invoice.invoice_id, 0)) for invoice in invoices]
    besides = [
        Payment(debt.invoice, open_cents(debt.invoice) - debt.amount_cents) for debt in asked
    ]
    return [debt for debt in (*asked, *besides) if debt.amount_cents > 0]


def split_payment(amount_cents: int, debts: Sequence[Payment]) -> Sequence[Payment]:
    """Pay these debts in this order; more than all of them is the last one's credit.

    One payment for each invoice that gets something. They sum to the amount.
    """
    paid_cents = Counter[UUID]()
    left_cents = amount_cents
    for debt in debts:
        cents = left_cents if debt is debts[-1] else min(left_cents, debt.amount_cents)
        paid_cents[debt.invoice.invoice_id] += cents
        left_cents -= cents
    invoices = {debt.invoice.invoice_id: debt.invoice for debt in debts}
    return [
        Payment(invoices[invoice_id], cents) for invoice_id, cents in paid_cents.items() if cents
    ]


def list_successors(
    documents: Iterable[UUID], invoices: Collection[OpenInvoice]
) -> Sequence[OpenInvoice]:
    """The invoices that replace or add to these documents, also by way of others."""
    earlier = set(documents)
    successors: dict[UUID, OpenInvoice] = {}
    while following := [
        invoice
        for invoice in invoices
        if invoice.invoice_id not in earlier and not earlier.isdisjoint(invoice.follows)
    ]:
        successors |= {invoice.invoice_id: invoice for invoice in following}
        earlier |= successors.keys()
    return list(successors.values())
