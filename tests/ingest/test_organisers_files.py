"""Files that organisers push: readings of their own points, below whatever the DSO says."""

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import httpx

from services.ingest.main import service
from tests.community.coop import (
    enrol,
    given_member,
    given_operation,
    logged_in,
    new_prm,
    participation,
    put,
    today,
)
from tests.ingest.delivering import given_participation, push, pushed, quarantine, until_covered
from tests.ingest.formats.samples import SAMPLES
from tests.ingest.lacking import curve, curve_of, day_of, given_point_with_curve
from tests.support.alone import alone
from tests.support.ids import new_operation_id
from tests.support.pages import read_all
from tests.support.platform import Platform

_OTHER_FACTS = SAMPLES[-7:]
"""Of a DSO's split, of its perimeter, of indexes, contracts and what it invoiced."""


async def _given_two(platform: Platform, operator: httpx.AsyncClient) -> tuple[str, str, str]:
    """An organiser's operation with a point, and a point of somebody else's operation."""
    prm, foreign_prm = new_prm(), new_prm()
    operation_id, _ = await given_participation(operator, prm)
    await given_participation(operator, foreign_prm)
    await until_covered(platform, prm)
    await until_covered(platform, foreign_prm)
    return operation_id, prm, foreign_prm


def _both(first: bytes, second: bytes) -> bytes:
    """One file with the rows of two, under one header."""
    return first + second.split(b"\n", 1)[1]


async def _powers(operator: httpx.AsyncClient, prm: str, day: date) -> list[list[int | None]]:
    return [block["power_w"] for block in await curve_of(operator, prm, day)]


def _reasons(records: Iterable[Any]) -> set[tuple[str, str]]:
    return {(record["code"], record["reason"]) for record in records}


