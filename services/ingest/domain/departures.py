"""Which operations a point leaves at the events of its contract."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from libs.common.calendar import local_day
from libs.common.ids import OperationId, Prm
from services.ingest.domain.contracts import Departure, departure
from services.ingest.domain.coverage import Participation


@dataclass(frozen=True, order=True)
class Departed:
    """A point that takes part no more from ``left_on`` on, a local day."""

    operation_id: OperationId
    prm: Prm
    left_on: date
    reason: Departure


def departures(
    events: Iterable[Mapping[str, Any]], participations: Iterable[Participation]
) -> list[Departed]:
    """Who leaves, in order of operation, prm and day; on both sides where storage takes part.

    events: schema CONTRACT_EVENTS. A participation that begins on the day of an event is that of
    the new occupant, and stays.
    """
    of_point: dict[Prm, list[Participation]] = {}
    for one in participations:
        of_point.setdefault(one.prm, []).append(one)
    left = set()
    for event in events:
        reason, day = departure(event["kind"]), local_day(event["happened_at"])
        for one in of_point.get(event["prm"], []) if reason else []:
            is_in = one.valid_from < day and (one.valid_to is None or day < one.valid_to)
            if is_in and reason:
                left.add(Departed(one.operation_id, one.prm, day, reason))
    return sorted(left)
