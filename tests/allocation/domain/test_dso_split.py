"""The DSO's totals are kept to the watt-minute, between points that take part together."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from libs.common.calendar import Month, steps_in_day
from libs.common.ids import Direction, OperationId, Prm, Quantity
from services.allocation.domain.days import DayResult, DayStatus, ShareBlock
from services.allocation.domain.dso_results import DsoCurve, DsoDay, DsoEnergy, DsoMonth
from services.allocation.domain.keys import DefaultDynamic
from services.allocation.domain.perimeter import Participant
from services.allocation.domain.settlements.dso_basis import PointFigures, TakingPart
from services.allocation.domain.settlements.dso_month import DsoResultsTooCoarse, split_month
from services.allocation.domain.settlements.dso_split import DsoResultsDisagree, agree, split_day
from tests.allocation.domain.strategies import Case, cases

OPERATION = OperationId("ACC00000001")
MARCH = Month(2026, 3)
DAY = date(2026, 3, 29)
CONSUMER, PRODUCER = Direction.CONSUMPTION, Direction.PRODUCTION
ANNA, BRUNO, ROOF, BARN = (Prm(f"9900000000000{number}") for number in range(4))
WHOLE = {CONSUMER: Quantity.CONSUMPTION, PRODUCER: Quantity.PRODUCTION}


def rounded(energy_wmin: np.ndarray, unit: int) -> np.ndarray:
    return (energy_wmin + unit // 2) // unit * unit


def tell(case: Case, unit: int) -> tuple[dict[Prm, PointFigures], dict[Prm, PointFigures]]:
    """What a DSO would say that shares by the default rule, and rounds each figure to a unit."""
    allocation = case.allocate(DefaultDynamic())
    metered = allocation.metered
    producers = {
        prm: PointFigures(rounded(produced, unit), rounded(given_wmin, unit), unit, unit)
        for prm, produced, given_wmin in zip(
            metered.producers, metered.production_wmin, allocation.given_wmin, strict=True
        )
    }
    consumers = {
        prm: PointFigures(rounded(consumed, unit), rounded(allocated, unit), unit, unit)
        for prm, consumed, allocated in zip(
            metered.consumers, metered.consumption_wmin, allocation.allocated_wmin, strict=True
        )
    }
    return producers, consumers


@given(cases(), st.sampled_from([1, 60, 1000]))
def test_both_sides_are_brought_to_one_total(case: Case, unit: int) -> None:
    producers, consumers = tell(case, unit)

    allocated, given_wmin = agree(producers, consumers, tolerance_units=1, when="a day")

    assert (allocated.sum(axis=0) == given_wmin.sum(axis=0)).all()
    assert (allocated >= 0).all()
    assert (given_wmin >= 0).all()
    shared = np.stack([consumer.shared_wmin for consumer in consumers.values()])
    produced = np.stack([producer.metered_wmin for producer in producers.values()])
    assert (given_wmin <= produced).all()
    fits = shared.sum(axis=0) <= produced.sum(axis=0)
    assert (allocated[:, fits] == shared[:, fits]).all()
    if unit == 1:
        assert (
            given_wmin == np.stack([producer.shared_wmin for producer in producers.values()])
        ).all()


@given(cases(), st.integers(1, 10**6))
def test_a_gap_beyond_rounding_is_refused(case: Case, excess: int) -> None:
    producers, consumers = tell(case, 1)
    prm, energy = next(iter(consumers.items()))
    too_much = energy.shared_wmin.copy()
    too_much[-1] += excess + len(producers) + len(consumers)
    consumers[prm] = PointFigures(energy.metered_wmin, too_much, 1, 1)

    with pytest.raises(DsoResultsDisagree) as refusal:
        agree(producers, consumers, tolerance_units=1, when="a day")

    difference = excess + len(producers) + len(consumers)
    assert refusal.value.facts["difference_wmin"] == difference
    assert refusal.value.facts["step"] == case.steps


def curves_of(
    who: Participant, whole: int, shared: int, *, step_min: int = 30, day: date = DAY
) -> list[DsoCurve]:
    steps = steps_in_day(day, step_min)
    return [
        DsoCurve(who.prm, who.direction, quantity, step_min, 1, [energy] * steps)
        for quantity, energy in ((WHOLE[who.direction], whole), (Quantity.SELF_CONSUMED, shared))
    ]


def test_curves_of_several_steps_are_added_up_to_one_they_nest_in() -> None:
    anna, roof = Participant(ANNA, CONSUMER), Participant(ROOF, PRODUCER)
    curves = [
        *curves_of(anna, 500, 300, step_min=10),
        *curves_of(roof, 900, 450, step_min=15),
    ]
    result = split_day(OPERATION, DsoDay(OPERATION, DAY, 1, True, curves), [anna, roof], 0)

    (share,) = result.shares
    assert result.step_min == 30
    assert share.energy_wmin.tolist() == [900] * 46
    assert [(point.metered_wmin, point.shared_wmin) for point in result.points] == [
        (1500 * 46, 900 * 46),
        (1800 * 46, 900 * 46),
    ]


@pytest.mark.parametrize("direction", [CONSUMER, PRODUCER])
def test_a_day_with_one_side_only_shares_nothing(direction: Direction) -> None:
    who = Participant(ANNA, direction)
    curves = curves_of(who, 500, 0)
    result = split_day(OPERATION, DsoDay(OPERATION, DAY, 1, True, curves), [who], 0)
    assert result.shares == ()
    assert [point.shared_wmin for point in result.points] == [0]


def test_one_side_that_shared_all_the_same_is_refused() -> None:
    who = Participant(ANNA, CONSUMER)
    curves = curves_of(who, 500, 400)
    with pytest.raises(DsoResultsDisagree):
        split_day(OPERATION, DsoDay(OPERATION, DAY, 1, True, curves), [who], 1)


@pytest.mark.parametrize(("excess", "settled"), [(0, 300), (2, 300), (3, None)])
def test_nobody_shares_more_than_was_metered(excess: int, settled: int | None) -> None:
    anna, roof = Participant(ANNA, CONSUMER), Participant(ROOF, PRODUCER)
    curves = [*curves_of(anna, 300, 300 + excess), *curves_of(roof, 900, 300 + excess)]
    result = DsoDay(OPERATION, DAY, 1, True, curves)
    if settled is None:
        with pytest.raises(DsoResultsDisagree) as refusal:
            split_day(OPERATION, result, [anna, roof], 1)
        assert refusal.value.facts["prm"] == ANNA
        return

    points = split_day(OPERATION, result, [anna, roof], 1).points

    assert [point.shared_wmin for point in points] == [settled * 46] * 2


def test_what_a_producer_shared_beyond_what_it_made_is_another_s() -> None:
    def told(metered: int, shared: int) -> PointFigures:
        return PointFigures(np.array([metered]), np.array([shared]), 5, 5)

    producers = {ROOF: told(100, 105), BARN: told(100, 50)}

    allocated, given_wmin = agree(
        producers, {ANNA: told(300, 155)}, tolerance_units=1, when="2026-03-29"
    )

    assert (allocated.tolist(), given_wmin.tolist()) == ([[155]], [[100], [55]])


DAYS = MARCH.days[:6]


@st.composite
def presences(draw: st.DrawFn) -> TakingPart:
    """Who takes part on which of six days: everybody for a span."""
    spans = {}
    for who in (
        Participant(ANNA, CONSUMER),
        Participant(BRUNO, CONSUMER),
        Participant(ROOF, PRODUCER),
        Participant(BARN, PRODUCER),
    ):
        first = draw(st.integers(0, 5))
        spans[who] = (first, draw(st.integers(first, 5)))
    by_day = {
        day: sorted(who for who, (first, last) in spans.items() if first <= number <= last)
        for number, day in enumerate(DAYS)
    }
    return {day: participants for day, participants in by_day.items() if participants}


@st.composite
def shares_of(draw: st.DrawFn, taking_part: TakingPart) -> list[DayResult]:
    results = []
    for day, participants in taking_part.items():
        blocks = []
        for producer in (who.prm for who in participants if who.direction == PRODUCER):
            for consumer in (who.prm for who in participants if who.direction == CONSUMER):
                if energy := draw(st.sampled_from([0, 0, 7, 1000, 123_456])):
                    curve = np.array([energy], dtype=np.int64)
                    blocks.append(ShareBlock(producer, consumer, curve, energy))
        results.append(DayResult(OPERATION, day, 60, DayStatus.ALLOCATED, shares=blocks))
    return results


def month_of(shared: dict[Participant, int]) -> DsoMonth:
    energies = [
        DsoEnergy(who.prm, who.direction, quantity, "P", 1, energy)
        for who, energy in shared.items()
        for quantity in (WHOLE[who.direction], Quantity.SELF_CONSUMED)
    ]
    return DsoMonth(OPERATION, MARCH, 1, True, energies)


@given(st.data())
def test_a_month_keeps_every_total_and_only_days_spent_together(data: st.DataObject) -> None:
    taking_part = data.draw(presences())
    shares = data.draw(shares_of(taking_part))
    # Totals that pairs who meet could have shared, near our own or far from them.
    shared = {who: 0 for participants in taking_part.values() for who in participants}
    for participants in taking_part.values():
        for producer in (who for who in participants if who.direction == PRODUCER):
            for consumer in (who for who in participants if who.direction == CONSUMER):
                energy = data.draw(st.integers(0, 200_000))
                shared[producer] += energy
                shared[consumer] += energy
    try:
        settlement = split_month(
            OPERATION,
            MARCH,
            result=month_of(shared),
            taking_part=taking_part,
            own_days=shares,
            tolerance_units=0,
        )
    except DsoResultsTooCoarse:
        # Only where somebody never meets somebody: a way over a third point is not looked for.
        assert not all_meet(taking_part, shared)
        return

    totals = dict.fromkeys(shared, 0)
    for pair in settlement.pairs:
        giver, taker = Participant(pair.producer, PRODUCER), Participant(pair.consumer, CONSUMER)
        for day, energy in zip(MARCH.days, pair.energy_wmin, strict=True):
            assert energy >= 0
            assert not energy or {giver, taker} <= set(taking_part[day])
            totals[giver] += energy
            totals[taker] += energy
    assert totals == shared
    assert {(point.prm, point.shared_wmin) for point in settlement.points} == {
        (who.prm, energy) for who, energy in shared.items()
    }


def all_meet(taking_part: TakingPart, shared: dict[Participant, int]) -> bool:
    return all(
        any({giver, taker} <= set(participants) for participants in taking_part.values())
        for giver in shared
        for taker in shared
        if giver.direction == PRODUCER and taker.direction == CONSUMER
    )


@given(st.data())
def test_a_month_of_our_own_totals_is_our_own_split(data: st.DataObject) -> None:
    taking_part = data.draw(presences())
    shares = data.draw(shares_of(taking_part))
    shared = {who: 0 for participants in taking_part.values() for who in participants}
    for result in shares:
        for share in result.shares:
            shared[Participant(share.producer, PRODUCER)] += share.day_wmin
            shared[Participant(share.consumer, CONSUMER)] += share.day_wmin
    assume(any(shared.values()))

    settlement = split_month(
        OPERATION,
        MARCH,
        result=month_of(shared),
        taking_part=taking_part,
        own_days=shares,
        tolerance_units=0,
    )

    energies = {
        (pair.producer, pair.consumer, day): energy
        for pair in settlement.pairs
        for day, energy in zip(MARCH.days, pair.energy_wmin, strict=True)
        if energy
    }
    assert energies == {
        (share.producer, share.consumer, result.day): share.day_wmin
        for result in shares
        for share in result.shares
    }


def test_two_who_never_met_cannot_have_shared() -> None:
    anna, roof = Participant(ANNA, CONSUMER), Participant(ROOF, PRODUCER)
    apart = {DAY: [anna], DAY + timedelta(days=1): [roof]}
    with pytest.raises(DsoResultsTooCoarse, match="600 watt-minutes"):
        split_month(
            OPERATION,
            MARCH,
            result=month_of({anna: 600, roof: 600}),
            taking_part=apart,
            own_days=[],
            tolerance_units=0,
        )