async def test_readings_of_own_points_are_recorded_and_the_sender_follows_them(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm, _ = await _given_two(platform, operator)

    async with logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser:
        me = (await organiser.get("/community/me")).json()["subject"]
        delivery = await pushed(organiser, curve(prm, [day_of(1)]))
        listed = (await organiser.get("/ingest/deliveries")).json()

    assert delivery["counts"]["accepted"] == 48
    assert (delivery["received_by"], delivery["operations"]) == (me, [operation_id])
    assert [row["id"] for row in listed] == [delivery["id"]]
    assert await _powers(operator, prm, day_of(1)) == [[100] * 48]


async def test_what_is_of_somebody_elses_point_or_of_none_is_kept_out_alike(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    """H1 of the security review: nobody declares facts about another operation's point."""
    operation_id, prm, foreign_prm = await _given_two(platform, operator)
    nobodys_prm = new_prm()
    both = _both(curve(foreign_prm, [day_of(1)]), curve(nobodys_prm, [day_of(1)]))

    async with logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser:
        delivery = await pushed(organiser, _both(curve(prm, [day_of(1)]), both))
        records = await quarantine(organiser, delivery)
        whole_quarantine = (await organiser.get("/ingest/quarantine")).json()

    assert delivery["counts"] | {"accepted": 48, "quarantined": 96, "held": 0} == delivery["counts"]
    by_prm = {
        which: [record for record in records if which in record["record"]]
        for which in (foreign_prm, nobodys_prm)
    }
    assert [len(records_of_point) for records_of_point in by_prm.values()] == [48, 48]
    assert _reasons(by_prm[foreign_prm]) == _reasons(by_prm[nobodys_prm])
    assert _reasons(records) == {
        (
            "not-your-point",
            "on that day it is no point of your operations, or that day is not over",
        )
    }
    assert {record["reading"] is None for record in records} == {True}
    assert whole_quarantine == []
    assert await _powers(operator, foreign_prm, day_of(1)) == []
    held = {record["prm"] for record in await read_all(operator, "/ingest/held")}
    assert held.isdisjoint({foreign_prm, nobodys_prm})
    first_of_foreign = by_prm[foreign_prm][0]["number"]
    released = await operator.post(
        f"/ingest/deliveries/{delivery['id']}/quarantine/{first_of_foreign}/release", json={}
    )
    assert released.status_code == 409


async def test_days_on_which_the_point_is_no_longer_theirs_are_kept_out(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = await given_point_with_curve(
        platform, operator, [], valid_to=f"{day_of(2)}"
    )

    async with logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser:
        delivery = await pushed(organiser, curve(prm, [day_of(1), day_of(2)]))

    assert (delivery["counts"]["accepted"], delivery["counts"]["quarantined"]) == (48, 48)
    assert await _powers(operator, prm, day_of(2)) == []


async def test_the_dsos_values_stand_before_an_organisers_whichever_came_first(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm, _ = await _given_two(platform, operator)
    await pushed(operator, curve(prm, [day_of(1)], without=[5]))

    async with logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser:
        filled = await pushed(organiser, curve(prm, [day_of(1), day_of(2)], power_w=7))
        corrected = await pushed(organiser, curve(prm, [day_of(2)], power_w=8))
    after_the_organiser = await _powers(operator, prm, day_of(1))
    of_the_organiser = await _powers(operator, prm, day_of(2))
    await pushed(operator, curve(prm, [day_of(1), day_of(2)], power_w=9))

    assert (filled["counts"]["accepted"], filled["counts"]["duplicate"]) == (49, 47)
    assert filled["counts"]["outdated"] == 0, "else values could be found out by trying"
    assert corrected["counts"]["superseding"] == 48
    assert after_the_organiser == [[100] * 5 + [7] + [100] * 42]
    assert of_the_organiser == [[8] * 48]
    assert await _powers(operator, prm, day_of(1)) == [[9] * 48]
    assert await _powers(operator, prm, day_of(2)) == [[9] * 48]


async def test_another_step_is_no_way_round_the_dsos_values(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm, _ = await _given_two(platform, operator)
    await pushed(operator, curve(prm, [day_of(1)], step_min=60))

    async with logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser:
        delivery = await pushed(organiser, curve(prm, [day_of(1), day_of(2)], power_w=7))
        records = await quarantine(organiser, delivery)
    await pushed(operator, curve(prm, [day_of(2)], step_min=60))

    assert (delivery["counts"]["accepted"], delivery["counts"]["quarantined"]) == (48, 48)
    assert {record["code"] for record in records} == {"other-step-stands"}
    assert await _powers(operator, prm, day_of(1)) == [[100] * 24]
    assert [None] * 48 in await _powers(operator, prm, day_of(2))
    assert [100] * 24 in await _powers(operator, prm, day_of(2))


async def test_what_the_dso_has_of_days_that_are_not_theirs_does_not_show(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    """The DSO knows the day after they left, in another step than that of their file."""
    operation_id, prm = await given_point_with_curve(
        platform, operator, [], valid_to=f"{day_of(2)}"
    )
    await pushed(operator, curve(prm, [day_of(2)], step_min=60))

    async with logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser:
        delivery = await pushed(organiser, curve(prm, [day_of(1), day_of(2)]))
        records = await quarantine(organiser, delivery)

    assert [record["code"] for record in records] == ["not-your-point"] * 48


async def test_a_day_that_is_not_over_is_kept_out(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm, _ = await _given_two(platform, operator)
    tomorrow = today() + timedelta(days=1)

    async with logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser:
        delivery = await pushed(organiser, curve(prm, [today(), tomorrow]))

    assert (delivery["counts"]["accepted"], delivery["counts"]["quarantined"]) == (0, 96)


async def test_files_cost_an_organisers_allowance_and_no_feeds(database_url: str) -> None:
    async with (
        alone(service, database_url, costly_at_once=1) as ingest,
        ingest.client("organiser", operations=[new_operation_id()]) as organiser,
        ingest.client("feed") as feed,
    ):
        by_organiser = [await push(organiser, curve(new_prm(), [day_of(1)])) for _ in range(9)]
        by_feed = [await push(feed, curve(new_prm(), [day_of(1)])) for _ in range(9)]

    refusals = [answer for answer in by_organiser if answer.status_code == 429]
    assert by_organiser[0].status_code == 202
    assert {answer.json()["type"] for answer in refusals} == {"/problems/allowance-spent"}
    assert {answer.status_code for answer in by_feed} == {202}


async def test_what_is_kept_out_of_their_files_does_not_wait_for_staff(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, _, foreign_prm = await _given_two(platform, operator)

    async with logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser:
        delivery = await pushed(organiser, curve(foreign_prm, [day_of(n) for n in range(1, 4)]))
    waiting = {kind["kind"]: kind for kind in (await operator.get("/ingest/today")).json()}

    quarantined = waiting.get("quarantine_open", {"first": []})
    assert not [path for path in quarantined["first"] if delivery["id"] in path]


async def test_other_facts_than_readings_are_kept_out(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    """A C15 would end a participation, and a split of the DSO settle a month."""
    operation_id, _, _ = await _given_two(platform, operator)

    async with logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser:
        for content in _OTHER_FACTS:
            delivery = await pushed(organiser, content)
            records = await quarantine(organiser, delivery)
            assert delivery["counts"]["accepted"] == 0, delivery["formats"]
            assert {row["code"] for row in records} == {"not-for-organisers"}, delivery["formats"]


async def test_the_same_bytes_are_another_delivery_for_the_dso_and_for_each_organiser(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    """Nobody learns by them what others have pushed, and the DSO's is recorded whole."""
    operation_id, prm, foreign_prm = await _given_two(platform, operator)
    content = _both(curve(prm, [day_of(1)]), curve(foreign_prm, [day_of(1)]))
    by_content = f"/ingest/deliveries/by-content/{hashlib.sha256(content).hexdigest()}"

    of_the_dso = await pushed(operator, content)
    async with logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser:
        unknown = await organiser.get(by_content)
        organisers_delivery = await pushed(organiser, content)
        foreign = await organiser.get(f"/ingest/deliveries/{of_the_dso['id']}")
        delivery = (await organiser.get(by_content)).json()

    assert unknown.status_code == 404
    assert (
        organisers_delivery["already_received"],
        organisers_delivery["counts"]["quarantined"],
    ) == (False, 48)
    assert foreign.status_code == 403
    assert delivery["id"] == organisers_delivery["id"] != of_the_dso["id"]
    assert (await operator.get(by_content)).json()["id"] == of_the_dso["id"]


async def test_a_file_that_came_before_its_point_is_read_again_when_it_is_pushed_again(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = await given_operation(operator), new_prm()
    content = curve(prm, [day_of(1)])

    async with logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser:
        early = await pushed(organiser, content)
        await put(operator, f"/points/{prm}", {"label": "École"})
        await enrol(operator, operation_id, participation(prm, await given_member(operator)))
        await until_covered(platform, prm)
        later = await pushed(organiser, content)

    assert (early["counts"]["accepted"], early["counts"]["quarantined"]) == (0, 48)
    assert later["id"] == early["id"]
    assert (later["counts"]["accepted"], later["counts"]["quarantined"]) == (48, 0)


async def test_a_number_of_the_dsos_series_does_not_count_as_come(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm, _ = await _given_two(platform, operator)
    name = f"ENEDIS_R63_P_CdC_M0{prm[-6:]}_00057_20261102083000.csv"

    async with logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser:
        await push(organiser, curve(prm, [day_of(1)]), name)
    sequences = await operator.get("/ingest/sequences")

    assert prm[-6:] not in sequences.text
