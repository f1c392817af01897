"""What a price list says to one buyer on one day: what a kWh costs at each half-hour, and fees."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from libs.common.ids import Prm
from services.billing.domain.price_list.entries import Offer
from services.billing.domain.price_list.listed import Buyer, PriceList
from services.billing.domain.price_list.resolved import Fee, Price


@dataclass(frozen=True)
class PlantPrices:
    """Of a plant that the list names, None: of all others.

    prices: of hour classes that have their own, in the order of the list; then that of all other
    hours, if there is one. half_hours: what each of the local clock costs.
    """

    producer: Prm | None
    prices: Sequence[Price]
    half_hours: Sequence[Price | None]


@dataclass(frozen=True)
class ComingPrice:
    """A price that is set for later; price: as it is on its first day, for which plant."""

    valid_from: date
    price: Price


@dataclass(frozen=True)
class DayPrices:
    """classes: the hour class of each half-hour. coming: by first day."""

    plants: Sequence[PlantPrices]
    classes: Sequence[str | None]
    fees: Sequence[Fee]
    coming: Sequence[ComingPrice]


def day_prices(
    prices: PriceList, buyer: Buyer, day: date, *, own_plants: Collection[Prm] = ()
) -> DayPrices:
    """own_plants: of whoever buys, who pays nobody for them."""
    plants = [
        _plant_prices(prices, buyer, producer, day)
        for producer in _named(prices, buyer)
        if producer is None or producer not in own_plants
    ]
    sellers = sorted({fee.producer for fee in prices.fees} - set(own_plants))
    return DayPrices(
        plants=[one for one in plants if one.prices],
        classes=prices.classes_of_day(day),
        fees=[fee for seller in sellers for fee in prices.find_fees(seller, buyer, day)],
        coming=[
            coming
            for coming in _coming(prices, buyer, day)
            if coming.price.producer is None or coming.price.producer not in own_plants
        ],
    )


def _named(prices: PriceList, buyer: Buyer) -> Sequence[Prm | None]:
    """The plants of which the list says something to this buyer, and None: all others."""
    scopes = set(chain.from_iterable(buyer))
    offers: list[Offer] = [*prices.entries, *prices.discounts]
    named = {one.producer for one in offers if one.scope in scopes and one.producer is not None}
    return [*sorted(named), None]


def _plant_prices(prices: PriceList, buyer: Buyer, producer: Prm | None, day: date) -> PlantPrices:
    by_class = prices.prices_on(producer, buyer, day)
    in_order = (by_class[name] for name in (*(one.name for one in prices.hour_classes), None))
    return PlantPrices(
        producer=producer,
        prices=list(dict.fromkeys(price for price in in_order if price is not None)),
        half_hours=[by_class[name] for name in prices.classes_of_day(day)],
    )


def _coming(prices: PriceList, buyer: Buyer, day: date) -> Sequence[ComingPrice]:
    """Entries from a later day on that count then, and not a more specific one."""
    later = [one for one in prices.entries if one.valid_from > day]
    starts = (
        (
            entry,
            prices.find_price(
                entry.producer, entry.valid_from, buyer=buyer, hour_class=entry.hour_class
            ),
        )
        for entry in later
    )
    coming = [
        ComingPrice(entry.valid_from, price)
        for entry, price in starts
        if price is not None and price.entry is entry
    ]
    return sorted(coming, key=lambda one: one.valid_from)
