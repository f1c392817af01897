"""The payment of an invoice: the sum still owed, and its newest direct debit."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PaymentState(StrEnum):
    """The first of these states that applies, from credited to open.

    Credited: credit notes have taken back the whole invoice, and nothing is owed. Written_off: the
    seller has given up the sum owed. Announced: a direct debit awaits the bank's answer, of this
    invoice or of one that was credited since, whose money is then for this one. Rejected: the
    newest direct debit was refused or returned. Partly: a part was paid, or comes with such a
    debit, and the rest is not due.
    """

    CREDITED = "credited"
    WRITTEN_OFF = "written_off"
    PAID = "paid"
    ANNOUNCED = "announced"
    REJECTED = "rejected"
    OVERDUE = "overdue"
    PARTLY = "partly"
    OPEN = "open"


OWED_BY_TRANSFER = frozenset(
    {PaymentState.REJECTED, PaymentState.OVERDUE, PaymentState.PARTLY, PaymentState.OPEN}
)
"""States in which the customer must pay by transfer; only then are they shown the account."""


@dataclass(frozen=True)
class InvoiceCollection:
    """The newest direct debit of an invoice sent to the bank; refused_on: by the bank."""

    day: date
    mandate_rum: str
    refused_on: date | None


@dataclass(frozen=True)
class InvoiceRefund:
    """The newest transfer that pays a credit of the invoice back; refused_on: by the bank.

    day: on which the bank is to make it.
    """

    day: date
    amount_cents: int
    executed_on: date | None
    refused_on: date | None


@dataclass(frozen=True)
class PaidAccount:
    """The account to which the seller, or the member that collects for it, is paid at present.

    reference: that a payer gives, ISO 11649.
    """

    name: str
    iban: str
    reference: str


@dataclass(frozen=True)
class InvoicePayment:
    """open_cents: the sum the customer still owes; negative if owed to the customer.

    payable_cents: the sum to ask for, 0 for a credit or if a direct debit is under way, and less if
    the debit of an invoice that was credited since pays the rest. collection: that debit, where it
    pays all. refund: of what was overpaid, or credited after it was paid.
    """

    state: PaymentState
    open_cents: int
    payable_cents: int
    due_date: date
    collection: InvoiceCollection | None
    refund: InvoiceRefund | None
    account: PaidAccount | None
