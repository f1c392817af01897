"""The year of an operation: participants, energies, rates and prices."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from libs.common.calendar import Month
from libs.common.ids import Direction, OperationId, Prm
from libs.common.rounding import round_half_up
from libs.common.units import kwh_from_wmin
from services.billing.domain.invoices.invoices import MemberKind
from services.billing.domain.prices.sales import Participation

_RATE_DECIMALS = 4


@dataclass(frozen=True, kw_only=True)
class YearEnergies:
    """Energies of an operation. shared_wmin: the production allocated to consumers."""

    production_wmin: int
    consumption_wmin: int
    shared_wmin: int

    @property
    def self_consumption_rate(self) -> Decimal | None:
        """The share of production that was allocated; None without production."""
        return _rate(self.shared_wmin, self.production_wmin)

    @property
    def self_sufficiency_rate(self) -> Decimal | None:
        """The share of consumption that was local; None without consumption."""
        return _rate(self.shared_wmin, self.consumption_wmin)


@dataclass(frozen=True, kw_only=True)
class ReportedMonth:
    """The newest settlement of a month."""

    month: Month
    number: int
    status: str
    energies: YearEnergies


@dataclass(frozen=True, kw_only=True)
class ProducerYear:
    """A plant's sales by issued documents, less credit notes.

    Money is before VAT. Prices: the lowest and highest in its invoices' lines of energy, None if
    there are none.
    """

    producer: Prm
    energy_wmin: int
    revenue_cents: int
    fees_cents: int
    lowest_eur_per_kwh: Decimal | None
    highest_eur_per_kwh: Decimal | None

    @property
    def mean_eur_per_kwh(self) -> Decimal | None:
        """The mean price to four decimals; None if nothing was sold.

        Amounts are whole cents, so that it may come to a little less, or more, than any price.
        """
        if self.energy_wmin <= 0:
            return None
        revenue_eur = Decimal(self.revenue_cents).scaleb(-2)
        mean = round_half_up(revenue_eur / kwh_from_wmin(self.energy_wmin), 4)
        if self.lowest_eur_per_kwh is None or self.highest_eur_per_kwh is None:
            return mean
        return min(max(mean, self.lowest_eur_per_kwh), self.highest_eur_per_kwh)


@dataclass(frozen=True, kw_only=True)
class ReportedPlant:
    """A plant as it is called now; None where nobody has said."""

    prm: Prm
    name: str | None
    kind: str | None
    power_w: int | None


@dataclass(frozen=True, kw_only=True)
class Participants:
    """Counts of participants on a day; entries and exits are those of the year until then.

    members: by kind, None if community has not published it. A point exits on its first day
    outside; a point that changes hands exits and enters.
    """

    day: date
    consumers: int
    producers: int
    members: Mapping[MemberKind | None, int]
    entries: int
    exits: int


@dataclass(frozen=True, kw_only=True)
class YearlyReport:
    """A report on a year. missing: months with participants whose energies are not settled.

    organiser_name: None until community has published it. plants: those of the year, by number.
    """

    operation_id: OperationId
    name: str
    organiser_name: str | None
    year: int
    participants: Participants
    months: Sequence[ReportedMonth]
    missing: Sequence[Month]
    producers: Sequence[ProducerYear]
    plants: Sequence[ReportedPlant]

    @property
    def total(self) -> YearEnergies:
        energies = [month.energies for month in self.months]
        return YearEnergies(
            production_wmin=sum(energy.production_wmin for energy in energies),
            consumption_wmin=sum(energy.consumption_wmin for energy in energies),
            shared_wmin=sum(energy.shared_wmin for energy in energies),
        )


def count_participants(
    participations: Sequence[Participation],
    kinds: Mapping[UUID, MemberKind | None],
    *,
    year: int,
    today: date,
) -> Participants:
    """Count participants on the last day of the year, or today while the year lasts."""
    first, day = date(year, 1, 1), min(date(year, 12, 31), today)
    present = [participation for participation in participations if participation.covers(day)]
    sides = Counter(participation.direction for participation in present)
    members = {participation.member_id for participation in present}
    return Participants(
        day=day,
        consumers=sides[Direction.CONSUMPTION],
        producers=sides[Direction.PRODUCTION],
        members=Counter(kinds.get(member_id) for member_id in members),
        entries=sum(first <= participation.valid_from <= day for participation in participations),
        exits=sum(
            participation.valid_to is not None and first <= participation.valid_to <= day
            for participation in participations
        ),
    )


def plants_of_year(participations: Iterable[Participation], year: int) -> list[ReportedPlant]:
    """The plants that took part on some day of the year, by number."""
    first, end = date(year, 1, 1), date(year + 1, 1, 1)
    plants = {
        participation.prm: ReportedPlant(
            prm=participation.prm,
            name=participation.plant_name,
            kind=participation.production_kind,
            power_w=participation.power_limit_w,
        )
        for participation in participations
        if participation.direction is Direction.PRODUCTION
        and participation.valid_from < end
        and (participation.valid_to is None or participation.valid_to > first)
    }
    return [plants[prm] for prm in sorted(plants)]


def missing_months(
    participations: Sequence[Participation],
    settled: Iterable[Month],
    *,
    year: int,
    today: date,
) -> list[Month]:
    """The months that are over, had participants and are not settled, in order."""
    months = [Month(year, number) for number in range(1, 13)]
    return [
        month
        for month in months
        if month.next_first_day <= today
        and month not in set(settled)
        and any(
            participation.valid_from < month.next_first_day
            and (participation.valid_to is None or participation.valid_to > month.first_day)
            for participation in participations
        )
    ]


def _rate(share_wmin: int, whole_wmin: int) -> Decimal | None:
    if whole_wmin == 0:
        return None
    return round_half_up(Decimal(share_wmin) / whole_wmin, _RATE_DECIMALS)
