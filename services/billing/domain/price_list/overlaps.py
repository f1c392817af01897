"""No two things of one rank on one day: then it is always clear which price applies."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import combinations, pairwise
from typing import TypeVar
from uuid import UUID

from libs.common.ids import Prm
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
            if other.group in meeting[one.group]:
                _check_in_turn([*by_scope[one], *by_scope[other]], what)


def _meeting_groups(groups: Iterable[MemberGroup]) -> Mapping[str | None, set[str]]:
    """By name, the groups of the same kind that somebody of it is in, named in the same way."""
    names: defaultdict[tuple[bool, Prm | UUID], list[str]] = defaultdict(list)
    for group in groups:
        everyone: list[Prm | UUID] = [*group.consumers, *group.members]
        for one in everyone:
            names[group.social, one].append(group.name)
    meeting: defaultdict[str | None, set[str]] = defaultdict(set)
    for together in names.values():
        for name in together:
            meeting[name].update(together)
    return meeting


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
