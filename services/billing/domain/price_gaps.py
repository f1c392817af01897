"""What a price list leaves without a price, in words."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeVar

from libs.common.ids import Prm
from services.billing.domain.price_list import PriceList
from services.billing.domain.pricing import Attribution, in_words

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value", date, Prm)

HOURS_AWAITED = (
    "Prices depend on the hour, and not all half-hours of the settlement are here yet:"
    " try again in a moment, or settle the month once more."
)


class PriceGap(NamedTuple):
    """``about`` names the producer, and the hour class if there is one."""

    detail: str
    about: Mapping[str, str]
    days: Sequence[date]


def missing_prices(priced: Iterable[Attribution[Any]], prices: PriceList) -> Iterable[PriceGap]:
    """By producer and hour class; the points are named where prices differ between them."""
    unpriced = {one for attribution in priced for one in attribution.unpriced}
    days = _group(((one.producer, one.hour_class), one.day) for one in unpriced)
    points = _group(((one.producer, one.hour_class), one.consumer) for one in unpriced)
    for (producer, hour_class), missing in days.items():
        of_class = f" in {hour_class}" if hour_class else ""
        for_whom = f" for {in_words(points[producer, hour_class], 'points')}"
        yield PriceGap(
            f"No price of {producer}{of_class}{for_whom * prices.is_targeted}"
            f" is in force on {in_words(missing)}.",
            {"producer": producer} | ({"hour_class": hour_class} if hour_class else {}),
            missing,
        )


def missing_hours(priced: Iterable[Attribution[Any]]) -> Iterable[PriceGap]:
    """By producer."""
    days = _group(one for attribution in priced for one in attribution.unknown_hours)
    for producer, unknown in days.items():
        yield PriceGap(
            f"Prices of {producer} depend on the hour, which is not known on"
            f" {in_words(unknown)}: set unknown_hours of the price list.",
            {"producer": producer},
            unknown,
        )


def _group(pairs: Iterable[tuple[_Key, _Value]]) -> dict[_Key, list[_Value]]:
    """Each value once, in order."""
    values: defaultdict[_Key, set[_Value]] = defaultdict(set)
    for key, value in pairs:
        values[key].add(value)
    return {key: sorted(values[key]) for key in sorted(values, key=str)}
