"""The prices of a correction: those at which the same days were billed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from libs.common.calendar import Month
from libs.common.ids import Prm
from services.billing.domain.periods import month_of
from services.billing.domain.price_list import PriceEntry, PriceList
from services.billing.domain.pricing import DayEnergy, PriceLine, price_line
from services.billing.domain.standing import StandingLine


class Bucket(NamedTuple):
    """What one line is for; a line is never of days of two months."""

    month: Month
    producer: Prm
    consumer: Prm
    price: PriceEntry

    @property
    def order(self) -> tuple[Month, Prm, Prm, date, str]:
        """As lines are written."""
        price = self.price
        return self.month, self.producer, self.consumer, price.valid_from, price.producer or ""


class FrozenPrices:
    """Prices in issued lines of one seller to one buyer."""

    def __init__(self, lines: Iterable[StandingLine]) -> None:
        """Of lines that fit as well as each other, the first one is right."""
        self._by_producer: defaultdict[Prm, list[StandingLine]] = defaultdict(list)
        for one in lines:
            self._by_producer[one.line.producer].append(one)

    def find_price(self, producer: Prm, consumer: Prm, day: date) -> PriceEntry | None:
        """That of the line that bills the day, else of one for the point or the producer then."""
        lines = [
            one
            for one in self._by_producer.get(producer, ())
            if one.line.valid_from <= day < one.line.valid_to
        ]
        own = [one for one in lines if one.line.consumer == consumer]
        billed = [one for one in own if one.left_days.get(day)]
        return next((one.price for one in (*billed, *own, *lines)), None)


def bucket_energies(
    energies: Iterable[DayEnergy], frozen: FrozenPrices, prices: PriceList
) -> dict[Bucket, dict[date, int]]:
    """Energies by the line that they belong on; a price of the list only where none is frozen.

    The caller has checked that each has a price (``unpriced``).
    """
    buckets: defaultdict[Bucket, dict[date, int]] = defaultdict(dict)
    for producer, consumer, day, energy_wmin in energies:
        price = frozen.find_price(producer, consumer, day) or prices.find_price(producer, day)
        assert price is not None
        days = buckets[Bucket(month_of(day), producer, consumer, price)]
        days[day] = days.get(day, 0) + energy_wmin
    return dict(buckets)


def unpriced(
    energies: Iterable[DayEnergy], frozen: FrozenPrices, prices: PriceList
) -> list[DayEnergy]:
    """Those without any price."""
    missing: dict[tuple[Prm, date], bool] = {}

    def is_missing(producer: Prm, day: date) -> bool:
        if (producer, day) not in missing:
            missing[producer, day] = prices.find_price(producer, day) is None
        return missing[producer, day]

    return [
        one
        for one in energies
        if is_missing(one.producer, one.day) and frozen.find_price(*one[:3]) is None
    ]


def lines_of(buckets: Mapping[Bucket, Mapping[date, int]]) -> Sequence[PriceLine]:
    """In month, producer, consumer and price order; no line without energy."""
    return [
        price_line(bucket.producer, bucket.consumer, bucket.price, days)
        for bucket, days in sorted(buckets.items(), key=lambda one: one[0].order)
        if any(days.values())
    ]
