"""Gaps of a price list, in words."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import NamedTuple, TypeVar

from libs.common.ids import Prm
from services.billing.domain.prices.price_list import PriceList
from services.billing.domain.prices.price_list.hour_classes import names_by_tariff_class
from services.billing.domain.prices.price_list.tariff_classes import TariffClass
from services.billing.domain.prices.pricing import Attribution, in_words

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value", date, Prm)

HOURS_AWAITED = (
    "Prices depend on the hour, and not all half-hours of the settlement are here yet:"
    " try again in a moment, or settle the month once more."
)


_MAKE_CLASSES_KNOWN = (
    "settle the month from its definitive energies by class, have the off-peak hours of each meter"
    " entered, or set unknown_hours of the price list."
)


class PriceGap(NamedTuple):
    """A gap of the price list; ``about`` names the producer, and the hour class if there is one."""

    detail: str
    about: Mapping[str, str]
    days: Sequence[date]


def missing_prices(attributions: Iterable[Attribution], prices: PriceList) -> Iterable[PriceGap]:
    """Gaps by producer and hour class; they name the points if prices differ between them."""
    unpriced = {gap for attribution in attributions for gap in attribution.unpriced}
    days = _group(((gap.producer, gap.hour_class), gap.day) for gap in unpriced)
    points = _group(((gap.producer, gap.hour_class), gap.consumer) for gap in unpriced)
    for (producer, hour_class), missing in days.items():
        hours = f" in {hour_class}" if hour_class else ""
        for_whom = f" for {in_words(points[producer, hour_class], 'points')}"
        yield PriceGap(
            f"No price of {producer}{hours}{for_whom * prices.is_targeted}"
            f" is in force on {in_words(missing)}.",
            {"producer": producer} | ({"hour_class": hour_class} if hour_class else {}),
            missing,
        )


def missing_hours(
    attributions: Iterable[Attribution],
    prices: PriceList,
    unfamiliar: AbstractSet[str] = frozenset(),
) -> Iterable[PriceGap]:
    """Gaps by producer, of prices that depend on unknown hours.

    unfamiliar: the names of classes in the settlements that no price list can name.
    """
    aside = f" (it named {', '.join(sorted(unfamiliar))}; known are {', '.join(TariffClass)})"
    unknown_hours = (
        f"the network operator's classes, which are not known on {{}}{aside * bool(unfamiliar)}:"
        f" {_MAKE_CLASSES_KNOWN}"
        if names_by_tariff_class(prices.hour_classes)
        else "the hour, which is not known on {}: set unknown_hours of the price list."
    )
    days = _group(gap for attribution in attributions for gap in attribution.unknown_hours)
    for producer, unknown in days.items():
        yield PriceGap(
            f"Prices of {producer} depend on {unknown_hours.format(in_words(unknown))}",
            {"producer": producer},
            unknown,
        )


def _group(pairs: Iterable[tuple[_Key, _Value]]) -> dict[_Key, list[_Value]]:
    """Group the values by key; each value once, in order."""
    values: defaultdict[_Key, set[_Value]] = defaultdict(set)
    for key, value in pairs:
        values[key].add(value)
    return {key: sorted(values[key]) for key in sorted(values, key=str)}
