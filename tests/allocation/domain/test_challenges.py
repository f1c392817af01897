"""What counts for a challenge on a day: hours, gaps, estimates, shares."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

from libs.common.ids import OperationId, Prm
from services.allocation.domain.challenges import (
    Challenge,
    ChallengeEntry,
    Measured,
    measure,
    merged,
)
from services.allocation.domain.curves import Block
from services.allocation.domain.share_frames import StepShares

_MONDAY = date(2026, 10, 12)
_HOME, _ROOF = Prm("99110000000101"), Prm("99110000000201")
_NOON = Challenge(
    id=uuid4(),
    operation_id=OperationId("ACC00000101"),
    revision=1,
    half_hours=range(24, 28),  # from 12:00 to 14:00
    weekdays=[1, 2],
    with_shares=False,
    entries=[ChallengeEntry(uuid4(), _HOME, _MONDAY, date(2026, 10, 20))],
)


def _curve(**changes: int | None) -> list[int | None]:
    powers: list[int | None] = [100] * 48
    for step, power in changes.items():
        powers[int(step.removeprefix("step"))] = power
    return powers


def _measure(powers: list[int | None], *estimated: int) -> Measured | None:
    return measure(_NOON, _MONDAY, 30, [Block(30, powers, estimated)], None)


def test_only_the_hours_of_the_local_clock_count() -> None:
    powers = _curve(step23=9000, step24=200, step27=300, step28=9000)

    assert _measure(powers) == Measured((200 + 100 + 100 + 300) * 30)


def test_a_gap_or_a_guess_in_these_hours_makes_the_day_unknown_and_others_do_not() -> None:
    assert _measure(_curve(step25=None)) is None
    assert _measure(_curve(), 25) is None
    assert _measure(_curve(step3=None), 40) == Measured(4 * 100 * 30)


def test_on_the_day_of_25_hours_the_repeated_hour_counts_twice() -> None:
    night = replace(_NOON, half_hours=[4, 5])

    measured_day = measure(night, date(2026, 10, 25), 30, [Block(30, [100] * 50)], None)

    assert measured_day == Measured(4 * 100 * 30)


def test_shares_count_in_the_same_hours_and_have_to_be_known() -> None:
    local = replace(_NOON, with_shares=True)
    shares = StepShares(_MONDAY, _ROOF, _HOME, 30, [0] * 23 + [7, 10, 20, 30, 40, 7] + [0] * 19)
    blocks = [Block(30, _curve())]

    assert measure(local, _MONDAY, 30, blocks, [shares]) == Measured(12_000, 100)
    assert measure(local, _MONDAY, 30, blocks, []) == Measured(12_000, 0)
    assert measure(local, _MONDAY, 30, blocks, None) is None


def test_entries_are_due_within_their_days_on_the_weekdays_that_count() -> None:
    days = [date(2026, 10, day) for day in range(5, 31)]

    due = [day.day for _, day in _NOON.list_due(days)]

    assert due == [12, 13, 19]


def test_what_is_unknown_now_is_taken_away() -> None:
    other = date(2026, 10, 13)
    measures = {_MONDAY: Measured(1), other: Measured(2)}

    assert merged(measures, {other: None}) == {_MONDAY: Measured(1)}
