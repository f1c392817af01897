"""The half-hours of a settlement, summed by the hour classes of a price list, or by hour."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from libs.common.ids import Prm
from services.billing.domain.prices.meter_hours import NO_TIMELINE, MeterTimeline, off_peak_on
from services.billing.domain.prices.price_list import PriceList
from services.billing.domain.prices.price_list.hour_classes import HALF_HOURS
from services.billing.domain.prices.pricing import HoursByPair

NO_METERS: Mapping[Prm, MeterTimeline] = {}


class PairHours(NamedTuple):
    """One producer's energy for one consumer in a month, by hour of the local clock: 24 values."""

    producer: Prm
    consumer: Prm
    by_hour_wmin: list[int]


@dataclass(frozen=True)
class DetailedPair:
    """One producer's energy for one consumer, in two lists with one item per day of the month.

    first_half_hour: the half-hour of the local clock with which the day's list begins; None if
    only the day's energy is known. energy_wmin: of consecutive half-hours.
    """

    producer: Prm
    consumer: Prm
    first_half_hour: list[int | None]
    energy_wmin: list[list[int]]


def add_by_hour(pairs: Iterable[DetailedPair]) -> list[PairHours]:
    """Sum each pair's month by hour; pairs with a day of unknown half-hours are left out."""
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
    return [half + other for half, other in zip(halves[::2], halves[1::2], strict=True)]


def add_by_class(
    pairs: Iterable[DetailedPair],
    days: Sequence[date],
    prices: PriceList,
    meters: Mapping[Prm, MeterTimeline] = NO_METERS,
) -> HoursByPair:
    """Sum by pair, day and hour class; days whose half-hours or classes are unknown are left out.

    days: the days of the month, in the order of each pair's lists. meters: of consuming points.
    """

    @cache
    def calendar_of(timeline: MeterTimeline) -> Sequence[tuple[date, Sequence[str | None] | None]]:
        return [(day, prices.classes_of_day(day, off_peak_on(timeline, day))) for day in days]

    sums = {}
    for pair in pairs:
        pair_days = {}
        for (day, classes), first, energies in zip(
            calendar_of(meters.get(pair.consumer, NO_TIMELINE)),
            pair.first_half_hour,
            pair.energy_wmin,
            strict=True,
        ):
            if first is not None and classes is not None:
                pair_days[day] = _add_day(classes[first : first + len(energies)], energies)
        sums[pair.producer, pair.consumer] = pair_days
    return sums


def add_by_half_hour(
    pairs: Iterable[DetailedPair], days: Sequence[date], consumer: Prm
) -> Mapping[date, Mapping[int, int] | None]:
    """One consumer's energy from all producers, by day and half-hour of the local clock.

    None for a day on which the half-hours of some of its energy are unknown.
    """
    sums: dict[date, Counter[int] | None] = {day: Counter() for day in days}
    for pair in pairs:
        if pair.consumer != consumer:
            continue
        for day, first, energies in zip(days, pair.first_half_hour, pair.energy_wmin, strict=True):
            day_sums = sums[day]
            if first is None and any(energies):
                sums[day] = None
            elif first is not None and day_sums is not None:
                day_sums.update(dict(enumerate(energies, first)))
    return sums


def _add_day(classes: Sequence[str | None], energies: Sequence[int]) -> Mapping[str | None, int]:
    sum_by_class: defaultdict[str | None, int] = defaultdict(int)
    for hour_class, energy_wmin in zip(classes, energies, strict=True):
        sum_by_class[hour_class] += energy_wmin
    return dict(sum_by_class)
