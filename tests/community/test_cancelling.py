"""Participations that were a mistake."""

import json

import httpx

from tests.community.coop import (
    enrol,
    given_member,
    given_operation,
    given_point,
    new_operation_id,
    participation,
    read_topic,
)
from tests.support.platform import Platform


async def test_a_mistaken_participation_is_cancelled_and_the_rest_is_told(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, elsewhere = await given_operation(operator), await given_operation(operator)
    member_id, prm = await given_member(operator), await given_point(operator)
    mistaken = await given_point(operator)
    before = await enrol(
        operator,
        operation_id,
        participation(prm, member_id),
        participation(mistaken, member_id),
        participation(mistaken, member_id, "2025-01-01", "2026-01-01"),
    )
    url = f"/community/operations/{operation_id}/participations/{mistaken}/2026-01-01"

    answer = await operator.delete(url)

    assert answer.status_code == 200, answer.text
    after = answer.json()
    assert after["revision"] == before["revision"] + 1
    assert after["participations"] == [
        row
        for row in before["participations"]
        if (row["prm"], row["valid_from"]) != (mistaken, "2026-01-01")
    ]
    assert (await operator.get(f"/community/operations/{operation_id}")).json() == after
    records = await read_topic(
        platform, "community.perimeter", operation_id, up_to_revision=after["revision"]
    )
    last = json.loads(records[-1].value)
    assert last["revision"] == after["revision"]
    assert len(last["participations"]) == 2

    again = await operator.delete(url)
    assert (again.status_code, again.json()["type"]) == (404, "/problems/participation-unknown")
    unknown = await operator.delete(url.replace(operation_id, new_operation_id()))
    assert (unknown.status_code, unknown.json()["type"]) == (404, "/problems/operation-unknown")
    # The point is free for another operation.
    await enrol(operator, elsewhere, participation(mistaken, member_id))


async def test_of_two_sides_that_begin_together_one_is_cancelled_by_its_direction(
    operator: httpx.AsyncClient,
) -> None:
    operation_id = await given_operation(operator)
    member_id, prm = await given_member(operator), await given_point(operator)
    charging = participation(prm, member_id)
    await enrol(operator, operation_id, charging, charging | {"direction": "production"})
    url = f"/community/operations/{operation_id}/participations/{prm}/2026-01-01"

    ambiguous = await operator.delete(url)
    answer = await operator.delete(url, params={"direction": "production"})

    assert ambiguous.json()["type"] == "/problems/participation-ambiguous"
    assert answer.json()["participations"] == [charging]
