"""What became of an invoice in money: what is still owed on it, and its newest direct debit."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PaymentState(StrEnum):
    """The first of these that is true, from credited to open.

    An invoice is credited once credit notes took back all of it, written_off once its seller has
    given up what was owed. Announced: a direct debit waits for the answer of the bank. Rejected:
    the newest one was refused or came back. Partly: something was paid, and the rest is not due.
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
"""In which the customer has to pay by themselves, and is told the account: in no other."""


@dataclass(frozen=True)
class InvoiceCollection:
    """The newest direct debit of an invoice that went to the bank; refused_on: by the bank."""

    day: date
    mandate_rum: str
    refused_on: date | None


@dataclass(frozen=True)
class PaidAccount:
    """On which a seller, or whoever collects in its place, is paid as of now."""

    name: str
    iban: str


@dataclass(frozen=True)
class InvoicePayment:
    """open_cents: what the customer still owes; negative what is owed to the customer."""

    state: PaymentState
    open_cents: int
    due_date: date
    collection: InvoiceCollection | None
    account: PaidAccount | None
