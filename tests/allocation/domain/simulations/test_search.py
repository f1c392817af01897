"""The search for static shares, against optima found by hand and by trying every share."""

from decimal import Decimal
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.ids import Prm
from services.allocation.domain.keys import Static, parse_key
from services.allocation.domain.simulations import (
    Bounds,
    Curves,
    Maximise,
    Prices,
    Scenario,
    Search,
    SearchHopeless,
    SimulationStudy,
    simulate,
)
from services.allocation.domain.simulations.search import propose_priorities, propose_shares
from services.allocation.domain.simulations.search.concave import pieces_of

ROOF = Prm("99000000000000")
ANNA, BRUNO, CARLA = (Prm(f"9900000000001{number}") for number in range(3))
PRICES = Prices(Decimal("0.12"), Decimal("0.20"))
SUNDAY_EPOCH_MIN = 29_689_800  # 14 June 2026, 0 h in Paris


class Stopped(Exception):
    """Nobody wants the result any more."""


def curves(production: list[int], **consumption: list[int]) -> Curves:
    prms = {"anna": ANNA, "bruno": BRUNO, "carla": CARLA}
    return Curves(
        np.full(len(production), 60),
        60 * np.arange(len(production)),
        {ROOF: np.array(production)},
        {prms[name]: np.array(energy) for name, energy in consumption.items()},
    )


def even_worth(curves: Curves) -> dict[Prm, Decimal]:
    return dict.fromkeys(curves.consumptions, Decimal(1))


def shared(curves: Curves, shares: dict[Prm, Decimal]) -> int:
    study = SimulationStudy([Scenario("x", Static(shares))], PRICES)
    return simulate(curves, study).outcomes[0].shared_wmin


def test_the_optimum_of_a_small_case_is_found() -> None:
    # Of 1000 each hour, Anna can use 400 and 1000, Bruno 1000 and 200. The first 20 % for Bruno
    # and 40 % for Anna are used in both hours; the other 40 % in one hour, whoever has them.
    case = curves([1000, 1000], anna=[400, 1000], bruno=[1000, 200])

    proposal = propose_shares(case, even_worth(case))

    assert proposal.shares[ANNA] >= Decimal("0.4")
    assert proposal.shares[BRUNO] >= Decimal("0.2")
    assert sum(proposal.shares.values()) == 1
    assert shared(case, dict(proposal.shares)) == 2 * 600 + 400
    assert proposal.at_most_wmin == 1600


def test_no_share_on_a_grid_is_better_than_what_is_found() -> None:
    rng = np.random.default_rng(7)
    case = curves(
        rng.integers(0, 900, 30).tolist(),
        anna=rng.integers(0, 500, 30).tolist(),
        bruno=rng.integers(0, 300, 30).tolist(),
        carla=rng.integers(0, 700, 30).tolist(),
    )
    grid = [Decimal(number) / 20 for number in range(21)]

    proposal = propose_shares(case, even_worth(case))

    best = max(
        shared(case, {ANNA: a, BRUNO: b, CARLA: c})
        for a, b, c in product(grid, repeat=3)
        if a + b + c <= 1
    )
    reached = shared(case, dict(proposal.shares))
    assert best - 30 <= reached <= proposal.at_most_wmin


def test_savings_go_where_the_supplier_is_dear() -> None:
    case = curves([1000], anna=[1000], bruno=[1000])
    worth = {ANNA: Decimal("0.05"), BRUNO: Decimal("0.06")}

    assert propose_shares(case, worth).shares == {ANNA: Decimal(0), BRUNO: Decimal(1)}


def test_a_bound_on_coverage_is_kept_and_costs_energy() -> None:
    # Anna uses every hour what she may; Bruno only one hour in four, so he is worth less.
    case = curves([1000] * 4, anna=[1000] * 4, bruno=[4000, 0, 0, 0])

    free = propose_shares(case, even_worth(case))
    fair = propose_shares(case, even_worth(case), Bounds(coverage_ratio=0.5))

    assert free.shares == {ANNA: Decimal(1), BRUNO: Decimal(0)}
    # With b for Bruno, coverage is b/4 and 1-b; of all (4 - 3b)/8. b/4 ≥ (4 - 3b)/16: b ≥ 4/7.
    assert fair.shares[BRUNO] == pytest.approx(Decimal(4) / 7, abs=Decimal("0.0001"))
    assert fair.shares[ANNA] == pytest.approx(Decimal(3) / 7, abs=Decimal("0.0001"))
    assert shared(case, dict(fair.shares)) < shared(case, dict(free.shares))


