"""A price list as if what it says of one day had held throughout a month."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from libs.common.calendar import Month
from services.billing.domain.prices.price_list.entries import (
    DiscountEntry,
    FeeEntry,
    PriceEntry,
    applies_on,
)
from services.billing.domain.prices.price_list.indexes import Coefficient, PriceIndex
from services.billing.domain.prices.price_list.price_lists import PriceList

_Dated = TypeVar("_Dated", PriceEntry, FeeEntry, DiscountEntry)


def as_if_in(prices: PriceList, day: date, month: Month) -> PriceList:
    """Its prices, fees, discounts and coefficients of the day, from the month's first day on."""
    first_day = month.first_day
    return replace(
        prices,
        entries=_held(prices.entries, day, first_day),
        fees=_held(prices.fees, day, first_day),
        discounts=_held(prices.discounts, day, first_day),
        indexes=tuple(_index_of(index, day, first_day) for index in prices.indexes),
    )


def _held(offers: Iterable[_Dated], day: date, first_day: date) -> tuple[_Dated, ...]:
    return tuple(
        replace(offer, valid_from=first_day, valid_to=None)
        for offer in offers
        if applies_on(offer, day)
    )


def _index_of(index: PriceIndex, day: date, first_day: date) -> PriceIndex:
    earlier = [coefficient for coefficient in index.coefficients if coefficient.valid_from <= day]
    return replace(
        index,
        coefficients=tuple(
            Coefficient(first_day, coefficient.value) for coefficient in earlier[-1:]
        ),
    )
