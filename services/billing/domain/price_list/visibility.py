"""What of a price list a member may see: not who else is in a group, nor others' own prices."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Protocol
from uuid import UUID

from libs.common.ids import Prm
from services.billing.domain.price_list.entries import Offer
from services.billing.domain.price_list.listed import PriceList


class Held(Protocol):
    """A point that the member has over local days ``[valid_from, valid_to)``."""

    @property
    def prm(self) -> Prm: ...
    @property
    def valid_from(self) -> date: ...
    @property
    def valid_to(self) -> date | None: ...
    def covers(self, day: date) -> bool: ...


def visible_to(
    prices: PriceList, member_id: UUID, points: Collection[Held], today: date
) -> PriceList:
    """points: the member's own, also of before. Who pays a social tariff is nobody else's business.

    What is for a point concerns whoever has it on a day in force; its groups, who has it today.
    """

    def concerns(offer: Offer) -> bool:
        consumer = offer.scope.consumer
        return consumer is None or any(
            one.prm == consumer and _share_a_day(one, offer) for one in points
        )

    current = {one.prm for one in points if one.covers(today)}
    return replace(
        prices,
        entries=tuple(one for one in prices.entries if concerns(one)),
        groups=tuple(
            replace(
                group,
                consumers=group.consumers & current,
                members=group.members & {member_id},
            )
            for group in prices.groups
        ),
        fees=tuple(one for one in prices.fees if concerns(one)),
        discounts=tuple(one for one in prices.discounts if concerns(one)),
    )


def _share_a_day(point: Held, offer: Offer) -> bool:
    return (offer.valid_to is None or point.valid_from < offer.valid_to) and (
        point.valid_to is None or offer.valid_from < point.valid_to
    )
