"""What-ifs as a caller of the API asks for them."""

from typing import Any

import httpx

from tests.allocation.world import DAY, Coop
from tests.support.refusals import problem
from tests.support.waiting import until

URL = "/allocation/simulations"
KEY = {"type": "default_dynamic"}
TODAY = {"name": "today", "key": KEY}
PRICES = {
    "local_eur_per_kwh": "0.12",
    "supplier_eur_per_kwh": "0.20",
    "feed_in_eur_per_kwh": "0.04",
}
_OVER = ("done", "failed", "cancelled")


def asked(coop: Coop, *scenarios: dict[str, Any], **more: object) -> dict[str, Any]:
    return {
        "operation_id": coop.operation_id,
        "base": {"of": "readings", "from_day": DAY.isoformat(), "to_day": "2026-10-13"},
        "prices": PRICES,
        "scenarios": list(scenarios) or [TODAY],
        **more,
    }


async def ask(client: httpx.AsyncClient, body: dict[str, Any]) -> str:
    answer = await client.post(URL, json=body)
    assert answer.status_code == 202, answer.text
    assert answer.headers["Location"] == f"{URL}/{answer.json()['id']}"
    assert answer.json()["state"] == "queued"
    location: str = answer.headers["Location"]
    return location


def one_hour(coop: Coop) -> str:
    at = "2026-06-15T10:00:00Z,60"
    return (
        "prm,direction,start,step_min,power_w\n"
        f"{coop.roof},production,{at},900\n{coop.anna_home},consumption,{at},400\n"
    )


async def until_over(client: httpx.AsyncClient, location: str) -> dict[str, Any]:
    async def simulation() -> dict[str, Any]:
        body: dict[str, Any] = (await client.get(location)).json()
        return body

    return await until("the simulation is over", simulation, lambda body: body["state"] in _OVER)


async def refusal(client: httpx.AsyncClient, body: dict[str, Any]) -> tuple[int, str]:
    answer = await client.post(URL, json=body)
    return problem(answer)
