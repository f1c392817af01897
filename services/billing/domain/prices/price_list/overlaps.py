"""Refuse two offers of one rank on one day, so that it is always clear which price applies."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import combinations, pairwise
from typing import TypeVar
from uuid import UUID

from libs.common.ids import Prm
from services.billing.domain.prices.price_list.entries import BuyerScope, SellerOffer, applies_on
from services.billing.domain.prices.price_list.groups import MemberGroup
from services.billing.domain.prices.price_list.problems import PriceListOverlap

_Offer = TypeVar("_Offer", bound=SellerOffer)


def check_overlaps(
    offers: Iterable[tuple[Hashable, _Offer]], groups: Mapping[str, MemberGroup], plural: str
) -> None:
    """Refuse two offers of one key on one day, for the same scope or for groups that meet.

    offers: each with its key, which with the scope decides its rank. Raises PriceListOverlap.
    """
    offers_by_scope: defaultdict[Hashable, defaultdict[BuyerScope, list[_Offer]]]
    offers_by_scope = defaultdict(lambda: defaultdict(list))
    for key, offer in offers:
        offers_by_scope[key][offer.scope].append(offer)
    meeting = _meeting_groups(groups.values())
    for scope_offers in offers_by_scope.values():
        for same_scope in scope_offers.values():
            _check_in_turn(same_scope, plural)
        group_scopes = [scope for scope in scope_offers if scope.group is not None]
        for first, second in combinations(group_scopes, 2):
            if second.group in meeting[first.group]:
                _check_in_turn([*scope_offers[first], *scope_offers[second]], plural)


def _meeting_groups(groups: Iterable[MemberGroup]) -> Mapping[str | None, set[str]]:
    """The groups of the same kind that share a buyer, by group name."""
    names: defaultdict[tuple[bool, Prm | UUID], list[str]] = defaultdict(list)
    for group in groups:
        everyone: list[Prm | UUID] = [*group.consumers, *group.members]
        for buyer in everyone:
            names[group.social, buyer].append(group.name)
    meeting: defaultdict[str | None, set[str]] = defaultdict(set)
    for group_names in names.values():
        for name in group_names:
            meeting[name].update(group_names)
    return meeting


def _check_in_turn(offers: Sequence[_Offer], plural: str) -> None:
    ordered = sorted(offers, key=lambda offer: offer.valid_from)
    for earlier, later in pairwise(ordered):
        if applies_on(earlier, later.valid_from):
            whose = f"producer {later.producer}" if later.producer else "all producers"
            for_whom = " and ".join(sorted({str(offer.scope) for offer in (earlier, later)}))
            buyers = "" if for_whom == "everybody" else f" for {for_whom}"
            raise PriceListOverlap(
                f"Two {plural} of {whose}{buyers} are in force on {later.valid_from}.",
                producer=later.producer,
                day=later.valid_from.isoformat(),
            )
