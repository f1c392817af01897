"""Decides what may be done with the curves of a point; no other place does.

Settlement rests on the participation, as each participant's agreement says. Anything beyond it
needs the member's consent; docs/run/privacy.md has the table.
"""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from libs.common.curve_consents import DISPLAY, Consent, Granularity, is_displayed, is_granted
from services.ingest.domain.readings.coverage import Participation


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
    """Return whether this may be done with the curves of one point on a local day.

    participations, consents: all of the point. Consents of members who do not take part on the day
    do not count, except as ``is_displayed`` says. For settlement, day is that of the readings: a
    participation that ends or is cancelled allows it until its last day.
    """
    if purpose is Purpose.SETTLEMENT:
        return any(participation.takes_part(day) for participation in participations)
    participants = {participation.member_id for participation in participations}
    holders = {
        participation.member_id for participation in participations if participation.takes_part(day)
    }
    if purpose is Purpose.DISPLAY:
        return bool(participants) and all(
            is_displayed(
                consents, member_id=member_id, ever=participants, granularity=granularity, day=day
            )
            for member_id in holders or participants
        )
    applicable = [
        consent
        for consent in consents
        if consent.purpose == purpose and (not holders or consent.member_id in holders)
    ]
    return is_granted([consent for consent in applicable if consent.stands(day)], granularity)
