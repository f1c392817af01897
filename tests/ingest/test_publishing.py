"""Which operation is given which readings, and when."""

import io
import zipfile
from datetime import date

import httpx

from tests.community.coop import (
    enrol,
    given_member,
    given_operation,
    new_prm,
    participation,
    put,
)
from tests.ingest.delivering import given_participation, held_points, pushed, told, until_covered
from tests.ingest.formats.files import r63, r63_row
from tests.support.curves import OCTOBER_DAY, SUMMER_DAY, curve_file
from tests.support.platform import Platform

_DAYS = ["2026-07-01", "2026-07-02", "2026-07-03"]


async def test_a_day_of_an_operation_is_told_in_one_event(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prms = sorted([new_prm(), new_prm()])
    operation_id, member_id = await given_participation(operator, prms[0])
    await put(operator, f"/points/{prms[1]}", {"label": "École"})
    await enrol(operator, operation_id, participation(prms[1], member_id))
    await until_covered(platform, prms[1])

    delivery = await pushed(operator, curve_file(reversed(prms), [OCTOBER_DAY]))

    assert delivery["counts"]["held"] == 0
    (event,) = await told(platform, operation_id, count=1)
    assert (event.day, event.revision) == (date(2026, 10, 25), 1)
    assert [block.prm for block in event.blocks] == prms
    assert all(block.power_w == [478] * 50 for block in event.blocks)
    assert await held_points(operator, prms[0]) == []


async def test_a_correction_is_a_second_revision_of_the_whole_day(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    operation_id, _ = await given_participation(operator, prm)
    await until_covered(platform, prm)
    await pushed(operator, curve_file([prm], [SUMMER_DAY, "2026-07-02"]))

    corrected = await pushed(operator, r63([r63_row("2026-07-01 00:30:00", "9", prm=prm)]))

    assert corrected["counts"]["accepted"] == 1
    *_, event = await told(platform, operation_id, count=3)
    assert (event.day, event.revision) == (date(2026, 7, 1), 2)
    (block,) = event.blocks
    assert (block.revision, block.power_w) == (2, [9] + [478] * 47)


async def test_a_missing_value_does_not_erase_a_real_one(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    operation_id, _ = await given_participation(operator, prm)
    await until_covered(platform, prm)
    await pushed(operator, curve_file([prm], [SUMMER_DAY]))

    missing = await pushed(operator, r63([r63_row("2026-07-01 00:30:00", "", prm=prm)]))

    assert missing["counts"]["duplicate"] == 1
    assert len(await told(platform, operation_id, count=1)) == 1


async def test_readings_of_an_unknown_point_are_held_until_it_takes_part(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    delivery = await pushed(operator, curve_file([prm], _DAYS))
    held = await held_points(operator, prm)

    operation_id, _ = await given_participation(operator, prm, "2026-07-02", "2026-07-03")

    assert delivery["counts"]["held"] == delivery["counts"]["accepted"] == 3 * 48
    assert held == [
        {
            "id": f"{prm}-consumption",
            "prm": prm,
            "direction": "consumption",
            "days": 3,
            "first_day": "2026-07-01",
            "last_day": "2026-07-03",
        }
    ]
    (event,) = await told(platform, operation_id, count=1)
    assert (event.day, event.revision) == (date(2026, 7, 2), 1)
    (still,) = await held_points(operator, prm)
    assert (still["days"], still["first_day"], still["last_day"]) == (2, "2026-07-01", "2026-07-03")


async def test_readings_are_given_in_the_direction_of_the_participation_only(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    operation_id, _ = await given_participation(operator, prm)
    await until_covered(platform, prm)

    produced = await pushed(operator, curve_file([prm], [SUMMER_DAY], direction="PROD"))
    await pushed(operator, curve_file([prm], ["2026-07-02"]))

    assert produced["counts"]["held"] == 48
    (event,) = await told(platform, operation_id, count=1)
    assert event.day == date(2026, 7, 2)


async def test_a_point_that_moves_brings_its_readings_and_a_longer_stay_brings_the_rest(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    first, member_id = await given_participation(operator, prm)
    await until_covered(platform, prm)
    await pushed(operator, curve_file([prm], _DAYS))
    await told(platform, first, count=3)

    await enrol(operator, first, participation(prm, member_id, valid_to="2026-07-02"))
    second = await given_operation(operator)
    await enrol(operator, second, participation(prm, member_id, "2026-07-02", "2026-07-03"))
    moved = await told(platform, second, count=1)
    await enrol(operator, second, participation(prm, member_id, "2026-07-02"))
    stayed = await told(platform, second, count=2)

    assert [(block.day.day, block.revision) for block in moved] == [(2, 1)]
    assert [(block.day.day, block.revision) for block in stayed] == [(2, 1), (3, 1)]
    assert len(await told(platform, first, count=3)) == 3
    assert await held_points(operator, prm) == []


async def test_a_correction_after_a_stay_is_given_when_the_stay_is_prolonged(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    operation_id, member_id = await given_participation(operator, prm)
    await until_covered(platform, prm)
    await pushed(operator, curve_file([prm], [SUMMER_DAY]))
    await enrol(operator, operation_id, participation(prm, member_id, valid_to="2026-07-01"))
    other = new_prm()
    await put(operator, f"/points/{other}", {"label": "Gare"})
    await enrol(operator, operation_id, participation(other, await given_member(operator)))
    await until_covered(platform, other)
    correction = await pushed(operator, curve_file([prm], [SUMMER_DAY], power_w=9))

    await enrol(operator, operation_id, participation(prm, member_id))

    assert correction["counts"]["held"] == 48
    *_, event = await told(platform, operation_id, count=2)
    assert (event.revision, event.blocks[0].revision) == (2, 2)
    assert event.blocks[0].power_w == [9] * 48


async def test_an_archive_is_one_delivery_and_one_event_per_day(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prms = sorted([new_prm(), new_prm()])
    operation_id, member_id = await given_participation(operator, prms[0])
    await put(operator, f"/points/{prms[1]}", {"label": "École"})
    await enrol(operator, operation_id, participation(prms[1], member_id))
    await until_covered(platform, prms[1])
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as files:
        files.writestr("a.csv", curve_file([prms[0]], [SUMMER_DAY]))
        files.writestr("b.csv", curve_file([prms[1]], [SUMMER_DAY]))
        files.writestr("notes.txt", "nothing to do with it")

    delivery = await pushed(operator, archive.getvalue(), "both.zip")

    assert delivery["counts"] | {"held": 0} == {
        "records": 97,
        "accepted": 96,
        "superseding": 0,
        "duplicate": 0,
        "outdated": 0,
        "quarantined": 1,
        "held": 0,
    }
    (event,) = await told(platform, operation_id, count=1)
    assert [block.prm for block in event.blocks] == prms


async def test_an_older_publication_that_comes_late_overwrites_nothing(
    operator: httpx.AsyncClient,
) -> None:
    prm = new_prm()
    name = "ENEDIS_R63_P_CdC_M0AAAAA1_00001_{}.csv"
    newer = curve_file([prm], [SUMMER_DAY], power_w=2)
    older = curve_file([prm], [SUMMER_DAY, "2026-07-02"], power_w=1)

    await pushed(operator, newer, name.format("20260720060000"))
    late = await pushed(operator, older, name.format("20260710060000"))

    assert late["counts"]["accepted"] == 48  # of the day that the newer file did not have
    assert (late["counts"]["superseding"], late["counts"]["outdated"]) == (0, 48)
    period = {"from_day": SUMMER_DAY, "to_day": "2026-07-03"}
    curve = (await operator.get(f"/ingest/points/{prm}/load-curve", params=period)).json()
    assert [block["power_w"][7] for block in curve["blocks"]] == [2, 1]
