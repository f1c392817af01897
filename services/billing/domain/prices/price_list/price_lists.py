"""The price list of an operation, and the choice of the price that applies."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache, cached_property
from itertools import chain, product
from typing import TypeVar
from uuid import UUID

from libs.common.calendar import Month
from libs.common.ids import Prm
from services.billing.domain.prices.price_list.entries import (
    EVERYBODY,
    BuyerScope,
    DiscountEntry,
    FeeEntry,
    PriceEntry,
    SellerOffer,
    applies_on,
)
from services.billing.domain.prices.price_list.groups import MemberGroup, ranks_of
from services.billing.domain.prices.price_list.hour_classes import (
    HourClass,
    check_disjoint,
    classes_of_day,
    classes_on,
)
from services.billing.domain.prices.price_list.indexes import PriceIndex
from services.billing.domain.prices.price_list.names import check_defined, check_names
from services.billing.domain.prices.price_list.overlaps import check_overlaps
from services.billing.domain.prices.price_list.resolved import (
    Fee,
    ListedPrice,
    Offered,
    PriceRule,
    discounted,
    index_fee,
    index_price,
)

_Offered = TypeVar("_Offered", bound=SellerOffer)

_NO_INDEX = PriceIndex("", ())

Buyer = tuple[tuple[BuyerScope, ...], ...]
"""All scopes of a point for which the list has entries, by rank, most specific first."""

ANYBODY: Buyer = ((EVERYBODY,),)


class UnknownHours(StrEnum):
    """The treatment of energy with unknown hours, where prices depend on the hour."""

    REFUSE = "refuse"
    WITHOUT_CLASS = "price_without_class"


@dataclass(frozen=True)
class PriceList:
    """All prices of an operation. Raises PriceListInvalid and PriceListOverlap.

    The most specific price applies: by the buyer's rank (point, social group, group, everybody),
    then by the seller (the producer, all), then by hour (the class, all). Where a buyer is in two
    groups of one rank, either group may have a price, but never both on one day.
    """

    entries: tuple[PriceEntry, ...]
    groups: tuple[MemberGroup, ...] = ()
    hour_classes: tuple[HourClass, ...] = ()
    indexes: tuple[PriceIndex, ...] = ()
    fees: tuple[FeeEntry, ...] = ()
    discounts: tuple[DiscountEntry, ...] = ()
    unknown_hours: UnknownHours = UnknownHours.REFUSE

    def __post_init__(self) -> None:
        for definitions, plural in (
            (self.groups, "groups"),
            (self.hour_classes, "hour classes"),
            (self.indexes, "indexes"),
        ):
            check_names([definition.name for definition in definitions], plural)
        check_disjoint(self.hour_classes)
        self._check_names_are_defined()
        groups = {group.name: group for group in self.groups}
        prices = (((entry.producer, entry.hour_class), entry) for entry in self.entries)
        check_overlaps(prices, groups, "prices")
        check_overlaps(
            (((fee.name, fee.producer), fee) for fee in self.fees), groups, "fees of one name"
        )
        check_overlaps(
            ((discount.producer, discount) for discount in self.discounts), groups, "discounts"
        )

    def _check_names_are_defined(self) -> None:
        offers: list[SellerOffer] = [*self.entries, *self.fees, *self.discounts]
        groups = (group.name for group in self.groups)
        check_defined("group", (offer.scope.group for offer in offers), groups)
        classes = (hour_class.name for hour_class in self.hour_classes)
        check_defined("hour class", (entry.hour_class for entry in self.entries), classes)
        indexes = [*(entry.index for entry in self.entries), *(fee.index for fee in self.fees)]
        check_defined("index", indexes, (index.name for index in self.indexes))

    def says_the_same(self, other: "PriceList") -> bool:
        """Whether both lists have the same contents, in any order."""
        return all(
            set(contents) == set(other_contents)
            for contents, other_contents in zip(self.contents, other.contents, strict=True)
        )

    def with_classes(self, classes: tuple[HourClass, ...]) -> "PriceList":
        """The list with other hour classes, without the prices of classes that these lack."""
        names = {None, *(hour_class.name for hour_class in classes)}
        entries = tuple(entry for entry in self.entries if entry.hour_class in names)
        return replace(self, hour_classes=classes, entries=entries)

    def buyer(self, consumer: Prm, member_id: UUID | None) -> Buyer:
        """The buyer's scopes of a point in this list. member_id: its member on the day."""
        ranks = ranks_of(self.groups, consumer, member_id)
        offered = (tuple(scope for scope in rank if scope in self._scopes) for rank in ranks)
        return tuple(rank for rank in offered if rank)

    def find_listed(
        self,
        producer: Prm | None,
        day: date,
        *,
        buyer: Buyer = ANYBODY,
        hour_class: str | None = None,
    ) -> ListedPrice | None:
        """The most specific price in force, less the most specific discount.

        producer: None for any producer that the list does not name.
        """
        hours = dict.fromkeys((hour_class, None))
        for rank in buyer:
            for whose, class_name, scope in product((producer, None), hours, rank):
                if listed := _in_force(self._prices.get((scope, whose, class_name), ()), day):
                    return self._with_discount(listed, producer, buyer, day)
        return None

    def prices_on(self, producer: Prm | None, buyer: Buyer, day: date) -> Offered:
        """The prices by hour class; None for half-hours in no class."""
        key = (producer, buyer, self.period(day))
        if key not in self._price_cache:
            self._price_cache[key] = {
                name: listed.price if listed else None
                for name, listed in self.listed_on(producer, buyer, day).items()
            }
        return self._price_cache[key]

    def listed_on(
        self, producer: Prm | None, buyer: Buyer, day: date
    ) -> Mapping[str | None, ListedPrice | None]:
        """The results of ``find_listed`` by hour class, with the entries that they come from."""
        return {
            name: self.find_listed(producer, day, buyer=buyer, hour_class=name)
            for name in (None, *(hour_class.name for hour_class in self.hour_classes))
        }

    def find_fees(self, producer: Prm, buyer: Buyer, day: date) -> list[Fee]:
        """The most specific fee in force of each name, by name."""
        key = (producer, buyer, self.period(day))
        if key not in self._fee_cache:
            self._fee_cache[key] = []
            for name in self._fee_names:
                scopes = chain.from_iterable(buyer)
                candidates = (self._fees.get((name, scope, producer), ()) for scope in scopes)
                offered = (_in_force(fees, day) for fees in candidates)
                self._fee_cache[key] += [fee for fee in offered if fee][:1]
        return self._fee_cache[key]

    def period(self, day: date) -> int:
        """The number of a day's period; nothing changes in the list within a period."""
        return bisect_right(self._changes, day)

    def needs_hours(self, month: Month) -> bool:
        """Whether, on some day of the month, a price applies to an hour class of that day."""
        hourly = [entry for entry in self.entries if entry.hour_class is not None]
        return any(
            entry.hour_class in self.classes_on(day) and applies_on(entry, day)
            for day in month.days
            if len(self.classes_on(day)) > 1
            for entry in hourly
        )

    @property
    def is_targeted(self) -> bool:
        """Whether any price is limited to some buyers or hours."""
        return any(entry.scope != EVERYBODY or entry.hour_class for entry in self.entries)

    def classes_of_day(
        self, day: date, off_peak: AbstractSet[int] | None = None
    ) -> tuple[str | None, ...] | None:
        return classes_of_day(self.hour_classes, day, off_peak)

    def classes_on(self, day: date) -> Sequence[str | None]:
        """The distinct classes that half-hours of a day may have, in the order of the clock."""
        if day not in self._classes_on:
            self._classes_on[day] = classes_on(self.hour_classes, day)
        return self._classes_on[day]

    def _with_discount(
        self, listed: ListedPrice, producer: Prm | None, buyer: Buyer, day: date
    ) -> ListedPrice:
        for rank in buyer:
            for whose, scope in product((producer, None), rank):
                offered = self._discounts.get((scope, whose), ())
                if discount := _in_force(offered, day):
                    return self._discounted(listed, discount)
        return listed

    def _rule(self, offer: SellerOffer) -> PriceRule:
        if offer.scope.consumer is not None:
            return PriceRule.POINT
        if offer.scope.group is not None:
            social = next(group.social for group in self.groups if group.name == offer.scope.group)
            return PriceRule.SOCIAL_GROUP if social else PriceRule.GROUP
        return PriceRule.PRODUCER if offer.producer is not None else PriceRule.OPERATION

    @property
    def contents(self) -> Sequence[tuple[Hashable, ...]]:
        definitions = (self.groups, self.hour_classes, self.indexes)
        return self.entries, self.fees, self.discounts, *definitions, (self.unknown_hours,)

    @cached_property
    def _index_by_name(self) -> Mapping[str | None, PriceIndex]:
        return {None: _NO_INDEX, **{index.name: index for index in self.indexes}}

    @cached_property
    def _scopes(self) -> AbstractSet[BuyerScope]:
        offers: list[SellerOffer] = [*self.entries, *self.fees, *self.discounts]
        return {EVERYBODY, *(offer.scope for offer in offers)}

    @cached_property
    def _prices(self) -> Mapping[tuple[BuyerScope, Prm | None, str | None], Sequence[ListedPrice]]:
        prices: defaultdict[tuple[BuyerScope, Prm | None, str | None], list[ListedPrice]]
        prices = defaultdict(list)
        for entry in self.entries:
            index = self._index_by_name[entry.index]
            key = (entry.scope, entry.producer, entry.hour_class)
            prices[key] += index_price(entry, self._rule(entry), index)
        return prices

    @cached_property
    def _fees(self) -> Mapping[tuple[str, BuyerScope, Prm], Sequence[Fee]]:
        fees: defaultdict[tuple[str, BuyerScope, Prm], list[Fee]] = defaultdict(list)
        for entry in self.fees:
            index = self._index_by_name[entry.index]
            fees[entry.name, entry.scope, entry.producer] += index_fee(
                entry, self._rule(entry), index
            )
        return fees

    @cached_property
    def _fee_names(self) -> Sequence[str]:
        return sorted({fee.name for fee in self.fees})

    @cached_property
    def _discounts(self) -> Mapping[tuple[BuyerScope, Prm | None], Sequence[DiscountEntry]]:
        discounts = defaultdict(list)
        for discount in self.discounts:
            discounts[discount.scope, discount.producer].append(discount)
        return discounts

    @cached_property
    def _changes(self) -> Sequence[date]:
        offers: list[SellerOffer] = [*self.entries, *self.fees, *self.discounts]
        ends = (offer.valid_to for offer in offers if offer.valid_to is not None)
        indexed = (
            coefficient.valid_from for index in self.indexes for coefficient in index.coefficients
        )
        return sorted({*(offer.valid_from for offer in offers), *ends, *indexed})

    @cached_property
    def _price_cache(self) -> dict[tuple[Prm | None, Buyer, int], Offered]:
        return {}

    @cached_property
    def _fee_cache(self) -> dict[tuple[Prm, Buyer, int], list[Fee]]:
        return {}

    @cached_property
    def _classes_on(self) -> dict[date, Sequence[str | None]]:
        return {}

    @cached_property
    def _discounted(self) -> Callable[[ListedPrice, DiscountEntry], ListedPrice]:
        return cache(discounted)


def _in_force(offers: Iterable[_Offered], day: date) -> _Offered | None:
    return next((offer for offer in offers if applies_on(offer, day)), None)
