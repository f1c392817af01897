"""From a gap to a day that is allocated: ingest estimates, and allocation's policy decides."""

from typing import Any
from uuid import uuid4

import httpx

from tests.community.coop import enrol, given_member, given_operation, new_prm, participation, put
from tests.ingest.delivering import pushed, until_covered
from tests.ingest.lacking import curve, day_of, last_month
from tests.support.platform import Platform
from tests.support.waiting import until


async def _given_roof_and_home(platform: Platform, operator: httpx.AsyncClient) -> tuple[str, str]:
    """Both take part, by the default key; the home misses two half-hours of the first day."""
    operation_id, roof, home = await given_operation(operator), new_prm(), new_prm()
    for prm in (roof, home):
        await put(operator, f"/points/{prm}", {"label": "Grange"})
    member_id = await given_member(operator)
    produces = participation(roof, member_id) | {"direction": "production"}
    await enrol(operator, operation_id, produces, participation(home, member_id))
    await until_covered(platform, home)
    await _given_key(operator, operation_id)
    await pushed(operator, curve(roof, [day_of(1)], direction="PROD", power_w=900))
    await pushed(operator, curve(home, [day_of(1)], without=[20, 21], power_w=400))
    return operation_id, home


async def _given_key(operator: httpx.AsyncClient, operation_id: str) -> None:
    url = f"/allocation/operations/{operation_id}/keys/{uuid4()}"
    key = {"valid_from": "2026-01-01", "definition": {"type": "default_dynamic"}}
    answer = await operator.put(url, json=key)
    assert answer.status_code == 200, answer.text
    for step, body in (("approval", {}), ("declaration", {"declared_on": "2025-10-01"})):
        answer = await operator.post(f"{url}/{step}", json=body)
        assert answer.status_code == 200, answer.text
    answer = await operator.post(f"{url}/activation")
    assert answer.status_code == 200, answer.text


async def _day_once(operator: httpx.AsyncClient, operation_id: str, **expected: object) -> Any:  # noqa: ANN401 - JSON
    """The first day of last month as allocation has it, once it has these values."""
    path = f"/allocation/operations/{operation_id}/days"

    async def first() -> Any:  # noqa: ANN401 - JSON
        answer = await operator.get(path, params={"month": str(last_month())})
        days = answer.json()["days"] if answer.status_code == 200 else []
        return next((day for day in days if day["day"] == f"{day_of(1)}"), None)

    return await until(f"a day with {expected}", first, lambda day: expected.items() <= day.items())


async def test_an_estimate_counts_where_the_policy_says_so_until_the_real_value_comes(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, home = await _given_roof_and_home(platform, operator)
    gap = {"prm": home, "direction": "consumption", "steps": 2}
    await _day_once(operator, operation_id, status="incomplete", missing=[gap])

    estimation = await operator.post(
        f"/ingest/operations/{operation_id}/estimations",
        json={"from_day": f"{day_of(1)}", "to_day": f"{day_of(2)}"},
    )
    assert estimation.json()["steps_filled"] == 2
    # Until the operation accepts them, nothing changes.
    await _day_once(operator, operation_id, status="incomplete", missing=[gap])
    policy = f"/allocation/operations/{operation_id}/policy"
    await operator.put(policy, json={"missing_readings": "estimate"})
    guessed = await _day_once(operator, operation_id, status="allocated", estimated=[gap])
    await pushed(operator, curve(home, [day_of(1)], only=[20, 21], power_w=430))
    real = await _day_once(operator, operation_id, status="allocated", estimated=[])

    assert guessed["consumption_wmin"] == 48 * 400 * 30
    assert real["consumption_wmin"] == guessed["consumption_wmin"] + 2 * 30 * 30
