"""Sunny hours through the service: from readings to whom they are told."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx

from tests.allocation.world import DAY, Allocation, Coop

TOMORROW = DAY + timedelta(days=1)
NOON = [0] * 24 + [9000, 12_000, *[0] * 22]
"""From 12 to 13 o'clock, on a day of 24 hours."""


async def _ask(client: httpx.AsyncClient, coop: Coop) -> httpx.Response:
    return await client.get(f"{coop.url}/sunny-hours", params={"day": str(TOMORROW)})


async def _given_roof(allocation: Allocation, *, power_w: int | None) -> Coop:
    coop = Coop()
    roof, *homes = coop.points
    points = [replace(roof, power_limit_w=power_w), *homes]
    await allocation.tell(coop.perimeter(points), coop.readings(roof=NOON))
    return coop


async def test_members_see_when_a_large_roof_is_likely_to_produce(allocation: Allocation) -> None:
    coop = await _given_roof(allocation, power_w=100_000)

    async with allocation.client("member", member_id=str(coop.anna)) as anna:
        answer = await _ask(anna, coop)

    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    sunny = [hour for hour in body["hours"] if hour["is_sunny"]]
    expected_wmin = (9000 + 12_000) * 30
    start = f"{TOMORROW}T10:00:00Z"
    assert sunny == [{"start": start, "expected_wmin": expected_wmin, "is_sunny": True}]
    assert body["expected_wmin"] == expected_wmin
    assert body["days_compared"] == [str(DAY)]
    assert (body["plants"], body["basis"]) == (1, "history")


async def test_the_roof_of_one_household_is_told_to_itself_and_to_who_organises(
    allocation: Allocation, operator: httpx.AsyncClient
) -> None:
    coop = await _given_roof(allocation, power_w=9000)

    async with (
        allocation.client("member", member_id=str(coop.anna)) as anna,
        allocation.client("member", member_id=str(coop.seller)) as seller,
        allocation.client("organiser", operations=[coop.operation_id]) as organiser,
    ):
        refused = await _ask(anna, coop)
        statuses = [
            (await _ask(client, coop)).status_code for client in (seller, organiser, operator)
        ]

    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/production-private")
    assert statuses == [200, 200, 200]


async def test_who_takes_no_part_on_that_day_is_refused(allocation: Allocation) -> None:
    coop = Coop()
    roof, home, other = coop.points
    left = replace(home, valid_to=DAY)
    points = [replace(roof, power_limit_w=100_000), left, other]
    await allocation.tell(coop.perimeter(points), coop.readings(roof=NOON))

    async with allocation.client("member", member_id=str(coop.anna)) as anna:
        answer = await _ask(anna, coop)

    assert answer.status_code == 403


async def test_without_readings_there_is_no_forecast(
    coop: Coop, operator: httpx.AsyncClient
) -> None:
    answer = await _ask(operator, coop)

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/no-history")
