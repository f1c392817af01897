"""The prices of a correction: those at which its days and hours were billed before."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from functools import cache
from typing import NamedTuple
from uuid import UUID

from libs.common.calendar import Month
from libs.common.ids import Prm
from services.billing.domain.corrections.standing import StandingLine
from services.billing.domain.invoices.lines import InvoiceLine, charge
from services.billing.domain.prices.price_list import Offered, Price, PriceList, PriceRule
from services.billing.domain.prices.pricing import Attribution, DayEnergy

# Rules of lines whose price holds for every buyer.
_FOR_EVERYBODY = (PriceRule.PRODUCER, PriceRule.OPERATION)


class LineBucket(NamedTuple):
    """The key of an invoice line; no line spans two months."""

    month: Month
    producer: Prm
    consumer: Prm
    price: Price

    @property
    def order(self) -> tuple[object, ...]:
        """The order in which lines are written."""
        return self.month, self.producer, self.consumer, self.price.order


class FrozenPrices:
    """Prices in issued lines of energy, of one seller to one buyer."""

    def __init__(self, lines: Iterable[StandingLine]) -> None:
        """lines: where several fit equally well, the first one decides."""
        self._by_producer: defaultdict[Prm, list[tuple[StandingLine, Price]]]
        self._by_producer = defaultdict(list)
        for line in lines:
            self._by_producer[line.line.producer].append((line, line.line.price))

    def offer(self, producer: Prm, consumer: Prm, day: date, listed: Offered) -> Offered | None:
        """The list's offer, at the prices of the lines that bill the day.

        A line bills the hours of its class; a line without a class bills all hours that have no
        line. On a day billed by classes, a class without billed energy has the list's price. None
        if the day was billed by a class that the list no longer has.
        """
        month = Month.of(day)
        offered: dict[str | None, Price | None] = {
            name: price and price.within(month) for name, price in listed.items()
        }
        price_by_class = self._find_prices(producer, consumer, day, own_only=_is_targeted(listed))
        classes = price_by_class.keys() - {None}
        if not classes <= offered.keys():
            return None
        for name, price in listed.items():
            is_new = bool(classes) and price is not None and price.hour_class is not None
            if frozen := price_by_class.get(name) or (None if is_new else price_by_class.get(None)):
                offered[name] = frozen
        return offered

    def classes(self, producer: Prm, consumer: Prm, day: date, listed: Offered) -> AbstractSet[str]:
        """The hour classes of the lines that bill the day."""
        own_only = _is_targeted(listed)
        price_by_class = self._find_prices(producer, consumer, day, own_only=own_only)
        return {name for name in price_by_class if name is not None}

    def _find_prices(
        self, producer: Prm, consumer: Prm, day: date, *, own_only: bool
    ) -> Mapping[str | None, Price]:
        """Prices by class: of the day's line, else of one for the point, or for everybody."""
        lines = [
            (line, price)
            for line, price in self._by_producer.get(producer, ())
            if line.line.valid_from <= day < line.line.valid_to
        ]
        own_prices = [(line, price) for line, price in lines if line.line.consumer == consumer]
        billed = [(line, price) for line, price in own_prices if line.left_days.get(day)]
        others = [(line, price) for line, price in lines if price.rule in _FOR_EVERYBODY]
        price_by_class: dict[str | None, Price] = {}
        for _, price in (*billed, *own_prices, *(() if own_prices or own_only else others)):
            price_by_class.setdefault(price.hour_class, price)
        return price_by_class


def _is_targeted(listed: Offered) -> bool:
    return any(price and price.rule not in _FOR_EVERYBODY for price in listed.values())


def billed_classes(
    frozen: FrozenPrices, prices: PriceList, member_id: UUID
) -> Callable[[DayEnergy], AbstractSet[str]]:
    """The hour classes by which a day of a pair was billed. member_id: the buyer's."""
    buyer_of = cache(lambda consumer: prices.buyer(consumer, member_id))

    def classes(energy: DayEnergy) -> AbstractSet[str]:
        producer, consumer, day, _ = energy
        listed = prices.prices_on(producer, buyer_of(consumer), day)
        return frozen.classes(producer, consumer, day, listed)

    return classes


def offer_as_billed(
    frozen: FrozenPrices, prices: PriceList, member_id: UUID
) -> Callable[[Prm, Prm, date], Offered | None]:
    """Offer the list's prices only where none is frozen. member_id: the buyer's."""
    buyer_of = cache(lambda consumer: prices.buyer(consumer, member_id))

    def offer(producer: Prm, consumer: Prm, day: date) -> Offered | None:
        listed = prices.prices_on(producer, buyer_of(consumer), day)
        return frozen.offer(producer, consumer, day, listed)

    return offer


def buckets_of(attribution: Attribution, month: Month) -> dict[LineBucket, Mapping[date, int]]:
    """The energies of a month, by the line to which they belong."""
    return {LineBucket(month, *key): days for key, days in attribution.days_wmin.items()}


def charge_buckets(
    buckets: Mapping[LineBucket, Mapping[date, int]],
) -> Sequence[InvoiceLine]:
    """The lines in month, producer, consumer and price order; none without energy."""
    return [
        charge(bucket.producer, bucket.consumer, bucket.price, days)
        for bucket, days in sorted(buckets.items(), key=lambda item: item[0].order)
        if any(days.values())
    ]
