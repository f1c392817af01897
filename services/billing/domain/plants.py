"""What a plant made in a month, and what its surplus is expected to bring: told, never booked."""

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
from services.billing.domain.sales import SettledPair, SettledPoint
from services.billing.domain.surplus_contracts import SurplusContract


class UnknownReason(StrEnum):
    """Why nobody can say what a surplus brings."""

    CONTRACT_MISSING = "contract-missing"
    PRICE_MISSING = "price-missing"
    DAYS_UNKNOWN = "surplus-by-day-unknown"


@dataclass(frozen=True)
class ExpectedRevenue:
    """What the surplus of local days ``[valid_from, valid_to)`` of a month brings, before VAT.

    surplus_wmin is None where the contract changes in the month and its days are not known.
    """

    contract: SurplusContract | None
    valid_from: date
    valid_to: date
    surplus_wmin: int | None
    price_cents_per_kwh: Decimal | None
    amount_cents: int | None
    unknown: UnknownReason | None


@dataclass(frozen=True)
class PlantMonth:
    """A producing point's month as it was settled."""

    point: SettledPoint
    expected: Sequence[ExpectedRevenue]

    @property
    def expected_cents(self) -> int | None:
        """None where part of it is not known."""
        amounts = [one.amount_cents for one in self.expected if one.amount_cents is not None]
        return sum(amounts) if len(amounts) == len(self.expected) else None


def plants_of_month(
    month: Month,
    points: Iterable[SettledPoint],
    pairs: Sequence[SettledPair],
    contracts: Mapping[Prm, Sequence[SurplusContract]],
) -> dict[Prm, PlantMonth]:
    """All producing points of a settlement; pairs: at least of those whose contract changes."""
    plants = [one for one in points if one.direction is Direction.PRODUCTION]
    return {
        one.prm: PlantMonth(
            one,
            expected_revenues(
                one, month, contracts.get(one.prm, ()), [p for p in pairs if p.producer == one.prm]
            ),
        )
        for one in plants
    }


def expected_revenues(
    plant: SettledPoint,
    month: Month,
    contracts: Sequence[SurplusContract],
    pairs: Sequence[SettledPair],
) -> list[ExpectedRevenue]:
    """One for each contract in force in the month, and for days that none covers, in order.

    pairs: those of the plant. Each amount is rounded once, half up.
    """
    by_contract = _days_by_contract(month, contracts)
    if len(by_contract) == 1:
        contract, days = by_contract[0]
        return [_expected(contract, days, plant.surplus_wmin)]
    by_day = _surplus_by_day(plant, month, pairs)
    return [
        _expected(contract, days, sum(by_day[day] for day in days) if by_day else None)
        for contract, days in by_contract
    ]


def has_change(month: Month, contracts: Sequence[SurplusContract]) -> bool:
    """Whether the pairs of a plant with these contracts matter, for its days are priced apart."""
    return len(_days_by_contract(month, contracts)) > 1


def _days_by_contract(
    month: Month, contracts: Sequence[SurplusContract]
) -> list[tuple[SurplusContract | None, list[date]]]:
    covering = {
        day: next((one for one in contracts if one.covers(day)), None) for day in month.days
    }
    return [
        (contract, list(days))
        for contract, days in groupby(month.days, key=lambda day: covering[day])
    ]


def _surplus_by_day(
    plant: SettledPoint, month: Month, pairs: Sequence[SettledPair]
) -> Mapping[date, int] | None:
    """None where the production is known by the month only, or does not agree with the shares."""
    if plant.metered_by_day_wmin is None:
        return None
    shared = [sum(of_day) for of_day in zip(*(one.energy_wmin for one in pairs), strict=True)]
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
    contract: SurplusContract | None, days: Sequence[date], surplus_wmin: int | None
) -> ExpectedRevenue:
    price = contract.price_in(Month.of(days[0])) if contract else None
    unknown = _why_unknown(contract, price, surplus_wmin)
    return ExpectedRevenue(
        contract=contract,
        valid_from=days[0],
        valid_to=days[-1] + timedelta(days=1),
        surplus_wmin=surplus_wmin,
        price_cents_per_kwh=price,
        amount_cents=None
        if price is None or surplus_wmin is None
        else int(round_half_up(kwh_from_wmin(surplus_wmin) * price, 0)),
        unknown=unknown,
    )


def _why_unknown(
    contract: SurplusContract | None, price: Decimal | None, surplus_wmin: int | None
) -> UnknownReason | None:
    if contract is None:
        return UnknownReason.CONTRACT_MISSING
    if price is None:
        return UnknownReason.PRICE_MISSING
    return UnknownReason.DAYS_UNKNOWN if surplus_wmin is None else None
