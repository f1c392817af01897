"""Member groups: who pays a price together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from libs.common.ids import Prm
from services.billing.domain.price_list.entries import EVERYBODY, Scope
from services.billing.domain.price_list.problems import PriceListInvalid


@dataclass(frozen=True)
class MemberGroup:
    """Points and members of an operation; a member's points are all those it has on a day.

    social: its prices are a social tariff, which beats that of ordinary groups.
    """

    name: str
    social: bool = False
    consumers: frozenset[Prm] = frozenset()
    members: frozenset[UUID] = frozenset()


def check_names(names: Iterable[str], what: str) -> None:
    """Raises PriceListInvalid when two have the same."""
    seen = set()
    for name in names:
        if name in seen:
            raise PriceListInvalid(f"Two {what} are called {name}.")
        seen.add(name)


def ranks_of(
    groups: Sequence[MemberGroup], consumer: Prm | None, member_id: UUID | None
) -> tuple[tuple[Scope, ...], ...]:
    """All that a point of a member is in, most specific first; within a rank, none beats another.

    The point itself; social groups, then others, and of both those that name the point before those
    that name its member; everybody.
    """
    named: list[tuple[Scope, ...]] = [(Scope(consumer),)] if consumer is not None else []
    for social in (True, False):
        of_kind = [group for group in groups if group.social is social]
        by_point = (group for group in of_kind if consumer in group.consumers)
        by_member = (group for group in of_kind if member_id in group.members)
        named += [tuple(Scope(group=one.name) for one in rank) for rank in (by_point, by_member)]
    return (*named, (EVERYBODY,))
