"""The points of an operation in one list, for those who run it."""

import httpx

from tests.community.coop import (
    enrol,
    given_member,
    given_operation,
    logged_in,
    new_operation_id,
    new_prm,
    participation,
    put,
)
from tests.community.enrolling import given_prospect
from tests.support.platform import Platform


async def test_points_are_listed_with_what_they_are_called_and_whose_they_are(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, member_id = await given_operation(operator), await given_member(operator)
    name = (await operator.get(f"/community/members/{member_id}")).json()["name"]
    left, stays = sorted([new_prm(), new_prm()])
    for prm, label in ((left, "Mairie"), (stays, "École")):
        await put(operator, f"/points/{prm}", {"label": label, "subscribed_power_va": 9000})
    await enrol(
        operator,
        operation_id,
        participation(left, member_id, valid_to="2026-02-01"),
        participation(stays, member_id),
    )

    async with logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser:
        answer = await organiser.get(f"/community/operations/{operation_id}/points")
    accesses = (await operator.get(f"/community/members/{member_id}/accesses")).json()

    assert answer.status_code == 200, answer.text
    common = {
        "direction": "consumption",
        "subscribed_power_va": 9000,
        "installed_power_w": None,
        "production_kind": None,
        "member_id": member_id,
        "member_name": name,
        "valid_from": "2026-01-01",
    }
    assert answer.json() == [
        common | {"prm": left, "label": "Mairie", "valid_to": "2026-02-01"},
        common | {"prm": stays, "label": "École", "valid_to": None},
    ]
    route = "/community/operations/{operation_id}/points"
    assert [access["role"] for access in accesses if access["route"] == route] == ["organiser"]


async def test_they_are_for_those_who_run_the_operation(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, member_id = await given_operation(operator), await given_member(operator)
    path = f"/community/operations/{operation_id}/points"

    async with logged_in(platform, operator, "organiser", operations=["ACC99999999"]) as organiser:
        strangers = await organiser.get(path)
    async with logged_in(platform, operator, "member", member_id=member_id) as member:
        members = await member.get(path)
    unknown = await operator.get(f"/community/operations/{new_operation_id()}/points")

    assert [strangers.status_code, members.status_code, unknown.status_code] == [403, 403, 404]


async def test_who_is_on_the_way_is_told_by_name_and_sees_who_looked(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    enrolling = await given_prospect(operator)
    path = f"/community/operations/{enrolling.operation_id}/enrolments"
    operations = [enrolling.operation_id]
    async with logged_in(platform, operator, "organiser", operations=operations) as organiser:
        (listed,) = (await organiser.get(path)).json()
    accesses = (await operator.get(f"/community/members/{enrolling.member_id}/accesses")).json()

    assert (listed["member_name"], listed["point_label"]) == ("Lucie Brindille", "École, toit sud")
    assert "organiser" in [access["role"] for access in accesses]
