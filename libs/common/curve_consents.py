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
"""The purpose: display to the organiser."""


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
    """A member's answer about a point over ``[valid_from, valid_to)``.

    From withdrawn_on on, that day included, it no longer counts.
    """

    member_id: UUID
    prm: Prm
    purpose: str  # one known to community, perhaps a later one
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
    """Return whether the organiser may see on a day what a point did while it was a member's.

    consents: all about the point. ever: all members who take or took part with it, as known now. A
    refusal by a member no longer among them follows the point, because their days were given to
    another member. It stands until they or the DSO end it.
    """
    display_consents = [consent for consent in consents if consent.purpose == DISPLAY]
    member_consents = [consent for consent in display_consents if consent.member_id == member_id]
    left_behind = [
        consent
        for consent in display_consents
        if consent.member_id not in {*ever, member_id}
        and not consent.is_granted
        and consent.stands(day)
    ]
    if not left_behind and not any(consent.valid_from <= day for consent in member_consents):
        # Nothing was said so far: an organiser sees the data by which the operation is settled.
        return True
    return is_granted(
        [consent for consent in (*member_consents, *left_behind) if consent.stands(day)],
        granularity,
    )


def is_granted(valid_consents: Collection[Consent], granularity: str) -> bool:
    """A refusal overrides a grant; a right to see the curve includes its daily sums."""
    granted = {consent.granularity for consent in valid_consents if consent.is_granted}
    refused = {consent.granularity for consent in valid_consents if not consent.is_granted}
    if granularity == Granularity.DAILY:
        return Granularity.DAILY not in refused and bool(granted)
    return Granularity.LOAD_CURVE in granted and not refused
