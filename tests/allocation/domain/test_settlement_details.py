"""A settlement by local half-hour: the energies of its days, to the watt-minute."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from libs.common.calendar import Month, steps_in_day
from services.allocation.domain.curves import Block
from services.allocation.domain.days import DayFacts
from services.allocation.domain.keys import parse_key
from services.allocation.domain.settlements import Settlement
from services.allocation.domain.settlements.details import (
    DetailedPair,
    classes_of_shares,
    detail_pairs,
    details_in_parts,
)
from services.allocation.domain.settlements.differences import ClassesByDay
from services.allocation.domain.settlements.rebuild import classes_by_day
from services.allocation.domain.share_frames import StepShares
from tests.allocation.domain.test_settlements import (
    ANNA,
    CHANGES,
    KEYS,
    MARCH,
    OCTOBER,
    OPERATION,
    POINTS,
    ROOF,
    days_of,
    months,
    settle,
)


def by_half_hour(pairs: list[DetailedPair], month: Month) -> dict[tuple[str, str, date, int], int]:
    return {
        (pair.producer, pair.consumer, day, first + place): energy_wmin
        for pair in pairs
        for day, first, energies in zip(
            month.days, pair.first_half_hour, pair.energy_wmin, strict=True
        )
        if first is not None
        for place, energy_wmin in enumerate(energies)
        if energy_wmin
    }


@given(st.data(), months)
def test_half_hours_add_up_to_each_settled_day(data: st.DataObject, month: Month) -> None:
    days = data.draw(days_of(month))
    settlement, inputs, frozen = settle(month, days)
    classes = classes_by_day(OPERATION, inputs, frozen, inputs.by_step)
    idle: ClassesByDay = {day: {} for day in month.days if day not in classes}

    pairs = list(detail_pairs(settlement, {**idle, **classes}))

    assert [(pair.producer, pair.consumer) for pair in pairs] == [
        (pair.producer, pair.consumer) for pair in settlement.pairs
    ]
    for pair, settled in zip(pairs, settlement.pairs, strict=True):
        assert [sum(day) for day in pair.energy_wmin] == settled.energy_wmin
        assert None not in pair.first_half_hour
        assert all(day[0] and day[-1] for day in pair.energy_wmin if day)
    assert by_half_hour(pairs, month) == {
        (*couple, day, half_hour): energy_wmin
        for day, of_day in classes.items()
        for couple, of_couple in of_day.items()
        for half_hour, energy_wmin in enumerate(of_couple.tolist())
        if energy_wmin
    }


@given(st.data(), months)
def test_days_whose_half_hours_are_not_known_have_their_energy_alone(
    data: st.DataObject, month: Month
) -> None:
    settlement, _, _ = settle(month, data.draw(days_of(month)))

    for pair, settled in zip(detail_pairs(settlement, {}), settlement.pairs, strict=True):
        assert pair.first_half_hour == [None] * len(month.days)
        assert pair.energy_wmin == [[energy_wmin] for energy_wmin in settled.energy_wmin]


@given(st.data(), st.integers(1, 200))
def test_parts_together_are_all_the_pairs(data: st.DataObject, max_figures: int) -> None:
    settlement, _, _ = settle(OCTOBER, data.draw(days_of(OCTOBER)))
    pairs = list(detail_pairs(settlement, {}))

    parts = list(details_in_parts(pairs, max_figures))

    assert [pair for piece in parts for pair in piece] == pairs
    assert all(parts) or parts == [[]]


def test_the_hour_that_march_leaves_out_is_nothing_within_the_day() -> None:
    day = CHANGES[MARCH]
    blocks = {
        point: [Block(30, [power] * steps_in_day(day, 30))]
        for point, power in ((POINTS[0], 100), (POINTS[2], 200))
    }
    facts = DayFacts(OPERATION, day, 30, sorted(blocks), blocks, parse_key(KEYS[0]))
    settlement, inputs, frozen = settle(MARCH, {day: (facts, KEYS[0])})

    (pair,) = detail_pairs(settlement, classes_by_day(OPERATION, inputs, frozen, [day]))

    place = MARCH.days.index(day)
    assert pair.first_half_hour[place] == 0
    assert pair.energy_wmin[place] == [3000] * 4 + [0, 0] + [3000] * 42


def test_shares_as_stored_are_added_up_by_the_clock() -> None:
    """Quarters of an hour on the day of 25 hours: 02:00 to 03:00 is there twice."""
    day = CHANGES[OCTOBER]
    shares = [StepShares(day, ROOF, ANNA, 15, list(range(100)))]

    (of_pair,) = classes_of_shares(shares)[day].values()

    # Steps 8 and 9 start at 02:00 and 02:15, steps 12 and 13 do so again.
    assert of_pair.tolist()[:7] == [1, 5, 9, 13, 8 + 9 + 12 + 13, 10 + 11 + 14 + 15, 16 + 17]
    assert of_pair.sum() == sum(range(100))


def test_a_day_without_shares_has_no_half_hours() -> None:
    assert classes_of_shares([]) == {}
    assert isinstance(settle(OCTOBER, {})[0], Settlement)
