"""What an explanation may tell a member about neighbours.

A member's own curves are theirs, and what all producers made together is for all to see. But own
share ÷ own consumption × production is what all consumers together consumed, and in a small
operation that is one neighbour's curve. So whatever others' consumption can be worked out from is
shown only where it is a sum over enough other members; else a member sees the own consumption,
share and complement, and which rule applied. Staff and the organiser see everything anyway.
"""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from libs.common.ids import Prm

MIN_OTHER_MEMBERS = 3
"""A sum over fewer others is not shown: official statistics know it as the rule of three. With two,
each of them could take the own part off and read the other's."""


def may_be_told(sums: Iterable[Collection[Prm]], owners: Mapping[Prm, UUID], viewer: UUID) -> bool:
    """Whether each sum is over nobody else, or over enough others.

    owners: of the consumers of the day; what does not take part that day is in no sum.
    """
    return all(
        count == 0 or count >= MIN_OTHER_MEMBERS
        for count in (_other_members(prms, owners, viewer) for prms in sums)
    )


def may_be_told_sales(takers: Collection[Prm], owners: Mapping[Prm, UUID], viewer: UUID) -> bool:
    """Whether a producer may see by step what it sold: to nobody else, or to enough others.

    takers: the consumers that got something of it that day. That none did tells of those who might.
    """
    if _other_members(owners, owners, viewer) == 0:
        return True
    return _other_members(takers, owners, viewer) >= MIN_OTHER_MEMBERS


def _other_members(prms: Collection[Prm], owners: Mapping[Prm, UUID], viewer: UUID) -> int:
    return len({owners[prm] for prm in prms if prm in owners} - {viewer})
