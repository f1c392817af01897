"""What an explanation says of each step is what was allocated, by every type of key."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from libs.common.ids import Prm
from services.allocation.domain.explanations import (
    ConsumerDay,
    ConsumerStep,
    Rule,
    explain_consumer,
    explain_producer,
)
from services.allocation.domain.keys import (
    DefaultDynamic,
    Dynamic,
    FullDynamic,
    Priority,
    SharingKey,
    Static,
)
from services.allocation.domain.keys.coefficients import read_coefficients
from services.allocation.domain.keys.ranks import WeightedRank
from tests.allocation.domain.days import ANNA, BARN, BRUNO, CLARA, ROOF
from tests.allocation.domain.strategies import Case, cases, keys, stamps


def explained(case: Case, key: SharingKey, prm: Prm) -> ConsumerDay:
    allocation = case.allocate(key)
    column = allocation.metered.consumers.index(prm)
    shares = {
        producer: allocation.shares_wmin[row, column]
        for row, producer in enumerate(allocation.metered.producers)
    }
    return explain_consumer(allocation.metered, key, prm, shares)


def one_step(
    key: SharingKey,
    prm: Prm,
    *,
    roof: int,
    barn: int = 0,
    anna: int = 0,
    bruno: int = 0,
    clara: int = 0,
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
        assert [[source.share_wmin for source in step.parts] for step in steps] == (
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
    reason, share, consumption = step.reason, step.share_wmin, step.consumption_wmin
    offered, coefficient, pool = reason.offered_wmin, reason.coefficient, step.production_wmin
    assert pool is not None
    assert step.capped == (offered is not None and offered > consumption)
    match reason.rule:
        case Rule.NO_PRODUCTION | Rule.NO_CONSUMPTION | Rule.KEY_GIVES_NOTHING:
            assert share == 0
        case Rule.RANK_GETS_NOTHING:
            assert share == offered == reason.left_wmin == 0
        case Rule.EVERYONE_SERVED | Rule.RANK_SERVED_IN_FULL:
            assert (share, offered, coefficient) == (consumption, None, None)
        case Rule.PRORATA_OF_CONSUMPTION | Rule.RANK_SHARES_WHAT_IS_LEFT:
            left = pool if reason.left_wmin is None else reason.left_wmin
            assert coefficient is not None
            assert abs(share - coefficient * left) < 1
            assert share == offered
        case Rule.FIXED_SHARE | Rule.SHARE_OF_STEP:
            assert share == offered
            assert offered == sum(
                source.offer.offered_wmin for source in step.parts if source.offer
            ) or (coefficient is not None and offered == coefficient * pool // 1)
        case Rule.WEIGHT_OF_RANK:
            assert coefficient is not None
            assert reason.left_wmin is not None
            assert share == offered == coefficient * reason.left_wmin // 1
        case Rule.WEIGHT_OF_RANK_CAPPED | Rule.FIXED_SHARE_CAPPED | Rule.SHARE_OF_STEP_CAPPED:
            assert step.capped
            assert share == consumption
        case Rule.REDISTRIBUTED:
            assert offered is not None
            assert offered < share <= consumption


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
    assert [(source.producer, source.share_wmin) for source in short.parts] == [
        (ROOF, 20),
        (BARN, 10),
    ]

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
    just = one_step(key, CLARA, roof=130, anna=70, bruno=20, clara=40)
    assert (just.reason.rule, just.reason.left_wmin) == (Rule.RANK_SERVED_IN_FULL, 60)
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
    assert [source.offer.offered_wmin for source in step.parts if source.offer] == [50, 10]
    assert one_step(full, BRUNO, roof=100, bruno=1).reason.rule == Rule.KEY_GIVES_NOTHING
