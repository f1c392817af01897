"""Where points are, the legal basis, entries that are refused, and the map, over HTTP."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.community.coop import (
    enrol,
    given_member,
    given_operation,
    given_point,
    logged_in,
    new_prm,
    participation,
    put,
    today,
)
from tests.community.enrolling import ahead, given_signed_prospect
from tests.support.platform import Platform

BASIS = {"basis": "extended", "policy": "refuse"}


def location_body(
    north_m: float = 0, *, changes: dict[str, object] | None = None
) -> dict[str, object]:
    place = {"latitude_deg": 43.6 + north_m / 111_100, "longitude_deg": 1.44}
    return {"place": place, "source": "surveyed"} | (changes or {})


async def given_place(operator: httpx.AsyncClient, north_m: float) -> str:
    prm = await given_point(operator)
    await put(operator, f"/points/{prm}/location", location_body(north_m))
    return prm


async def test_a_location_is_found_again(operator: httpx.AsyncClient) -> None:
    prm = await given_point(operator)
    nobody = await operator.get(f"/community/points/{prm}/location")

    await put(operator, f"/points/{prm}/location", location_body(changes={"voltage": "medium"}))
    location = await put(
        operator, f"/points/{prm}/location", location_body(changes={"commune": "99110"})
    )

    assert (nobody.status_code, nobody.json()["type"]) == (404, "/problems/location-unknown")
    assert (await operator.get(f"/community/points/{prm}/location")).json() == location
    assert (location["voltage"], location["commune"]) == ("low", "99110")
    assert location["recorded_by"]
    unknown = await operator.put(f"/community/points/{new_prm()}/location", json=location_body())
    assert unknown.json()["type"] == "/problems/point-unknown"


@pytest.mark.parametrize(
    "change",
    [
        {"place": {"latitude_deg": 91, "longitude_deg": 0}},
        {"place": {"latitude_deg": "nan", "longitude_deg": 0}},
        {"place": None},
        {"source": "heard"},
        {"voltage": "high"},
        {"commune": "3101"},
    ],
)
async def test_a_malformed_location_is_422(
    operator: httpx.AsyncClient, change: dict[str, object]
) -> None:
    answer = await operator.put(
        f"/community/points/{new_prm()}/location", json=location_body(changes=change)
    )

    assert answer.status_code == 422


async def test_feasibility_tells_the_distance_and_what_is_not_known(
    operator: httpx.AsyncClient,
) -> None:
    operation_id, member_id = await given_operation(operator), await given_member(operator)
    near, far = await given_place(operator, 0), await given_place(operator, 2500)
    somewhere = await given_point(operator)
    await enrol(
        operator, operation_id, *(participation(prm, member_id) for prm in (near, far, somewhere))
    )
    path = f"/community/operations/{operation_id}"
    nothing = (await operator.get(f"{path}/feasibility?day=2026-06-01")).json()
    basis = await operator.get(f"{path}/legal-basis")

    await put(operator, f"/operations/{operation_id}/legal-basis", BASIS)

    body = (await operator.get(f"{path}/feasibility?day=2026-06-01")).json()
    before = (await operator.get(f"{path}/feasibility?day=2025-12-31")).json()
    assert basis.json()["type"] == "/problems/legal-basis-unknown"
    assert {problem["lack"] for problem in nothing["problems"]} == {
        "basis_unknown",
        "place_unknown",
    }
    assert (body["max_distance_m"], body["below_kwc"]) == (2000, 5000)
    assert float(body["distance_m"]) == pytest.approx(2500, rel=0.01)
    assert body["farthest"] == sorted([near, far])
    assert [(problem["lack"], problem["is_breach"]) for problem in body["problems"]] == [
        ("too_far", True),
        ("place_unknown", False),
    ]
    assert (before["point_count"], before["distance_m"]) == (0, None)


async def test_an_entry_that_law_does_not_allow_is_refused_by_policy(
    operator: httpx.AsyncClient,
) -> None:
    operation_id, member_id = await given_operation(operator), await given_member(operator)
    near, far = await given_place(operator, 0), await given_place(operator, 2500)
    await put(operator, f"/operations/{operation_id}/legal-basis", BASIS)
    await enrol(operator, operation_id, participation(near, member_id))
    path = f"/community/operations/{operation_id}/participations"
    entry = participation(far, member_id, "2026-06-01")

    refused = await operator.put(path, json=[entry])
    # Once the other has left, the place is free.
    await enrol(operator, operation_id, participation(near, member_id, valid_to="2026-06-01"))
    allowed = await operator.put(path, json=[entry])

    problem = refused.json()
    assert (refused.status_code, problem["type"]) == (409, "/problems/perimeter-unfit")
    assert (problem["day"], problem["lacks"]) == ("2026-06-01", ["too_far"])
    assert allowed.status_code == 200


async def test_an_entry_that_law_does_not_allow_is_told_where_it_is_not_refused(
    operator: httpx.AsyncClient,
) -> None:
    operation_id, member_id = await given_operation(operator), await given_member(operator)
    near, far = await given_place(operator, 0), await given_place(operator, 2500)
    entry = participation(far, member_id, "2026-06-01")
    unknown = await enrol(operator, operation_id, participation(near, member_id), entry)
    await put(operator, f"/operations/{operation_id}/legal-basis", BASIS | {"policy": "warn"})

    farther = participation(await given_place(operator, 3000), member_id, "2026-07-01")
    path = f"/operations/{operation_id}/participations/{farther['prm']}/2026-07-01"
    answer = await put(operator, path, {"direction": "consumption", "member_id": member_id})
    between = participation(await given_place(operator, 1000), member_id, "2026-08-01")
    harmless = await enrol(operator, operation_id, between)
    again = await enrol(operator, operation_id, farther)

    assert unknown["breaches"] == []
    (breach,) = answer["breaches"]
    assert (breach["day"], breach["lack"]) == ("2026-07-01", "too_far")
    assert "at most 2000 m" in breach["detail"]
    assert farther["prm"] in [row["prm"] for row in answer["participations"]]
    assert harmless["breaches"] == again["breaches"] == []


async def test_steps_and_declarations_tell_what_law_does_not_allow(
    operator: httpx.AsyncClient,
) -> None:
    first = await given_signed_prospect(operator)
    path = f"/operations/{first.operation_id}"
    await put(operator, f"{path}/legal-basis", BASIS | {"policy": "warn"})
    second, third = [
        await given_signed_prospect(operator, operation_id=first.operation_id) for _ in range(2)
    ]
    for prospect, north_m in ((first, 0), (second, 2500), (third, 3000)):
        await put(operator, f"/points/{prospect.prm}/location", location_body(north_m))

    alone = await first.taken("declare")
    beside = await second.taken("declare")
    planned = (await operator.get(f"/community{path}/declarations/next")).json()
    declaration = f"{path}/declarations/{uuid4()}"
    made = await put(operator, declaration, {"day": today().isoformat()})
    again = await put(operator, declaration, {"day": today().isoformat()})

    assert alone["breaches"] == again["breaches"] == []
    assert [(row["day"], row["lack"]) for row in beside["breaches"]] == [
        (ahead().isoformat(), "too_far")
    ]
    (breach,) = made["breaches"]
    assert planned["breaches"] == made["breaches"]
    assert breach["detail"].startswith("Two points are 3000")


@pytest.mark.parametrize(("policy", "status"), [("refuse", 409), ("warn", 200)])
async def test_a_preview_tells_what_law_does_not_allow(
    operator: httpx.AsyncClient, policy: str, status: int
) -> None:
    operation_id, member_id = await given_operation(operator), await given_member(operator)
    near, far = await given_place(operator, 0), await given_place(operator, 2500)
    await put(operator, f"/operations/{operation_id}/legal-basis", BASIS | {"policy": policy})
    await enrol(operator, operation_id, participation(near, member_id))
    path = f"/community/operations/{operation_id}/participations"
    header = "prm;direction;member_id;valid_from"
    files = [
        f"{header}\n{prm};consumption;{member_id};{day}\n"
        for prm, day in ((far, "2026-06-01"), (near, "2026-01-01"))
    ]
    headers = {"content-type": "text/csv"}

    previews = [
        (await operator.post(f"{path}/preview", content=file, headers=headers)).json()
        for file in files
    ]
    query = {"preview": previews[0]["preview"]}
    imported = await operator.post(
        f"{path}/import", content=files[0], headers=headers, params=query
    )

    (breach,) = previews[0]["breaches"]
    assert (breach["day"], breach["lack"]) == ("2026-06-01", "too_far")
    assert previews[1]["breaches"] == []
    assert imported.status_code == status, imported.text
    if imported.is_success:
        assert imported.json()["breaches"] == previews[0]["breaches"]


async def test_of_two_entries_at_once_that_are_too_far_apart_one_is_refused(
    operator: httpx.AsyncClient,
) -> None:
    operation_id, member_id = await given_operation(operator), await given_member(operator)
    await put(operator, f"/operations/{operation_id}/legal-basis", BASIS)
    places = [await given_place(operator, north_m) for north_m in (0, 2500)]
    path = f"/community/operations/{operation_id}/participations"

    answers = await asyncio.gather(
        *(operator.put(path, json=[participation(place, member_id)]) for place in places)
    )

    assert sorted(answer.status_code for answer in answers) == [200, 409]


async def test_a_map_shows_a_member_their_own_points(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, own_id = await given_operation(operator), await given_member(operator)
    own_prm = await given_place(operator, 0)
    await enrol(operator, operation_id, participation(own_prm, own_id))
    others = []
    for number in range(10):
        prm, member_id = (
            await given_place(operator, 100 * number + 50),
            await given_member(operator),
        )
        others.append(participation(prm, member_id))
    await enrol(operator, operation_id, *others)
    path = f"/community/operations/{operation_id}/perimeter.geojson?day=2026-06-01"

    whole = await operator.get(path)
    async with logged_in(platform, operator, "member", member_id=own_id) as member:
        theirs = await member.get(path)
    async with logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser:
        organisers = await organiser.get(path)

    assert whole.headers["content-type"] == "application/geo+json"
    assert whole.json()["type"] == "FeatureCollection"
    assert len(_points(whole.json())) == 11
    assert organisers.json() == whole.json()
    assert _points(theirs.json()) == [own_prm]
    around = theirs.json()["features"][0]
    assert around["properties"] == {"kind": "around"}
    (ring,) = around["geometry"]["coordinates"]
    assert ring[0] == ring[-1]
    text = theirs.text
    assert not any(str(point["prm"]) in text for point in others)


async def test_a_map_of_few_shows_a_member_nothing_of_the_others(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, own_id = await given_operation(operator), await given_member(operator)
    own_prm, other = await given_place(operator, 0), await given_place(operator, 700)
    neighbour = await given_member(operator)
    rows = [participation(own_prm, own_id), participation(other, neighbour)]
    await enrol(operator, operation_id, *rows)
    path = f"/community/operations/{operation_id}/perimeter.geojson?day=2026-06-01"

    async with logged_in(platform, operator, "member", member_id=own_id) as member:
        shown = (await member.get(path)).json()
        location = await member.get(f"/community/points/{other}/location")
        feasibility = await member.get(f"/community/operations/{operation_id}/feasibility")

    assert [feature["properties"]["kind"] for feature in shown["features"]] == ["point"]
    assert (location.status_code, feasibility.status_code) == (403, 403)


def _points(collection: dict[str, Any]) -> list[str]:
    return [
        feature["properties"]["prm"]
        for feature in collection["features"]
        if feature["geometry"]["type"] == "Point"
    ]
