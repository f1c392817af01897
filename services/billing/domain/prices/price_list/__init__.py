"""Price lists: the price of a producer's kWh for a buyer on a given local day and half-hour."""

from services.billing.domain.prices.price_list.entries import (
    EVERYBODY,
    BuyerScope,
    DiscountEntry,
    FeeEntry,
    PriceEntry,
)
from services.billing.domain.prices.price_list.groups import MemberGroup
from services.billing.domain.prices.price_list.hour_classes import HourClass, HourSpan
from services.billing.domain.prices.price_list.indexes import PriceIndex
from services.billing.domain.prices.price_list.of_day import (
    ComingPrice,
    DayPrices,
    PlantPrices,
    day_prices,
)
from services.billing.domain.prices.price_list.of_month import as_if_in
from services.billing.domain.prices.price_list.parsing import parse_price_list
from services.billing.domain.prices.price_list.price_lists import (
    ANYBODY,
    Buyer,
    PriceList,
    UnknownHours,
)
from services.billing.domain.prices.price_list.problems import (
    PriceListInvalid,
    PriceListMalformed,
    PriceListOverlap,
)
from services.billing.domain.prices.price_list.resolved import (
    Fee,
    ListedPrice,
    Offered,
    Price,
    PriceRule,
)
from services.billing.domain.prices.price_list.visibility import visible_to

__all__ = [
    "ANYBODY",
    "EVERYBODY",
    "Buyer",
    "BuyerScope",
    "ComingPrice",
    "DayPrices",
    "DiscountEntry",
    "Fee",
    "FeeEntry",
    "HourClass",
    "HourSpan",
    "ListedPrice",
    "MemberGroup",
    "Offered",
    "PlantPrices",
    "Price",
    "PriceEntry",
    "PriceIndex",
    "PriceList",
    "PriceListInvalid",
    "PriceListMalformed",
    "PriceListOverlap",
    "PriceRule",
    "UnknownHours",
    "as_if_in",
    "day_prices",
    "parse_price_list",
    "visible_to",
]
