"""Member groups: buyers with the same prices."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from libs.common.ids import Prm
from services.billing.domain.prices.price_list.entries import EVERYBODY, BuyerScope


@dataclass(frozen=True)
class MemberGroup:
    """Points and members of an operation; a member stands for all points that it has on a day.

    social: its prices are a social tariff, which takes precedence over ordinary groups.
    """

    name: str
    social: bool = False
    consumers: frozenset[Prm] = frozenset()
    members: frozenset[UUID] = frozenset()


def ranks_of(
    groups: Sequence[MemberGroup], consumer: Prm | None, member_id: UUID | None
) -> tuple[tuple[BuyerScope, ...], ...]:
    """All scopes of a member's point, the most specific rank first; a rank has no order.

    Ranks: the point itself; social groups, then others, each first by the point's name and then by
    its member's; everybody.
    """
    ranks: list[tuple[BuyerScope, ...]] = [(BuyerScope(consumer),)] if consumer is not None else []
    for social in (True, False):
        candidates = [group for group in groups if group.social is social]
        point_groups = (group for group in candidates if consumer in group.consumers)
        member_groups = (group for group in candidates if member_id in group.members)
        ranks += [
            tuple(BuyerScope(group=group.name) for group in rank)
            for rank in (point_groups, member_groups)
        ]
    return (*ranks, (EVERYBODY,))
