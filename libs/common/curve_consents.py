"""Whether a member lets the organiser see the curve of a point: the one rule of all services."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from libs.common.errors import Problem
from libs.common.ids import Prm

DISPLAY = "display"
"""The purpose: to be shown to the organiser."""


class ConsentMissing(Problem):
    status: ClassVar = 403
    slug: ClassVar = "consent-missing"
    title: ClassVar = "The member does not share this"
    example_detail = "The member shares no steps of this point with you on 2026-10-01."


class Granularity(StrEnum):
    LOAD_CURVE = "load_curve"  # every step
    DAILY = "daily"  # the energy of each day


@dataclass(frozen=True, kw_only=True)
class Consent:
    """What a member said about a point over ``[valid_from, valid_to)``.

    From withdrawn_on on, that day included, it counts no more.
    """

    member_id: UUID
    prm: Prm
    purpose: str  # of those that community knows, maybe of later ones
    granularity: str
    is_granted: bool
    valid_from: date
    valid_to: date
    withdrawn_on: date | None = None

    def stands(self, day: date) -> bool:
        is_withdrawn = self.withdrawn_on is not None and self.withdrawn_on <= day
        return self.valid_from <= day < self.valid_to and not is_withdrawn


def is_displayed(
    consents: Collection[Consent],
    *,
    member_id: UUID,
    ever: Collection[UUID],
    granularity: Granularity,
    day: date,
) -> bool:
    """Whether the organiser may look on a day at what a point did while it was a member's.

    consents: all about the point. ever: all members who take or took part with it, as is known
    now. A refusal of somebody who does not any more, not even then, follows the point: their days
    were given to another. It stands until they or the DSO end it.
    """
    about = [one for one in consents if one.purpose == DISPLAY]
    own = [one for one in about if one.member_id == member_id]
    left_behind = [
        one
        for one in about
        if one.member_id not in {*ever, member_id} and not one.is_granted and one.stands(day)
    ]
    if not left_behind and not any(one.valid_from <= day for one in own):
        # Nothing was said so far: an organiser sees what their operation is settled by.
        return True
    return is_granted([one for one in (*own, *left_behind) if one.stands(day)], granularity)


def is_granted(standing: Collection[Consent], granularity: str) -> bool:
    """A refusal stands before a grant; who may see the curve may also see its daily sums."""
    granted = {one.granularity for one in standing if one.is_granted}
    refused = {one.granularity for one in standing if not one.is_granted}
    if granularity == Granularity.DAILY:
        return Granularity.DAILY not in refused and bool(granted)
    return Granularity.LOAD_CURVE in granted and not refused
