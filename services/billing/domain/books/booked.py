"""The books as entered: lines, letters of settled lines, balances of accounts."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from string import ascii_uppercase
from uuid import UUID

from services.billing.domain.books.ledger import Journal

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
class Lettering:
    """Marks the lines of an account that settle each other (lettrage), since a day."""

    text: str
    day: date


@dataclass(frozen=True)
class Balance:
    """The sums of an account, or of one party's lines on it."""

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


def letters(
    items: Iterable[tuple[UUID, str]], lines: Iterable[BookedLine]
) -> Mapping[tuple[UUID, str], Lettering]:
    """Return the letters of the items that these lines settle, by invoice and account.

    items: every invoice and account of an owner, in order of first appearance, so that a letter
    never changes.
    lines: those of one fiscal year; an item settled in another year has no letter in this one, so
    that the file of a closed year never changes.
    """
    sums: Counter[tuple[UUID, str]] = Counter()
    days: dict[tuple[UUID, str], date] = {}
    for line in lines:
        if line.invoice_id is not None:
            key = line.invoice_id, line.account
            sums[key] += line.debit_cents - line.credit_cents
            days[key] = max(line.day, days.get(key, line.day))
    ranks = {item: rank for rank, item in enumerate(items)}
    return {
        key: Lettering(_letter(ranks[key]), days[key]) for key, cents in sums.items() if cents == 0
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