def test_who_sleeps_while_the_sun_shines_does_not_hold_the_others_back() -> None:
    case = curves([1000, 0], anna=[1000, 0], bruno=[0, 1000])

    proposal = propose_shares(case, even_worth(case), Bounds(coverage_ratio=1.0))

    assert proposal.shares == {ANNA: Decimal(1), BRUNO: Decimal(0)}


def test_bounds_on_shares_are_kept() -> None:
    case = curves([1000] * 4, anna=[1000] * 4, bruno=[4000, 0, 0, 0])

    proposal = propose_shares(
        case, even_worth(case), Bounds(min_share=Decimal("0.1"), max_share=Decimal("0.75"))
    )

    assert proposal.shares == {ANNA: Decimal("0.75"), BRUNO: Decimal("0.25")}


def coverages(curves: Curves, shares: dict[Prm, Decimal]) -> tuple[dict[Prm, float], float]:
    """Of each consumer, and of all together; by the engine."""
    outcome = simulate(curves, SimulationStudy([Scenario("x", Static(shares))], PRICES)).outcomes[0]
    each = {
        consumer.prm: consumer.shared_wmin / consumer.consumption_wmin
        for consumer in outcome.consumers
    }
    return each, outcome.shared_wmin / outcome.consumption_wmin


def test_a_least_share_counts_in_the_coverage_of_all_even_where_it_is_unwanted() -> None:
    # With a third of the pool Bruno has 667 of his 1000, and Anna at most 667 of her 2000: 33 %.
    # All together have 1333 of 3000, of which 80 % are 36 %.
    case = curves([1000, 2000], anna=[2000, 0], bruno=[0, 1000])

    with pytest.raises(SearchHopeless):
        propose_shares(case, even_worth(case), Bounds(0.8, min_share=Decimal("0.3333")))

    # With a fifth: 40 % of his and, of the rest, 40 % of hers.
    shares = dict(propose_shares(case, even_worth(case), Bounds(0.8, Decimal("0.2"))).shares)
    each, of_all = coverages(case, shares)
    assert min(each.values()) >= 0.8 * of_all - 0.0001


@given(
    energies=st.lists(
        st.tuples(st.integers(0, 2000), st.integers(0, 1500), st.integers(0, 1500)),
        min_size=2,
        max_size=8,
    ),
    ratio=st.sampled_from([0.5, 0.8, 0.95, 1.0]),
    min_share=st.sampled_from(["0", "0.1", "0.2", "0.3333"]),
    max_share=st.sampled_from(["0.7", "1"]),
)
def test_what_is_proposed_keeps_all_bounds_together(
    energies: list[tuple[int, int, int]], ratio: float, min_share: str, max_share: str
) -> None:
    made, *used = ([1000 * energy for energy in side] for side in zip(*energies, strict=True))
    case = curves(made, anna=used[0], bruno=used[1])
    bounds = Bounds(ratio, Decimal(min_share), Decimal(max_share))
    try:
        shares = dict(propose_shares(case, even_worth(case), bounds).shares)
    except SearchHopeless:
        return

    assert sum(shares.values()) <= 1
    assert bounds.min_share <= min(shares.values())
    assert max(shares.values()) <= bounds.max_share
    _, of_all = coverages(case, shares) if sum(used[0]) and sum(used[1]) else ({}, 0.0)
    for prm, consumption in zip((ANNA, BRUNO), used, strict=True):
        if any(min(pool, energy) for pool, energy in zip(made, consumption, strict=True)):
            # Shares have four decimals: one more unit of share would be enough.
            more = {prm: shares[prm] + Decimal("0.0001")}
            offered = [float(more[prm]) * pool for pool in made]
            got = sum(
                min(offer, energy) for offer, energy in zip(offered, consumption, strict=True)
            )
            assert got / sum(consumption) >= ratio * of_all - 0.001


