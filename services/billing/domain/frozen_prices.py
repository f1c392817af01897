"""The prices of a correction: those at which the same days and hours were billed."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from functools import cache
from typing import NamedTuple
from uuid import UUID

from libs.common.calendar import Month
from libs.common.ids import Prm
from services.billing.domain.line_prices import ChargedLine, LinePrice, charge, line_price
from services.billing.domain.price_list import Price, PriceList, PriceRule
from services.billing.domain.pricing import Attribution, DayEnergy, Offered
from services.billing.domain.standing import StandingLine

# Of lines whose price was for whoever buys; contents of before have no other ones.
_FOR_EVERYBODY = ("", PriceRule.PRODUCER, PriceRule.OPERATION)


class Bucket(NamedTuple):
    """What one line is for; a line is never of days of two months."""

    month: Month
    producer: Prm
    consumer: Prm
    price: LinePrice

    @property
    def order(self) -> tuple[object, ...]:
        """As lines are written."""
        return self.month, self.producer, self.consumer, self.price.order


class FrozenPrices:
    """Prices in issued lines of energy, of one seller to one buyer."""

    def __init__(self, lines: Iterable[StandingLine]) -> None:
        """Of lines that fit as well as each other, the first one is right."""
        self._by_producer: defaultdict[Prm, list[tuple[StandingLine, LinePrice]]]
        self._by_producer = defaultdict(list)
        for one in lines:
            self._by_producer[one.line.producer].append((one, one.price))

    def offer(
        self, producer: Prm, consumer: Prm, day: date, listed: Offered[Price]
    ) -> Offered[LinePrice] | None:
        """What the list offers, but at the prices of the lines that bill the day.

        A line bills the hours of its class; one without a class bills all that have no line, unless
        the day was billed by classes, when a class of which nothing was billed has the list's
        price. None where a class in which the day was billed is one of the list no more.
        """
        month = Month.of(day)
        offered: dict[str | None, LinePrice | None] = {
            name: line_price(price, month) if price else None for name, price in listed.items()
        }
        by_class = self._find_prices(producer, consumer, day, own_only=_is_targeted(listed))
        classes = by_class.keys() - {None}
        if not classes <= offered.keys():
            return None
        for name, price in listed.items():
            is_new = bool(classes) and price is not None and price.hour_class is not None
            if frozen := by_class.get(name) or (None if is_new else by_class.get(None)):
                offered[name] = frozen
        return offered

    def classes(
        self, producer: Prm, consumer: Prm, day: date, listed: Offered[Price]
    ) -> AbstractSet[str]:
        """The hour classes of the lines that bill the day."""
        own_only = _is_targeted(listed)
        found = self._find_prices(producer, consumer, day, own_only=own_only)
        return {name for name in found if name is not None}

    def _find_prices(
        self, producer: Prm, consumer: Prm, day: date, *, own_only: bool
    ) -> Mapping[str | None, LinePrice]:
        """By class: of the line that bills the day, else of one for the point, or for everybody."""
        lines = [
            (one, price)
            for one, price in self._by_producer.get(producer, ())
            if one.line.valid_from <= day < one.line.valid_to
        ]
        own = [(one, price) for one, price in lines if one.line.consumer == consumer]
        billed = [(one, price) for one, price in own if one.left_days.get(day)]
        others = [(one, price) for one, price in lines if price.rule in _FOR_EVERYBODY]
        found: dict[str | None, LinePrice] = {}
        for _, price in (*billed, *own, *(() if own or own_only else others)):
            found.setdefault(price.hour_class, price)
        return found


def _is_targeted(listed: Offered[Price]) -> bool:
    return any(one and one.rule not in _FOR_EVERYBODY for one in listed.values())


def billed_classes(
    frozen: FrozenPrices, prices: PriceList, member_id: UUID
) -> Callable[[DayEnergy], AbstractSet[str]]:
    """The hour classes by which a day of a pair was billed; member_id: who buys."""
    buyer_of = cache(lambda consumer: prices.buyer(consumer, member_id))

    def classes(energy: DayEnergy) -> AbstractSet[str]:
        producer, consumer, day, _ = energy
        listed = prices.prices_on(producer, buyer_of(consumer), day)
        return frozen.classes(producer, consumer, day, listed)

    return classes


def offer_as_billed(
    frozen: FrozenPrices, prices: PriceList, member_id: UUID
) -> Callable[[Prm, Prm, date], Offered[LinePrice] | None]:
    """A price of the list only where none is frozen; member_id: who buys."""
    buyer_of = cache(lambda consumer: prices.buyer(consumer, member_id))

    def offer(producer: Prm, consumer: Prm, day: date) -> Offered[LinePrice] | None:
        listed = prices.prices_on(producer, buyer_of(consumer), day)
        return frozen.offer(producer, consumer, day, listed)

    return offer


def buckets_of(found: Attribution[LinePrice], month: Month) -> dict[Bucket, Mapping[date, int]]:
    """Energies of a month by the line that they belong on."""
    return {Bucket(month, *of): days for of, days in found.days_wmin.items()}


def charge_buckets(buckets: Mapping[Bucket, Mapping[date, int]]) -> Sequence[ChargedLine]:
    """In month, producer, consumer and price order; no line without energy."""
    return [
        charge(bucket.producer, bucket.consumer, bucket.price, days)
        for bucket, days in sorted(buckets.items(), key=lambda one: one[0].order)
        if any(days.values())
    ]
