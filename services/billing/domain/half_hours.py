"""The half-hours of a settlement, added up by the hour classes of a price list."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from libs.common.ids import Prm
from services.billing.domain.price_list import PriceList
from services.billing.domain.pricing import Hours


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
