"""From shared energy to its prices, and from energy at a price to integer cents."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import groupby, starmap
from typing import NamedTuple
from uuid import UUID

from libs.common.errors import Problem
from libs.common.ids import Prm
from libs.common.rounding import round_half_up
from libs.common.units import WMIN_PER_KWH
from services.billing.domain.prices.price_list import (
    Buyer,
    Offered,
    Price,
    PriceList,
    UnknownHours,
)

_MICRO_EUR_PER_CENT = 10_000
_SHOWN = 5

HoursOfPair = Mapping[date, Mapping[str | None, int]]
"""Watt-minutes by day and hour class; days with unknown hours are left out."""

HoursByPair = Mapping[tuple[Prm, Prm], HoursOfPair]
"""By producer and consumer."""

NO_HOURS: HoursByPair = {}


class PriceMissing(Problem):
    status, slug, title = 409, "price-missing", "Some shared energy has no price"


class HoursUnknown(Problem):
    status, slug, title = 409, "hours-unknown", "Prices depend on hours that are not known"


class DayEnergy(NamedTuple):
    """One producer's energy for one consumer on one local day; a correction may be negative."""

    producer: Prm
    consumer: Prm
    day: date
    energy_wmin: int


class Unpriced(NamedTuple):
    """Energy for which the list has no price."""

    producer: Prm
    consumer: Prm
    day: date
    hour_class: str | None


@dataclass(frozen=True)
class Attribution:
    """All energy, each amount once: at a price, without one, or at hours needed but unknown.

    days_wmin: by producer, consumer and price.
    """

    days_wmin: Mapping[tuple[Prm, Prm, Price], Mapping[date, int]]
    unpriced: Sequence[Unpriced]
    unknown_hours: Sequence[tuple[Prm, date]]


def join(attributions: Sequence[Attribution]) -> Attribution:
    """Join attributions that have no day in common."""
    days_wmin: defaultdict[tuple[Prm, Prm, Price], dict[date, int]] = defaultdict(dict)
    for attribution in attributions:
        for key, days in attribution.days_wmin.items():
            days_wmin[key].update(days)
    unpriced = [gap for attribution in attributions for gap in attribution.unpriced]
    unknown = {gap for attribution in attributions for gap in attribution.unknown_hours}
    return Attribution(days_wmin, sorted(unpriced, key=_unpriced_order), sorted(unknown))


def attribute(
    energies: Iterable[DayEnergy],
    prices: PriceList,
    *,
    member_id: UUID | None = None,
    hours: HoursByPair = NO_HOURS,
) -> Attribution:
    """Give each day's energy the price of its buyer, day and hours.

    member_id: the buyer's. hours: used only where the price depends on the hour; hours that do not
    sum to the energy of their day count as unknown.
    """
    buyers: dict[Prm, Buyer] = {}

    def offer(producer: Prm, consumer: Prm, day: date) -> Offered:
        if consumer not in buyers:
            buyers[consumer] = prices.buyer(consumer, member_id)
        return prices.prices_on(producer, buyers[consumer], day)

    return attribute_to(energies, offer, prices, hours=hours, period=prices.period)


def attribute_to(
    energies: Iterable[DayEnergy],
    offer: Callable[[Prm, Prm, date], Offered | None],
    prices: PriceList,
    *,
    hours: HoursByPair,
    period: Callable[[date], int] = date.toordinal,
) -> Attribution:
    """Give each day's energy the price offered for its producer, consumer and day.

    An offer of None means that the hours it depends on cannot be known. prices: the list with the
    hour classes of the offers. period: consecutive days with the same period have the same offer.
    """
    sums: defaultdict[tuple[Prm, Prm, Price], dict[date, int]] = defaultdict(dict)
    unpriced: set[Unpriced] = set()
    unknown: set[tuple[Prm, date]] = set()
    for producer, consumer, days in _by_pair_and_period(energies, period):
        offered = offer(producer, consumer, next(iter(days)))
        price = _only_price(offered)
        if price is not None:  # most months: one look-up, not one per day
            sums[producer, consumer, price].update(days)
            continue
        for energy in starmap(partial(DayEnergy, producer, consumer), days.items()):
            split_wmin = _split(energy, offered, hours, prices) if offered else None
            if offered is None or split_wmin is None:
                unknown.add((producer, energy.day))
                continue
            for hour_class, energy_wmin in split_wmin.items():
                if (price := offered[hour_class]) is not None:
                    price_days = sums[producer, consumer, price]
                    price_days[energy.day] = price_days.get(energy.day, 0) + energy_wmin
                else:
                    unpriced.add(Unpriced(producer, consumer, energy.day, hour_class))
    return Attribution(sums, sorted(unpriced, key=_unpriced_order), sorted(unknown))


