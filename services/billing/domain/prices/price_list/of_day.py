"""A price list for one buyer on one day: the price of a kWh at each half-hour, and the fees."""

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from itertools import chain

from libs.common.ids import Prm
from services.billing.domain.prices.price_list.entries import SellerOffer
from services.billing.domain.prices.price_list.hour_classes import HALF_HOURS
from services.billing.domain.prices.price_list.price_lists import Buyer, PriceList
from services.billing.domain.prices.price_list.resolved import Fee, ListedPrice, Price


@dataclass(frozen=True)
class PlantPrices:
    """The prices of a plant that the list names, or of all others (None).

    prices: those of hour classes with their own price, in the order of the list, then that of all
    other hours, if any. half_hours: the price of each half-hour of the local clock; None where
    there is none, or where it depends on the meter.
    """

    producer: Prm | None
    prices: Sequence[ListedPrice]
    half_hours: Sequence[Price | None]


@dataclass(frozen=True)
class ComingPrice:
    """A price that starts later. listed: as on its first day."""

    valid_from: date
    listed: ListedPrice


@dataclass(frozen=True)
class DayPrices:
    """A buyer's prices on a day. classes: of each half-hour, None if none. coming: by first day."""

    plants: Sequence[PlantPrices]
    classes: Sequence[str | None]
    fees: Sequence[Fee]
    coming: Sequence[ComingPrice]


def day_prices(
    prices: PriceList,
    buyer: Buyer,
    day: date,
    *,
    own_plants: Collection[Prm] = (),
    off_peak: AbstractSet[int] | None = None,
) -> DayPrices:
    """A buyer's prices on a day.

    own_plants: the buyer's, which are free for the buyer. off_peak: half-hours of the meter, None
    if unknown.
    """
    classes = prices.classes_of_day(day, off_peak)
    plants = [
        _plant_prices(prices, buyer, producer, day, classes)
        for producer in _priced_plants(prices, buyer)
        if producer is None or producer not in own_plants
    ]
    sellers = sorted({fee.producer for fee in prices.fees} - set(own_plants))
    return DayPrices(
        plants=[plant for plant in plants if plant.prices],
        classes=classes or [None] * HALF_HOURS,
        fees=[fee for seller in sellers for fee in prices.find_fees(seller, buyer, day)],
        coming=[
            coming
            for coming in _coming(prices, buyer, day)
            if coming.listed.producer is None or coming.listed.producer not in own_plants
        ],
    )


def _priced_plants(prices: PriceList, buyer: Buyer) -> Sequence[Prm | None]:
    """The plants with entries for this buyer, then None for all others."""
    scopes = set(chain.from_iterable(buyer))
    offers: list[SellerOffer] = [*prices.entries, *prices.discounts]
    producers = {
        offer.producer for offer in offers if offer.scope in scopes and offer.producer is not None
    }
    return [*sorted(producers), None]


def _plant_prices(
    prices: PriceList,
    buyer: Buyer,
    producer: Prm | None,
    day: date,
    classes: Sequence[str | None] | None,
) -> PlantPrices:
    listed_by_class = prices.listed_on(producer, buyer, day)
    in_order = (
        listed_by_class[name]
        for name in (*(hour_class.name for hour_class in prices.hour_classes), None)
    )
    return PlantPrices(
        producer=producer,
        prices=list(dict.fromkeys(listed for listed in in_order if listed is not None)),
        half_hours=_half_hours(prices, day, classes, prices.prices_on(producer, buyer, day)),
    )


def _half_hours(
    prices: PriceList,
    day: date,
    classes: Sequence[str | None] | None,
    price_by_class: Mapping[str | None, Price | None],
) -> Sequence[Price | None]:
    if classes is not None:
        return [price_by_class[name] for name in classes]
    possible = {price_by_class[name] for name in prices.classes_on(day)}
    return [possible.pop() if len(possible) == 1 else None] * HALF_HOURS


def _coming(prices: PriceList, buyer: Buyer, day: date) -> Sequence[ComingPrice]:
    """Entries that start later and will apply then, with no more specific one."""
    later = [entry for entry in prices.entries if entry.valid_from > day]
    starts = (
        (
            entry,
            prices.find_listed(
                entry.producer, entry.valid_from, buyer=buyer, hour_class=entry.hour_class
            ),
        )
        for entry in later
    )
    coming = [
        ComingPrice(entry.valid_from, listed)
        for entry, listed in starts
        if listed is not None and listed.entry is entry
    ]
    return sorted(coming, key=lambda price: price.valid_from)
