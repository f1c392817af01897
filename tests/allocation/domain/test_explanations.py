"""What an explanation says is what was allocated, and nothing of neighbours that it should not."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID, uuid4

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.ids import Direction, OperationId, Prm
from services.allocation.domain.curves import Block, starts_of_day
from services.allocation.domain.days import DayFacts, decide_day
from services.allocation.domain.explanations import (
    ConsumerDay,
    ConsumerStep,
    Rule,
    Viewer,
    explain_consumer,
    explain_consuming,
    explain_producer,
    explain_producing,
    sentence_of_consumer,
    sentence_of_producer,
    still_holds,
)
from services.allocation.domain.keys import (
    DefaultDynamic,
    Dynamic,
    FullDynamic,
    Key,
    Priority,
    Static,
)
from services.allocation.domain.keys.coefficients import read_coefficients
from services.allocation.domain.keys.ranks import WeightedRank
from services.allocation.domain.keys.schedules import Schedule, Window
from services.allocation.domain.perimeter import Participant
from services.allocation.domain.policy import MissingReadings
from services.allocation.domain.share_frames import StepShares
from tests.allocation.domain.strategies import Case, cases, keys, stamps

ROOF, BARN = Prm("99000000000091"), Prm("99000000000092")
ANNA, BRUNO, CLARA = Prm("99000000000001"), Prm("99000000000002"), Prm("99000000000003")
DAY = date(2026, 10, 12)


def explained(case: Case, key: Key, prm: Prm) -> ConsumerDay:
    allocation = case.allocate(key)
    column = allocation.metered.consumers.index(prm)
    shares = {
        producer: allocation.shares_wmin[row, column]
        for row, producer in enumerate(allocation.metered.producers)
    }
    return explain_consumer(allocation.metered, key, prm, shares)


def one_step(
    key: Key, prm: Prm, *, roof: int, barn: int = 0, anna: int = 0, bruno: int = 0, clara: int = 0
) -> ConsumerStep:
    case = Case(
        {ROOF: np.array([roof]), BARN: np.array([barn])},
        {ANNA: np.array([anna]), BRUNO: np.array([bruno]), CLARA: np.array([clara])},
    )
    (step,) = explained(case, key, prm).steps
    return step


@given(st.data(), cases())
def test_every_step_says_what_was_allocated(data: st.DataObject, case: Case) -> None:
    key = data.draw(keys(case))
    allocation = case.allocate(key)
    for column, prm in enumerate(allocation.metered.consumers):
        steps = explained(case, key, prm).steps

        assert [step.share_wmin for step in steps] == allocation.allocated_wmin[column].tolist()
        assert [step.complement_wmin for step in steps] == (
            allocation.complement_wmin[column].tolist()
        )
        assert [[part.share_wmin for part in step.parts] for step in steps] == (
            allocation.shares_wmin[:, column].T.tolist()
        )
        assert [step.production_wmin for step in steps] == allocation.metered.pool_wmin.tolist()


@given(st.data(), cases())
def test_rule_coefficient_and_offer_lead_to_the_share(data: st.DataObject, case: Case) -> None:
    key = data.draw(keys(case))
    for prm in case.consumptions:
        for step in explained(case, key, prm).steps:
            _check(step)


def _check(step: ConsumerStep) -> None:
    reason, share, own = step.reason, step.share_wmin, step.consumption_wmin
    offered, coefficient, pool = reason.offered_wmin, reason.coefficient, step.production_wmin
    assert pool is not None
    assert step.capped == (offered is not None and offered > own)
    match reason.rule:
        case Rule.NO_PRODUCTION | Rule.NO_CONSUMPTION | Rule.KEY_GIVES_NOTHING:
            assert share == 0
        case Rule.RANK_GETS_NOTHING:
            assert share == offered == reason.left_wmin == 0
        case Rule.EVERYONE_SERVED | Rule.RANK_SERVED_IN_FULL:
            assert (share, offered, coefficient) == (own, None, None)
        case Rule.PRORATA_OF_CONSUMPTION | Rule.RANK_SHARES_WHAT_IS_LEFT:
            left = pool if reason.left_wmin is None else reason.left_wmin
            assert coefficient is not None
            assert abs(share - coefficient * left) < 1
            assert share == offered
        case Rule.FIXED_SHARE | Rule.SHARE_OF_STEP:
            assert share == offered
            assert offered == sum(part.offer.offered_wmin for part in step.parts if part.offer) or (
                coefficient is not None and offered == coefficient * pool // 1
            )
        case Rule.WEIGHT_OF_RANK:
            assert coefficient is not None
            assert reason.left_wmin is not None
            assert share == offered == coefficient * reason.left_wmin // 1
        case Rule.WEIGHT_OF_RANK_CAPPED | Rule.FIXED_SHARE_CAPPED | Rule.SHARE_OF_STEP_CAPPED:
            assert step.capped
            assert share == own
        case Rule.REDISTRIBUTED:
            assert offered is not None
            assert offered < share <= own


@given(st.data(), cases())
def test_a_producer_sold_what_the_consumers_got(data: st.DataObject, case: Case) -> None:
    allocation = case.allocate(data.draw(keys(case)))
    for row, prm in enumerate(allocation.metered.producers):
        day = explain_producer(allocation.metered, prm, allocation.shares_wmin[row])

        assert [step.sold_wmin for step in day.steps] == allocation.given_wmin[row].tolist()
        assert [step.surplus_wmin for step in day.steps] == allocation.surplus_wmin[row].tolist()


def test_by_default_the_part_of_the_consumption_counts_where_production_is_short() -> None:
    short = one_step(DefaultDynamic(), ANNA, roof=60, barn=30, anna=40, bruno=80)
    assert (short.share_wmin, short.complement_wmin, short.capped) == (30, 10, False)
    assert (short.reason.rule, short.reason.coefficient) == (
        Rule.PRORATA_OF_CONSUMPTION,
        Fraction(1, 3),
    )
    assert [(part.producer, part.share_wmin) for part in short.parts] == [(ROOF, 20), (BARN, 10)]

    enough = one_step(DefaultDynamic(), ANNA, roof=120, anna=40, bruno=80)
    assert (enough.share_wmin, enough.reason.rule) == (40, Rule.EVERYONE_SERVED)
    assert one_step(DefaultDynamic(), ANNA, roof=0, anna=1).reason.rule == Rule.NO_PRODUCTION
    assert one_step(DefaultDynamic(), ANNA, roof=9, bruno=20).reason.rule == Rule.NO_CONSUMPTION


def test_a_fixed_share_is_taken_whole_or_capped() -> None:
    key = Static({ANNA: Decimal("0.25"), BRUNO: Decimal("0.5")})

    whole = one_step(key, ANNA, roof=100, anna=40)
    assert (whole.reason.coefficient, whole.reason.offered_wmin) == (Fraction(1, 4), 25)
    assert (whole.share_wmin, whole.reason.rule, whole.capped) == (25, Rule.FIXED_SHARE, False)

    capped = one_step(key, BRUNO, roof=100, bruno=20)
    assert (capped.reason.offered_wmin, capped.share_wmin) == (50, 20)
    assert (capped.reason.rule, capped.capped) == (Rule.FIXED_SHARE_CAPPED, True)

    assert one_step(key, CLARA, roof=100, clara=20).reason.rule == Rule.KEY_GIVES_NOTHING


def test_what_others_leave_is_redistributed() -> None:
    key = Static({ANNA: Decimal("0.25"), BRUNO: Decimal("0.75")}, redistribute=True)

    step = one_step(key, ANNA, roof=100, anna=90, bruno=30)
    assert (step.reason.offered_wmin, step.share_wmin) == (25, 70)
    assert (step.reason.rule, step.capped) == (Rule.REDISTRIBUTED, False)

    alone = one_step(key, ANNA, roof=100, anna=90, bruno=80)
    assert (alone.share_wmin, alone.reason.rule) == (25, Rule.FIXED_SHARE)


def test_ranks_are_told_what_was_left_for_them() -> None:
    key = Priority([[ANNA], [BRUNO, CLARA]])

    first = one_step(key, ANNA, roof=100, anna=70, bruno=20, clara=40)
    assert (first.reason.rule, first.reason.rank) == (Rule.RANK_SERVED_IN_FULL, 1)
    second = one_step(key, CLARA, roof=100, anna=70, bruno=20, clara=40)
    assert (second.reason.rule, second.reason.rank) == (Rule.RANK_SHARES_WHAT_IS_LEFT, 2)
    assert (second.reason.left_wmin, second.reason.coefficient) == (30, Fraction(2, 3))
    assert second.share_wmin == 20
    nothing = one_step(key, CLARA, roof=60, anna=70, clara=40)
    assert (nothing.reason.rule, nothing.share_wmin) == (Rule.RANK_GETS_NOTHING, 0)
    outside = one_step(Priority([[ANNA]]), CLARA, roof=100, clara=40)
    assert outside.reason.rule == Rule.KEY_GIVES_NOTHING


def test_inside_a_rank_weights_are_told_like_shares_of_what_is_left() -> None:
    key = Priority([[ANNA], WeightedRank({BRUNO: Decimal(1), CLARA: Decimal(3)})])

    whole = one_step(key, CLARA, roof=100, anna=60, bruno=90, clara=90)
    assert (whole.reason.rule, whole.reason.coefficient) == (Rule.WEIGHT_OF_RANK, Fraction(3, 4))
    assert (whole.reason.left_wmin, whole.reason.offered_wmin, whole.share_wmin) == (40, 30, 30)
    capped = one_step(key, CLARA, roof=100, anna=60, bruno=90, clara=10)
    assert (capped.reason.rule, capped.share_wmin) == (Rule.WEIGHT_OF_RANK_CAPPED, 10)
    more = one_step(key, BRUNO, roof=100, anna=60, bruno=90, clara=10)
    assert (more.reason.rule, more.reason.offered_wmin, more.share_wmin) == (
        Rule.REDISTRIBUTED,
        10,
        30,
    )


def test_ranks_are_those_of_the_hour() -> None:
    by_day = Schedule([[BRUNO], [ANNA]], hours=[Window(8 * 60, 18 * 60)])
    facts = _facts(DAY, {ANNA: 600, BRUNO: 600}, key=Priority([[ANNA], [BRUNO]], [by_day]))
    steps = explain_consuming(facts, ANNA, _stored(facts), None).steps
    ranks = {step.local_time[:5]: (step.reason.rank, step.share_wmin // 30) for step in steps}
    assert ranks["07:30"] == ranks["18:00"] == (1, 600)
    assert ranks["08:00"] == ranks["17:30"] == (2, 300)


def test_shares_by_step_are_told_by_producer_where_the_key_names_producers() -> None:
    (start,) = stamps(np.array([29_000_000]))
    pooled = pl.DataFrame({"start": [start], "consumer": [ANNA], "share": ["0.5"]})
    dynamic = Dynamic(read_coefficients(pooled, by_producer=False))
    step = one_step(dynamic, ANNA, roof=100, anna=40)
    assert (step.reason.coefficient, step.reason.offered_wmin) == (Fraction(1, 2), 50)
    assert (step.share_wmin, step.reason.rule) == (40, Rule.SHARE_OF_STEP_CAPPED)

    coupled = pl.DataFrame(
        {
            "start": [start] * 2,
            "producer": [ROOF, BARN],
            "consumer": [ANNA] * 2,
            "share": ["0.5", "1"],
        }
    )
    full = FullDynamic(read_coefficients(coupled, by_producer=True))
    step = one_step(full, ANNA, roof=100, barn=10, anna=90)
    assert (step.reason.rule, step.reason.coefficient) == (Rule.SHARE_OF_STEP, None)
    assert [part.offer.offered_wmin for part in step.parts if part.offer] == [50, 10]
    assert one_step(full, BRUNO, roof=100, bruno=1).reason.rule == Rule.KEY_GIVES_NOTHING


@pytest.mark.parametrize(
    ("day", "steps", "twice_or_never"),
    [
        (date(2026, 3, 29), 46, ["01:30+01:00", "03:00+02:00"]),
        (date(2026, 10, 25), 50, ["02:30+02:00", "02:00+01:00"]),
    ],
)
def test_the_clock_is_told_with_its_offset(
    day: date, steps: int, twice_or_never: list[str]
) -> None:
    facts = _facts(day, {ANNA: 400, BRUNO: 800})
    explained_day = explain_consuming(facts, ANNA, _stored(facts), None)
    times = [step.local_time for step in explained_day.steps]
    assert len(set(times)) == len(times) == steps
    at = times.index(twice_or_never[0])
    assert times[at : at + 2] == twice_or_never
    assert explained_day.share_wmin == steps * 300 * 30


def test_a_day_without_producer_needs_no_key() -> None:
    facts = _facts(DAY, {ANNA: 400}, roof=None, key=None)
    day = explain_consuming(facts, ANNA, [], None)
    assert {step.reason.rule for step in day.steps} == {Rule.NO_PRODUCTION}
    assert (day.consumption_wmin, day.share_wmin) == (400 * 1440, 0)


def test_a_day_without_consumer_sells_nothing() -> None:
    day = explain_producing(_facts(DAY, {}, key=None), ROOF, [], None)
    assert (day.production_wmin, day.sold_wmin) == (900 * 1440, 0)


def test_what_ingest_estimated_is_told_only_if_the_policy_lets_it_count() -> None:
    facts = _facts(DAY, {ANNA: 400, BRUNO: 800})
    anna = Participant(ANNA, Direction.CONSUMPTION)
    guessed = {**facts.blocks, anna: [Block(30, [400] * 48, estimated_steps=[20])]}
    for policy, energy_wmin, reading in (
        (MissingReadings.ESTIMATE, 12000, "estimated"),
        (MissingReadings.ZERO, 0, "missing"),
    ):
        day = replace(facts, blocks=guessed, missing_readings=policy)
        step = explain_consuming(day, ANNA, _stored(day), None).steps[20]
        assert (step.consumption_wmin, step.reading) == (energy_wmin, reading)
        assert still_holds(day, ROOF, _stored(day))


def test_stored_shares_hold_until_what_they_depend_on_changes() -> None:
    facts = _facts(DAY, {ANNA: 400, BRUNO: 800})
    stored = [one for one in _stored(facts) if one.consumer == ANNA]
    assert still_holds(facts, ANNA, stored)
    assert not still_holds(_facts(DAY, {ANNA: 400, BRUNO: 900}), ANNA, stored)
    assert not still_holds(facts, ANNA, [])


MEMBERS = {prm: uuid4() for prm in (ANNA, BRUNO, CLARA, Prm("99000000000004"))}
"""One home each."""


@pytest.mark.parametrize(
    ("key", "homes", "withheld"),
    [
        (DefaultDynamic(), 1, False),  # nobody else
        (DefaultDynamic(), 2, True),
        (DefaultDynamic(), 3, True),
        (DefaultDynamic(), 4, False),
        (Static({ANNA: Decimal("0.2")}), 2, False),  # depends on nobody else
        (Static({ANNA: Decimal("0.2"), BRUNO: Decimal("0.8")}, redistribute=True), 4, True),
        (Priority([[ANNA], [BRUNO, CLARA]]), 4, False),  # first, and alone
        (Priority([[BRUNO], [ANNA]]), 4, True),
        (Priority([[BRUNO], [CLARA]]), 4, False),
    ],
)
def test_a_member_is_not_told_what_one_or_two_others_consume(
    key: Key, homes: int, *, withheld: bool
) -> None:
    facts = _facts(DAY, dict.fromkeys(list(MEMBERS)[:homes], 400), key=key)
    stored = _stored(facts)

    seen = explain_consuming(facts, ANNA, stored, Viewer(MEMBERS[ANNA], MEMBERS))
    full = explain_consuming(facts, ANNA, stored, None)

    assert seen.withheld == withheld
    assert [step.share_wmin for step in seen.steps] == [step.share_wmin for step in full.steps]
    assert [step.reason.rule for step in seen.steps] == [step.reason.rule for step in full.steps]
    if withheld:
        for step in seen.steps:
            reason = step.reason
            assert step.production_wmin is None
            assert reason.coefficient is None
            assert (reason.offered_wmin, reason.left_wmin) == (None, None)
            assert all(part.offer is None for part in step.parts)
    else:
        assert seen == full


@pytest.mark.parametrize(
    ("homes", "seller", "withheld"),
    [(1, None, True), (3, None, False), (1, MEMBERS[ANNA], False), (3, MEMBERS[ANNA], True)],
)
def test_a_producer_is_not_told_when_one_or_two_others_buy(
    homes: int, seller: UUID | None, *, withheld: bool
) -> None:
    owners = dict(list(MEMBERS.items())[:homes])
    facts = _facts(DAY, dict.fromkeys(owners, 100))
    seen = explain_producing(facts, ROOF, _stored(facts), Viewer(seller or uuid4(), owners))

    assert seen.withheld == withheld
    assert seen.production_wmin == 900 * 1440
    assert seen.sold_wmin == (None if withheld else homes * 100 * 1440)
    assert (seen.steps[0].surplus_wmin is None) == withheld


def test_a_producer_whose_key_favours_one_home_is_not_told_when_it_buys() -> None:
    facts = _facts(DAY, dict.fromkeys(MEMBERS, 100), key=Static({ANNA: Decimal("0.1")}))
    assert explain_producing(facts, ROOF, _stored(facts), Viewer(uuid4(), MEMBERS)).withheld


def test_a_day_is_told_in_a_sentence() -> None:
    facts = _facts(DAY, {ANNA: 400, BRUNO: 800})
    stored = _stored(facts)
    assert sentence_of_consumer(DAY, explain_consuming(facts, ANNA, stored, None)) == (
        "On 12 October 2026, 7.200 of 9.600 kWh came from the operation and 2.400 kWh from the"
        " ordinary supplier: of 48 steps, in 48 production was short and shared in proportion to"
        " consumption."
    )
    assert sentence_of_producer(DAY, explain_producing(facts, ROOF, stored, None)) == (
        "On 12 October 2026, 21.600 kWh were produced: 21.600 kWh were shared in the operation and"
        " 0.000 kWh were surplus."
    )
    viewer = Viewer(uuid4(), MEMBERS)
    assert sentence_of_producer(DAY, explain_producing(facts, ROOF, stored, viewer)) == (
        "On 12 October 2026, 21.600 kWh were produced; what was sold is told by month only, as"
        " there are few consumers."
    )


_DEFAULT = DefaultDynamic()


def _facts(
    day: date, homes: dict[Prm, int], *, roof: int | None = 900, key: Key | None = _DEFAULT
) -> DayFacts:
    """Homes and a roof with the same power, in watts, all day."""
    powers = {Participant(prm, Direction.CONSUMPTION): power for prm, power in homes.items()}
    if roof is not None:
        powers[Participant(ROOF, Direction.PRODUCTION)] = roof
    steps = len(starts_of_day(day, 30))
    return DayFacts(
        operation_id=OperationId("ACC00000001"),
        day=day,
        step_min=30,
        participants=sorted(powers),
        blocks={who: [Block(30, [power] * steps)] for who, power in powers.items()},
        key=key,
    )


def _stored(facts: DayFacts) -> list[StepShares]:
    decided = decide_day(facts, known_hash=None)
    assert decided is not None
    return [
        StepShares(
            facts.day, share.producer, share.consumer, facts.step_min, share.energy_wmin.tolist()
        )
        for share in decided.shares
    ]
