"""The plants of an operation: named where their owners are no households, for whom takes part."""

from dataclasses import replace
from datetime import date
from typing import Any, Literal
from uuid import UUID, uuid4

import httpx

from libs.common.events.community import MemberRecorded
from tests.allocation.world import MONTH, OCTOBER, PRODUCTION, TIME, Allocation, Coop, Point
from tests.support.ids import new_operation_id, new_prm


def _told(
    member_id: UUID,
    name: str,
    *,
    kind: Literal["household", "company", "public_body"] = "company",
    revision: int = 1,
) -> MemberRecorded:
    return MemberRecorded(
        time=TIME,
        member_id=member_id,
        revision=revision,
        kind=kind,
        name=name,
        address="99110 Bourg",
    )


async def _list(client: httpx.AsyncClient, coop: Coop) -> list[dict[str, Any]]:
    answer = await client.get(f"{coop.url}/producers")
    assert answer.status_code == 200, answer.text
    plants: list[dict[str, Any]] = answer.json()
    return plants


async def test_companies_are_named_and_households_are_numbers(
    allocation: Allocation, coop: Coop
) -> None:
    lucie = uuid4()
    home = Point(new_prm(), PRODUCTION, lucie, date(2026, 10, 5), power_limit_w=40_000)
    await allocation.tell(
        coop.perimeter([*coop.points, home], revision=2),
        _told(coop.seller, "Soleils d’Aurelle"),
        _told(lucie, "Lucie Brindille", kind="household"),
    )

    async with allocation.client("member", member_id=str(coop.anna)) as anna:
        plants = await _list(anna, coop)

    assert plants == [
        {
            "prm": coop.roof,
            "number": 1,
            "name": "Soleils d’Aurelle",
            "kind": "company",
            "installed_power_w": 100_000,
            "valid_from": "2026-10-01",
            "valid_to": None,
        },
        {
            "prm": home.prm,
            "number": 2,
            "name": None,
            "kind": "household",
            "installed_power_w": None,
            "valid_from": "2026-10-05",
            "valid_to": None,
        },
    ]
    kept = await allocation.query("SELECT name FROM member WHERE member_id = :id", id=lucie)
    assert [row["name"] for row in kept] == [None]


async def test_the_last_name_counts_whatever_comes_late(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    new, old = _told(coop.seller, "Soleils", revision=3), _told(coop.seller, "Toits", revision=2)
    await allocation.tell(new)
    await allocation.tell(old)
    (producer,) = await _list(operator, coop)
    await allocation.tell(_told(coop.seller, "", revision=4))  # erased
    (unnamed,) = await _list(operator, coop)

    assert (producer["name"], unnamed["name"]) == ("Soleils", None)


async def test_members_see_the_plants_of_the_days_on_which_they_take_part(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    roof, home, neighbour = coop.points
    sold = date(2026, 10, 10)
    buyer = uuid4()
    points = [
        replace(roof, valid_to=sold),
        Point(roof.prm, PRODUCTION, buyer, sold, power_limit_w=100_000),
        home,
        replace(neighbour, valid_from=sold),
    ]
    await allocation.tell(coop.perimeter(points, revision=2))

    async with allocation.client("member", member_id=str(coop.bruno)) as bruno:
        seen = await _list(bruno, coop)
    everything = await _list(operator, coop)

    assert [plant["valid_from"] for plant in seen] == ["2026-10-10"]
    assert [(plant["number"], plant["valid_from"]) for plant in everything] == [
        (1, "2026-10-01"),
        (1, "2026-10-10"),
    ]


async def test_strangers_see_no_plant(allocation: Allocation, coop: Coop) -> None:
    async with allocation.client("member", member_id=str(uuid4())) as stranger:
        member = await stranger.get(f"{coop.url}/producers")
    async with allocation.client("organiser", operations=[new_operation_id()]) as other:
        organiser = await other.get(f"{coop.url}/producers")
    async with allocation.client("feed") as feed:
        machine = await feed.get(f"{coop.url}/producers")

    assert {client.status_code for client in (member, organiser, machine)} == {403}


async def test_a_month_names_the_last_owner_of_what_was_shared(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    roof, *homes = coop.points
    buyer, sold = uuid4(), date(2026, 10, 10)
    plants = [
        replace(roof, valid_to=sold),
        Point(roof.prm, PRODUCTION, buyer, sold, power_limit_w=100_000),
    ]
    await coop.set_key(operator)
    await allocation.tell(
        coop.perimeter([*plants, *homes], revision=2),
        _told(coop.seller, "Soleils d’Aurelle"),
        _told(buyer, "Commune de Pousselac", kind="public_body"),
        *(coop.readings(day) for day in OCTOBER),
    )

    answer = await operator.get(f"{coop.url}/points/{coop.anna_home}/months/{MONTH}")

    (producer,) = answer.json()["producers"]
    assert (producer["number"], producer["name"]) == (1, "Commune de Pousselac")


async def test_what_is_parked_of_an_erased_member_goes_and_what_is_parked_of_others_stays(
    allocation: Allocation,
) -> None:
    anna, bruno = uuid4(), uuid4()
    for member_id in (anna, bruno):
        await allocation.change(
            """
            INSERT INTO parked (event_id, type, topic, key, value, error, attempts)
            VALUES (gen_random_uuid(), 'community.member_recorded.v1', 'community.members',
                :key, 'Anna', 'a test', 3)
            """,
            key=str(member_id),
        )

    await allocation.tell(_told(anna, "").model_copy(update={"is_erased": True}))

    rows = await allocation.query(
        "SELECT key FROM parked WHERE key IN (:anna, :bruno)", anna=str(anna), bruno=str(bruno)
    )
    assert [row["key"] for row in rows] == [str(bruno)]
