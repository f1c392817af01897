"""Whether something may be done with the curves of a point: the one place that decides.

Settlement rests on the participation, as each participant's agreement says. What goes beyond needs
what the member said; docs/privacy.md has the table.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from libs.common.ids import Prm
from services.ingest.domain.coverage import Participation


class Purpose(StrEnum):
    SETTLEMENT = "settlement"  # give it to the operation in which the point takes part
    COLLECTION = "collection"  # fetch it from the DSO on behalf of the household
    DISPLAY = "display"  # show it to the organiser


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


def may(
    participations: Collection[Participation],
    consents: Collection[Consent],
    *,
    purpose: Purpose,
    granularity: Granularity,
    day: date,
) -> bool:
    """Whether this may be done on a local day with the curves of one point.

    participations, consents: all of the point, or all of one member there. Consents of somebody who
    is not the one that takes part on the day say nothing. For settlement, day is that of the
    readings: a participation that ends or is cancelled stops them with its last day.
    """
    if purpose is Purpose.SETTLEMENT:
        return any(one.takes_part(day) for one in participations)
    holders = {one.member_id for one in participations if one.takes_part(day)}
    said = [
        one
        for one in consents
        if one.purpose == purpose and (not holders or one.member_id in holders)
    ]
    if purpose is Purpose.DISPLAY and not any(one.valid_from <= day for one in said):
        # Nothing was said so far: an organiser sees what their operation is settled by.
        return bool(participations)
    return _is_granted([one for one in said if one.stands(day)], granularity)


def _is_granted(standing: Collection[Consent], granularity: Granularity) -> bool:
    """A refusal stands before a grant; who may see the curve may also see its daily sums."""
    granted = {one.granularity for one in standing if one.is_granted}
    refused = {one.granularity for one in standing if not one.is_granted}
    if granularity is Granularity.DAILY:
        return Granularity.DAILY not in refused and bool(granted)
    return Granularity.LOAD_CURVE in granted and not refused
