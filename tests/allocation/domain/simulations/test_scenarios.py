"""Scenarios side by side, worked out by hand: a roof of 6 kWh against two homes, two hours."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.ids import Prm
from services.allocation.domain.keys import DefaultDynamic, KeyInvalid, Priority, Static
from services.allocation.domain.simulations import (
    Curves,
    Prices,
    Scenario,
    ScenarioInvalid,
    ScenarioOutcome,
    SimulationStudy,
    SimulationTooLarge,
    check_size,
    count_ticks,
    simulate,
)
from services.allocation.domain.simulations.fairness import gini
from tests.allocation.domain.strategies import Case, cases

KWH = 60_000
ROOF, ANNA, BRUNO, SCHOOL = (Prm(f"9900000000000{number}") for number in range(4))
PRICES = Prices(Decimal("0.12"), Decimal("0.20"), Decimal("0.04"))


def kwh(*energies: int) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    return np.array(energies, dtype=np.int64) * KWH


# Hour 1: 4 kWh made, Anna wants 2, Bruno 6. Hour 2: 2 kWh made, they want 2 and 0.
CURVES = Curves(
    step_min=np.array([60, 60]),
    starts_epoch_min=np.array([29_000_040, 29_000_100]),
    productions={ROOF: kwh(4, 2)},
    consumptions={ANNA: kwh(2, 2), BRUNO: kwh(6, 0)},
)


def outcomes(*scenarios: Scenario) -> list[ScenarioOutcome]:
    return list(simulate(CURVES, SimulationStudy(scenarios, PRICES)).outcomes)


def test_two_keys_are_compared_on_the_same_curves() -> None:
    half = Static({ANNA: Decimal("0.5"), BRUNO: Decimal("0.5")})
    default, static = outcomes(Scenario("default", DefaultDynamic()), Scenario("half", half))

    # Default: hour 1 gives 1 and 3, hour 2 gives 2 and 0. Halves: 2 and 2, then 1 and 0.
    assert [consumer.shared_wmin for consumer in default.consumers] == [3 * KWH, 3 * KWH]
    assert [consumer.shared_wmin for consumer in static.consumers] == [3 * KWH, 2 * KWH]
    assert [outcome.surplus_wmin for outcome in (default, static)] == [0, KWH]
    assert [outcome.complement_wmin for outcome in (default, static)] == [4 * KWH, 5 * KWH]
    assert default.self_consumption_rate == 1
    assert static.self_consumption_rate == pytest.approx(5 / 6)
    assert static.self_sufficiency_rate == pytest.approx(5 / 10)
    # Coverage 3/4 and 1/2, then 3/4 and 1/3; of two values, Gini is difference ÷ 2 × sum.
    assert default.gini_of_coverage == pytest.approx(0.25 / 2.5)
    assert static.gini_of_coverage == pytest.approx((3 / 4 - 1 / 3) / (2 * (3 / 4 + 1 / 3)))
    assert static.lowest_coverage == pytest.approx(1 / 3)
    # 8 cents saved per shared kWh; 12 for what is sold, 4 for what is left.
    assert [consumer.savings_cents for consumer in static.consumers] == [24, 16]
    assert (static.savings_cents, static.revenue_cents) == (40, 5 * 12 + 1 * 4)


def test_a_supplier_may_be_dearer_to_one_than_to_another() -> None:
    prices = Prices(
        Decimal("0.12"),
        Decimal("0.20"),
        supplier_by_consumer_eur_per_kwh={BRUNO: Decimal("0.105")},
    )

    (outcome,) = simulate(
        CURVES, SimulationStudy([Scenario("today", DefaultDynamic())], prices)
    ).outcomes

    # Bruno pays a cent and a half more for each of three kWh: half a cent goes away from zero.
    assert [consumer.savings_cents for consumer in outcome.consumers] == [24, -5]


def test_a_member_joins_and_another_leaves() -> None:
    joined, left = outcomes(
        Scenario("school", DefaultDynamic(), added_consumptions={SCHOOL: kwh(0, 6)}),
        Scenario("without Bruno", DefaultDynamic(), removed=frozenset({BRUNO})),
    )

    # Hour 2: 2 kWh for Anna's 2 and the school's 6.
    shared = {consumer.prm: consumer.shared_wmin for consumer in joined.consumers}
    assert shared == {ANNA: 3 * KWH // 2, BRUNO: 3 * KWH, SCHOOL: 3 * KWH // 2}
    assert [consumer.shared_wmin for consumer in left.consumers] == [4 * KWH]
    assert left.surplus_wmin == 2 * KWH


def test_a_plant_more_is_shared_beside_the_first() -> None:
    plant = Prm("99000000000009")
    (outcome,) = outcomes(
        Scenario("more", DefaultDynamic(), added_productions={plant: kwh(4, 2)}),
    )

    assert [(producer.prm, producer.shared_wmin) for producer in outcome.producers] == [
        (ROOF, 5 * KWH),
        (plant, 5 * KWH),
    ]
    assert outcome.consumption_wmin == outcome.shared_wmin


@pytest.mark.parametrize(
    "scenario",
    [
        Scenario("x", DefaultDynamic(), removed=frozenset({SCHOOL})),
        Scenario("x", DefaultDynamic(), added_consumptions={ANNA: kwh(1, 1)}),
        Scenario("x", DefaultDynamic(), removed=frozenset({ROOF})),
    ],
)
def test_a_scenario_that_does_not_fit_the_curves_is_refused(scenario: Scenario) -> None:
    with pytest.raises(ScenarioInvalid):
        outcomes(scenario)


def test_a_key_that_names_who_has_left_is_refused() -> None:
    key = Priority([[ANNA], [BRUNO]])

    with pytest.raises(KeyInvalid):
        outcomes(Scenario("x", key, removed=frozenset({BRUNO})))


def test_somebody_may_leave_and_come_back_with_another_curve() -> None:
    again = Scenario(
        "x", DefaultDynamic(), added_consumptions={BRUNO: kwh(0, 0)}, removed=frozenset({BRUNO})
    )

    (outcome,) = outcomes(again)

    assert [consumer.consumption_wmin for consumer in outcome.consumers] == [4 * KWH, 0]
    assert outcome.consumers[1].coverage is None


@given(case=cases())
def test_energy_is_conserved_in_every_scenario(case: Case) -> None:
    curves = Curves(np.full(len(case.starts), 30), case.starts, case.productions, case.consumptions)

    (outcome,) = simulate(
        curves, SimulationStudy([Scenario("x", DefaultDynamic())], PRICES)
    ).outcomes

    assert outcome.shared_wmin + outcome.surplus_wmin == sum(
        int(c.sum()) for c in curves.productions.values()
    )
    assert sum(p.shared_wmin for p in outcome.producers) == outcome.shared_wmin
    assert outcome.shared_wmin + outcome.complement_wmin == outcome.consumption_wmin
    assert outcome.gini_of_coverage is None or 0 <= outcome.gini_of_coverage < 1


def test_a_long_period_in_parts_gives_what_it_gives_at_once() -> None:
    steps = 100_000
    rng = np.random.default_rng(2026)
    curves = Curves(
        np.full(steps, 5),
        29_000_000 + 5 * np.arange(steps),
        {ROOF: rng.integers(0, 9000, steps)},
        {ANNA: rng.integers(0, 5000, steps), BRUNO: rng.integers(0, 5000, steps)},
    )
    scenario, ticks = Scenario("x", DefaultDynamic()), []
    study = SimulationStudy([scenario, scenario], PRICES)

    outcome = simulate(curves, study, lambda: ticks.append(1)).outcomes[0]

    assert outcome.shared_wmin == int(
        np.minimum(
            curves.productions[ROOF], curves.consumptions[ANNA] + curves.consumptions[BRUNO]
        ).sum()
    )
    assert len(ticks) == count_ticks(study, steps=steps, producers=1, consumers=2) == 2


def test_what_is_too_large_is_refused_before_it_is_computed() -> None:
    study = SimulationStudy([Scenario("x", DefaultDynamic())], PRICES)

    check_size(study, steps=17_520, producers=3, consumers=500)
    with pytest.raises(SimulationTooLarge):
        check_size(study, steps=17_520, producers=3, consumers=600)
    with pytest.raises(SimulationTooLarge):
        check_size(study, steps=17_520, producers=200, consumers=300)


def test_gini_by_hand() -> None:
    # Pairs of 0.2, 0.4, 0.6 differ by 0.2, 0.2, 0.4: 1.6 over 9 pairs, over twice 0.4.
    assert gini([0.6, 0.2, 0.4]) == pytest.approx(1.6 / 9 / 0.8)
    assert gini([0.3, 0.3, 0.3]) == pytest.approx(0)
    assert gini([0, 0, 0, 1]) == pytest.approx(0.75)
    assert gini([0, 0]) is None
    assert gini([]) is None


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8).filter(any))
def test_gini_is_half_the_mean_difference_over_the_mean(values: list[float]) -> None:
    pairs = [abs(value - other) for value in values for other in values]
    mean = sum(values) / len(values)

    assert gini(values) == pytest.approx(sum(pairs) / len(pairs) / (2 * mean), abs=1e-9)


def test_what_ten_scenarios_add_is_in_memory_together() -> None:
    joining = {Prm(f"99000001{number:06}"): np.zeros(0, dtype=np.int64) for number in range(200)}
    ten = [Scenario(str(name), DefaultDynamic(), {}, joining) for name in range(10)]
    check_size(SimulationStudy(ten[:1], PRICES), steps=17_568, producers=1, consumers=50)

    with pytest.raises(SimulationTooLarge):
        check_size(SimulationStudy(ten, PRICES), steps=17_568, producers=1, consumers=50)
