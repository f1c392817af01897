"""A draft key on past days: energies of points and members, and how even they are."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from libs.common.calendar import Month
from libs.common.ids import Direction, OperationId, Prm
from services.allocation.domain.days import DayFacts
from services.allocation.domain.key_previews import (
    GroupPreview,
    Occupancy,
    PreviewSum,
    months_to_preview,
    preview_days,
)
from services.allocation.domain.keys import SharingKey, parse_key
from services.allocation.domain.perimeter import Participation, Perimeter
from tests.allocation.domain.days import day_facts

FIRST = date(2026, 10, 12)
ANNA_HOME, BRUNO_HOME = Prm("99000000000011"), Prm("99000000000012")
ANNA, BRUNO, CARLA = uuid4(), uuid4(), uuid4()
DAY_MIN = 1440
ANNA_FIRST = parse_key({"type": "priority", "ranks": [[ANNA_HOME], [BRUNO_HOME]]})


def _perimeter(*stays: Participation) -> Perimeter:
    return Perimeter(OperationId("ACC00000001"), 1, "Bourg", ANNA, 30, stays)


def _stay(prm: Prm, member: object, first: date, end: date | None = None) -> Participation:
    return Participation(prm, Direction.CONSUMPTION, member, first, end)  # type: ignore[arg-type]


def _days() -> list[DayFacts]:
    """Two days on which 900 W go to homes that use 400 and 800 W."""
    homes = {ANNA_HOME: 400, BRUNO_HOME: 800}
    return [day_facts(FIRST + timedelta(days=number), homes) for number in range(2)]


def _preview(draft: SharingKey, days: list[DayFacts] | None = None) -> dict[Occupancy, PreviewSum]:
    """Bruno's home is Carla's from the second day on."""
    days = _days() if days is None else days
    moved = FIRST + timedelta(days=1)
    perimeter = _perimeter(
        _stay(ANNA_HOME, ANNA, FIRST),
        _stay(BRUNO_HOME, BRUNO, FIRST, moved),
        _stay(BRUNO_HOME, CARLA, moved),
    )
    got = {ANNA_HOME: 300 * DAY_MIN, BRUNO_HOME: 600 * DAY_MIN}
    shared = {(facts.day, prm): energy for facts in days for prm, energy in got.items()}
    return dict(preview_days(days, draft, shared, perimeter))


def test_each_member_has_the_days_on_which_the_point_was_theirs() -> None:
    assert _preview(ANNA_FIRST) == {
        (ANNA_HOME, ANNA): PreviewSum(2, 800 * DAY_MIN, 600 * DAY_MIN, 800 * DAY_MIN),
        (BRUNO_HOME, BRUNO): PreviewSum(1, 800 * DAY_MIN, 600 * DAY_MIN, 500 * DAY_MIN),
        (BRUNO_HOME, CARLA): PreviewSum(1, 800 * DAY_MIN, 600 * DAY_MIN, 500 * DAY_MIN),
    }


def test_the_key_in_force_gives_what_it_gave() -> None:
    sums = _preview(parse_key({"type": "default_dynamic"}))

    assert all(total.draft_wmin == total.in_force_wmin for total in sums.values())


def test_days_of_which_the_draft_says_nothing_are_left_out() -> None:
    assert _preview(parse_key({"type": "dynamic"})) == {}
    incomplete = [replace(facts, blocks={}) for facts in _days()]
    assert _preview(ANNA_FIRST, incomplete) == {}


def test_a_group_is_as_even_as_its_points_are_covered() -> None:
    points = [PreviewSum(1, 100, 50, 100), PreviewSum(1, 200, 100, 0), PreviewSum(1, 0, 0, 0)]
    group = GroupPreview(points)

    assert group.total == PreviewSum(3, 300, 150, 100)
    assert group.gini_in_force == 0
    assert group.gini_draft == 0.5
    assert GroupPreview([]).gini_draft is None


@pytest.mark.parametrize("allocated", [0, 3, 14])
def test_the_last_twelve_months_that_are_over_are_tried(allocated: int) -> None:
    now = Month(2026, 11)
    months = [now.earlier(back) for back in range(allocated)]

    tried = months_to_preview(months, now)

    assert tried == months[1:][:12]
