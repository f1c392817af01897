"""The matches of bank transactions: the debits, invoices or transfers they are for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from services.billing.domain.payments.bank import BankTransaction
from services.billing.domain.payments.collecting import OpenInvoice
from services.billing.domain.payments.transfers import Refunded, Transfer


class MatchedBy(StrEnum):
    END_TO_END_ID = "end-to-end-id"
    BATCH = "batch"
    MANDATE = "mandate"
    REFERENCE = "reference"
    INVOICE_NUMBER = "invoice-number"
    ACCOUNT = "account"
    AMOUNT_AND_NAME = "amount-and-name"
    HAND = "hand"
    NOT_OURS = "not-ours"


BY_IDS = frozenset({MatchedBy.END_TO_END_ID, MatchedBy.BATCH, MatchedBy.MANDATE})
"""By what the bank repeats of our own files: direct debits, payouts, refunds."""


@dataclass(frozen=True)
class DebitItem:
    """The part of an invoice that a direct debit pays."""

    invoice_id: UUID
    amount_cents: int


@dataclass
class Debit:
    """A direct debit sent to the bank, which receives or returns it as a whole.

    is_received: the bank said so by our ids. is_presumed: money without them was taken for it.
    """

    id: UUID
    collection_id: UUID
    mandate_id: UUID
    rum: str
    sequence_type: str
    items: Sequence[DebitItem]
    is_received: bool
    is_returned: bool
    is_presumed: bool = False

    @property
    def amount_cents(self) -> int:
        return sum(item.amount_cents for item in self.items)


@dataclass(frozen=True)
class Payment:
    """The payment of an invoice by a transaction; negative if money goes back.

    doubtful_cents: the share that pays the doubtful sum.
    """

    invoice: OpenInvoice
    amount_cents: int
    doubtful_cents: int = 0

    def split(self, doubtful_cents: int) -> "Payment":
        """Pay the doubtful sum first; money that goes back is owed as an ordinary debt."""
        paid_cents = max(0, min(self.amount_cents, doubtful_cents))
        return replace(self, doubtful_cents=paid_cents)


@dataclass(frozen=True)
class Match:
    """The meaning of a transaction; its payments, or its transfer, make up its whole amount.

    It has neither if it is not ours. refunded: the transfer of a refund that it executed or brought
    back, whose credits are its payments. entered_as: the source of its entries; None for its id.
    """

    transaction: BankTransaction
    by: MatchedBy
    payments: Sequence[Payment] = ()
    debits: Sequence[Debit] = ()
    transfer: Transfer | None = None
    refunded: Refunded | None = None
    entered_as: UUID | None = None

    @property
    def source_id(self) -> UUID:
        return self.entered_as or self.transaction.id
