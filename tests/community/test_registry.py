"""Organisers, members, points and operations over HTTP."""

import asyncio
import json
from uuid import uuid4

import httpx
import pytest

from tests.community.coop import (
    enrol,
    given_member,
    given_operation,
    given_organiser,
    given_point,
    list_all,
    member_body,
    new_operation_id,
    new_prm,
    operation_body,
    participation,
    put,
    read_topic,
)
from tests.support.platform import Platform


async def test_an_organiser_is_found_again(operator: httpx.AsyncClient) -> None:
    organiser_id = await given_organiser(operator)

    await put(operator, f"/organisers/{organiser_id}", {"name": " Volts ", "address": "2 place\nX"})

    shown = (await operator.get(f"/community/organisers/{organiser_id}")).json()
    assert shown == {"id": organiser_id, "name": "Volts", "address": "2 place\nX"}
    listed = await list_all(operator, "/organisers")
    assert shown in listed
    assert listed == sorted(listed, key=lambda organiser: organiser["id"])


async def test_a_point_is_found_again(operator: httpx.AsyncClient) -> None:
    prm = await given_point(operator)

    content = {"label": "Moulin", "subscribed_power_va": None, "installed_power_w": None}
    body = content | {"production_kind": "hydro"}
    await put(operator, f"/points/{prm}", body)

    shown = (await operator.get(f"/community/points/{prm}")).json()
    strange = await operator.put(f"/community/points/{prm}", json=body | {"production_kind": "tea"})
    assert shown == {"prm": prm, **body}
    assert strange.status_code == 422


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        (f"/organisers/{uuid4()}", "organiser-unknown"),
        (f"/members/{uuid4()}", "member-unknown"),
        (f"/points/{new_prm()}", "point-unknown"),
        (f"/operations/{new_operation_id()}", "operation-unknown"),
    ],
    ids=["organiser", "member", "point", "operation"],
)
async def test_what_does_not_exist_is_404(
    operator: httpx.AsyncClient, path: str, slug: str
) -> None:
    answer = await operator.get(f"/community{path}")

    assert answer.status_code == 404
    assert answer.json()["type"] == f"/problems/{slug}"


