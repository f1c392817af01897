"""How far operations' months have come, many at once."""

from typing import Any

import httpx

from libs.common.ids import OperationId
from tests.allocation.dso import SHARED, energy, results_of_month, same
from tests.allocation.noted_days import list_unlike
from tests.allocation.world import MONTH, OCTOBER, Allocation, Coop
from tests.support.statements import counted_statements

_PATH = "/allocation/months"


async def _month(client: httpx.AsyncClient, coop: Coop) -> dict[str, Any]:
    asked = {"operation_id": coop.operation_id, "last_month": MONTH, "count": "1"}
    answer = await client.get(_PATH, params=asked)
    assert answer.status_code == 200, answer.text
    ((only,),) = [operation["months"] for operation in answer.json()]
    month: dict[str, Any] = only
    return month


async def test_days_are_counted_by_their_status(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    nothing = (await _month(operator, coop))["shares"]
    await allocation.tell(coop.readings())
    keyless = (await _month(operator, coop))["shares"]
    await coop.set_key(operator)
    await allocation.settle()
    begun = (await _month(operator, coop))["shares"]
    await allocation.tell(*coop.month_of_readings())
    whole = (await _month(operator, coop))["shares"]

    assert await list_unlike(allocation) == []
    assert nothing == {"state": "empty", "days": 31, "statuses": {}}
    assert keyless == {"state": "blocked", "days": 31, "statuses": {"no_key": 1}}
    assert begun == {"state": "partial", "days": 31, "statuses": {"allocated": 1}}
    assert whole == {"state": "complete", "days": 31, "statuses": {"allocated": 31}}


async def test_days_on_which_nobody_takes_part_any_more_do_not_count(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.set_key(operator)
    await allocation.tell(*coop.month_of_readings())
    until_the_10th = [
        type(point)(**vars(point) | {"valid_to": OCTOBER[9]}) for point in coop.points
    ]
    await allocation.tell(coop.perimeter(until_the_10th, revision=2))

    shares = (await _month(operator, coop))["shares"]

    assert shares == {"state": "complete", "days": 9, "statuses": {"allocated": 9}}


async def test_a_settlement_is_outdated_until_it_is_mended(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.set_key(operator)
    await allocation.tell(*coop.month_of_readings())
    nothing = (await _month(operator, coop))["settlement"]
    await coop.close(operator)
    settled = (await _month(operator, coop))["settlement"]
    await allocation.tell(coop.readings(anna=[None] * 3 + [400] * 45, revision=2))
    refused = await _month(operator, coop)
    await allocation.tell(coop.readings(anna=[300] * 48, revision=3))
    again = (await _month(operator, coop))["settlement"]

    assert nothing == {"state": "empty", "number": None, "status": None}
    assert settled == {"state": "complete", "number": 1, "status": "provisional"}
    assert (refused["shares"]["state"], refused["settlement"]["state"]) == ("blocked", "blocked")
    assert again == {"state": "complete", "number": 2, "status": "provisional"}


async def test_results_of_the_dso_are_counted(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    nothing = (await _month(operator, coop))["dso_results"]
    await allocation.tell(same(coop))
    a_day = (await _month(operator, coop))["dso_results"]
    energies = [energy(coop.anna_home, SHARED, 60_000)]
    await allocation.tell(results_of_month(coop, energies))
    a_month = (await _month(operator, coop))["dso_results"]

    assert nothing == {
        "state": "empty",
        "days": 0,
        "definitive_days": 0,
        "month_definitive": None,
    }
    assert (a_day["state"], a_day["days"]) == ("partial", 1)
    assert (a_month["state"], a_month["month_definitive"]) == ("complete", True)


async def test_an_organiser_sees_their_own_with_one_statement(
    allocation: Allocation, coop: Coop
) -> None:
    other = Coop()
    await allocation.tell(other.perimeter())
    async with allocation.client("organiser", operations=[coop.operation_id]) as organiser:
        with counted_statements("stale_settlement") as statements:
            operations = (await organiser.get(_PATH, params={"count": 24})).json()
        neighbours = await organiser.get(_PATH, params={"operation_id": other.operation_id})
        unknown = await organiser.get(_PATH, params={"operation_id": OperationId("ACC00000000")})

    assert [operation["operation_id"] for operation in operations] == [coop.operation_id]
    assert len(operations[0]["months"]) == 24
    assert len(statements) == 1
    assert [neighbours.status_code, unknown.status_code] == [403, 403]
