"""What each document of the year comes to, in fractions: with no function of the product."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from uuid import UUID

from libs.common.calendar import Month
from tests.billing.year.village import LATE, Customer, Seller, Village

_WMIN_PER_KWH = 60_000


@dataclass(frozen=True)
class DocumentSum:
    """Lines in ascending order; all of a credit note is positive, as it says it itself."""

    kind: str
    seller: str
    customer: str
    month: str
    lines_cents: tuple[int, ...]
    vat_cents: int

    @property
    def excl_vat_cents(self) -> int:
        return sum(self.lines_cents)

    @property
    def incl_vat_cents(self) -> int:
        return self.excl_vat_cents + self.vat_cents

    @property
    def sign(self) -> int:
        return {"invoice": 1, "credit_note": -1}[self.kind]


@dataclass
class Accounts:
    """What customers owe and paid each seller, by (seller, customer), as a neighbour would note."""

    owed_cents: Counter[tuple[UUID, UUID]] = field(default_factory=Counter)
    paid_cents: Counter[tuple[UUID, UUID]] = field(default_factory=Counter)
    paid_out_cents: Counter[UUID] = field(default_factory=Counter)

    def owe(self, seller: Seller, customer: Customer, cents: int) -> None:
        self.owed_cents[seller.member_id, customer.member_id] += cents

    def pay(self, seller: Seller, customer: Customer, cents: int) -> None:
        self.paid_cents[seller.member_id, customer.member_id] += cents

    def balance_cents(self, seller: Seller, customer: Customer) -> int:
        """Negative: the customer has paid too much."""
        pair = seller.member_id, customer.member_id
        return self.owed_cents[pair] - self.paid_cents[pair]

    def received_cents(self, seller: Seller) -> int:
        return sum(
            cents
            for (member_id, _), cents in self.paid_cents.items()
            if member_id == seller.member_id
        )


def documents_of_month(village: Village, month: Month) -> Iterator[DocumentSum]:
    """The invoices of its first settlement."""
    for seller, customer in village.pairs(month):
        energies = village.energies_wmin(seller, customer, month)
        yield _sum("invoice", seller, customer, month, energies)


def corrections_of_month(village: Village, month: Month) -> Iterator[DocumentSum]:
    """A credit note of all, and what takes its place, of each seller to whom a reading matters."""
    customer = village.customer(LATE[month].customer)
    for seller in village.sellers:
        before = village.energies_wmin(seller, customer, month)
        after = village.corrected_wmin(seller, customer, month)
        assert before != after
        yield _sum("credit_note", seller, customer, month, before)
        yield _sum("invoice", seller, customer, month, after)


def _sum(
    kind: str, seller: Seller, customer: Customer, month: Month, energies_wmin: Mapping[date, int]
) -> DocumentSum:
    lines = [*_energy_cents(seller, energies_wmin), *_fee_cents(seller, customer, month)]
    vat_cents = _rounded(Fraction(sum(lines) * seller.vat_percent, 100))
    return DocumentSum(
        kind, seller.name, customer.name, str(month), tuple(sorted(lines)), vat_cents
    )


def _energy_cents(seller: Seller, energies_wmin: Mapping[date, int]) -> Iterator[int]:
    """A line for each price, of the energy of the days on which it holds."""
    by_price: Counter[str] = Counter()
    for day, energy_wmin in energies_wmin.items():
        begun = max(first for first in seller.prices if first <= day)
        by_price[seller.prices[begun]] += energy_wmin
    for price, energy_wmin in by_price.items():
        yield _rounded(Fraction(energy_wmin, _WMIN_PER_KWH) * Fraction(price) * 100)


def _fee_cents(seller: Seller, customer: Customer, month: Month) -> Iterator[int]:
    if seller.eur_per_month:
        _, days_of_month = monthrange(month.year, month.month)
        days = len(customer.days_in(month))
        yield _rounded(Fraction(days, days_of_month) * Fraction(seller.eur_per_month) * 100)


def _rounded(cents: Fraction) -> int:
    """Half up; nothing here is negative."""
    return int(cents + Fraction(1, 2))
