"""The rest to pay of a payment notice today, by the payments of its documents."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.payments.creditors import Creditor
from services.billing.domain.payments.invoice_payments import (
    InvoiceCollection,
    InvoicePayment,
    PaymentState,
)
from services.billing.domain.payments.mandates import Mandate
from services.billing.domain.payments.payment_notices import PaymentNotice
from services.billing.domain.thresholds import debited_alone_from, has_waited

_URGENT = (PaymentState.REJECTED, PaymentState.OVERDUE)
_SETTLED = (PaymentState.PAID, PaymentState.WRITTEN_OFF, PaymentState.CREDITED)


@dataclass(frozen=True)
class NoticedDocument:
    """A document of a notice, as it was issued, and its payment if it is an invoice.

    is_paid_elsewhere: its own page asks for it, not the notice: its seller has another collector by
    now, or is a public body for which nobody may collect yet. takes_back: the numbers of the
    invoices that a credit note takes back.
    """

    invoice_id: UUID
    number: str
    kind: DocumentKind
    issuer_id: UUID
    issuer_name: str
    total_cents: int
    payment: InvoicePayment | None
    is_paid_elsewhere: bool = False
    takes_back: Sequence[str] = ()

    @property
    def asking(self) -> InvoicePayment | None:
        """The payment that the notice asks for; None for a credit note or one paid elsewhere."""
        return None if self.elsewhere_cents else self.payment

    @property
    def payable_cents(self) -> int:
        """The sum to ask for: neither paid, credited, nor in a direct debit under way."""
        return self.asking.payable_cents if self.asking else 0

    @property
    def left_cents(self) -> int:
        """With what a direct debit under way will pay, whoever has made it."""
        return max(self.payment.open_cents, 0) - self.elsewhere_cents if self.payment else 0

    @property
    def elsewhere_cents(self) -> int:
        """The part to be paid outside the notice; none of it is being debited."""
        return self.payment.payable_cents if self.payment and self.is_paid_elsewhere else 0


@dataclass(frozen=True)
class NoticeDebit:
    """The direct debit that pays what is left: under way, or on this day at the earliest.

    day: None where what is left is less than the least sum to debit, and waits for another one.
    alone_from: from when it is debited however small it is (ADR 52). Both are of such a sum only.
    """

    day: date | None
    mandate_rum: str
    least_cents: int | None = None
    alone_from: date | None = None


@dataclass(frozen=True)
class NoticeStanding:
    """collector: who is paid today, whose details may be gone. mandate: if it can be used.

    least_debit_cents: the operation's least sum to debit, 0 if it has none.
    """

    notice: PaymentNotice
    customer_name: str
    operation_name: str
    documents: Sequence[NoticedDocument]
    collector: Creditor | None
    mandate: Mandate | None
    today: date
    least_debit_cents: int = 0

    @property
    def total_cents(self) -> int:
        """The total of the invoices, as they were issued.

        A credit note takes back an invoice of another notice, or has paid something of these.
        """
        return sum(
            document.total_cents
            for document in self.documents
            if document.kind is DocumentKind.INVOICE
        )

    @property
    def settled_cents(self) -> int:
        """The sum that payments and credits have taken off: the total less the other sums."""
        left_cents = self.payable_cents + self.announced_cents + self.elsewhere_cents
        return self.total_cents - left_cents

    @property
    def beside_cents(self) -> int:
        """The sum of debits under way beside the sum asked for; 0 if they take all that is left."""
        return self.announced_cents if self.payable_cents else 0

    @property
    def overdue_cents(self) -> int:
        """The share of what is asked for that was to be paid before today."""
        return sum(
            payment.payable_cents for payment in self._owed() if payment.due_date < self.today
        )

    @property
    def payable_cents(self) -> int:
        return sum(document.payable_cents for document in self.documents)

    @property
    def announced_cents(self) -> int:
        """The sum that direct debits under way will pay."""
        return sum(document.left_cents for document in self.documents) - self.payable_cents

    @property
    def asked_cents(self) -> int:
        """The sum that the page and letters ask for; they show debits under way beside it."""
        return self.payable_cents or self.announced_cents

    @property
    def is_partly_late(self) -> bool:
        return 0 < self.overdue_cents < self.asked_cents

    @property
    def elsewhere_cents(self) -> int:
        """The rest of documents that are paid elsewhere."""
        return sum(document.elsewhere_cents for document in self.documents)

    def asked_of(self, document: NoticedDocument) -> int:
        """The share of a document in what is asked for."""
        return document.payable_cents if self.payable_cents else document.left_cents

    @property
    def due_date(self) -> date | None:
        """The first day by which something of it is to be paid; None if nothing is."""
        return min((payment.due_date for payment in self._owed()), default=None)

    @property
    def state(self) -> PaymentState:
        """As that of an invoice; of the whole notice, which is not settled before all of it is."""
        states = {payment.state for payment in self._payments()}
        if not self.payable_cents:
            return self._state_without_payable(states)
        if urgent := states.intersection(_URGENT):
            return _first(_URGENT, urgent)
        is_begun = states - {PaymentState.OPEN}
        return PaymentState.PARTLY if is_begun else PaymentState.OPEN

    def _state_without_payable(self, states: Collection[PaymentState]) -> PaymentState:
        if self.announced_cents:
            return PaymentState.ANNOUNCED
        if self.elsewhere_cents:
            return PaymentState.PARTLY if states else PaymentState.OPEN
        payments = [document.payment for document in self.documents if document.payment]
        return _first(_SETTLED, {payment.state for payment in payments})

    @property
    def as_reminder(self) -> "NoticeStanding":
        """For who is reminded: to pay by transfer what no debit under way takes."""
        return replace(self, mandate=None)

    @property
    def debit(self) -> NoticeDebit | None:
        """None if nothing is left, or the customer has to pay by transfer."""
        if self.due_date is None:
            last = self.under_way
            return NoticeDebit(last.day, last.mandate_rum) if last else None
        is_refused = any(payment.state is PaymentState.REJECTED for payment in self._owed())
        if self.mandate is None or is_refused:
            return None
        if day := self._first_debit_day(self.due_date):
            return NoticeDebit(day, self.mandate.rum)
        alone_from = debited_alone_from(self.due_date)
        return NoticeDebit(None, self.mandate.rum, self.least_debit_cents, alone_from)

    def _first_debit_day(self, due_date: date) -> date | None:
        """The first day with enough of the notice due to debit; None if all of it is too little."""
        if has_waited(due_date, self.today):
            return self.today
        due_cents = 0
        for payment in sorted(self._owed(), key=lambda payment: payment.due_date):
            due_cents += payment.payable_cents
            if due_cents >= self.least_debit_cents:
                return max(payment.due_date, self.today)
        return None

    @property
    def under_way(self) -> InvoiceCollection | None:
        """The last debit that awaits the bank's answer; None if none pays a whole document."""
        debits = [
            payment.collection
            for payment in self._payments()
            if payment.state is PaymentState.ANNOUNCED and payment.collection
        ]
        if not self.announced_cents or not debits:
            return None
        return max(debits, key=lambda debit: debit.day)

    @property
    def account(self) -> Creditor | None:
        """The account to pay to, if payment is by transfer."""
        return self.collector if self.payable_cents and self.debit is None else None

    def _payments(self) -> Iterable[InvoicePayment]:
        return [document.asking for document in self.documents if document.asking]

    def _owed(self) -> Iterable[InvoicePayment]:
        return [payment for payment in self._payments() if payment.payable_cents]


def _first(order: Sequence[PaymentState], states: Iterable[PaymentState]) -> PaymentState:
    return min(states, key=order.index)