def _by_pair_and_period(
    energies: Iterable[DayEnergy], period: Callable[[date], int]
) -> Iterator[tuple[Prm, Prm, Mapping[date, int]]]:
    """Producer, consumer, and the energy of the days of one period; days without any left out."""
    sums: defaultdict[tuple[Prm, Prm], dict[date, int]] = defaultdict(dict)
    for producer, consumer, day, energy_wmin in energies:
        if energy_wmin:
            days = sums[producer, consumer]
            days[day] = days.get(day, 0) + energy_wmin
    for pair, days in sums.items():
        if period(min(days)) == period(max(days)):
            yield *pair, days
            continue
        for _, period_days in groupby(sorted(days.items()), key=lambda item: period(item[0])):
            yield *pair, dict(period_days)


def _only_price(offered: Offered | None) -> Price | None:
    """The price of all hours; None if there are several, or an hour has none."""
    prices = set(offered.values()) if offered else set()
    return prices.pop() if len(prices) == 1 else None


def _split(
    energy: DayEnergy, offered: Offered, hours: HoursByPair, prices: PriceList
) -> Mapping[str | None, int] | None:
    """The day's energy by hour class; None if the hours are needed but unknown."""
    if len(set(offered.values())) == 1:
        return {None: energy.energy_wmin}
    classes = prices.classes_on(energy.day)
    if len({offered[name] for name in classes}) == 1:
        return {classes[0]: energy.energy_wmin}
    split_wmin = hours.get((energy.producer, energy.consumer), {}).get(energy.day)
    if split_wmin is not None and sum(split_wmin.values()) == energy.energy_wmin:
        return {name: energy_wmin for name, energy_wmin in split_wmin.items() if energy_wmin}
    return None if prices.unknown_hours == UnknownHours.REFUSE else {None: energy.energy_wmin}


def priced_in_order(
    attribution: Attribution,
) -> list[tuple[tuple[Prm, Prm, Price], Mapping[date, int]]]:
    """Producer, consumer and price, in that order, each with its energy by day, if it has any."""
    priced = ((key, days) for key, days in attribution.days_wmin.items() if any(days.values()))
    return sorted(priced, key=lambda item: (*item[0][:2], item[0][2].order))


def refuse_gaps(attribution: Attribution) -> None:
    """Raises PriceMissing and HoursUnknown, naming each producer and its days."""
    missing: defaultdict[Prm, list[date]] = defaultdict(list)
    for producer, day in sorted({(gap.producer, gap.day) for gap in attribution.unpriced}):
        missing[producer].append(day)
    if missing:
        raise PriceMissing(
            f"No price is in force for {_days_in_words(missing)}.", missing=_days_as_facts(missing)
        )
    unknown: defaultdict[Prm, list[date]] = defaultdict(list)
    for producer, day in attribution.unknown_hours:
        unknown[producer].append(day)
    if unknown:
        raise HoursUnknown(
            f"Prices depend on the hour, which is not known for {_days_in_words(unknown)}.",
            unknown=_days_as_facts(unknown),
        )


def _days_in_words(days_by_producer: Mapping[Prm, list[date]]) -> str:
    return "; ".join(
        f"{producer} on {in_words(days)}" for producer, days in days_by_producer.items()
    )


def _days_as_facts(days_by_producer: Mapping[Prm, list[date]]) -> dict[Prm, list[str]]:
    return {
        producer: [day.isoformat() for day in days] for producer, days in days_by_producer.items()
    }


def in_words(values: Sequence[date | str], plural: str = "days") -> str:
    """The first few values, and how many more there are."""
    shown = ", ".join(map(str, values[:_SHOWN]))
    more = len(values) - _SHOWN
    return f"{shown} and {more} more {plural}" if more > 0 else shown


def _unpriced_order(gap: Unpriced) -> tuple[str, ...]:
    return gap.producer, gap.consumer, gap.day.isoformat(), gap.hour_class or ""


def price_energy(energy_wmin: int, price_micro_eur_per_kwh: int) -> int:
    """The price of the energy in cents, rounded half up."""
    # Multiply before dividing: the only inexact step is then the quotient, to 28 digits, and a
    # value that is not a tie stays at least 10⁻⁹ cents away from one.
    exact = Decimal(energy_wmin * price_micro_eur_per_kwh) / (WMIN_PER_KWH * _MICRO_EUR_PER_CENT)
    return int(round_half_up(exact, 0))
