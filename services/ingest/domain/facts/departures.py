"""The operations that a point leaves at the events of its contract."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from libs.common.calendar import local_day
from libs.common.ids import OperationId, Prm
from services.ingest.domain.facts.contracts import Departure, departure
from services.ingest.domain.readings.coverage import Participation


@dataclass(frozen=True, order=True)
class Departed:
    """A point that takes part no more from ``left_on``, a local day."""

    operation_id: OperationId
    prm: Prm
    left_on: date
    reason: Departure


def departures(
    events: Iterable[Mapping[str, Any]], participations: Iterable[Participation]
) -> list[Departed]:
    """Return the departures in order of operation, prm and day; storage leaves on both sides.

    events: schema CONTRACT_EVENTS. A participation that begins on the day of an event is that of
    the new occupant, and stays.
    """
    participations_by_point: dict[Prm, list[Participation]] = {}
    for participation in participations:
        participations_by_point.setdefault(participation.prm, []).append(participation)
    departed = set()
    for event in events:
        reason, day = departure(event["kind"]), local_day(event["happened_at"])
        for participation in participations_by_point.get(event["prm"], []) if reason else []:
            is_in = participation.valid_from < day and participation.takes_part(day)
            if is_in and reason:
                departed.add(Departed(participation.operation_id, participation.prm, day, reason))
    return sorted(departed)
