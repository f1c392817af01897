"""Priority keys with weights and schedules, through the service."""

from datetime import date
from uuid import uuid4

import httpx

from tests.allocation.world import DAY, Allocation, Coop
from tests.support.ids import new_prm

SATURDAY = date(2026, 10, 17)


async def test_a_schedule_holds_on_its_days_and_changing_it_makes_revisions_of_those_only(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    anna_first, bruno_first = (
        [[coop.anna_home], [coop.bruno_home]],
        [[coop.bruno_home], [coop.anna_home]],
    )
    await coop.set_key(operator, type="priority", ranks=anna_first)
    await allocation.tell(coop.readings(), coop.readings(SATURDAY))

    weekend = {"days": ["sat", "sun"], "ranks": bruno_first}
    await coop.set_key(operator, type="priority", ranks=anna_first, schedules=[weekend])
    await allocation.settle()

    days = await coop.days(operator)
    assert days[DAY.isoformat()]["revision"] == 1
    assert days[SATURDAY.isoformat()]["revision"] == 2
    got = {
        (share["day"], share["consumer"]): share["energy_wmin"]
        for share in await coop.shares(operator, by="day")
    }
    assert got[DAY.isoformat(), coop.anna_home] == 400 * 1440
    assert got[SATURDAY.isoformat(), coop.bruno_home] == 800 * 1440
    assert got[SATURDAY.isoformat(), coop.anna_home] == 100 * 1440


async def test_a_member_sees_the_own_weight_and_rank_and_no_other_point(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    homes = {coop.anna_home: "2", coop.bruno_home: "1"}
    winter = {"months": [12, 1, 2], "ranks": [[coop.bruno_home], [coop.anna_home]]}
    await coop.set_key(operator, type="priority", ranks=[{"weights": homes}], schedules=[winter])

    async with allocation.client("member", member_id=str(coop.anna)) as member:
        answer = await member.get(f"{coop.url}/keys")

    assert coop.bruno_home not in answer.text
    definition = answer.json()[0]["definition"]
    assert definition["ranks"] == [{"weights": {coop.anna_home: "2"}}]
    assert definition["schedules"][0]["ranks"] == [[], [coop.anna_home]]


async def test_a_stranger_in_a_schedule_is_told(operator: httpx.AsyncClient, coop: Coop) -> None:
    stranger = new_prm()
    in_january = {"months": [1], "ranks": [{"weights": {stranger: "1"}}]}
    url = await coop.draft_key(
        operator, type="priority", ranks=[[coop.anna_home]], schedules=[in_january]
    )

    assert (await operator.get(url)).json()["unknown_points"] == [stranger]
    assert (await operator.post(f"{url}/approval", json={})).json()["prms"] == [stranger]


async def test_a_schedule_that_cannot_be_is_refused_with_its_place(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    schedules = [{"days": ["lundi"], "ranks": [[coop.anna_home]]}]
    definition = {"type": "priority", "ranks": [[coop.anna_home]], "schedules": schedules}
    body = {"valid_from": "2026-01-01", "definition": definition}

    answer = await operator.put(f"{coop.url}/keys/{uuid4()}", json=body)

    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/key-invalid")
    assert "schedules[0].days: 'lundi'" in answer.json()["detail"]
