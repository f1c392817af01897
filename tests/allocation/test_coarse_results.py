"""Energies of a month from which nobody can tell who shared with whom."""

from dataclasses import replace

import httpx

from tests.allocation.dso import CONSUMED, PRODUCED, SHARED, SURPLUS, energy, results_of_month
from tests.allocation.test_definitive_settlements import choose
from tests.allocation.world import DAY, Allocation, Coop


async def test_a_home_that_comes_when_the_roof_leaves_cannot_have_shared(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    roof, anna, bruno = ready.points
    apart = [replace(roof, valid_to=DAY), anna, replace(bruno, valid_from=DAY)]
    await choose(operator, ready, settle_from="dso_results")
    kwh = [
        (ready.roof, PRODUCED, 240),
        (ready.roof, SURPLUS, 0),
        (ready.anna_home, CONSUMED, 300),
        (ready.anna_home, SHARED, 140),
        (ready.bruno_home, CONSUMED, 400),
        (ready.bruno_home, SHARED, 100),
    ]
    energies = [energy(prm, quantity, 60_000 * amount) for prm, quantity, amount in kwh]
    await allocation.tell(ready.perimeter(apart, revision=2), results_of_month(ready, energies))

    answer = await ready.close(operator)

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/dso-results-too-coarse")
    assert answer.json()["left_wmin"] == 60_000 * 100
