"""A settlement can be made again from what was frozen, and says exactly what it changes."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.calendar import Month, steps_in_day
from libs.common.ids import Direction, OperationId, Prm
from services.allocation.domain.curves import Block, starts_of_day
from services.allocation.domain.days import DayFacts, decide_day
from services.allocation.domain.keys import parse_key
from services.allocation.domain.keys.coefficients import POOL, Coefficients
from services.allocation.domain.keys.timeline import Definition, KeyPeriod
from services.allocation.domain.perimeter import Participant
from services.allocation.domain.settlements.content import (
    SettledPair,
    Settlement,
    SettlementStatus,
    hash_content,
)
from services.allocation.domain.settlements.differences import (
    ClosedSettlement,
    DayChange,
    PairChange,
    compare,
    find_changes,
    in_parts,
)
from services.allocation.domain.settlements.inputs import (
    Frozen,
    FrozenInput,
    SettlementInputs,
    freeze_month,
    thaw_day,
    thaw_key,
)
from services.allocation.domain.settlements.rebuild import (
    Verification,
    rebuild,
    results_of,
    verify,
)

OPERATION = OperationId("ACC00000001")
ANNA, BRUNO, ROOF, BARN = (Prm(f"9900000000000{number}") for number in range(4))
POINTS = (
    Participant(ANNA, Direction.CONSUMPTION),
    Participant(BRUNO, Direction.CONSUMPTION),
    Participant(ROOF, Direction.PRODUCTION),
    Participant(BARN, Direction.PRODUCTION),
)
KEYS: tuple[Definition, ...] = (
    {"type": "default_dynamic"},
    {"type": "static", "shares": {ANNA: "0.6", BRUNO: "0.3"}},
    {"type": "static", "shares": {ANNA: "0.5", BRUNO: "0.5"}, "redistribute": True},
    {"type": "priority", "ranks": [[BRUNO], [ANNA]]},
)
MARCH, OCTOBER = Month(2026, 3), Month(2026, 10)
MAY_DAY = date(2026, 5, 1)
CHANGES = {MARCH: date(2026, 3, 29), OCTOBER: date(2026, 10, 25)}

Days = dict[date, tuple[DayFacts, Definition]]


@st.composite
def day_facts(draw: st.DrawFn, day: date) -> tuple[DayFacts, Definition]:
    step_min = draw(st.sampled_from([15, 30, 60]))
    definition = draw(st.sampled_from(KEYS))
    points = draw(st.lists(st.sampled_from(POINTS), unique=True, min_size=1))
    steps = steps_in_day(day, step_min)
    blocks = {}
    for point in points:
        # A few levels in turn: curves that differ from step to step, cheap to draw.
        levels = draw(st.lists(st.integers(0, 5000), min_size=1, max_size=7))
        power_w = [levels[step % len(levels)] for step in range(steps)]
        blocks[point] = [Block(step_min, power_w, [])]
    facts = DayFacts(OPERATION, day, step_min, sorted(points), blocks, parse_key(definition))
    return facts, definition


@st.composite
def days_of(draw: st.DrawFn, month: Month) -> Days:
    """Some days of the month, often the one on which the clock changes."""
    around = [CHANGES[month], month.days[0], month.days[-1]]
    chosen = draw(st.lists(st.sampled_from(around), unique=True, min_size=1))
    return {day: draw(day_facts(day)) for day in sorted(chosen)}


def freeze(days: Days) -> tuple[SettlementInputs, dict[str, FrozenInput]]:
    inputs, frozen = freeze_month(
        [facts for facts, _ in days.values()],
        perimeter_revision=3,
        timeline=[
            KeyPeriod(day, date.fromordinal(day.toordinal() + 1), False, definition)
            for day, (_, definition) in days.items()
        ],
        revisions={
            day: {
                (point, block.step_min): 7
                for point, blocks in facts.blocks.items()
                for block in blocks
            }
            for day, (facts, _) in days.items()
        },
    )
    return inputs, {frozen_input.hash: frozen_input for frozen_input in frozen}


def settle(month: Month, days: Days) -> tuple[Settlement, SettlementInputs, Frozen]:
    inputs, frozen = freeze(days)
    return rebuild(OPERATION, month, inputs, frozen), inputs, frozen


months = st.sampled_from([MARCH, OCTOBER])


@given(st.data(), months)
def test_what_was_frozen_says_all_that_a_day_depends_on(data: st.DataObject, month: Month) -> None:
    days = data.draw(days_of(month))
    inputs, frozen = freeze(days)
    definitions = {name: thaw_key(frozen[name]) for name in inputs.keys}
    for day, (facts, _) in days.items():
        thawed = thaw_day(OPERATION, frozen[inputs.days[day]], definitions)
        assert thawed == facts


@pytest.mark.parametrize("key_type", ["dynamic", "full_dynamic"])
@pytest.mark.parametrize("day", CHANGES.values())
def test_the_coefficients_of_a_day_are_frozen_with_it(key_type: str, day: date) -> None:
    starts = starts_of_day(day, 30)
    producers = (POOL,) if key_type == "dynamic" else (ROOF, BARN)
    shares = np.arange(len(producers) * 2 * len(starts), dtype=np.int64) * 2_000_001
    definition: Definition = {"type": key_type}
    key = parse_key(
        definition,
        coefficients=Coefficients(
            starts, producers, (ANNA, BRUNO), shares.reshape(len(producers), 2, len(starts))
        ),
    )
    blocks = {point: [Block(30, [700] * len(starts))] for point in POINTS}
    facts = DayFacts(OPERATION, day, 30, sorted(POINTS), blocks, key)

    inputs, frozen = freeze({day: (facts, definition)})
    (thawed,) = results_of(OPERATION, inputs, frozen, [day])

    allocated = decide_day(facts, known_hash=None)
    assert allocated is not None
    assert allocated.allocated_wmin
    assert thawed.inputs_hash == allocated.inputs_hash
    assert [
        (share.producer, share.consumer, share.energy_wmin.tolist()) for share in thawed.shares
    ] == [
        (share.producer, share.consumer, share.energy_wmin.tolist()) for share in allocated.shares
    ]


@given(st.data(), months)
def test_the_order_of_points_and_blocks_changes_no_byte(data: st.DataObject, month: Month) -> None:
    days = data.draw(days_of(month))
    turned: Days = {
        day: (
            replace(
                facts,
                participants=list(reversed(facts.participants)),
                blocks=dict(reversed(list(facts.blocks.items()))),
            ),
            dict(reversed(list(definition.items()))),
        )
        for day, (facts, definition) in days.items()
    }
    assert freeze(turned)[0] == freeze(days)[0]


@given(st.data(), months)
def test_the_changes_are_exactly_the_difference(data: st.DataObject, month: Month) -> None:
    """Also where days come and go, steps change, and the clock does."""
    before, after = data.draw(days_of(month)), data.draw(days_of(month))
    kept = {day: before[day] for day in before if data.draw(st.booleans())}
    old, old_inputs, old_frozen = settle(month, before)
    new, new_inputs, new_frozen = settle(month, after | kept)

    changes = compare(
        ClosedSettlement(old, old_inputs),
        ClosedSettlement(new, new_inputs),
        {**old_frozen, **new_frozen},
    )

    energies = by_day(old)
    for pair in changes:
        assert pair.days
        for day in pair.days:
            assert day.unknown_hour_wmin == 0
            for by_class in (day.by_half_hour_wmin, day.by_hour_wmin):
                assert 0 not in by_class.values()
                assert list(by_class) == sorted(by_class)
            assert day.by_half_hour_wmin
            assert sum(day.by_hour_wmin.values()) == day.total_wmin
            who = (pair.producer, pair.consumer, day.day)
            energies[who] = energies.get(who, 0) + day.total_wmin
    assert {who: energy for who, energy in energies.items() if energy} == by_day(new)
    couples = [(pair.producer, pair.consumer) for pair in changes]
    assert couples == sorted(set(couples))


def by_day(settlement: Settlement) -> dict[tuple[Prm, Prm, date], int]:
    return {
        (pair.producer, pair.consumer, day): energy
        for pair in settlement.pairs
        for day, energy in zip(settlement.month.days, pair.energy_wmin, strict=True)
        if energy
    }


@given(st.data(), months)
def test_hours_that_are_not_known_leave_the_total(data: st.DataObject, month: Month) -> None:
    before, after = data.draw(days_of(month)), data.draw(days_of(month))
    old, old_inputs, _ = settle(month, before)
    new, new_inputs, new_frozen = settle(month, after)

    lost = compare(ClosedSettlement(old, old_inputs), ClosedSettlement(new, new_inputs), new_frozen)

    energies, expected = by_day(old), by_day(new)
    changes = {
        (pair.producer, pair.consumer, day.day): day.unknown_hour_wmin
        for pair in lost
        for day in pair.days
        if day.day in before
    }
    assert all(
        not (day.by_half_hour_wmin if day.day in before else day.unknown_hour_wmin)
        for pair in lost
        for day in pair.days
    )
    assert changes == {
        who: expected.get(who, 0) - energies.get(who, 0)
        for who in energies.keys() | expected.keys()
        if who[2] in before and expected.get(who, 0) != energies.get(who, 0)
    }


@given(st.data(), st.integers(1, 60))
def test_parts_together_are_all_the_changes(data: st.DataObject, max_figures: int) -> None:
    old, old_inputs, old_frozen = settle(OCTOBER, data.draw(days_of(OCTOBER)))
    new, new_inputs, new_frozen = settle(OCTOBER, data.draw(days_of(OCTOBER)))
    changes = compare(
        ClosedSettlement(old, old_inputs),
        ClosedSettlement(new, new_inputs),
        {**old_frozen, **new_frozen},
    )

    parts = list(in_parts(changes, max_figures))

    assert [change for piece in parts for change in piece] == changes
    assert all(parts) or parts == [[]]


def test_the_clock_change_of_march_has_no_hour_two() -> None:
    day = CHANGES[MARCH]
    blocks = {
        point: [Block(30, [power] * steps_in_day(day, 30))]
        for point, power in ((POINTS[0], 100), (POINTS[2], 200))
    }
    facts = DayFacts(OPERATION, day, 30, sorted(blocks), blocks, parse_key(KEYS[0]))
    old, old_inputs, frozen = settle(MARCH, {})
    new, new_inputs, more = settle(MARCH, {day: (facts, KEYS[0])})

    (pair,) = compare(
        ClosedSettlement(old, old_inputs), ClosedSettlement(new, new_inputs), {**frozen, **more}
    )

    (change,) = pair.days
    hours = [hour for hour in range(24) if hour != 2]
    assert change.by_hour_wmin == dict.fromkeys(hours, 6000)
    halves = [half for half in range(48) if half not in {4, 5}]
    assert change.by_half_hour_wmin == dict.fromkeys(halves, 3000)


def test_classes_that_do_not_add_up_to_what_was_settled_are_not_believed() -> None:
    """As when the engine of today makes something else of the inputs of an old settlement."""
    roof_to_anna = [SettledPair(ROOF, ANNA, [0, 700, 0, *[0] * 28])]
    old = Settlement(OPERATION, OCTOBER, SettlementStatus.PROVISIONAL, [], [], [None] * 31)
    new = replace(old, pairs=roof_to_anna)
    day = OCTOBER.days[1]

    def found(classes: list[int]) -> list[PairChange]:
        classes_after = {day: {(ROOF, ANNA): np.array(classes + [0] * 46)}}
        return find_changes(old, new, classes_before={day: {}}, classes_after=classes_after)

    assert found([300, 400]) == [PairChange(ROOF, ANNA, [DayChange(day, {0: 300, 1: 400})])]
    assert found([300, 399]) == [PairChange(ROOF, ANNA, [DayChange(day, {}, 700)])]


def check(days: Days, frozen: Frozen, content: str) -> Verification:
    inputs, _ = freeze(days)
    return verify(
        OPERATION,
        OCTOBER,
        content=content,
        content_hash=hash_content(content),
        inputs=inputs,
        frozen=frozen,
    )


@given(st.data())
def test_verification_finds_what_was_tampered_with(data: st.DataObject) -> None:
    days = data.draw(days_of(OCTOBER))
    settlement, inputs, frozen = settle(OCTOBER, days)
    canonical = settlement.canonical
    assert check(days, frozen, canonical).matches

    altered = canonical.replace('"version":3', '"version": 3')
    assert not check(days, frozen, altered).matches
    day, name = next(iter(inputs.days.items()))
    forged = FrozenInput(frozen[name].content.replace('"revision":7', '"revision":8'))
    verification = check(days, {**frozen, name: forged}, canonical)
    assert not verification.matches
    assert verification.recomputed_hash is None
    assert verification.damaged_inputs == [name], day
    lost = {other: frozen_input for other, frozen_input in frozen.items() if other != name}
    assert check(days, lost, canonical).damaged_inputs == [name]


def test_content_vouches_for_the_step_in_which_energy_was_shared() -> None:
    def at(step: int) -> Settlement:
        powers = {POINTS[0]: 100, POINTS[2]: 200}
        blocks = {
            point: [Block(30, [power * (slot == step) for slot in range(48)])]
            for point, power in powers.items()
        }
        facts = DayFacts(OPERATION, MAY_DAY, 30, sorted(blocks), blocks, parse_key(KEYS[0]))
        return settle(Month(2026, 5), {MAY_DAY: (facts, KEYS[0])})[0]

    assert at(20).pairs == at(28).pairs
    assert at(20).canonical != at(28).canonical


def test_the_content_of_a_settlement_is_the_same_to_the_byte_in_every_version() -> None:
    """Invoices name the hash. Where this one changes, kept settlements no longer verify."""
    day = CHANGES[OCTOBER]
    blocks = {
        point: [Block(30, [power_w] * steps_in_day(day, 30))]
        for point, power_w in zip(POINTS[:3], (700, 300, 1111), strict=True)
    }
    facts = DayFacts(OPERATION, day, 30, sorted(blocks), blocks, parse_key(KEYS[1]))

    settlement, _, _ = settle(OCTOBER, {day: (facts, KEYS[1])})

    expected = "eaeb11d5c682643ca8e3b4c16b84afd5d11862a5152f078df6260322596d11c7"
    assert hash_content(settlement.canonical) == expected, settlement.canonical
