"""Where the DSO's perimeter differs from ours."""

from datetime import date
from uuid import uuid4

from libs.common.ids import Direction, OperationId, Prm
from services.ingest.domain.readings.coverage import Participation
from services.ingest.domain.results.dso_perimeters import DsoPoint, compare_perimeters

FIRST, SECOND = Prm("99000000000017"), Prm("99000000000025")
CONSUMPTION, PRODUCTION = Direction.CONSUMPTION, Direction.PRODUCTION
JANUARY, JUNE, OCTOBER = date(2026, 1, 1), date(2026, 6, 1), date(2026, 10, 1)


def _ours(
    prm: Prm = FIRST,
    valid_from: date = JANUARY,
    valid_to: date | None = None,
    direction: Direction = CONSUMPTION,
) -> Participation:
    operation_id = OperationId("ACC00000101")
    return Participation(operation_id, prm, direction, uuid4(), valid_from, valid_to)


def _theirs(
    prm: Prm = FIRST,
    valid_from: date | None = JANUARY,
    valid_to: date | None = None,
    direction: Direction = CONSUMPTION,
) -> DsoPoint:
    return DsoPoint(prm, direction, valid_from, valid_to)


def _differences(ours: list[Participation], theirs: list[DsoPoint]) -> list[tuple[str, str, str]]:
    differences = compare_perimeters(ours, theirs)
    return [(perimeter.prm, perimeter.direction, perimeter.difference) for perimeter in differences]


def test_the_same_points_on_the_same_days_differ_in_nothing() -> None:
    ours = [_ours(), _ours(SECOND, direction=PRODUCTION)]
    assert _differences(ours, [_theirs(SECOND, direction=PRODUCTION), _theirs(), _theirs()]) == []


def test_a_point_that_only_one_side_has_is_missing_on_the_other() -> None:
    assert _differences([_ours()], [_theirs(SECOND)]) == [
        (FIRST, "consumption", "missing_there"),
        (SECOND, "consumption", "missing_here"),
    ]


def test_a_point_on_the_other_side_of_the_meter_is_another_one() -> None:
    assert _differences([_ours()], [_theirs(direction=PRODUCTION)]) == [
        (FIRST, "consumption", "missing_there"),
        (FIRST, "production", "missing_here"),
    ]


def test_other_days_are_told() -> None:
    (perimeter,) = compare_perimeters([_ours()], [_theirs(valid_to=OCTOBER)])
    assert (perimeter.difference, perimeter.ours, perimeter.theirs) == (
        "other_dates",
        [(JANUARY, None)],
        [(JANUARY, OCTOBER)],
    )


def test_periods_that_follow_each_other_are_one() -> None:
    ours = [_ours(valid_to=JUNE), _ours(valid_from=JUNE)]
    assert _differences(ours, [_theirs()]) == []


def test_a_point_without_a_first_day_is_only_looked_for() -> None:
    assert _differences([_ours()], [_theirs(valid_from=None, valid_to=OCTOBER)]) == []
