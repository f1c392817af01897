"""Whether something may be done with the curves of a point: the one place that decides.

Settlement rests on the participation, as each participant's agreement says. What goes beyond needs
what the member said; docs/privacy.md has the table.
"""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from libs.common.curve_consents import DISPLAY, Consent, Granularity, is_displayed, is_granted
from services.ingest.domain.coverage import Participation


class Purpose(StrEnum):
    SETTLEMENT = "settlement"  # give it to the operation in which the point takes part
    COLLECTION = "collection"  # fetch it from the DSO on behalf of the household
    DISPLAY = DISPLAY  # show it to the organiser


def may(
    participations: Collection[Participation],
    consents: Collection[Consent],
    *,
    purpose: Purpose,
    granularity: Granularity,
    day: date,
) -> bool:
    """Whether this may be done on a local day with the curves of one point.

    participations, consents: all of the point. Consents of somebody who is not the one that takes
    part on the day say nothing, but for what ``is_displayed`` tells. For settlement, day is that of
    the readings: a participation that ends or is cancelled stops them with its last day.
    """
    if purpose is Purpose.SETTLEMENT:
        return any(one.takes_part(day) for one in participations)
    ever = {one.member_id for one in participations}
    holders = {one.member_id for one in participations if one.takes_part(day)}
    if purpose is Purpose.DISPLAY:
        return bool(ever) and all(
            is_displayed(consents, member_id=one, ever=ever, granularity=granularity, day=day)
            for one in holders or ever
        )
    said = [
        one
        for one in consents
        if one.purpose == purpose and (not holders or one.member_id in holders)
    ]
    return is_granted([one for one in said if one.stands(day)], granularity)
