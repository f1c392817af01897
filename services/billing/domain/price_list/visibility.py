"""What of a price list a member may see: not who else is in a group, nor others' own prices."""

from collections.abc import Set as AbstractSet
from dataclasses import replace
from uuid import UUID

from libs.common.ids import Prm
from services.billing.domain.price_list.entries import Offer
from services.billing.domain.price_list.listed import PriceList


def visible_to(prices: PriceList, member_id: UUID, points: AbstractSet[Prm]) -> PriceList:
    """points: the member's own. Who pays a social tariff is nobody else's business."""

    def concerns(offer: Offer) -> bool:
        return offer.scope.consumer is None or offer.scope.consumer in points

    return replace(
        prices,
        entries=tuple(one for one in prices.entries if concerns(one)),
        groups=tuple(
            replace(
                group,
                consumers=group.consumers & points,
                members=group.members & {member_id},
            )
            for group in prices.groups
        ),
        fees=tuple(one for one in prices.fees if concerns(one)),
        discounts=tuple(one for one in prices.discounts if concerns(one)),
    )
