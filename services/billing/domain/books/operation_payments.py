"""The payments of an operation: its debts, the money received, and the money to pay out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from services.billing.domain.books.customer_accounts import (
    AccountMovement,
    AccountMovementKind,
    OwedSums,
)


@dataclass(frozen=True)
class MoneyMoved:
    """The money that the bank moved on an operation's documents, in positive cents.

    taken_back_cents: of payments that were entered on other days, as they were for something else.
    """

    debits_cents: int
    transfers_cents: int
    returned_cents: int
    refunds_cents: int
    taken_back_cents: int

    @property
    def net_cents(self) -> int:
        """The money that has come and stayed."""
        gone_cents = self.returned_cents + self.refunds_cents + self.taken_back_cents
        return self.debits_cents + self.transfers_cents - gone_cents

    @classmethod
    def of(cls, movements: Iterable[AccountMovement]) -> Self:
        cents = dict.fromkeys(AccountMovementKind, 0)
        for movement in movements:
            cents[movement.kind] += movement.cents
        return cls(
            debits_cents=-cents[AccountMovementKind.DEBIT],
            transfers_cents=-cents[AccountMovementKind.TRANSFER],
            returned_cents=cents[AccountMovementKind.RETURNED],
            refunds_cents=cents[AccountMovementKind.REFUND],
            taken_back_cents=cents[AccountMovementKind.TAKEN_BACK],
        )


@dataclass(frozen=True)
class CustomerOwed:
    customer_id: UUID
    name: str
    owed: OwedSums

    @property
    def urgency(self) -> tuple[int, int, str, UUID]:
        """The order of the list: what is overdue first, then what is open."""
        return -self.owed.overdue_cents, -self.owed.open_cents, self.name, self.customer_id


@dataclass(frozen=True)
class SellerOwed:
    """collector_id: who is paid, the seller or another; None: nobody's account is known."""

    issuer_id: UUID
    name: str
    collector_id: UUID | None
    owed: OwedSums


@dataclass(frozen=True)
class PayoutDue:
    """The sum a payout would pay now; kept_cents: the rest of the debt, which stays for now."""

    payee_id: UUID
    name: str
    cents: int
    kept_cents: int


@dataclass(frozen=True)
class CollectorMoney:
    """unmatched: transactions of its account that wait for somebody to say what they are for.

    payouts: to the sellers of the operation to whom it owes something, beside what is on its way.
    """

    member_id: UUID
    name: str
    unmatched_count: int
    unmatched_cents: int
    payouts: Sequence[PayoutDue]


@dataclass(frozen=True)
class OperationPayments:
    """customers: those of whom something is open, or under way."""

    owed: OwedSums
    customers: Sequence[CustomerOwed]
    sellers: Sequence[SellerOwed]
    moved: MoneyMoved
