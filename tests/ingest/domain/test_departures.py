"""Who leaves an operation at the events of contracts."""

from datetime import date
from uuid import UUID

import pytest

from libs.common.calendar import day_start
from libs.common.ids import Direction, OperationId, Prm
from services.ingest.domain.facts.contracts import Departure
from services.ingest.domain.facts.departures import Departed, departures
from services.ingest.domain.readings.coverage import Participation

PRM, OPERATION = Prm("99000000000017"), OperationId("ACC00000001")
DAY = date(2026, 10, 12)


def _event(kind: str, day: date = DAY) -> dict[str, object]:
    return {"prm": PRM, "happened_at": day_start(day), "kind": kind, "affair": ""}


def _participation(
    valid_from: date = date(2026, 1, 1),
    valid_to: date | None = None,
    direction: Direction = Direction.CONSUMPTION,
) -> Participation:
    return Participation(OPERATION, PRM, direction, UUID(int=1), valid_from, valid_to)


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("RES", Departure.TERMINATED),
        ("MES", Departure.NEW_OCCUPANT),
        ("PMES", Departure.NEW_OCCUPANT),
    ],
)
def test_a_termination_and_a_new_occupant_take_the_point_out(kind: str, reason: Departure) -> None:
    left = departures([_event(kind)], [_participation()])

    assert left == [Departed(OPERATION, PRM, DAY, reason)]


@pytest.mark.parametrize("kind", ["CFNE", "CFNS", "MCT", "CMAT", "?"])
def test_a_change_of_supplier_and_other_events_keep_it_in(kind: str) -> None:
    assert departures([_event(kind)], [_participation()]) == []


@pytest.mark.parametrize(
    "participation",
    [
        _participation(valid_from=DAY),  # of the new occupant
        _participation(valid_to=DAY),  # had ended by then
        _participation(valid_from=date(2026, 11, 1)),
    ],
)
def test_who_did_not_take_part_before_and_after_does_not_leave(
    participation: Participation,
) -> None:
    assert departures([_event("RES")], [participation]) == []


def test_storage_leaves_once_on_both_sides() -> None:
    both = [_participation(), _participation(direction=Direction.PRODUCTION)]

    assert len(departures([_event("RES"), _event("RES")], both)) == 1