async def test_a_change_of_a_member_is_told_and_a_repetition_is_not(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    member_id = await given_member(operator)

    again = await put(operator, f"/members/{member_id}", member_body())
    moved = await put(operator, f"/members/{member_id}", member_body(address="9 chemin"))

    assert (again["revision"], moved["revision"]) == (1, 2)
    assert (await operator.get(f"/community/members/{member_id}")).json() == moved
    records = await read_topic(platform, "community.members", member_id, up_to_revision=2)
    assert [json.loads(record.value)["address"] for record in records] == [
        "1 rue\n99110 Aurelle",
        "9 chemin",
    ]


async def test_the_language_and_the_place_of_delivery_of_a_member_are_told_to_billing(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    member_id = await given_member(operator)
    elsewhere = {"language": "en", "delivery_address": "Le Moulin\n99110 Aurelle"}

    changed = await put(operator, f"/members/{member_id}", member_body(**elsewhere))

    records = await read_topic(platform, "community.members", member_id, up_to_revision=2)
    values = [json.loads(record.value) for record in records]
    assert [value["language"] for value in values] == ["fr", "en"]
    assert [value["delivery_address"] for value in values] == [None, elsewhere["delivery_address"]]
    assert changed.items() >= elsewhere.items()
    unknown = await operator.put(f"/community/members/{member_id}", json=member_body(language="oc"))
    assert unknown.status_code == 422


async def test_one_member_created_several_times_at_once_is_one_member(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    member_id = str(uuid4())

    answers = await asyncio.gather(
        *(put(operator, f"/members/{member_id}", member_body()) for _ in range(5))
    )
    await put(operator, f"/members/{member_id}", member_body(name="Lucie Branche"))

    assert {answer["revision"] for answer in answers} == {1}
    records = await read_topic(platform, "community.members", member_id, up_to_revision=2)
    assert len(records) == 2


async def test_changes_of_a_member_at_once_reach_the_log_in_order(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    member_id = str(uuid4())
    await put(operator, f"/members/{member_id}", member_body())
    names = [f"Lucie {number}" for number in range(8)]

    answers = await asyncio.gather(
        *(put(operator, f"/members/{member_id}", member_body(name=name)) for name in names)
    )

    records = await read_topic(platform, "community.members", member_id, up_to_revision=9)
    logged = [json.loads(record.value) for record in records]
    assert [member["revision"] for member in logged] == list(range(1, 10))
    names_by_revision = {answer["revision"]: answer["name"] for answer in answers}
    assert {member["revision"]: member["name"] for member in logged[1:]} == names_by_revision
    assert set(names_by_revision.values()) == set(names)


async def test_a_change_of_an_operation_is_told_and_a_repetition_is_not(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, organiser_id = new_operation_id(), await given_organiser(operator)
    path = f"/operations/{operation_id}"
    first = await put(operator, path, operation_body(organiser_id))

    again = await put(operator, path, operation_body(organiser_id))
    changed = await put(operator, path, operation_body(organiser_id, step_min=15))

    assert again == first
    assert (first["revision"], changed["revision"]) == (1, 2)
    records = await read_topic(platform, "community.perimeter", operation_id, up_to_revision=2)
    assert [json.loads(record.value)["step_min"] for record in records] == [30, 15]


async def test_the_step_may_change_at_a_date(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, organiser_id = new_operation_id(), await given_organiser(operator)
    path, changes = f"/operations/{operation_id}", [{"valid_from": "2027-01-01", "step_min": 15}]
    await put(operator, path, operation_body(organiser_id))

    changed = await put(operator, path, operation_body(organiser_id, step_changes=changes))
    again = await put(operator, path, operation_body(organiser_id, step_changes=changes))

    assert changed["step_changes"] == changes
    assert again == changed
    records = await read_topic(platform, "community.perimeter", operation_id, up_to_revision=2)
    assert [json.loads(record.value)["step_changes"] for record in records] == [[], changes]


@pytest.mark.parametrize("days", [["2026-01-01"], ["2027-01-01", "2026-06-01"], ["2027-01-01"] * 2])
async def test_step_changes_come_in_order_and_after_the_operation_begins(
    operator: httpx.AsyncClient, days: list[str]
) -> None:
    changes = [{"valid_from": day, "step_min": 15} for day in days]
    body = operation_body(await given_organiser(operator), step_changes=changes)

    answer = await operator.put(f"/community/operations/{new_operation_id()}", json=body)

    assert answer.status_code == 422
    assert "step_changes" in answer.text


async def test_an_operation_needs_an_existing_organiser(operator: httpx.AsyncClient) -> None:
    answer = await operator.put(
        f"/community/operations/{new_operation_id()}", json=operation_body(str(uuid4()))
    )

    assert answer.status_code == 404
    assert answer.json()["type"] == "/problems/organiser-unknown"


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": " "},
        {"name": "x" * 201},
        {"name": "a\x00b"},
        {"name": "a\nb"},
        {"name": "\ud800"},
        {"address": "a\x00b"},
        {"siren": "12345678"},
        {"siren": "١٢٣٤٥٦٧٨٩"},
        {"siren": 123456789},
        {"siren": "732829321"},
        {"vat_number": "FR45732829320"},
        {"vat_number": "fr"},
        {"email": "not an address"},
        {"email": "a\x00@b"},
        {"kind": "robot"},
        {"surprise": 1},
    ],
)
async def test_a_malformed_member_is_422(
    operator: httpx.AsyncClient, change: dict[str, object]
) -> None:
    body = json.dumps(member_body(**change))
    answer = await operator.put(
        f"/community/members/{uuid4()}",
        content=body,
        headers={"Content-Type": "application/json"},
    )

    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("change", [{"step_min": 20}, {"step_min": 10**30}, {"valid_from": "soon"}])
async def test_a_malformed_operation_is_422(
    operator: httpx.AsyncClient, change: dict[str, object]
) -> None:
    body = operation_body(str(uuid4()), **change)
    answer = await operator.put(f"/community/operations/{new_operation_id()}", json=body)

    assert answer.status_code == 422


@pytest.mark.parametrize(
    "path",
    ["/members/me", "/points/12", "/points/%00", "/operations/ACC1", "/members?operation_id=1"],
)
async def test_a_malformed_id_is_422(operator: httpx.AsyncClient, path: str) -> None:
    assert (await operator.get(f"/community{path}")).status_code == 422


async def test_the_label_of_a_point_has_at_most_100_characters(
    operator: httpx.AsyncClient,
) -> None:
    prm = new_prm()

    await put(operator, f"/points/{prm}", {"label": "x" * 100})
    longer = await operator.put(f"/community/points/{prm}", json={"label": "x" * 101})

    assert longer.status_code == 422


async def test_members_of_an_operation_are_listed_without_others(
    operator: httpx.AsyncClient,
) -> None:
    operation_id, member_id = await given_operation(operator), await given_member(operator)

    nobody = (await operator.get(f"/community/members?operation_id={operation_id}")).json()
    everybody = await list_all(operator, "/members")

    assert nobody == []
    assert member_id in [member["id"] for member in everybody]
    assert everybody == sorted(everybody, key=lambda member: member["id"])


@pytest.mark.parametrize("path", ["/members", "/operations", "/organisers"])
async def test_pages_follow_one_another(operator: httpx.AsyncClient, path: str) -> None:
    for _ in range(3):
        await given_operation(operator)
        await given_member(operator)

    by_twos = await list_all(operator, path, limit=2)

    assert len(by_twos) >= 3
    assert by_twos == await list_all(operator, path)
    assert by_twos == sorted(by_twos, key=lambda row: row["id"])


async def test_a_page_of_an_operations_members_has_only_theirs(
    operator: httpx.AsyncClient,
) -> None:
    operation_id = await given_operation(operator)
    ids = sorted([await given_member(operator) for _ in range(3)])
    await given_member(operator)
    rows = [participation(await given_point(operator), member_id) for member_id in ids]
    await enrol(operator, operation_id, *rows)

    path = f"/members?operation_id={operation_id}"
    listed = (await operator.get(f"/community{path}&after={ids[0]}&limit=1")).json()

    assert [member["id"] for member in listed] == ids[1:2]


@pytest.mark.parametrize("query", ["limit=0", "limit=1001", "after=me"])
async def test_a_malformed_page_is_422(operator: httpx.AsyncClient, query: str) -> None:
    for path in ("/members", "/operations", "/organisers", "/accounts"):
        answer = await operator.get(f"/community{path}?{query}")
        assert answer.status_code == 422, path
