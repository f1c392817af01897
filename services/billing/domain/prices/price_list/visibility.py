"""A member's view of a price list: without other members of groups and others' own prices."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Protocol
from uuid import UUID

from libs.common.ids import Prm
from services.billing.domain.prices.price_list.entries import SellerOffer
from services.billing.domain.prices.price_list.price_lists import PriceList


class MemberPoint(Protocol):
    """A point that the member has over local days ``[valid_from, valid_to)``."""

    @property
    def prm(self) -> Prm: ...
    @property
    def valid_from(self) -> date: ...
    @property
    def valid_to(self) -> date | None: ...
    def covers(self, day: date) -> bool: ...


def visible_to(
    prices: PriceList, member_id: UUID, points: Collection[MemberPoint], today: date
) -> PriceList:
    """The list as a member may see it, which hides who else pays a social tariff.

    points: the member's own, past ones included. An entry for a point is visible to its holder on
    any day of its validity; the point's groups, only to its holder today.
    """

    def concerns(offer: SellerOffer) -> bool:
        consumer = offer.scope.consumer
        return consumer is None or any(
            point.prm == consumer and _share_a_day(point, offer) for point in points
        )

    current = {point.prm for point in points if point.covers(today)}
    return replace(
        prices,
        entries=tuple(entry for entry in prices.entries if concerns(entry)),
        groups=tuple(
            replace(
                group,
                consumers=group.consumers & current,
                members=group.members & {member_id},
            )
            for group in prices.groups
        ),
        fees=tuple(fee for fee in prices.fees if concerns(fee)),
        discounts=tuple(discount for discount in prices.discounts if concerns(discount)),
    )


def _share_a_day(point: MemberPoint, offer: SellerOffer) -> bool:
    return (offer.valid_to is None or point.valid_from < offer.valid_to) and (
        point.valid_to is None or offer.valid_from < point.valid_to
    )
