"""Many log-ins at once, by whoever cares to send them."""

import asyncio

import httpx

from tests.community.coop import PASSWORD


async def test_a_flood_of_log_ins_is_refused_and_stops_nobody_else(
    anonymous: httpx.AsyncClient, operator: httpx.AsyncClient
) -> None:
    email = "flooded@example.org"
    account = {"password": PASSWORD, "roles": ["feed"]}
    assert (await operator.put(f"/community/accounts/{email}", json=account)).status_code == 200

    async def log_in(password: str) -> httpx.Response:
        form = {"username": email, "password": password}
        return await anonymous.post("/community/token", data=form, timeout=60)

    async def meanwhile() -> list[int]:
        urls = ["/health", "/community/organisers"] * 5
        return [(await operator.get(url)).status_code for url in urls]

    others, answers = await asyncio.gather(
        meanwhile(), asyncio.gather(*(log_in("a wrong password") for _ in range(200)))
    )

    assert set(others) == {200}
    assert {one.status_code for one in answers} == {401, 429}
    refused = [one for one in answers if one.status_code == 429]
    assert {one.json()["type"] for one in refused} == {"/problems/too-many-log-ins"}
    assert {one.headers["content-type"] for one in refused} == {"application/problem+json"}
    assert all(int(one.headers["retry-after"]) > 0 for one in refused)
    assert (await log_in(PASSWORD)).status_code == 200
