"""A customer's account with sellers: what moved it, and what is to be paid of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import accumulate
from typing import Self
from uuid import UUID

from libs.common.errors import Problem
from services.billing.domain.books.ledger import SourceKind
from services.billing.domain.books.next_debits import NextDebit
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.payments.collecting import OpenInvoice
from services.billing.domain.payments.matches import BY_IDS, MatchedBy


class MovementUnknown(Problem):
    status, slug, title = 404, "movement-unknown", "There is no such movement"
    example_detail = "No line of this account, in these days, has this id."


class AccountMovementKind(StrEnum):
    """The reason why an account moved.

    Returned: the bank took back a direct debit. Refund: money went to the customer. Taken_back: a
    payment was not this customer's, or not of these invoices. Lost: the seller gave the debt up.
    """

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    DEBIT = "debit"
    TRANSFER = "transfer"
    RETURNED = "returned"
    REFUND = "refund"
    TAKEN_BACK = "taken_back"
    SET_OFF = "set_off"
    LOST = "lost"


@dataclass(frozen=True)
class MovementSource:
    """The source of an entry. The bank's facts are None for other entries."""

    kind: SourceKind
    document_kind: DocumentKind | None = None
    bank_cents: int | None = None
    matched_by: MatchedBy | None = None
    return_reason: str | None = None
    is_of_refund: bool = False

    @property
    def movement_kind(self) -> AccountMovementKind:
        match self.kind:
            case SourceKind.INVOICE:
                is_invoice = self.document_kind is DocumentKind.INVOICE
                return (
                    AccountMovementKind.INVOICE if is_invoice else AccountMovementKind.CREDIT_NOTE
                )
            case SourceKind.SET_OFF:
                return AccountMovementKind.SET_OFF
            case SourceKind.WRITE_OFF:
                return AccountMovementKind.LOST
            case SourceKind.BANK_REVERSAL:
                return AccountMovementKind.TAKEN_BACK
        return self._money_kind

    @property
    def _money_kind(self) -> AccountMovementKind:
        """A refund that came back is one with the other sign."""
        if self.is_of_refund:
            return AccountMovementKind.REFUND
        is_debit = self.matched_by in BY_IDS
        if (self.bank_cents or 0) < 0:
            is_return = is_debit or self.return_reason is not None
            return AccountMovementKind.RETURNED if is_return else AccountMovementKind.REFUND
        return AccountMovementKind.DEBIT if is_debit else AccountMovementKind.TRANSFER


@dataclass(frozen=True)
class MovedDocument:
    """cents: what is owed more of it, or less."""

    id: UUID
    number: str
    cents: int


@dataclass(frozen=True)
class AccountMovement:
    """An entry of a seller's books that concerns a customer's documents; id: of the entry."""

    id: UUID
    day: date
    issuer_id: UUID
    kind: AccountMovementKind
    documents: Sequence[MovedDocument]

    @property
    def cents(self) -> int:
        """The change of the customer's debt; a set-off moves a debt only."""
        return sum(document.cents for document in self.documents)


@dataclass(frozen=True)
class AccountLine:
    """A movement, and what the customer owes after it."""

    movement: AccountMovement
    balance_cents: int


@dataclass(frozen=True)
class AccountPeriod:
    """The lines of [from_day, to_day), the oldest first, and the balances around them."""

    opening_cents: int
    closing_cents: int
    lines: Sequence[AccountLine]

    @classmethod
    def of(
        cls, movements: Iterable[AccountMovement], from_day: date | None, to_day: date | None
    ) -> Self:
        """movements: all of the account, the oldest first."""
        before = [movement for movement in movements if to_day is None or movement.day < to_day]
        balances = accumulate(movement.cents for movement in before)
        lines = [AccountLine(*pair) for pair in zip(before, balances, strict=True)]
        first = sum(from_day is not None and movement.day < from_day for movement in before)
        opening_cents = lines[first - 1].balance_cents if first else 0
        closing_cents = lines[-1].balance_cents if lines else 0
        return cls(opening_cents, closing_cents, lines[first:])

    def page(self, *, after: UUID | None, limit: int) -> Sequence[AccountLine]:
        """The newest first. after: the last movement of the page before. Raises MovementUnknown."""
        newest = self.lines[::-1]
        if after is None:
            return newest[:limit]
        ids = [line.movement.id for line in newest]
        if after not in ids:
            raise MovementUnknown("No line of this account, in these days, has this id.")
        begin = ids.index(after) + 1
        return newest[begin : begin + limit]


@dataclass(frozen=True)
class OwedSums:
    """open_cents: what the books have open, which is the balance.

    credit_cents: what is owed to customers, positive. under_way_cents: direct debits whose credit
    the bank has still to report. to_pay_cents: what is to be asked for beside these; overdue_cents:
    of it, what is past its day.
    """

    open_cents: int
    credit_cents: int
    under_way_cents: int
    to_pay_cents: int
    overdue_cents: int

    @classmethod
    def of(cls, items: Iterable["OwedItem"], today: date) -> Self:
        listed = list(items)
        to_pay = [item for item in listed if item.to_pay_cents]
        return cls(
            open_cents=sum(item.open_cents for item in listed),
            credit_cents=-sum(min(item.invoice.open_cents, 0) for item in listed),
            under_way_cents=sum(item.under_way_cents for item in listed),
            to_pay_cents=sum(item.to_pay_cents for item in to_pay),
            overdue_cents=sum(
                item.to_pay_cents for item in to_pay if item.invoice.due_date < today
            ),
        )


@dataclass(frozen=True)
class OwedItem:
    """A document that is open, or being debited. open_cents: in the books.

    invoice: after the netting of credits, which the books do not have yet. under_way_cents: the
    credits of debits that the bank has still to report, also of one whose return it has reported
    already: that one is_debited no more, and asked for again.
    """

    invoice: OpenInvoice
    open_cents: int
    under_way_cents: int
    is_debited: bool

    @property
    def is_settled(self) -> bool:
        return not (self.open_cents or self.under_way_cents)

    @property
    def to_pay_cents(self) -> int:
        return 0 if self.is_debited else max(self.invoice.payable_cents - self.under_way_cents, 0)


@dataclass(frozen=True)
class DebitUnderWay:
    """A creditor's direct debit of a day, which awaits the bank's answer."""

    day: date
    cents: int
    creditor_name: str
    mandate_rum: str


@dataclass(frozen=True)
class SellerAccount:
    """The debt to a seller. collector: the name of the member paid in its place, if there is one.

    is_debited: a mandate of the customer can be used today.
    """

    issuer_id: UUID
    name: str
    collector: str | None
    is_debited: bool
    owed: OwedSums


@dataclass(frozen=True)
class CustomerAccount:
    owed: OwedSums
    sellers: Sequence[SellerAccount]
    debits: Sequence[DebitUnderWay]
    next_debits: Sequence[NextDebit]
    movements: Sequence[AccountMovement]
