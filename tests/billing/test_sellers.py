"""Who sells in an operation, for those who run it."""

from datetime import date

import httpx

from tests.billing.world import Billing, Coop, handed_over


async def test_sellers_are_listed_with_their_plants_and_whether_they_may_issue(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    path = f"/billing/operations/{coop.operation_id}/sellers"
    sold = (await operator.get(path)).json()
    points = handed_over(coop.points, coop.roof, to=coop.anna, on=date(2026, 10, 15))
    await billing.tell(coop.perimeter(points, revision=2))
    handed = {row["name"]: row for row in (await operator.get(path)).json()}

    seller = {"member_id": str(coop.seller), "name": "Soleils SAS", "has_profile": True}
    assert sold == [seller | {"points": [coop.roof]}]
    assert handed["Soleils SAS"] == seller | {"points": []}
    assert (handed["Anna"]["points"], handed["Anna"]["has_profile"]) == ([coop.roof], False)


async def test_they_are_for_those_who_run_the_operation(billing: Billing, coop: Coop) -> None:
    path = f"/billing/operations/{coop.operation_id}/sellers"
    async with billing.client("organiser", operations=[coop.operation_id]) as organiser:
        answer = await organiser.get(path)
    async with billing.client("organiser", operations=["ACC00000000"]) as stranger:
        other = await stranger.get(path)
    async with billing.client("member", member_id=str(coop.anna)) as member:
        members = await member.get(path)

    assert [seller["points"] for seller in answer.json()] == [[coop.roof]]
    assert [other.status_code, members.status_code] == [403, 403]
