"""What the public is told of an operation, over HTTP."""

from typing import Any

import httpx

from tests.community.coop import (
    enrol,
    given_member,
    given_operation,
    given_point,
    list_all,
    logged_in,
    new_operation_id,
    participation,
    put,
    today,
)
from tests.community.test_feasibility import BASIS, given_place
from tests.support.platform import Platform

_TOLD = {
    "is_public": True,
    "takes_members": True,
    "contact_email": "bonjour@example.org",
    "commune_names": ["Pousselac-sur-Aurelle"],
    "text": "Le soleil de l’**école**.",
}


async def _given_public_operation(operator: httpx.AsyncClient) -> str:
    operation_id = await given_operation(operator)
    await put(operator, f"/operations/{operation_id}/presentation", _TOLD)
    return operation_id


async def _given_village(operator: httpx.AsyncClient, operation_id: str) -> None:
    """Ten homes of ten members within 900 m, and a plant that is no household's."""
    members = [await given_member(operator) for _ in range(10)]
    homes = [await given_place(operator, 100 * i) for i in range(10)]
    plant = await given_point(operator)
    await put(
        operator,
        f"/points/{plant}",
        {"label": "École", "installed_power_w": 100_000, "production_kind": "solar"},
    )
    await put(
        operator,
        f"/points/{plant}/location",
        {"place": {"latitude_deg": 43.6, "longitude_deg": 1.44}, "source": "surveyed"},
    )
    roof = participation(plant, members[0]) | {"direction": "production"}
    await enrol(operator, operation_id, roof, *map(participation, homes, members))


async def _judge(client: httpx.AsyncClient, operation_id: str, *, north_m: float) -> Any:  # noqa: ANN401 - JSON
    place = {"latitude_deg": 43.6 + north_m / 111_100, "longitude_deg": 1.44}
    path = f"/community/public/operations/{operation_id}/eligibility"
    answer = await client.post(path, json={"place": place})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_the_public_is_shown_an_operation_once_its_organiser_says_so(
    platform: Platform, operator: httpx.AsyncClient, anonymous: httpx.AsyncClient
) -> None:
    operation_id = await given_operation(operator)
    path = f"/community/public/operations/{operation_id}"
    place = {"place": {"latitude_deg": 43.6, "longitude_deg": 1.44}}
    before = [await anonymous.get(path), await anonymous.post(f"{path}/eligibility", json=place)]

    async with logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser:
        own_path = f"/operations/{operation_id}/presentation"
        unsaid = (await organiser.get(f"/community{own_path}")).json()
        said = await put(organiser, own_path, _TOLD)
        shown = (await anonymous.get(path)).json()
        listed = {
            operation["id"]: operation
            for operation in await list_all(anonymous, "/public/operations", limit=100)
        }
        await put(organiser, own_path, _TOLD | {"is_public": False})

    after = await anonymous.get(path)
    assert {(answer.status_code, answer.json()["type"]) for answer in [*before, after]} == {
        (404, "/problems/presentation-unknown")
    }
    assert (unsaid["is_public"], unsaid["takes_members"]) == (False, False)
    assert said == _TOLD
    values = {name: value for name, value in _TOLD.items() if name != "is_public"}
    assert shown == values | {
        "id": operation_id,
        "name": "Pousse-Soleil",
        "organiser_name": "Les Volts",
        "organiser_address": "1 place",
        "member_count": None,
        "plants": [],
        "around": None,
        "address_service": None,
    }
    assert listed[operation_id] == shown


async def test_a_village_is_told_of_and_nobody_in_it(
    operator: httpx.AsyncClient, anonymous: httpx.AsyncClient
) -> None:
    operation_id = await _given_public_operation(operator)
    await _given_village(operator, operation_id)

    answer = await anonymous.get(f"/community/public/operations/{operation_id}")

    body = answer.json()
    assert body["member_count"] == 10
    assert body["plants"] == [{"production_kind": "solar", "installed_kwc": "100"}]
    centre = {"latitude_deg": 43.6, "longitude_deg": 1.44}
    assert body["around"] == {"centre": centre, "radius_m": 1000}
    assert "Lucie" not in answer.text
    assert '"99' not in answer.text


async def test_those_who_left_are_counted_no_more(
    operator: httpx.AsyncClient, anonymous: httpx.AsyncClient
) -> None:
    operation_id = await _given_public_operation(operator)
    await _given_village(operator, operation_id)
    left, member_id = await given_place(operator, 9000), await given_member(operator)
    gone = participation(left, member_id, valid_to=today().isoformat())
    await enrol(operator, operation_id, gone)

    body = (await anonymous.get(f"/community/public/operations/{operation_id}")).json()

    assert (body["member_count"], body["around"]["radius_m"]) == (10, 1000)


async def test_a_place_is_judged_by_the_coarse_circle(
    operator: httpx.AsyncClient, anonymous: httpx.AsyncClient
) -> None:
    operation_id = await _given_public_operation(operator)
    await _given_village(operator, operation_id)
    without_basis = await _judge(anonymous, operation_id, north_m=0)
    await put(operator, f"/operations/{operation_id}/legal-basis", BASIS)

    judged = {
        north_m: await _judge(anonymous, operation_id, north_m=north_m)
        for north_m in (900, 1100, 2900, 3100)
    }

    assert without_basis == {"within": "maybe", "limit_m": None}
    assert {judgement["limit_m"] for judgement in judged.values()} == {2000}
    assert [judgement["within"] for judgement in judged.values()] == ["yes", "maybe", "maybe", "no"]


async def test_a_place_alone_is_no_yes_where_a_decision_names_communes(
    operator: httpx.AsyncClient, anonymous: httpx.AsyncClient
) -> None:
    operation_id = await _given_public_operation(operator)
    await _given_village(operator, operation_id)
    basis = {"basis": "derogation_20_km", "decision": "12 mai 2026", "communes": ["99110"]}
    await put(operator, f"/operations/{operation_id}/legal-basis", basis)

    near = await _judge(anonymous, operation_id, north_m=0)
    far = await _judge(anonymous, operation_id, north_m=21_500)

    assert near == {"within": "maybe", "limit_m": 20_000}
    assert far == {"within": "no", "limit_m": 20_000}


async def test_too_much_for_the_public_to_send_is_refused(
    operator: httpx.AsyncClient, anonymous: httpx.AsyncClient
) -> None:
    operation_id = await _given_public_operation(operator)
    path = f"/community/public/operations/{operation_id}/eligibility"

    large = await anonymous.post(path, content=b" " * 65 * 1024)
    malformed = await anonymous.post(path, json={"place": {"latitude_deg": 91}})
    many = await anonymous.get("/community/public/operations?limit=101")

    assert (large.status_code, malformed.status_code, many.status_code) == (413, 422, 422)


async def test_a_presentation_needs_an_operation_and_a_text_of_some_pages(
    operator: httpx.AsyncClient,
) -> None:
    path = f"/community/operations/{new_operation_id()}/presentation"

    asked = await operator.get(path)
    unknown = await operator.put(path, json=_TOLD)
    long = await operator.put(path, json={"text": "x" * 5_001})

    assert asked.json()["type"] == unknown.json()["type"] == "/problems/operation-unknown"
    assert long.status_code == 422
