"""The books as entered: lines, letters of settled lines, balances of accounts."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from string import ascii_uppercase
from uuid import UUID

from services.billing.domain.books.ledger import Journal, account_root

_SHORTEST_LETTER = 2
_INTERMEDIARIES = account_root("intermediaries")


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


Item = tuple[UUID | None, str, UUID | None]
"""What lines may settle: an invoice on an account, or an entry's line with an intermediary."""


def item_of(line: BookedLine) -> Item:
    if line.account.startswith(_INTERMEDIARIES):
        return line.entry_id, line.account, line.party_id
    return line.invoice_id, line.account, None


def letters(
    items: Iterable[tuple[UUID, str]], lines: Sequence[BookedLine]
) -> Mapping[Item, Lettering]:
    """Return the letters of the items that these lines settle.

    items: every invoice and account of an owner, in order of first appearance, so that a letter
    never changes.
    lines: those of one fiscal year; an item settled in another year has no letter in this one, so
    that the file of a closed year never changes.
    """
    sums: Counter[Item] = Counter()
    days: dict[Item, date] = {}
    for line in lines:
        if line.invoice_id is not None:
            key = item_of(line)
            sums[key] += line.debit_cents - line.credit_cents
            days[key] = max(line.day, days.get(key, line.day))
    ranks: dict[Item, int] = {(*item, None): rank for rank, item in enumerate(items)}
    settled = {
        key: Lettering(_letter(ranks[key]), days[key]) for key, cents in sums.items() if cents == 0
    }
    return {**settled, **_intermediaries_settled(lines)}


def _intermediaries_settled(lines: Iterable[BookedLine]) -> Mapping[Item, Lettering]:
    """The letters of 467: what was collected for a party, and the payouts and returns that took it.

    The oldest money goes first: whenever what went is all that came up to some line, the lines of
    both settle each other, whatever else has come by then and is kept. These letters
    are final once the year before is closed, whose balance comes first.
    """
    by_party: defaultdict[tuple[str, UUID | None], list[BookedLine]] = defaultdict(list)
    for line in lines:
        if line.account.startswith(_INTERMEDIARIES):
            by_party[line.account, line.party_id].append(line)
    settled: dict[Item, Lettering] = {}
    for party_lines in by_party.values():
        for rank, group in enumerate(_groups_settled(party_lines)):
            lettering = Lettering(_letter(rank), max(line.day for line in group))
            settled |= {item_of(line): lettering for line in group}
    return settled


def _groups_settled(lines: Sequence[BookedLine]) -> Iterable[Sequence[BookedLine]]:
    """The groups of lines, in order, whose debits are their credits; each as small as can be."""
    came = deque(line for line in lines if line.debit_cents < line.credit_cents)
    went = deque(line for line in lines if line.debit_cents > line.credit_cents)
    group: list[BookedLine] = []
    left_cents = 0
    while side := came if left_cents <= 0 else went:
        line = side.popleft()
        group.append(line)
        left_cents += line.credit_cents - line.debit_cents
        if left_cents == 0:
            yield group
            group = []


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
