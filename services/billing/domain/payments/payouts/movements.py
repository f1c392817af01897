"""The movements of a payee's account between two payouts: its customers' money, by invoice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet"),
    *("août", "septembre", "octobre", "novembre", "décembre"),
)


class PayoutMovementKind(StrEnum):
    COLLECTED = "collected"
    RETURNED = "returned"
    REFUNDED = "refunded"


@dataclass(frozen=True)
class PayoutMovement:
    """The part of an entry that is about one invoice; negative if money went back.

    customer_name: as the invoice has it.
    """

    entry_id: UUID
    day: date
    kind: PayoutMovementKind
    invoice_id: UUID
    number: str
    customer_id: UUID
    customer_name: str
    amount_cents: int


def kind_of_movement(
    transaction_cents: int, *, is_returned: bool, is_reversal: bool
) -> PayoutMovementKind:
    """The kind of a transaction, by its sign.

    is_returned: a bank gave a reason, or our own direct debit went back. is_reversal: it takes
    back what was said of a transaction, whose sign is the other one.
    """
    if is_reversal:
        return (
            PayoutMovementKind.REFUNDED if transaction_cents > 0 else PayoutMovementKind.COLLECTED
        )
    if transaction_cents < 0:
        return PayoutMovementKind.RETURNED if is_returned else PayoutMovementKind.REFUNDED
    # Money with a reason is a transfer to a customer that came back.
    return PayoutMovementKind.REFUNDED if is_returned else PayoutMovementKind.COLLECTED


def sum_of_kind(movements: Iterable[PayoutMovement], kind: PayoutMovementKind) -> int:
    """In cents, with the sign of the movements."""
    return sum(movement.amount_cents for movement in movements if movement.kind is kind)


class PayoutSums:
    """The new sums on a payee's account, by kind, and the rest of earlier transfers.

    before_cents: what the payout before left. owed_cents: before anything is kept.
    """

    movements: Sequence[PayoutMovement]
    before_cents: int
    owed_cents: int

    @property
    def collected_cents(self) -> int:
        return sum_of_kind(self.movements, PayoutMovementKind.COLLECTED)

    @property
    def returned_cents(self) -> int:
        """The money that came back, as a positive sum."""
        return -sum_of_kind(self.movements, PayoutMovementKind.RETURNED)

    @property
    def refunded_cents(self) -> int:
        """The money paid back to customers, as a positive sum."""
        return -sum_of_kind(self.movements, PayoutMovementKind.REFUNDED)

    @property
    def earlier_transfers_cents(self) -> int:
        """The money back from earlier transfers; negative if one was executed after all."""
        moved_cents = sum(movement.amount_cents for movement in self.movements)
        return self.owed_cents - self.before_cents - moved_cents


def months_in_words(since: date, until: date) -> str:
    """In French, as transfers name them: octobre 2026, or octobre 2026 - janvier 2027."""
    first, last = (f"{_MONTHS[day.month - 1]} {day.year}" for day in (since, until))
    return first if first == last else f"{first} - {last}"