def test_whoever_stops_a_search_does_not_wait_for_another_try() -> None:
    case = curves([1000], anna=[1000], bruno=[1000])

    def stop() -> None:
        raise Stopped

    with pytest.raises(Stopped):
        propose_shares(case, even_worth(case), tick=stop)


def test_shares_add_up_to_one_at_most_whatever_their_number() -> None:
    consumers = {Prm(f"9900000000{number:04}"): np.array([1000]) for number in range(3000)}
    case = Curves(np.array([60]), np.array([0]), {ROOF: np.array([1000])}, consumers)

    shares = propose_shares(case, even_worth(case)).shares

    assert sum(shares.values()) == 1
    Static(shares)


@pytest.mark.parametrize(
    ("bounds", "worth"),
    [(Bounds(min_share=Decimal("0.6")), Decimal(1)), (Bounds(), Decimal("-0.01"))],
)
def test_what_cannot_be_found_is_refused_in_words(bounds: Bounds, worth: Decimal) -> None:
    case = curves([1000], anna=[1000], bruno=[1000])

    with pytest.raises(SearchHopeless):
        propose_shares(case, dict.fromkeys(case.consumptions, worth), bounds)


def test_without_consumption_while_there_is_production_nothing_is_proposed() -> None:
    case = curves([1000, 0], anna=[0, 500])

    with pytest.raises(SearchHopeless):
        propose_shares(case, even_worth(case))


def test_many_steps_in_few_pieces_never_promise_too_much() -> None:
    rng = np.random.default_rng(5)
    pool, wants = rng.integers(0, 900, 5000), rng.integers(0, 500, 5000)
    exact, coarse = (pieces_of(pool, wants, most=most) for most in (10_000, 50))

    assert len(coarse.width) <= 52
    for share in (0.0, 0.05, 0.2, 0.5, 0.9, 1.0):
        true = float(np.minimum(share * pool, wants).sum())
        assert _value(exact, share) == pytest.approx(true)
        assert 0.99 * true <= _value(coarse, share) <= true + 1e-6


def _value(pieces: object, share: float) -> float:
    width, slope = pieces.width, pieces.slope_wmin  # type: ignore[attr-defined]
    before = np.concatenate([[0.0], np.cumsum(width)[:-1]])
    return float(np.clip(share - before, 0, width) @ slope)


def test_proposals_are_computed_by_the_engine_and_are_keys_as_they_are() -> None:
    hours = SUNDAY_EPOCH_MIN + 60 * np.arange(48)  # then Monday
    office = np.where((np.arange(48) >= 24 + 8) & (np.arange(48) < 24 + 18), 2000, 100)
    home = np.full(48, 900)
    case = Curves(np.full(48, 60), hours, {ROOF: np.full(48, 1500)}, {ANNA: home, BRUNO: office})
    study = SimulationStudy(
        [Scenario("today", Static({ANNA: Decimal(1)}))], PRICES, Search(Maximise.SAVINGS)
    )

    static, priority = simulate(case, study).proposals

    parse_key(static.definition)
    assert static.definition["type"] == "static"
    assert static.at_most_wmin is not None
    assert static.outcome.shared_wmin <= static.at_most_wmin
    at_work = {"days": ["working_day"], "hours": [["08:00", "18:00"]], "ranks": [[BRUNO], [ANNA]]}
    assert priority.definition == {
        "type": "priority",
        "ranks": [[ANNA], [BRUNO]],
        "schedules": [at_work],
    }
    parse_key(priority.definition)
    # 10 hours of 1500 for the office; else the home has its 900 first, then the office its 100.
    shared = {consumer.prm: consumer.shared_wmin for consumer in priority.outcome.consumers}
    assert shared == {ANNA: 38 * 900, BRUNO: 10 * 1500 + 38 * 100}


@pytest.mark.parametrize("hours", [24, 48])
def test_consumers_who_are_all_alike_have_no_ranks(hours: int) -> None:
    starts = SUNDAY_EPOCH_MIN + 60 * np.arange(hours)
    alike = {ANNA: np.full(hours, 5), BRUNO: np.full(hours, 9)}

    case = Curves(np.full(hours, 60), starts, {ROOF: np.full(hours, 1)}, alike)
    assert propose_priorities(case) is None
