"""From shared energy to invoice lines and totals, in integer cents."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import groupby, starmap
from typing import Generic, NamedTuple, TypeVar
from uuid import UUID

from libs.common.errors import Problem
from libs.common.ids import Prm
from libs.common.rounding import round_half_up
from libs.common.units import WMIN_PER_KWH
from services.billing.domain.price_list import Buyer, Price, PriceList, UnknownHours

_MICRO_EUR_PER_CENT = 10_000
_NAMED = 5
_P = TypeVar("_P", bound=Hashable)

HoursOfPair = Mapping[date, Mapping[str | None, int]]
"""Watt-minutes by day and hour class; days whose hours are not known are left out."""

Hours = Mapping[tuple[Prm, Prm], HoursOfPair]
"""By producer and consumer."""

NO_HOURS: Hours = {}

Offered = Mapping[str | None, _P | None]
"""Prices by hour class, None for half-hours in no class."""


class PriceMissing(Problem):
    status, slug, title = 409, "price-missing", "Some shared energy has no price"


class HoursUnknown(Problem):
    status, slug, title = 409, "hours-unknown", "Prices depend on hours that are not known"


class DayEnergy(NamedTuple):
    """What one producer gave one consumer on one local day; a correction may be negative."""

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
class PriceLine:
    """The energy of one producer for one consumer at one price; amount before VAT.

    ``days`` add up to the energy.
    """

    producer: Prm
    consumer: Prm
    price: Price
    energy_wmin: int
    amount_cents: int
    days: Mapping[date, int] = field(default_factory=dict, compare=False)

    @property
    def vat_rate(self) -> Decimal:
        return self.price.vat_rate

    @property
    def vat_mention(self) -> str | None:
        return self.price.vat_mention


@dataclass(frozen=True)
class Attribution(Generic[_P]):
    """All energy once: at a price, or without one, or at hours that a price needs to know.

    days_wmin: by producer, consumer and price.
    """

    days_wmin: Mapping[tuple[Prm, Prm, _P], Mapping[date, int]]
    unpriced: Sequence[Unpriced]
    unknown_hours: Sequence[tuple[Prm, date]]


def join(parts: Sequence[Attribution[_P]]) -> Attribution[_P]:
    """Of days that are in one of them only."""
    days_wmin: defaultdict[tuple[Prm, Prm, _P], dict[date, int]] = defaultdict(dict)
    for part in parts:
        for of, days in part.days_wmin.items():
            days_wmin[of].update(days)
    unpriced = [one for part in parts for one in part.unpriced]
    unknown = {one for part in parts for one in part.unknown_hours}
    return Attribution(days_wmin, sorted(unpriced, key=_unpriced_order), sorted(unknown))


def attribute(
    energies: Iterable[DayEnergy],
    prices: PriceList,
    *,
    member_id: UUID | None = None,
    hours: Hours = NO_HOURS,
) -> Attribution[Price]:
    """Give each day's energy the price of its buyer, day and hours.

    member_id: who buys. hours: looked at only where the price depends on the hour; hours that do
    not add up to the energy of their day are not known.
    """
    buyers: dict[Prm, Buyer] = {}

    def offer(producer: Prm, consumer: Prm, day: date) -> Offered[Price]:
        if consumer not in buyers:
            buyers[consumer] = prices.buyer(consumer, member_id)
        return prices.prices_on(producer, buyers[consumer], day)

    return attribute_to(energies, offer, prices, hours=hours, period=prices.period)


def attribute_to(
    energies: Iterable[DayEnergy],
    offer: Callable[[Prm, Prm, date], Offered[_P] | None],
    prices: PriceList,
    *,
    hours: Hours,
    period: Callable[[date], int] = date.toordinal,
) -> Attribution[_P]:
    """The same, at what is offered to each producer, consumer and day.

    Where the offer is None, hours that it depends on cannot be known. prices: the list, whose hour
    classes are offered. period: days that have the same one, and none between, are offered the
    same.
    """
    sums: defaultdict[tuple[Prm, Prm, _P], dict[date, int]] = defaultdict(dict)
    unpriced: set[Unpriced] = set()
    unknown: set[tuple[Prm, date]] = set()
    for producer, consumer, days in _by_pair_and_period(energies, period):
        offered = offer(producer, consumer, next(iter(days)))
        price = _only_price(offered)
        if price is not None:  # as for most months: looked at once, not day by day
            sums[producer, consumer, price].update(days)
            continue
        for one in starmap(partial(DayEnergy, producer, consumer), days.items()):
            by_class = _split(one, offered, hours, prices) if offered else None
            if offered is None or by_class is None:
                unknown.add((producer, one.day))
                continue
            for hour_class, energy_wmin in by_class.items():
                if (price := offered[hour_class]) is not None:
                    of_price = sums[producer, consumer, price]
                    of_price[one.day] = of_price.get(one.day, 0) + energy_wmin
                else:
                    unpriced.add(Unpriced(producer, consumer, one.day, hour_class))
    return Attribution(sums, sorted(unpriced, key=_unpriced_order), sorted(unknown))


def _by_pair_and_period(
    energies: Iterable[DayEnergy], period: Callable[[date], int]
) -> Iterator[tuple[Prm, Prm, Mapping[date, int]]]:
    """Producer, consumer, and the energy of each day of a period on which there is some."""
    sums: defaultdict[tuple[Prm, Prm], dict[date, int]] = defaultdict(dict)
    for producer, consumer, day, energy_wmin in energies:
        if energy_wmin:
            days = sums[producer, consumer]
            days[day] = days.get(day, 0) + energy_wmin
    for pair, days in sums.items():
        if period(min(days)) == period(max(days)):
            yield *pair, days
            continue
        for _, of_period in groupby(sorted(days.items()), key=lambda one: period(one[0])):
            yield *pair, dict(of_period)


def _only_price(offered: Offered[_P] | None) -> _P | None:
    """That of all hours; None where they have several, or one of them none."""
    found = set(offered.values()) if offered else set()
    return found.pop() if len(found) == 1 else None


def _split(
    one: DayEnergy, offered: Offered[_P], hours: Hours, prices: PriceList
) -> Mapping[str | None, int] | None:
    """The day's energy by hour class; None where hours are not known and have to be."""
    if len(set(offered.values())) == 1:
        return {None: one.energy_wmin}
    of_day = prices.classes_on(one.day)
    if len({offered[name] for name in of_day}) == 1:
        return {of_day[0]: one.energy_wmin}
    by_class = hours.get((one.producer, one.consumer), {}).get(one.day)
    if by_class is not None and sum(by_class.values()) == one.energy_wmin:
        return {name: energy_wmin for name, energy_wmin in by_class.items() if energy_wmin}
    return None if prices.unknown_hours == UnknownHours.REFUSE else {None: one.energy_wmin}


