"""The half-hours of a settlement, added up by the hour classes of a price list, or by the hour."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from libs.common.ids import Prm
from services.billing.domain.price_list import PriceList
from services.billing.domain.price_list.hour_classes import HALF_HOURS
from services.billing.domain.pricing import Hours


class PairHours(NamedTuple):
    """What one producer gave one consumer in a month by hour of the local clock: 24 values."""

    producer: Prm
    consumer: Prm
    by_hour_wmin: list[int]


@dataclass(frozen=True)
class DetailedPair:
    """What one producer gave one consumer, in two lists with one item per day of the month.

    first_half_hour: of the local clock, that the day's list begins with; None where only the
    energy of the day is known. energy_wmin: of consecutive half-hours.
    """

    producer: Prm
    consumer: Prm
    first_half_hour: list[int | None]
    energy_wmin: list[list[int]]


def add_by_hour(pairs: Iterable[DetailedPair]) -> list[PairHours]:
    """Those of the whole month; pairs with a day whose half-hours are not known are left out."""
    return [
        PairHours(pair.producer, pair.consumer, _add_days(pair))
        for pair in pairs
        if None not in pair.first_half_hour
    ]


def _add_days(pair: DetailedPair) -> list[int]:
    halves = [0] * HALF_HOURS
    for first, energies in zip(pair.first_half_hour, pair.energy_wmin, strict=True):
        for half_hour, energy_wmin in enumerate(energies, start=first or 0):
            halves[half_hour] += energy_wmin
    return [one + other for one, other in zip(halves[::2], halves[1::2], strict=True)]


def add_by_class(pairs: Iterable[DetailedPair], days: Sequence[date], prices: PriceList) -> Hours:
    """By pair, day and hour class; days whose half-hours are not known are left out.

    days: those of the month, in the order of each pair's lists.
    """
    calendar = [(day, prices.classes_of_day(day)) for day in days]
    sums = {}
    for pair in pairs:
        of_pair = {}
        for (day, classes), first, energies in zip(
            calendar, pair.first_half_hour, pair.energy_wmin, strict=True
        ):
            if first is not None:
                of_pair[day] = _add_day(classes[first : first + len(energies)], energies)
        sums[pair.producer, pair.consumer] = of_pair
    return sums


def add_by_half_hour(
    pairs: Iterable[DetailedPair], days: Sequence[date], consumer: Prm
) -> Mapping[date, Mapping[int, int] | None]:
    """What one consumer was given by all producers, by day and half-hour of the local clock.

    None for a day on which the half-hours of some of it are not known.
    """
    sums: dict[date, Counter[int] | None] = {day: Counter() for day in days}
    for pair in pairs:
        if pair.consumer != consumer:
            continue
        for day, first, energies in zip(days, pair.first_half_hour, pair.energy_wmin, strict=True):
            of_day = sums[day]
            if first is None and any(energies):
                sums[day] = None
            elif first is not None and of_day is not None:
                of_day.update(dict(enumerate(energies, first)))
    return sums


def _add_day(classes: Sequence[str | None], energies: Sequence[int]) -> Mapping[str | None, int]:
    by_class: defaultdict[str | None, int] = defaultdict(int)
    for hour_class, energy_wmin in zip(classes, energies, strict=True):
        by_class[hour_class] += energy_wmin
    return dict(by_class)
