"""What the books say: entered lines, letters of what is settled, balances of accounts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from string import ascii_uppercase
from uuid import UUID

from services.billing.domain.ledger import Journal

_SHORTEST_LETTER = 2


@dataclass(frozen=True)
class BookedLine:
    """A line of an entry, as it was entered."""

    entry_id: UUID
    journal: Journal
    number: int
    day: date
    piece_ref: str
    piece_day: date
    label: str
    validated_on: date
    account: str
    account_label: str
    party_id: UUID | None
    party_name: str | None
    party_number: int | None
    invoice_id: UUID | None
    debit_cents: int
    credit_cents: int

    @property
    def party_account(self) -> str:
        """The auxiliary account, T00001; empty without a party."""
        return "" if self.party_number is None else f"T{self.party_number:05}"


@dataclass(frozen=True)
class OpenItem:
    """What is still owed on an invoice in one account; ``last_day`` is that of its newest line."""

    invoice_id: UUID
    account: str
    open_cents: int
    last_day: date


@dataclass(frozen=True)
class Letter:
    """Marks the lines of an account that settle each other (lettrage), since a day."""

    text: str
    day: date


@dataclass(frozen=True)
class Balance:
    """The sums of an account, or of a party's part of it."""

    account: str
    account_label: str
    party_id: UUID | None
    party_name: str | None
    debit_cents: int
    credit_cents: int

    @property
    def balance_cents(self) -> int:
        """Debits less credits."""
        return self.debit_cents - self.credit_cents


def letters(items: Sequence[OpenItem]) -> Mapping[tuple[UUID, str], Letter]:
    """The letters of items that are settled, by invoice and account.

    items: all of an owner, in the order in which they came up, so that a letter never changes.
    """
    return {
        (item.invoice_id, item.account): Letter(_letter(rank), item.last_day)
        for rank, item in enumerate(items)
        if item.open_cents == 0
    }


def _letter(rank: int) -> str:
    """AA, AB … AZ, BA … ZZ, AAA …: every text of two letters and more, in order."""
    length = _SHORTEST_LETTER
    while rank >= len(ascii_uppercase) ** length:
        rank -= len(ascii_uppercase) ** length
        length += 1
    text = ""
    for _ in range(length):
        rank, place = divmod(rank, len(ascii_uppercase))
        text = ascii_uppercase[place] + text
    return text
