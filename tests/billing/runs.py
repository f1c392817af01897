"""Billing runs, as their organisers start and read them."""

from typing import Any

import httpx

from libs.common.calendar import Month
from libs.common.ids import Prm
from tests.billing.world import Coop
from tests.support.waiting import until

QUARTER = (Month(2026, 7), Month(2026, 8), Month(2026, 9))


async def start(client: httpx.AsyncClient, coop: Coop, period: str) -> dict[str, Any]:
    body = {"operation_id": coop.operation_id, "period": period}
    answer = await client.post("/billing/runs", json=body)
    assert answer.status_code == 202, answer.text
    assert answer.json()["state"] == "waiting"
    return await settled(client, answer.json())


async def settled(client: httpx.AsyncClient, run: dict[str, Any]) -> dict[str, Any]:
    """The run, once no worker has anything to do with it."""

    async def now() -> dict[str, Any]:
        body: dict[str, Any] = (await client.get(f"/billing/runs/{run['id']}")).json()
        return body

    busy = {"waiting", "issuing"}
    return await until("the run is over", now, lambda body: body["state"] not in busy)


async def carry_out(
    client: httpx.AsyncClient, run: dict[str, Any], verb: str, body: object = None
) -> dict[str, Any]:
    answer = await client.post(f"/billing/runs/{run['id']}/{verb}", json=body)
    assert answer.status_code == 202, answer.text
    return await settled(client, run)


async def preflight(client: httpx.AsyncClient, coop: Coop, period: str) -> dict[str, Any]:
    url = f"/billing/operations/{coop.operation_id}/preflight"
    answer = await client.get(url, params={"period": period})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def energies(coop: Coop, month: Month, daily_wmin: int) -> dict[tuple[Prm, Prm], list[int]]:
    homes = (coop.anna_home, coop.bruno_home)
    return {(coop.roof, home): [daily_wmin] * len(month.days) for home in homes}
