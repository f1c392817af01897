"""No two things of one rank on one day: then it is always clear which price applies."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import combinations, pairwise
from typing import TypeVar

from services.billing.domain.price_list.entries import Offer, Scope, applies_on
from services.billing.domain.price_list.groups import MemberGroup
from services.billing.domain.price_list.problems import PriceListOverlap

_Offer = TypeVar("_Offer", bound=Offer)


def check_overlaps(
    offers: Iterable[tuple[Hashable, _Offer]], groups: Mapping[str, MemberGroup], what: str
) -> None:
    """Of one key, two offers for one scope, or for groups that meet, share no day.

    offers: each with its key, all that tells its rank but the scope. Raises PriceListOverlap.
    """
    by_key: defaultdict[Hashable, defaultdict[Scope, list[_Offer]]]
    by_key = defaultdict(lambda: defaultdict(list))
    for key, offer in offers:
        by_key[key][offer.scope].append(offer)
    meeting = _meeting_groups(groups.values())
    for by_scope in by_key.values():
        for same in by_scope.values():
            _check_in_turn(same, what)
        named = [scope for scope in by_scope if scope.group is not None]
        for one, other in combinations(named, 2):
            if frozenset((one.group, other.group)) in meeting:
                _check_in_turn([*by_scope[one], *by_scope[other]], what)


def _meeting_groups(groups: Iterable[MemberGroup]) -> set[frozenset[str | None]]:
    """Pairs of groups of one kind that somebody is in."""
    return {
        frozenset((one.name, other.name))
        for one, other in combinations(groups, 2)
        if one.social is other.social and one.meets(other)
    }


def _check_in_turn(offers: Sequence[_Offer], what: str) -> None:
    ordered = sorted(offers, key=lambda offer: offer.valid_from)
    for earlier, later in pairwise(ordered):
        if applies_on(earlier, later.valid_from):
            whose = f"producer {later.producer}" if later.producer else "all producers"
            for_whom = " and ".join(sorted({str(one.scope) for one in (earlier, later)}))
            told = "" if for_whom == "everybody" else f" for {for_whom}"
            raise PriceListOverlap(
                f"Two {what} of {whose}{told} are in force on {later.valid_from}.",
                producer=later.producer,
                day=later.valid_from.isoformat(),
            )
