"""What is left of curves that are too old to be kept."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.calendar import steps_in_day
from libs.common.ids import Direction
from services.ingest.domain.privacy.energies import DailyEnergy, daily_energies
from services.ingest.domain.privacy.retention import (
    Kept,
    MonthlyEnergy,
    MonthOfPoint,
    RetentionTerms,
    sum_months,
)
from services.ingest.domain.readings.blocks import Block
from services.ingest.domain.tallies import Tally
from tests.ingest.domain.days import MARCH_DAY, OCTOBER_DAY, OTHER_PRM, PRM

_RETENTION = RetentionTerms(
    curves_months=36, files_months=24, quarantine_months=6, accesses_months=12, pulls_months=3
)


def _block(
    day: date,
    power_w: int | None = 100,
    *,
    step_min: int = 30,
    direction: Direction = Direction.CONSUMPTION,
    estimated: Sequence[int] = (),
) -> Block:
    steps = steps_in_day(day, step_min)
    natures = ["x" if power_w is None else "m"] * steps
    for slot in estimated:
        natures[slot] = "i"
    return Block(
        PRM, direction, day, step_min, 1, [power_w] * steps, "".join(natures), [False] * steps, [1]
    )


@pytest.mark.parametrize(
    ("kind", "kept_from"),
    [
        (Kept.CURVES, date(2023, 11, 1)),
        (Kept.HELD, date(2023, 11, 1)),
        (Kept.RESULTS, date(2023, 11, 1)),
        (Kept.INDEXES, date(2023, 11, 1)),
        (Kept.INVOICED, date(2023, 11, 1)),
        (Kept.FILES, date(2024, 11, 1)),
        (Kept.QUARANTINE, date(2026, 5, 1)),
        (Kept.ACCESSES, date(2025, 11, 1)),
        (Kept.PULLS, date(2026, 8, 1)),
        (Kept.RE_REQUESTS, date(2026, 8, 1)),
    ],
)
def test_things_are_kept_for_whole_months(kind: Kept, kept_from: date) -> None:
    assert _RETENTION.kept_from(kind, date(2026, 11, 25)) == kept_from
    assert _RETENTION.kept_from(kind, date(2026, 11, 1)) == kept_from


@given(st.dates(date(2101, 1, 1), date(2200, 1, 1)), st.integers(1, 1200))
def test_what_is_kept_begins_with_a_month_and_is_never_shorter_than_said(
    today: date, months: int
) -> None:
    first = RetentionTerms(months, 1, 1, 1, 1).kept_from(Kept.CURVES, today)

    assert first.day == 1
    assert (today.year - first.year) * 12 + today.month - first.month == months


def test_a_month_is_one_sum_of_its_days() -> None:
    days = [date(2026, 7, 1), date(2026, 7, 2), date(2026, 8, 1)]

    sums = sum_months([_block(day) for day in days], {})

    july = MonthOfPoint(PRM, Direction.CONSUMPTION, date(2026, 7, 1))
    assert sums[july] == MonthlyEnergy(100 * 2 * 1440, 0, (1, 2))
    assert list(sums) == [july, july._replace(month=date(2026, 8, 1))]


def test_a_day_that_is_in_a_sum_is_not_added_again() -> None:
    july = MonthOfPoint(PRM, Direction.CONSUMPTION, date(2026, 7, 1))
    energies = {
        july: MonthlyEnergy(5, 30, (2,)),
        july._replace(prm=OTHER_PRM): MonthlyEnergy(7, 0, ()),
    }
    again = [_block(date(2026, 7, day)) for day in (1, 2, 3)]

    sums = sum_months(again, energies)

    assert sums == {july: MonthlyEnergy(5 + 2 * 144_000, 30, (1, 2, 3))}


@pytest.mark.parametrize(("day", "minutes"), [(MARCH_DAY, 1380), (OCTOBER_DAY, 1500)])
def test_days_of_clock_changes_have_their_own_length(day: date, minutes: int) -> None:
    (energy,) = daily_energies([_block(day)])
    (monthly,) = sum_months([_block(day)], {}).values()

    assert energy == DailyEnergy(Direction.CONSUMPTION, day, 100 * minutes, 0, 0)
    assert monthly == MonthlyEnergy(100 * minutes, 0, (day.day,))


def test_what_we_estimated_counts_and_is_told() -> None:
    day = date(2026, 7, 1)

    (energy,) = daily_energies([_block(day, estimated=[3, 4])])
    (monthly,) = sum_months([_block(day, estimated=[3, 4])], {}).values()

    assert energy == DailyEnergy(Direction.CONSUMPTION, day, 144_000, 0, 60)
    assert monthly == MonthlyEnergy(144_000, 0, (1,))


def test_two_steps_of_one_day_are_not_added_up() -> None:
    day = date(2026, 7, 1)

    (energy,) = daily_energies([_block(day, 100), _block(day, 999, step_min=60)])

    assert energy.energy_wmin == 144_000


def test_a_missing_day_has_no_energy() -> None:
    (energy,) = daily_energies([_block(date(2026, 7, 1), None)])

    assert (energy.energy_wmin, energy.missing_min) == (0, 1440)


@given(st.lists(st.integers(0, 60), unique=True), st.integers(0, 61))
def test_sums_do_not_depend_on_how_days_are_cut_into_batches(days: list[int], cut: int) -> None:
    blocks = [_block(date(2026, 7, 1) + timedelta(days=day), day) for day in days]

    at_once = sum_months(blocks, {})
    first = sum_months(blocks[:cut], {})

    assert first | sum_months(blocks[cut:], first) == at_once


def test_a_tally_tells_the_oldest_and_the_newest() -> None:
    first, last = date(2026, 1, 1), date(2026, 2, 1)

    assert Tally.of([last, first, last]) == Tally(3, first, last)
    assert Tally.of([]) == Tally(0, None, None)


def test_a_tally_of_instants_tells_the_local_days_on_which_they_were() -> None:
    evening, night = (datetime(2026, 6, 30, hour, tzinfo=UTC) for hour in (21, 22))

    assert Tally.between(2, evening, night) == Tally(2, date(2026, 6, 30), date(2026, 7, 1))
    assert Tally.between(0, None, None) == Tally()
