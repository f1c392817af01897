"""A village that shares two plants for a year: who sells, who buys, what was shared each day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from libs.common.calendar import PARIS, Month
from libs.common.events.allocation import SettledPair, SettlementClosed, SettlementRevised
from libs.common.events.base import Event
from libs.common.events.community import MemberRecorded, PerimeterChanged
from libs.common.ids import Direction, OperationId, Prm
from services.billing.domain.invoices.invoices import MemberKind
from tests.billing.members import member
from tests.billing.world import Point
from tests.support.ids import new_operation_id, new_prm

MONTHS = [Month(2026, number) for number in range(1, 13)]
BAKERY_BEGAN = date(2026, 3, 11)


@dataclass(frozen=True)
class Seller:
    """A plant and what its energy costs from each of these days on, in euros without VAT."""

    name: str
    siren: str
    vat_percent: int
    prices: Mapping[date, str]
    eur_per_month: str | None = None
    member_id: UUID = field(default_factory=uuid4)
    roof: Prm = field(default_factory=new_prm)


@dataclass(frozen=True)
class Customer:
    name: str
    kind: MemberKind = "household"
    numbers: Mapping[str, str] = field(default_factory=dict)
    since: date = date(2026, 1, 1)
    member_id: UUID = field(default_factory=uuid4)
    home: Prm = field(default_factory=new_prm)

    def days_in(self, month: Month) -> list[date]:
        return [day for day in month.days if day >= self.since]


@dataclass(frozen=True)
class LateReading:
    """A reading of the 12th that comes late: the customer's energy of that day is another."""

    customer: str
    percent: int


LATE: Mapping[Month, LateReading] = {
    Month(2026, 2): LateReading("Anna Brindille", 340),
    Month(2026, 5): LateReading("Bruno Ménard", 0),
    Month(2026, 8): LateReading("Commune de Pousselac", 275),
    Month(2026, 12): LateReading("Boulangerie L’Épi d’Or", 15),
}


def _sellers() -> list[Seller]:
    soleils = {date(2026, 1, 1): "0.123457", date(2026, 7, 16): "0.131234"}
    return [
        Seller("Soleils d’Aurelle SAS", "992000026", 20, soleils, "1.234567"),
        Seller("Ferme des Trois Chênes", "991000001", 0, {date(2026, 1, 1): "0.110503"}),
    ]


def _customers() -> list[Customer]:
    bakery = {"siren": "993000009", "vat_number": "FR59993000009"}
    return [
        Customer("Anna Brindille"),
        Customer("Bruno Ménard"),
        Customer("Commune de Pousselac", "public_body", {"siren": "991000019"}),
        Customer("Boulangerie L’Épi d’Or", "company", bakery, since=BAKERY_BEGAN),
    ]


@dataclass(frozen=True)
class Village:
    """Two sellers, four customers, and the association that organises and collects."""

    operation_id: OperationId = field(default_factory=lambda: OperationId(new_operation_id()))
    association: UUID = field(default_factory=uuid4)
    sellers: list[Seller] = field(default_factory=_sellers)
    customers: list[Customer] = field(default_factory=_customers)

    @property
    def url(self) -> str:
        return f"/billing/operations/{self.operation_id}"

    def customer(self, name: str) -> Customer:
        (customer,) = [customer for customer in self.customers if customer.name.startswith(name)]
        return customer

    def seller(self, member_id: str) -> Seller:
        (seller,) = [seller for seller in self.sellers if str(seller.member_id) == member_id]
        return seller

    def energies_wmin(self, seller: Seller, customer: Customer, month: Month) -> dict[date, int]:
        """By day, as first settled; of no pattern, so that the amounts are rounded either way."""
        factor = (self.sellers.index(seller) + 3) * (self.customers.index(customer) + 2)
        return {
            day: 20_000 + day.toordinal() * 7919 * factor % 300_007
            for day in customer.days_in(month)
        }

    def corrected_wmin(self, seller: Seller, customer: Customer, month: Month) -> dict[date, int]:
        """The same after the late reading of the month."""
        energies = self.energies_wmin(seller, customer, month)
        if (late := LATE.get(month)) and late.customer == customer.name:
            day = date(month.year, month.month, 12)
            energies[day] = energies[day] * late.percent // 100
        return energies

    def pairs(self, month: Month) -> Iterator[tuple[Seller, Customer]]:
        """Who sells to whom in this month."""
        for seller in self.sellers:
            for customer in self.customers:
                if customer.days_in(month):
                    yield seller, customer

    def events(self) -> list[Event]:
        since = date(2026, 1, 1)
        points = [
            *(
                Point(seller.roof, Direction.PRODUCTION, seller.member_id, since)
                for seller in self.sellers
            ),
            *(
                Point(customer.home, Direction.CONSUMPTION, customer.member_id, customer.since)
                for customer in self.customers
            ),
        ]
        perimeter = PerimeterChanged(
            time=_time(since),
            operation_id=self.operation_id,
            revision=1,
            name="Pousse-Soleil",
            organiser_id=self.association,
            step_min=30,
            participations=[point.part for point in points],
        )
        return [*self._members(), perimeter]

    def _members(self) -> Iterator[MemberRecorded]:
        yield _member(self.association, "Les Voisins du Soleil", "company", {"siren": "995000007"})
        for seller in self.sellers:
            vat_number = f"FR29{seller.siren}" if seller.vat_percent else None
            numbers = {"siren": seller.siren, "vat_number": vat_number}
            yield _member(seller.member_id, seller.name, "company", numbers)
        for customer in self.customers:
            yield _member(customer.member_id, customer.name, customer.kind, customer.numbers)

    def settlement(self, month: Month) -> SettlementClosed:
        return self._settlement(month, 1)

    def late_settlement(self, month: Month) -> list[Event]:
        """Settlement 2 of the month, and that it revises the first."""
        revised = SettlementRevised(
            time=_time(month.days[-1] + timedelta(days=35)),
            operation_id=self.operation_id,
            month=str(month),
            number=2,
            supersedes=1,
            status="definitive",
            content_hash=f"{month} 2",
            part=1,
            parts=1,
            differences=[],
        )
        return [self._settlement(month, 2), revised]

    def _settlement(self, month: Month, number: int) -> SettlementClosed:
        energies_wmin = {1: self.energies_wmin, 2: self.corrected_wmin}[number]
        pairs = [
            SettledPair(
                producer=seller.roof,
                consumer=customer.home,
                energy_wmin=[
                    energies_wmin(seller, customer, month).get(day, 0) for day in month.days
                ],
            )
            for seller, customer in self.pairs(month)
        ]
        return SettlementClosed(
            time=_time(month.days[-1] + timedelta(days=2)),
            operation_id=self.operation_id,
            month=str(month),
            number=number,
            status="provisional" if number == 1 else "definitive",
            content_hash=f"{month} {number}",
            pairs=sorted(pairs, key=lambda pair: (pair.producer, pair.consumer)),
            points=[],
        )


def _member(
    member_id: UUID, name: str, kind: MemberKind, numbers: Mapping[str, str | None]
) -> MemberRecorded:
    return member(member_id, name, kind=kind).model_copy(update=dict(numbers))


def _time(day: date) -> datetime:
    return datetime.combine(day, time(4), PARIS)
