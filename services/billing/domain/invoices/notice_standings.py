"""What is left to pay of a payment notice today, by the payments of its documents."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.payments.creditors import Creditor
from services.billing.domain.payments.invoice_payments import InvoicePayment, PaymentState
from services.billing.domain.payments.mandates import Mandate
from services.billing.domain.payments.payment_notices import PaymentNotice

_URGENT = (PaymentState.REJECTED, PaymentState.OVERDUE)
_SETTLED = (PaymentState.PAID, PaymentState.WRITTEN_OFF, PaymentState.CREDITED)


@dataclass(frozen=True)
class NoticedDocument:
    """A document of a notice, as it was issued, and its payment if it is an invoice.

    None either if its seller has another collector by now, who asks for it.
    """

    invoice_id: UUID
    number: str
    kind: DocumentKind
    issuer_id: UUID
    issuer_name: str
    total_cents: int
    payment: InvoicePayment | None

    @property
    def payable_cents(self) -> int:
        """To be asked for: neither paid, credited, nor in a direct debit under way."""
        return self.payment.payable_cents if self.payment else 0

    @property
    def left_cents(self) -> int:
        """With what a direct debit under way will pay."""
        return max(self.payment.open_cents, 0) if self.payment else 0


@dataclass(frozen=True)
class NoticeDebit:
    """The direct debit that pays what is left: under way, or on this day at the earliest."""

    day: date
    mandate_rum: str


@dataclass(frozen=True)
class NoticeStanding:
    """collector: who is paid today, whose details may be gone. mandate: if it can be used."""

    notice: PaymentNotice
    customer_name: str
    operation_name: str
    documents: Sequence[NoticedDocument]
    collector: Creditor | None
    mandate: Mandate | None
    today: date

    @property
    def total_cents(self) -> int:
        """Of all documents as they were issued."""
        return sum(document.kind.sign * document.total_cents for document in self.documents)

    @property
    def payable_cents(self) -> int:
        return sum(document.payable_cents for document in self.documents)

    @property
    def announced_cents(self) -> int:
        """What direct debits under way will pay."""
        return sum(document.left_cents for document in self.documents) - self.payable_cents

    @property
    def asked_cents(self) -> int:
        """What the page and letters ask for, beside which debits under way are told."""
        return self.payable_cents or self.announced_cents

    def asked_of(self, document: NoticedDocument) -> int:
        """The share of a document in what is asked for."""
        return document.payable_cents if self.payable_cents else document.left_cents

    @property
    def due_date(self) -> date | None:
        """The first day by which something of it is to be paid; None if nothing is."""
        return min((payment.due_date for payment in self._owed()), default=None)

    @property
    def state(self) -> PaymentState:
        """As that of an invoice; of the whole notice. Open where others ask for all of it."""
        states = {payment.state for payment in self._payments()}
        if not states:
            return PaymentState.OPEN
        if not self.payable_cents:
            is_announced = self.announced_cents > 0
            return PaymentState.ANNOUNCED if is_announced else _first(_SETTLED, states)
        if urgent := states.intersection(_URGENT):
            return _first(_URGENT, urgent)
        is_begun = states - {PaymentState.OPEN}
        return PaymentState.PARTLY if is_begun else PaymentState.OPEN

    @property
    def debit(self) -> NoticeDebit | None:
        """None if nothing is left, or the customer has to pay by transfer."""
        if self.due_date is None:
            return self.under_way
        is_refused = any(payment.state is PaymentState.REJECTED for payment in self._owed())
        if self.mandate is None or is_refused:
            return None
        return NoticeDebit(max(self.due_date, self.today), self.mandate.rum)

    @property
    def under_way(self) -> NoticeDebit | None:
        """The last debit that awaits the bank's answer; None if none pays a whole document."""
        debits = [
            payment.collection
            for payment in self._payments()
            if payment.state is PaymentState.ANNOUNCED and payment.collection
        ]
        if not self.announced_cents or not debits:
            return None
        last = max(debits, key=lambda debit: debit.day)
        return NoticeDebit(last.day, last.mandate_rum)

    @property
    def account(self) -> Creditor | None:
        """Where to pay, if it is by transfer."""
        return self.collector if self.payable_cents and self.debit is None else None

    def _payments(self) -> Iterable[InvoicePayment]:
        return [document.payment for document in self.documents if document.payment]

    def _owed(self) -> Iterable[InvoicePayment]:
        return [payment for payment in self._payments() if payment.payable_cents]


def _first(order: Sequence[PaymentState], states: Iterable[PaymentState]) -> PaymentState:
    return min(states, key=order.index)