def price_lines(
    energies: Iterable[DayEnergy],
    prices: PriceList,
    *,
    member_id: UUID | None = None,
    hours: Hours = NO_HOURS,
) -> list[PriceLine]:
    """One line per producer, consumer and price, in that order and by date; no line without energy.

    The price is that of the local day, so a change in mid-month makes two lines. The amount is
    rounded once per line, half up, from the exact energy.
    Raises PriceMissing and HoursUnknown, naming each producer and its days.
    """
    found = attribute(energies, prices, member_id=member_id, hours=hours)
    _refuse_gaps(found)
    return lines_of(found)


def lines_of(found: Attribution[Price]) -> list[PriceLine]:
    """The lines of energy that has a price."""
    ordered = sorted(found.days_wmin.items(), key=lambda item: _line_order(*item[0]))
    return [_price_line(*of, days) for of, days in ordered]


def _price_line(producer: Prm, consumer: Prm, price: Price, days: Mapping[date, int]) -> PriceLine:
    energy_wmin = sum(days.values())
    amount_cents = price_energy(energy_wmin, price.price_micro_eur_per_kwh)
    return PriceLine(producer, consumer, price, energy_wmin, amount_cents, days)


def _refuse_gaps(found: Attribution[Price]) -> None:
    missing: defaultdict[Prm, list[date]] = defaultdict(list)
    for producer, day in sorted({(one.producer, one.day) for one in found.unpriced}):
        missing[producer].append(day)
    if missing:
        raise PriceMissing(
            f"No price is in force for {_days_in_words(missing)}.", missing=_days_as_facts(missing)
        )
    unknown: defaultdict[Prm, list[date]] = defaultdict(list)
    for producer, day in found.unknown_hours:
        unknown[producer].append(day)
    if unknown:
        raise HoursUnknown(
            f"Prices depend on the hour, which is not known for {_days_in_words(unknown)}.",
            unknown=_days_as_facts(unknown),
        )


def _days_in_words(by_producer: Mapping[Prm, list[date]]) -> str:
    return "; ".join(f"{producer} on {in_words(days)}" for producer, days in by_producer.items())


def _days_as_facts(by_producer: Mapping[Prm, list[date]]) -> dict[Prm, list[str]]:
    return {producer: [day.isoformat() for day in days] for producer, days in by_producer.items()}


def in_words(values: Sequence[date | str], what: str = "days") -> str:
    """The first few of them."""
    named = ", ".join(map(str, values[:_NAMED]))
    more = len(values) - _NAMED
    return f"{named} and {more} more {what}" if more > 0 else named


def _unpriced_order(one: Unpriced) -> tuple[str, ...]:
    return one.producer, one.consumer, one.day.isoformat(), one.hour_class or ""


def _line_order(
    producer: Prm, consumer: Prm, price: Price
) -> tuple[Prm, Prm, date, tuple[str, ...]]:
    discount = price.discount.name if price.discount else ""
    scope = (price.scope.consumer or "", price.scope.group or "")
    offer = (price.hour_class or "", price.producer or "", *scope, discount, str(price.valid_to))
    return producer, consumer, price.valid_from, offer


def price_energy(energy_wmin: int, price_micro_eur_per_kwh: int) -> int:
    """Cents, rounded half up."""
    # Multiplied before it is divided: the only inexact step is the quotient, to 28 digits, when a
    # value that is not a tie stays 10⁻⁹ cents or more away from one.
    exact = Decimal(energy_wmin * price_micro_eur_per_kwh) / (WMIN_PER_KWH * _MICRO_EUR_PER_CENT)
    return int(round_half_up(exact, 0))
