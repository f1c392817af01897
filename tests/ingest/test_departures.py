"""Contracts that end or change hands take points out of their operations."""

from typing import Any

import httpx

from tests.community.coop import (
    enrol,
    given_member,
    given_operation,
    given_point,
    logged_in,
    new_prm,
    participation,
)
from tests.ingest.delivering import given_participation, pushed, until_covered
from tests.ingest.formats.files import c15, c15_event
from tests.support.platform import Platform
from tests.support.waiting import until

LEFT = "2026-10-12T00:00:00+02:00"


async def _participations(operator: httpx.AsyncClient, operation_id: str) -> list[dict[str, Any]]:
    answer = await operator.get(f"/community/operations/{operation_id}")
    assert answer.status_code == 200, answer.text
    participations: list[dict[str, Any]] = answer.json()["participations"]
    return participations


async def _until_ended(operator: httpx.AsyncClient, operation_id: str, day: str) -> None:
    await until(
        f"a participation ends on {day}",
        lambda: _participations(operator, operation_id),
        lambda seen: day in {participation["valid_to"] for participation in seen},
    )


async def _departures(client: httpx.AsyncClient, operation_id: str) -> Any:  # noqa: ANN401 - JSON
    answer = await client.get(f"/ingest/operations/{operation_id}/departures")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_termination_ends_the_participation_on_its_day(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    operation_id, _ = await given_participation(operator, prm)
    await until_covered(platform, prm)

    delivery = await pushed(operator, c15([c15_event(prm, LEFT, "RES")]), "c15.xml")

    assert delivery["formats"] == ["C15 XML"]
    assert (delivery["counts"]["records"], delivery["counts"]["accepted"]) == (1, 1)
    await _until_ended(operator, operation_id, "2026-10-12")
    (departure,) = await _departures(operator, operation_id)
    assert departure == {"prm": prm, "left_on": "2026-10-12", "reason": "terminated"}


async def test_whoever_is_taken_in_again_is_not_put_out_twice(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    operation_id, member_id = await given_participation(operator, prm)
    await until_covered(platform, prm)
    await pushed(operator, c15([c15_event(prm, LEFT, "MES")]), "c15.xml")
    await _until_ended(operator, operation_id, "2026-10-12")

    await enrol(operator, operation_id, participation(prm, member_id))
    again = c15([c15_event(prm, LEFT, "MES")], created="2026-11-03T08:30:00+01:00")
    delivery = await pushed(operator, again, "c15.xml")
    other = await given_point(operator)
    await pushed(operator, c15([c15_event(other, LEFT, "RES")]), "c15.xml")
    await enrol(operator, operation_id, participation(other, await given_member(operator)))
    await _until_ended(operator, operation_id, "2026-10-12")

    assert delivery["counts"]["duplicate"] == 1
    ends = {
        participation["prm"]: participation["valid_to"]
        for participation in await _participations(operator, operation_id)
    }
    assert ends == {prm: None, other: "2026-10-12"}


async def test_the_new_occupant_who_is_enrolled_that_day_stays(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    operation_id, _ = await given_participation(operator, prm, valid_from="2026-10-12")
    await until_covered(platform, prm)

    await pushed(operator, c15([c15_event(prm, LEFT, "MES")]), "c15.xml")

    assert await _departures(operator, operation_id) == []


async def test_departures_are_for_staff_and_the_organiser(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, member_id = await given_participation(operator, new_prm())
    path = f"/ingest/operations/{operation_id}/departures"

    async with logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser:
        assert (await organiser.get(path)).status_code == 200
    elsewhere = await given_operation(operator)
    async with logged_in(platform, operator, "organiser", operations=[elsewhere]) as stranger:
        assert (await stranger.get(path)).status_code == 403
    async with logged_in(platform, operator, "member", member_id=member_id) as member:
        assert (await member.get(path)).status_code == 403
