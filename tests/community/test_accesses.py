"""Who looked at a member's record: told by role to the member, by account to staff, for a while."""

from datetime import timedelta
from typing import Any

import httpx
from sqlalchemy import text

from libs.common.logs.accesses import purge_accesses
from tests.community.coop import (
    enrol,
    given_member,
    given_operation,
    given_point,
    logged_in,
    participation,
)
from tests.support.clock import CLOCK
from tests.support.platform import Platform

_SHOW = "/community/members/{member_id}"


async def _looks(client: httpx.AsyncClient, member_id: str, **query: int) -> list[dict[str, Any]]:
    answer = await client.get(f"/community/members/{member_id}/accesses", params=query)
    assert answer.status_code == 200, answer.text
    body: list[dict[str, Any]] = answer.json()
    return body


async def test_a_member_hears_by_which_role_and_staff_by_whom(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = await given_operation(operator), await given_point(operator)
    anna, bruno = await given_member(operator), await given_member(operator)
    await enrol(operator, operation_id, participation(prm, anna))
    async with (
        logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser,
        logged_in(platform, operator, "member", member_id=anna) as member,
    ):
        for client, path in (
            (organiser, f"/community/members/{anna}"),
            (organiser, f"/community/members?operation_id={operation_id}"),
            (member, f"/community/members/{anna}"),
            (operator, f"/community/members/{anna}/data.zip"),
        ):
            assert (await client.get(path)).status_code == 200
        refused = await organiser.get(f"/community/members/{bruno}")
        looks = await _looks(member, anna)
        of_another = await member.get(f"/community/members/{bruno}/accesses")
        by_organiser = await organiser.get(f"/community/members/{anna}/accesses")
    by_staff = await _looks(operator, anna)

    seen = [(look["role"], look["route"], look["subject"], look["is_you"]) for look in looks]
    assert seen == [
        ("operator", f"{_SHOW}/data.zip", None, False),
        ("organiser", "/community/members", None, False),
        ("organiser", _SHOW, None, False),
    ]
    assert [look["is_you"] for look in by_staff] == [True, False, False]
    assert all(look["subject"] for look in by_staff)
    statuses = [answer.status_code for answer in (refused, of_another, by_organiser)]
    assert statuses == [403, 403, 403]
    assert await _looks(operator, bruno) == []


async def test_pages_follow_one_another(operator: httpx.AsyncClient) -> None:
    member_id = await given_member(operator)
    for _ in range(3):
        await operator.get(f"/community/members/{member_id}")
    whole = await _looks(operator, member_id)

    first = await _looks(operator, member_id, limit=2)
    rest = await _looks(operator, member_id, before=first[-1]["number"])

    assert len(whole) == 3
    assert first + rest == whole


async def test_looks_are_forgotten_by_whole_months(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    member_id = await given_member(operator)
    for _ in range(2):
        await operator.get(f"/community/members/{member_id}")
    newest, oldest = await _looks(operator, member_id)
    async with platform.database("community") as database:
        async with database.transaction() as session:
            await session.execute(
                text("UPDATE member_access SET read_at = :at WHERE number = :number"),
                {"at": CLOCK.now() - timedelta(days=500), "number": oldest["number"]},
            )

        assert not await purge_accesses(database, kept_months=12)

    assert await _looks(operator, member_id) == [newest]
