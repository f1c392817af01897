"""How an operation chooses the way it is shared and settled."""

import httpx

from tests.allocation.world import Coop

_DEFAULTS = {
    "notice_days": 15,
    "missing_readings": "refuse",
    "settle_from": "own_shares",
    "tolerance_units": 1,
    "coefficient_decimals": 2,
    "coefficient_step_min": None,
    "least_points": None,
}


def _url(coop: Coop) -> str:
    return f"/allocation/operations/{coop.operation_id}/policy"


async def test_an_operation_that_has_said_nothing_has_the_defaults(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    answer = await operator.get(_url(coop))

    assert answer.json() == _DEFAULTS


async def test_what_is_chosen_replaces_the_whole_policy(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    first = {"notice_days": 30, "coefficient_decimals": 4, "settle_from": "dso_results"}
    await operator.put(_url(coop), json=first)
    answer = await operator.put(_url(coop), json={"missing_readings": "zero"})

    assert answer.status_code == 200
    assert (await operator.get(_url(coop))).json() == _DEFAULTS | {"missing_readings": "zero"}


async def test_a_choice_that_does_not_exist_is_refused(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    answer = await operator.put(_url(coop), json={"missing_readings": "guess"})

    assert answer.status_code == 422
    assert (await operator.get(_url(coop))).json() == _DEFAULTS
