"""What an operation was in a year: who took part, which energies, which rates, which prices."""

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
from services.billing.domain.invoices import MemberKind
from services.billing.domain.sales import Participation

_RATE_DECIMALS = 4


@dataclass(frozen=True, kw_only=True)
class Energies:
    """shared_wmin: what consumers got of the production."""

    production_wmin: int
    consumption_wmin: int
    shared_wmin: int

    @property
    def self_consumption_rate(self) -> Decimal | None:
        """The part of the production that was shared; None without any."""
        return _rate(self.shared_wmin, self.production_wmin)

    @property
    def self_sufficiency_rate(self) -> Decimal | None:
        """The part of the consumption that was local; None without any."""
        return _rate(self.shared_wmin, self.consumption_wmin)


@dataclass(frozen=True, kw_only=True)
class ReportedMonth:
    """The newest settlement of a month."""

    month: Month
    number: int
    status: str
    energies: Energies


@dataclass(frozen=True, kw_only=True)
class ProducerYear:
    """What a plant sold, by issued documents; what credit notes took back is taken off.

    Money is before VAT. Prices: the lowest and highest of its invoices' lines of energy, None if
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
        """To four decimals; None where nothing was sold."""
        if self.energy_wmin <= 0:
            return None
        revenue_eur = Decimal(self.revenue_cents).scaleb(-2)
        return round_half_up(revenue_eur / kwh_from_wmin(self.energy_wmin), 4)


@dataclass(frozen=True, kw_only=True)
class Participants:
    """Who takes part on a day; entries and exits are those of the year until then.

    members: by kind, None where community has not told it. A point leaves on the first day without
    it; one that changes hands leaves and enters.
    """

    day: date
    consumers: int
    producers: int
    members: Mapping[MemberKind | None, int]
    entries: int
    exits: int


@dataclass(frozen=True, kw_only=True)
class YearlyReport:
    """missing: months in which somebody took part, and whose energies are not settled."""

    operation_id: OperationId
    name: str
    year: int
    participants: Participants
    months: Sequence[ReportedMonth]
    missing: Sequence[Month]
    producers: Sequence[ProducerYear]

    @property
    def total(self) -> Energies:
        energies = [one.energies for one in self.months]
        return Energies(
            production_wmin=sum(one.production_wmin for one in energies),
            consumption_wmin=sum(one.consumption_wmin for one in energies),
            shared_wmin=sum(one.shared_wmin for one in energies),
        )


def count_participants(
    participations: Sequence[Participation],
    kinds: Mapping[UUID, MemberKind | None],
    *,
    year: int,
    today: date,
) -> Participants:
    """On the last day of the year, or today while it lasts."""
    first, day = date(year, 1, 1), min(date(year, 12, 31), today)
    present = [one for one in participations if one.covers(day)]
    sides = Counter(one.direction for one in present)
    members = {one.member_id for one in present}
    return Participants(
        day=day,
        consumers=sides[Direction.CONSUMPTION],
        producers=sides[Direction.PRODUCTION],
        members=Counter(kinds.get(one) for one in members),
        entries=sum(first <= one.valid_from <= day for one in participations),
        exits=sum(
            one.valid_to is not None and first <= one.valid_to <= day for one in participations
        ),
    )


def missing_months(
    participations: Sequence[Participation],
    settled: Iterable[Month],
    *,
    year: int,
    today: date,
) -> list[Month]:
    """Those that are over, in order."""
    months = [Month(year, number) for number in range(1, 13)]
    return [
        month
        for month in months
        if month.next_first_day <= today
        and month not in set(settled)
        and any(
            one.valid_from < month.next_first_day
            and (one.valid_to is None or one.valid_to > month.first_day)
            for one in participations
        )
    ]


def _rate(part_wmin: int, whole_wmin: int) -> Decimal | None:
    if whole_wmin == 0:
        return None
    return round_half_up(Decimal(part_wmin) / whole_wmin, _RATE_DECIMALS)
