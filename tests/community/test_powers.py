"""How much a point can draw and produce, what its plant runs on, and who is told."""

import json
from typing import Any

import httpx
import pytest

from tests.community.coop import (
    enrol,
    given_member,
    given_operation,
    new_prm,
    participation,
    put,
    read_topic,
)
from tests.support.platform import Platform

_POWERS = {"subscribed_power_va": 9000, "installed_power_w": 3000}


async def _field(
    platform: Platform, operation_id: str, name: str, *, revision: int
) -> list[tuple[str, Any]]:
    """Direction of each participation, and the field of that name, as that revision tells them."""
    records = await read_topic(
        platform, "community.perimeter", operation_id, up_to_revision=revision
    )
    last = json.loads(records[-1].value)
    return [
        (participation["direction"], participation[name])
        for participation in last["participations"]
    ]


async def _limits(
    platform: Platform, operation_id: str, *, revision: int
) -> list[tuple[str, int | None]]:
    return await _field(platform, operation_id, "power_limit_w", revision=revision)


async def test_a_perimeter_tells_the_power_of_a_point_by_direction(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm, operation_id = new_prm(), await given_operation(operator)
    member_id = await given_member(operator)
    await put(operator, f"/points/{prm}", {"label": "Batterie", **_POWERS})
    both = [
        participation(prm, member_id) | {"direction": direction}
        for direction in ("consumption", "production")
    ]

    await enrol(operator, operation_id, *both)

    limits = await _limits(platform, operation_id, revision=2)
    assert limits == [("consumption", 9000), ("production", 3000)]


async def test_a_power_that_changes_is_told_to_the_operations_of_the_point(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm, operation_id = new_prm(), await given_operation(operator)
    await put(operator, f"/points/{prm}", {"label": "Mairie"})
    await enrol(operator, operation_id, participation(prm, await given_member(operator)))

    same = await put(operator, f"/points/{prm}", {"label": "Mairie de l’Aurelle"})
    changed = await put(operator, f"/points/{prm}", {"label": "Mairie", **_POWERS})

    assert same == {
        "prm": prm,
        "label": "Mairie de l’Aurelle",
        "subscribed_power_va": None,
        "installed_power_w": None,
        "production_kind": None,
    }
    assert changed == same | {"label": "Mairie"} | _POWERS
    assert (await operator.get(f"/community/points/{prm}")).json() == changed
    assert await _limits(platform, operation_id, revision=3) == [("consumption", 9000)]
    shown = (await operator.get(f"/community/operations/{operation_id}")).json()
    assert shown["revision"] == 3


async def test_what_a_plant_runs_on_is_told_of_the_side_that_produces(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm, operation_id = new_prm(), await given_operation(operator)
    member_id = await given_member(operator)
    await put(operator, f"/points/{prm}", {"label": "Moulin"})
    both = [
        participation(prm, member_id) | {"direction": direction}
        for direction in ("consumption", "production")
    ]
    await enrol(operator, operation_id, *both)

    unknown = await _field(platform, operation_id, "production_kind", revision=2)

    await put(operator, f"/points/{prm}", {"label": "Moulin", "production_kind": "hydro"})

    kinds = await _field(platform, operation_id, "production_kind", revision=3)
    assert unknown == [("consumption", None), ("production", None)]
    assert kinds == [("consumption", None), ("production", "hydro")]


async def test_a_plant_that_is_called_otherwise_is_told_to_its_operations(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm, operation_id = new_prm(), await given_operation(operator)
    member_id = await given_member(operator)
    await put(operator, f"/points/{prm}", {"label": "Moulin"})
    await enrol(operator, operation_id, participation(prm, member_id) | {"direction": "production"})

    before = await _field(platform, operation_id, "plant_name", revision=2)
    await put(operator, f"/points/{prm}", {"label": "Moulin neuf"})

    assert before == [("production", "Moulin")]
    renamed = await _field(platform, operation_id, "plant_name", revision=3)
    assert renamed == [("production", "Moulin neuf")]


async def test_an_organiser_that_is_called_otherwise_is_told_with_its_operations(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id = await given_operation(operator)
    operation = (await operator.get(f"/community/operations/{operation_id}")).json()
    organiser = f"/community/organisers/{operation['organiser_id']}"
    body = (await operator.get(organiser)).json()

    for name in ("Coopérative neuve", "Coopérative neuve"):
        answer = await operator.put(organiser, json={"name": name, "address": body["address"]})
        assert answer.status_code == 200, answer.text

    records = await read_topic(platform, "community.perimeter", operation_id, up_to_revision=2)
    names = [json.loads(record.value)["organiser_name"] for record in records]
    assert names == [body["name"], "Coopérative neuve"]
    shown = (await operator.get(f"/community/operations/{operation_id}")).json()
    assert shown["revision"] == 2


@pytest.mark.parametrize("power", [0, -1, 1.5, "9 kVA", 10**10])
async def test_a_power_is_a_whole_positive_number(
    operator: httpx.AsyncClient, power: object
) -> None:
    body = {"label": "Mairie", "subscribed_power_va": power}

    answer = await operator.put(f"/community/points/{new_prm()}", json=body)

    assert answer.status_code == 422
