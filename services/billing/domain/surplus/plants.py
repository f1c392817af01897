"""A plant's month and the expected revenue of its surplus, for information, never booked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import groupby

from libs.common.calendar import Month
from libs.common.ids import Direction, Prm
from libs.common.rounding import round_half_up
from libs.common.units import kwh_from_wmin
from services.billing.domain.prices.sales import SettledPair, SettledPoint
from services.billing.domain.surplus.surplus_contracts import SurplusContract
from services.billing.domain.surplus.yearly_caps import YearlyCap


class UnknownReason(StrEnum):
    """The reason why the revenue of a surplus is unknown."""

    CONTRACT_MISSING = "contract-missing"
    PRICE_MISSING = "price-missing"
    DAYS_UNKNOWN = "surplus-by-day-unknown"
    YEAR_UNKNOWN = "surplus-of-year-unknown"


@dataclass(frozen=True)
class ExpectedRevenue:
    """The revenue, before VAT, of the surplus of local days ``[valid_from, valid_to)`` of a month.

    surplus_wmin is None if the contract changes in the month and the surplus by day is unknown.
    beyond_cap: this surplus is beyond the yearly cap of its contract.
    """

    contract: SurplusContract | None
    valid_from: date
    valid_to: date
    surplus_wmin: int | None
    price_cents_per_kwh: Decimal | None
    amount_cents: int | None
    unknown: UnknownReason | None
    beyond_cap: bool = False


UsedOfYears = Mapping[date, int | None]
"""The surplus of each contract year, by its first day, before the month; None if incomplete."""

NOTHING_USED: UsedOfYears = {}


@dataclass(frozen=True)
class PlantMonth:
    """A producing point's settled month."""

    point: SettledPoint
    expected: Sequence[ExpectedRevenue]

    @property
    def expected_cents(self) -> int | None:
        """The sum, None if any amount is unknown."""
        amounts = [
            revenue.amount_cents for revenue in self.expected if revenue.amount_cents is not None
        ]
        return sum(amounts) if len(amounts) == len(self.expected) else None


def plants_of_month(
    month: Month,
    points: Iterable[SettledPoint],
    pairs: Sequence[SettledPair],
    contracts: Mapping[Prm, Sequence[SurplusContract]],
    used: Mapping[Prm, UsedOfYears],
) -> dict[Prm, PlantMonth]:
    """The months of all producing points of a settlement.

    pairs: at least of plants whose contract changes. used: of each plant with a yearly cap.
    """
    plants = [point for point in points if point.direction is Direction.PRODUCTION]
    return {
        plant.prm: PlantMonth(
            plant,
            expected_revenues(
                plant,
                month,
                contracts.get(plant.prm, ()),
                [p for p in pairs if p.producer == plant.prm],
                used=used.get(plant.prm, NOTHING_USED),
            ),
        )
        for plant in plants
    }


def expected_revenues(
    plant: SettledPoint,
    month: Month,
    contracts: Sequence[SurplusContract],
    pairs: Sequence[SettledPair],
    *,
    used: UsedOfYears = NOTHING_USED,
) -> list[ExpectedRevenue]:
    """One revenue per contract in force in the month and per run of uncovered days, in order.

    The surplus beyond a yearly cap has a revenue of its own. pairs: those of the plant. used: of
    each of ``capped_years``. Each amount is rounded once, half up.
    """
    stretches = _stretches(month, contracts)
    surplus_of_day = None if len(stretches) == 1 else surplus_by_day(plant, month, pairs)
    so_far = dict(used) | dict.fromkeys(_year_starts(month, contracts) - used.keys(), 0)
    revenues: list[ExpectedRevenue] = []
    for contract, days in stretches:
        total_wmin = plant.surplus_wmin if len(stretches) == 1 else None
        surplus_wmin = sum(surplus_of_day[day] for day in days) if surplus_of_day else total_wmin
        revenues += _expected(contract, days, surplus_wmin, so_far)
        for start, used_wmin in so_far.items():
            if start <= days[0]:
                unknown = used_wmin is None or surplus_wmin is None
                so_far[start] = None if unknown else (used_wmin or 0) + (surplus_wmin or 0)
    return revenues


def has_change(month: Month, contracts: Sequence[SurplusContract]) -> bool:
    """Whether these contracts price the month's days differently, so that the pairs matter."""
    return len(_stretches(month, contracts)) > 1


