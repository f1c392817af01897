"""Whole days explained: the clock, gaps, what members are not told, and the sentence."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise, product
from uuid import UUID, uuid4

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.ids import Direction, Prm
from services.allocation.domain.curves import Block, starts_of_day
from services.allocation.domain.explanations import (
    ExplanationViewer,
    Rule,
    explain_consuming,
    explain_producing,
    sentence_of_consumer,
    sentence_of_producer,
    still_holds,
)
from services.allocation.domain.explanations.priority import revealed_groups
from services.allocation.domain.keys import DefaultDynamic, Dynamic, Priority, SharingKey, Static
from services.allocation.domain.keys.coefficients import POOL, Coefficients
from services.allocation.domain.keys.policy import MissingReadings
from services.allocation.domain.keys.schedules import ClockWindow, RankSchedule
from services.allocation.domain.perimeter import Participant
from tests.allocation.domain.days import (
    ANNA,
    BRUNO,
    CLARA,
    DAY,
    ROOF,
    day_facts,
    stored_shares,
)


def test_ranks_are_those_of_the_hour() -> None:
    by_day = RankSchedule([[BRUNO], [ANNA]], hours=[ClockWindow(8 * 60, 18 * 60)])
    facts = day_facts(DAY, {ANNA: 600, BRUNO: 600}, key=Priority([[ANNA], [BRUNO]], [by_day]))
    steps = explain_consuming(facts, ANNA, stored_shares(facts), None).steps
    ranks = {step.local_time[:5]: (step.reason.rank, step.share_wmin // 30) for step in steps}
    assert ranks["07:30"] == ranks["18:00"] == (1, 600)
    assert ranks["08:00"] == ranks["17:30"] == (2, 300)


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
    facts = day_facts(day, {ANNA: 400, BRUNO: 800})
    explained_day = explain_consuming(facts, ANNA, stored_shares(facts), None)
    times = [step.local_time for step in explained_day.steps]
    assert len(set(times)) == len(times) == steps
    at = times.index(twice_or_never[0])
    assert times[at : at + 2] == twice_or_never
    assert explained_day.share_wmin == steps * 300 * 30


def test_a_day_without_producer_needs_no_key() -> None:
    facts = day_facts(DAY, {ANNA: 400}, roof=None, key=None)
    day = explain_consuming(facts, ANNA, [], None)
    assert {step.reason.rule for step in day.steps} == {Rule.NO_PRODUCTION}
    assert (day.consumption_wmin, day.share_wmin) == (400 * 1440, 0)


def test_a_day_without_consumer_sells_nothing() -> None:
    day = explain_producing(day_facts(DAY, {}, key=None), ROOF, [], None)
    assert (day.production_wmin, day.sold_wmin) == (900 * 1440, 0)


def test_what_ingest_estimated_is_told_only_if_the_policy_lets_it_count() -> None:
    facts = day_facts(DAY, {ANNA: 400, BRUNO: 800})
    anna = Participant(ANNA, Direction.CONSUMPTION)
    guessed = {**facts.blocks, anna: [Block(30, [400] * 48, estimated_steps=[20])]}
    for policy, energy_wmin, reading in (
        (MissingReadings.ESTIMATE, 12000, "estimated"),
        (MissingReadings.ZERO, 0, "missing"),
    ):
        day = replace(facts, blocks=guessed, missing_readings=policy)
        step = explain_consuming(day, ANNA, stored_shares(day), None).steps[20]
        assert (step.consumption_wmin, step.reading) == (energy_wmin, reading)
        assert still_holds(day, ROOF, stored_shares(day))


def test_stored_shares_hold_until_what_they_depend_on_changes() -> None:
    facts = day_facts(DAY, {ANNA: 400, BRUNO: 800})
    stored = [share for share in stored_shares(facts) if share.consumer == ANNA]
    assert still_holds(facts, ANNA, stored)
    assert not still_holds(day_facts(DAY, {ANNA: 400, BRUNO: 900}), ANNA, stored)
    assert not still_holds(facts, ANNA, [])


DORA, EMIL, ANNAS_SHED = (Prm(f"9900000000000{number}") for number in (4, 5, 6))
MEMBERS = {prm: uuid4() for prm in (ANNA, BRUNO, CLARA, DORA)}
"""One home each."""


def _viewer(
    member_id: UUID,
    owners: Mapping[Prm, UUID],
    *,
    least_points: int = 3,
    is_production_visible: bool = True,
) -> ExplanationViewer:
    own_prms = frozenset(prm for prm, owner in owners.items() if owner == member_id)
    return ExplanationViewer(own_prms, owners, least_points, is_production_visible)


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
    key: SharingKey, homes: int, *, withheld: bool
) -> None:
    facts = day_facts(DAY, dict.fromkeys(list(MEMBERS)[:homes], 400), key=key)
    stored = stored_shares(facts)

    seen = explain_consuming(facts, ANNA, stored, _viewer(MEMBERS[ANNA], MEMBERS))
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
            assert all(source.offer is None for source in step.parts)
    else:
        assert seen == full


def test_a_member_is_not_told_what_a_households_plant_makes_however_many_share_it() -> None:
    facts = day_facts(DAY, dict.fromkeys(MEMBERS, 400))
    viewer = _viewer(MEMBERS[ANNA], MEMBERS, is_production_visible=False)

    seen = explain_consuming(facts, ANNA, stored_shares(facts), viewer)

    assert seen.withheld
    assert {step.production_wmin for step in seen.steps} == {None}
    assert seen.share_wmin > 0


@pytest.mark.parametrize(
    ("homes", "seller", "withheld"),
    [(1, None, True), (3, None, False), (1, MEMBERS[ANNA], False), (3, MEMBERS[ANNA], True)],
)
def test_a_producer_is_not_told_when_one_or_two_others_buy(
    homes: int, seller: UUID | None, *, withheld: bool
) -> None:
    owners = dict(list(MEMBERS.items())[:homes])
    facts = day_facts(DAY, dict.fromkeys(owners, 100))
    seen = explain_producing(facts, ROOF, stored_shares(facts), _viewer(seller or uuid4(), owners))

    assert seen.withheld == withheld
    assert seen.production_wmin == 900 * 1440
    assert seen.sold_wmin == (None if withheld else homes * 100 * 1440)
    assert (seen.steps[0].surplus_wmin is None) == withheld


def test_a_producer_whose_key_favours_one_home_is_not_told_when_it_buys() -> None:
    facts = day_facts(DAY, dict.fromkeys(MEMBERS, 100), key=Static({ANNA: Decimal("0.1")}))
    assert explain_producing(facts, ROOF, stored_shares(facts), _viewer(uuid4(), MEMBERS)).withheld


def test_two_points_of_a_member_do_not_tell_what_the_rank_between_them_consumes() -> None:
    # The first is told what three others took, the second what these and one more did.
    ranks = [[BRUNO, CLARA, DORA], [ANNA], [EMIL], [ANNAS_SHED]]
    owners = {**MEMBERS, EMIL: uuid4(), ANNAS_SHED: MEMBERS[ANNA]}
    facts = day_facts(DAY, dict.fromkeys(owners, 100), key=Priority(ranks))
    stored, viewer = stored_shares(facts), _viewer(MEMBERS[ANNA], owners)
    for own_prms in (ANNA, ANNAS_SHED):
        assert explain_consuming(facts, own_prms, stored, viewer).withheld


def test_a_producer_who_consumes_is_not_told_what_the_last_rank_buys() -> None:
    ranks = [[BRUNO, CLARA, DORA], [ANNA], [EMIL]]
    owners = {**MEMBERS, EMIL: uuid4()}
    facts = day_facts(DAY, dict.fromkeys(owners, 100), key=Priority(ranks))
    stored = stored_shares(facts)
    assert explain_producing(facts, ROOF, stored, _viewer(MEMBERS[ANNA], owners)).withheld
    assert not explain_producing(facts, ROOF, stored, _viewer(uuid4(), owners)).withheld


def test_a_producer_is_not_told_what_a_share_of_the_step_brings_one_home() -> None:
    starts = starts_of_day(DAY, 30)
    shares = np.zeros((1, 3, 48), dtype=np.int64)
    shares[0, np.arange(48) // 16, np.arange(48)] = 10**9
    coefficients = Coefficients(starts, (POOL,), (ANNA, BRUNO, CLARA), shares)
    facts = day_facts(DAY, dict.fromkeys(MEMBERS, 100), key=Dynamic(coefficients))
    assert explain_producing(facts, ROOF, stored_shares(facts), _viewer(uuid4(), MEMBERS)).withheld


def test_a_producer_is_not_told_what_homes_buy_that_come_one_after_the_other() -> None:
    hours = [
        RankSchedule([[home]], hours=[ClockWindow(60 * 6 * number, 60 * 6 * (number + 1))])
        for number, home in enumerate([ANNA, BRUNO, CLARA])
    ]
    facts = day_facts(DAY, dict.fromkeys(MEMBERS, 100), key=Priority([[DORA]], hours))
    assert explain_producing(facts, ROOF, stored_shares(facts), _viewer(uuid4(), MEMBERS)).withheld


@pytest.mark.parametrize(("others", "withheld"), [(2, True), (9, True), (10, False), (11, False)])
def test_a_sum_over_fewer_than_ten_points_of_others_is_not_told(
    others: int, *, withheld: bool
) -> None:
    homes = [ANNA, *(Prm(f"99000000000{number:03}") for number in range(100, 100 + others))]
    owners = {prm: uuid4() for prm in homes}
    facts = day_facts(DAY, dict.fromkeys(homes, 400))
    stored, viewer = stored_shares(facts), _viewer(owners[ANNA], owners, least_points=10)

    assert explain_consuming(facts, ANNA, stored, viewer).withheld == withheld


def test_own_points_and_many_points_of_few_members_do_not_count() -> None:
    homes = [Prm(f"99000000000{number:03}") for number in range(100, 124)]
    mine, neighbour, other = uuid4(), uuid4(), uuid4()
    owners = {prm: (mine, neighbour, other)[place % 3] for place, prm in enumerate(homes)}

    # Sixteen points of others, but each of the two takes the own ones off.
    assert not _viewer(mine, owners, least_points=10).may_see_sums([homes])
    of_one_member = dict.fromkeys(homes[:9], uuid4())
    assert not _viewer(uuid4(), of_one_member, least_points=10).may_see_sums([homes])


@given(st.data())
def test_no_combination_of_what_a_member_is_told_is_about_few_points_of_others(
    data: st.DataObject,
) -> None:
    homes = [Prm(f"99000000000{number:03}") for number in range(30)]
    members = [uuid4() for _ in range(12)]
    owners = {prm: data.draw(st.sampled_from(members)) for prm in homes}
    cuts = sorted(data.draw(st.sets(st.integers(1, 29), max_size=3)))
    ranks = [homes[a:b] for a, b in pairwise([0, *cuts, 30])]
    viewer = _viewer(members[0], owners, least_points=4)
    sums = revealed_groups(viewer.own_points, ranks)
    reported_sums = sums if data.draw(st.booleans()) else sums[:-1]  # a producer, a consumer

    if not viewer.may_see_sums(reported_sums):
        return
    for factors in product((-1, 0, 1), repeat=len(reported_sums)):
        weight = Counter[Prm]()
        for factor, prms in zip(factors, reported_sums, strict=True):
            weight.update(dict.fromkeys(prms, factor))
        isolated = {
            prm for prm, amount in weight.items() if amount and prm not in viewer.own_points
        }
        assert not isolated or len(isolated) >= 4


def test_a_day_is_told_in_a_sentence() -> None:
    facts = day_facts(DAY, {ANNA: 400, BRUNO: 800})
    stored = stored_shares(facts)
    assert sentence_of_consumer(DAY, explain_consuming(facts, ANNA, stored, None)) == (
        "On 12 October 2026, 7.200 of 9.600 kWh came from the operation and 2.400 kWh from the"
        " ordinary supplier: of 48 steps, in 48 production was short and shared in proportion to"
        " consumption."
    )
    assert sentence_of_producer(DAY, explain_producing(facts, ROOF, stored, None)) == (
        "On 12 October 2026, 21.600 kWh were produced: 21.600 kWh were shared in the operation and"
        " 0.000 kWh were surplus."
    )
    viewer = _viewer(uuid4(), MEMBERS)
    assert sentence_of_producer(DAY, explain_producing(facts, ROOF, stored, viewer)) == (
        "On 12 October 2026, 21.600 kWh were produced; what was sold is shown by month only, as"
        " there are few consumers."
    )
