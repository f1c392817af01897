"""Participations over HTTP: overlaps, concurrency, events."""

import asyncio
import json
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.community.coop import (
    enrol,
    given_member,
    given_operation,
    given_point,
    new_prm,
    participation,
    put,
    read_topic,
)
from tests.support.platform import Platform

_TOPIC = "community.perimeter"


async def test_a_participation_is_shown_in_its_perimeter(operator: httpx.AsyncClient) -> None:
    operation_id = await given_operation(operator)
    member_id, prm = await given_member(operator), await given_point(operator)

    body = {"direction": "production", "member_id": member_id, "valid_to": "2027-01-01"}
    path = f"/operations/{operation_id}/participations/{prm}/2026-01-01"
    changed = await put(operator, path, body)

    shown = (await operator.get(f"/community/operations/{operation_id}")).json()
    assert {**shown, "breaches": []} == changed
    assert shown["revision"] == 2
    assert shown["participations"] == [{"prm": prm, "valid_from": "2026-01-01", **body}]


async def test_the_same_content_again_changes_nothing_and_tells_nobody(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id = await given_operation(operator)
    member_id, prm = await given_member(operator), await given_point(operator)
    first = await enrol(operator, operation_id, participation(prm, member_id))

    again = await enrol(operator, operation_id, participation(prm, member_id))
    ended = await enrol(
        operator, operation_id, participation(prm, member_id, valid_to="2026-07-01")
    )

    assert again == first
    assert ended["revision"] == first["revision"] + 1
    records = await read_topic(platform, _TOPIC, operation_id, up_to_revision=3)
    assert [json.loads(record.value)["revision"] for record in records] == [1, 2, 3]
    assert [len(json.loads(record.value)["participations"]) for record in records] == [0, 1, 1]
    assert json.loads(records[2].value)["participations"][0]["valid_to"] == "2026-07-01"


async def test_many_participations_are_one_event_with_the_whole_perimeter(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id = await given_operation(operator)
    member_id = await given_member(operator)
    prms = [await given_point(operator) for _ in range(5)]
    await enrol(operator, operation_id, participation(prms[0], member_id))

    await enrol(operator, operation_id, *(participation(prm, member_id) for prm in prms[1:]))

    records = await read_topic(platform, _TOPIC, operation_id, up_to_revision=3)
    assert len(records) == 3
    parts = json.loads(records[-1].value)["participations"]
    assert [participation["prm"] for participation in parts] == sorted(prms)


async def test_a_point_may_change_hands_on_a_day(operator: httpx.AsyncClient) -> None:
    operation_id = await given_operation(operator)
    leaving, coming = await given_member(operator), await given_member(operator)
    prm = await given_point(operator)
    await enrol(operator, operation_id, participation(prm, leaving))

    perimeter = await enrol(
        operator,
        operation_id,
        participation(prm, coming, "2026-07-01"),
        participation(prm, leaving, "2026-01-01", "2026-07-01"),
    )

    assert [row["member_id"] for row in perimeter["participations"]] == [leaving, coming]


async def test_an_overlap_within_an_operation_is_refused(operator: httpx.AsyncClient) -> None:
    operation_id = await given_operation(operator)
    member_id, prm = await given_member(operator), await given_point(operator)
    await enrol(operator, operation_id, participation(prm, member_id))

    answer = await operator.put(
        f"/community/operations/{operation_id}/participations/{prm}/2026-03-01",
        json={"direction": "consumption", "member_id": member_id},
    )

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/participation-overlap"
    assert answer.json()["valid_from"] == "2026-01-01"


async def test_storage_takes_part_on_both_sides_of_one_operation(
    operator: httpx.AsyncClient,
) -> None:
    here, elsewhere = await given_operation(operator), await given_operation(operator)
    member_id, prm = await given_member(operator), await given_point(operator)
    charging = participation(prm, member_id)
    discharging = charging | {"direction": "production"}

    perimeter = await enrol(operator, here, charging, discharging)
    refused = await operator.put(
        f"/community/operations/{elsewhere}/participations",
        json=[discharging | {"valid_from": "2026-06-01"}],
    )

    assert perimeter["participations"] == [charging, discharging]
    assert refused.json()["type"] == "/problems/participation-overlap"


async def test_an_overlap_elsewhere_is_told_to_staff(
    operator: httpx.AsyncClient,
) -> None:
    here, elsewhere = await given_operation(operator), await given_operation(operator)
    member_id, prm = await given_member(operator), await given_point(operator)
    await enrol(operator, elsewhere, participation(prm, member_id, "2026-01-01", "2026-09-01"))
    path = f"/community/operations/{here}/participations"
    own_member = await given_member(operator)
    body = [participation(prm, own_member, "2026-08-31")]

    to_staff = await operator.put(path, json=body)

    assert (to_staff.status_code, to_staff.json()["operation_id"]) == (409, elsewhere)
    assert to_staff.json()["valid_to"] == "2026-09-01"


@pytest.mark.parametrize("same_operation", [True, False])
async def test_of_several_overlapping_changes_at_once_one_wins(
    operator: httpx.AsyncClient, *, same_operation: bool
) -> None:
    changes = 6
    first = await given_operation(operator)
    operation_ids = [
        first if same_operation else await given_operation(operator) for _ in range(changes)
    ]
    member_id = await given_member(operator)
    prms = [await given_point(operator) for _ in range(3)]

    answers = await asyncio.gather(
        *(
            operator.put(
                f"/community/operations/{operation_id}/participations",
                json=[participation(prm, member_id, f"2026-0{month}-01") for prm in prms],
            )
            for month, operation_id in enumerate(operation_ids, start=1)
        )
    )

    assert sorted(answer.status_code for answer in answers) == [200] + [409] * (changes - 1)
    paths = {f"/community/operations/{operation_id}" for operation_id in operation_ids}
    shown = [(await operator.get(path)).json()["participations"] for path in paths]
    assert sum(map(len, shown)) == 3


async def test_the_database_itself_refuses_an_overlap(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    here, other = await given_operation(operator), await given_operation(operator)
    member_id, prm = await given_member(operator), await given_point(operator)
    await enrol(operator, here, participation(prm, member_id))
    adding = text(
        "INSERT INTO participation VALUES (:operation, :prm, 'consumption', :member, '2030-01-01')"
    )

    values = {"operation": other, "prm": prm, "member": member_id}
    async with platform.database("community") as database, database.engine.begin() as connection:
        with pytest.raises(IntegrityError, match="participation_once_at_a_time"):
            await connection.execute(adding, values)


async def test_changes_at_once_have_revisions_in_order(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id = await given_operation(operator)
    member_id = await given_member(operator)
    prms = [await given_point(operator) for _ in range(8)]

    await asyncio.gather(
        *(enrol(operator, operation_id, participation(prm, member_id)) for prm in prms)
    )

    records = await read_topic(platform, _TOPIC, operation_id, up_to_revision=9)
    assert [json.loads(record.value)["revision"] for record in records] == list(range(1, 10))
    assert [len(json.loads(record.value)["participations"]) for record in records] == list(range(9))


async def test_what_a_participation_names_must_exist(operator: httpx.AsyncClient) -> None:
    operation_id = await given_operation(operator)
    member_id, prm = await given_member(operator), await given_point(operator)
    stranger = "00000000-0000-4000-8000-000000000000"
    cases = [
        ("ACC99999999", participation(prm, member_id), "operation-unknown"),
        (operation_id, participation(new_prm(), member_id), "point-unknown"),
        (operation_id, participation(prm, stranger), "member-unknown"),
    ]

    for operation, body, slug in cases:
        path = f"/community/operations/{operation}/participations"
        answer = await operator.put(path, json=[body])
        assert answer.status_code == 404
        assert answer.json()["type"] == f"/problems/{slug}"


async def test_a_refused_list_changes_nothing(operator: httpx.AsyncClient) -> None:
    operation_id = await given_operation(operator)
    member_id, prm = await given_member(operator), await given_point(operator)
    before = (await operator.get(f"/community/operations/{operation_id}")).json()

    body = [participation(prm, member_id), participation(new_prm(), member_id)]
    answer = await operator.put(f"/community/operations/{operation_id}/participations", json=body)

    assert answer.status_code == 404
    assert (await operator.get(f"/community/operations/{operation_id}")).json() == before


@pytest.mark.parametrize(
    "change",
    [
        {"valid_from": "0001-01-01"},
        {"valid_to": "9999-12-31"},
        {"valid_from": "2026-02-30"},
        {"direction": "both"},
        {"member_id": "me"},
        {"prm": "9911000000001"},
        {"prm": "٣٣٣٣٣٣٣٣٣٣٣٣٣٣"},
        {"prm": "99110000000010\n"},
        {"surprise": 1},
    ],
)
async def test_a_malformed_participation_is_422(
    operator: httpx.AsyncClient, change: dict[str, object]
) -> None:
    operation_id = await given_operation(operator)
    member_id, prm = await given_member(operator), await given_point(operator)

    body = [participation(prm, member_id) | change]
    answer = await operator.put(f"/community/operations/{operation_id}/participations", json=body)

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("valid_to", ["2026-01-01", "2025-12-31"])
async def test_a_participation_that_ends_before_it_begins_is_409(
    operator: httpx.AsyncClient, valid_to: str
) -> None:
    operation_id = await given_operation(operator)
    body = [participation(new_prm(), str(uuid4()), valid_to=valid_to)]
    answer = await operator.put(f"/community/operations/{operation_id}/participations", json=body)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/validity-empty")


async def test_a_list_with_one_participation_twice_is_409(operator: httpx.AsyncClient) -> None:
    operation_id = await given_operation(operator)
    member_id, prm = await given_member(operator), await given_point(operator)

    answer = await operator.put(
        f"/community/operations/{operation_id}/participations",
        json=[participation(prm, member_id), participation(prm, member_id, valid_to="2027-01-01")],
    )

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/participation-repeated"