def capped_years(month: Month, contracts: Sequence[SurplusContract]) -> set[date]:
    """The first days of capped contract years that began before the month."""
    return {start for start in _year_starts(month, contracts) if start < month.first_day}


def _year_starts(month: Month, contracts: Sequence[SurplusContract]) -> set[date]:
    return {cap.year_start(day) for cap in _caps(month, contracts) for day in month.days}


def _caps(month: Month, contracts: Sequence[SurplusContract]) -> list[YearlyCap]:
    """The yearly caps of contracts in force on some day of the month."""
    in_force = [contract for contract in contracts if any(map(contract.covers, month.days))]
    return [contract.yearly_cap for contract in in_force if contract.yearly_cap]


def _stretches(
    month: Month, contracts: Sequence[SurplusContract]
) -> list[tuple[SurplusContract | None, list[date]]]:
    """Runs of days under one contract and in one of its years."""
    caps = _caps(month, contracts)

    def terms_of(day: date) -> tuple[SurplusContract | None, list[date]]:
        covering = next((contract for contract in contracts if contract.covers(day)), None)
        return covering, [cap.year_start(day) for cap in caps]

    return [(terms[0], list(days)) for terms, days in groupby(month.days, key=terms_of)]


def surplus_by_day(
    plant: SettledPoint, month: Month, pairs: Sequence[SettledPair]
) -> Mapping[date, int] | None:
    """The surplus by day, None if production is known only by month or contradicts the shares."""
    if plant.metered_by_day_wmin is None:
        return None
    shared = [sum(energies) for energies in zip(*(pair.energy_wmin for pair in pairs), strict=True)]
    surplus = [
        metered_wmin - shared_wmin
        for metered_wmin, shared_wmin in zip(
            plant.metered_by_day_wmin, shared or [0] * len(month.days), strict=True
        )
    ]
    if min(surplus) < 0 or sum(surplus) != plant.surplus_wmin:
        return None
    return dict(zip(month.days, surplus, strict=True))


def _expected(
    contract: SurplusContract | None,
    days: Sequence[date],
    surplus_wmin: int | None,
    used: UsedOfYears,
) -> list[ExpectedRevenue]:
    price = contract.price_in(Month.of(days[0])) if contract else None
    unknown = _why_unknown(contract, price, surplus_wmin)
    cap = contract.yearly_cap if contract else None
    if cap is None or surplus_wmin is None or price is None:
        return [_revenue(contract, days, surplus_wmin, price, unknown=unknown)]
    used_wmin = used.get(cap.year_start(days[0]))
    if used_wmin is None:
        unknown = UnknownReason.YEAR_UNKNOWN
        return [_revenue(contract, days, surplus_wmin, price, unknown=unknown)]
    within_wmin, beyond_wmin = cap.split(surplus_wmin, used_wmin=used_wmin)
    within = _revenue(contract, days, within_wmin, price)
    beyond = _revenue(contract, days, beyond_wmin, cap.beyond_cents_per_kwh, beyond_cap=True)
    return [revenue for revenue in (within, beyond) if revenue.surplus_wmin] or [within]


def _revenue(
    contract: SurplusContract | None,
    days: Sequence[date],
    surplus_wmin: int | None,
    price: Decimal | None,
    *,
    unknown: UnknownReason | None = None,
    beyond_cap: bool = False,
) -> ExpectedRevenue:
    amount_cents = None
    if surplus_wmin is not None and price is not None and unknown is None:
        amount_cents = int(round_half_up(kwh_from_wmin(surplus_wmin) * price, 0))
    return ExpectedRevenue(
        contract=contract,
        valid_from=days[0],
        valid_to=days[-1] + timedelta(days=1),
        surplus_wmin=surplus_wmin,
        price_cents_per_kwh=price,
        amount_cents=amount_cents,
        unknown=unknown,
        beyond_cap=beyond_cap,
    )


def _why_unknown(
    contract: SurplusContract | None, price: Decimal | None, surplus_wmin: int | None
) -> UnknownReason | None:
    if contract is None:
        return UnknownReason.CONTRACT_MISSING
    if price is None:
        return UnknownReason.PRICE_MISSING
    return UnknownReason.DAYS_UNKNOWN if surplus_wmin is None else None
