"""Curves beside indexes and invoices, through the API."""

from typing import Any

import httpx

from tests.community.coop import given_operation, logged_in, new_prm
from tests.ingest.delivering import given_participation, pushed, until_covered
from tests.ingest.formats.files import r151, r151_class, r151_day
from tests.ingest.formats.json_files import r64, r64_counter, r64_value, r67, r67_quantity
from tests.support.curves import curve_file
from tests.support.platform import Platform

DAYS = [f"2026-10-{day:02}" for day in range(1, 32)]
HOURS = 31 * 24 + 1  # the month in which clocks go back


async def _checks(client: httpx.AsyncClient, operation_id: str, **query: str) -> Any:  # noqa: ANN401 - JSON
    answer = await client.get(
        f"/ingest/operations/{operation_id}/cross-checks", params={"month": "2026-10"} | query
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def _indexes(prm: str, *, first_wh: int, last_wh: int) -> bytes:
    """As the month begins and ends: R151 is dated by the day before."""
    days = [
        r151_day("2026-09-30", [r151_class(1, str(first_wh))]),
        r151_day("2026-10-31", [r151_class(1, str(last_wh))]),
    ]
    return r151(days, prm=prm)


async def test_a_month_of_readings_agrees_with_its_indexes(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    operation_id, _ = await given_participation(operator, prm)
    await until_covered(platform, prm)
    await pushed(operator, curve_file([prm], DAYS, power_w=478))
    await pushed(operator, _indexes(prm, first_wh=1_000_000, last_wh=1_000_000 + 478 * HOURS))

    (check,) = await _checks(operator, operation_id)

    assert check == {
        "prm": prm,
        "direction": "consumption",
        "source": "index",
        "from_day": "2026-10-01",
        "to_day": "2026-11-01",
        "reference_wh": 478 * HOURS,
        "curve_wh": f"{478 * HOURS}.0",
        "difference_wh": "0.0",
        "missing_minutes": 0,
        "verdict": "agrees",
    }


async def test_half_the_energy_is_found_and_differences_can_be_asked_for_alone(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    operation_id, _ = await given_participation(operator, prm)
    await until_covered(platform, prm)
    await pushed(operator, curve_file([prm], DAYS, power_w=239))
    await pushed(operator, _indexes(prm, first_wh=0, last_wh=478 * HOURS))

    (check,) = await _checks(operator, operation_id, verdict="differs")

    assert check["difference_wh"] == f"-{239 * HOURS}.0"
    assert await _checks(operator, operation_id, verdict="agrees") == []
    (tolerated,) = await _checks(operator, operation_id, tolerance_percent="50")
    assert tolerated["verdict"] == "agrees"


async def test_a_hole_in_the_curve_is_told_instead_of_a_difference(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    operation_id, _ = await given_participation(operator, prm)
    await until_covered(platform, prm)
    await pushed(operator, curve_file([prm], DAYS[1:]))
    await pushed(operator, _indexes(prm, first_wh=0, last_wh=478 * HOURS))

    (check,) = await _checks(operator, operation_id)

    assert (check["verdict"], check["missing_minutes"]) == ("incomplete", 24 * 60)


async def test_days_before_a_point_took_part_are_not_told(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    operation_id, _ = await given_participation(operator, prm, valid_from="2026-10-02")
    await until_covered(platform, prm)
    await pushed(operator, _indexes(prm, first_wh=0, last_wh=5_000))

    assert await _checks(operator, operation_id) == []


async def test_cross_checks_are_for_staff_and_the_organiser(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, _ = await given_participation(operator, new_prm())
    path = f"/ingest/operations/{operation_id}/cross-checks"

    async with logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser:
        assert (await organiser.get(path, params={"month": "2026-10"})).status_code == 200
        answer = await organiser.get(path, params={"month": "2026-13"})
        assert (answer.status_code, answer.json()["type"]) == (422, "/problems/month-malformed")
    elsewhere = await given_operation(operator)
    async with logged_in(platform, operator, "organiser", operations=[elsewhere]) as stranger:
        assert (await stranger.get(path, params={"month": "2026-10"})).status_code == 403


async def test_an_invoice_beside_the_curve_and_one_that_was_cancelled_later(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    operation_id, _ = await given_participation(operator, prm)
    await until_covered(platform, prm)
    await pushed(operator, curve_file([prm], DAYS, power_w=1000))
    period = ("2026-10-01", "2026-10-11")  # ten days of 24 kWh
    await pushed(operator, r67([r67_quantity(*period, 240_000)], prm=prm), "r67.json")

    (check,) = await _checks(operator, operation_id)
    later = r67_quantity(*period, 240_000, state="A", made="2026-11-09 05:00:00")
    await pushed(operator, r67([later], prm=prm), "r67.json")

    assert (check["source"], check["reference_wh"]) == ("invoiced", 240_000)
    assert (check["to_day"], check["verdict"]) == ("2026-10-11", "agrees")
    assert await _checks(operator, operation_id) == []


async def test_the_totalising_counter_of_r64_is_compared(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    operation_id, _ = await given_participation(operator, prm)
    await until_covered(platform, prm)
    await pushed(operator, curve_file([prm], DAYS, power_w=478))
    read = [
        r64_value("2026-10-01 00:00:00", 5_000),
        r64_value("2026-11-01 00:00:00", 5_000 + 478 * HOURS),
    ]
    content = r64([], total=r64_counter("IDX_EAS_T", read), prm=prm)
    delivery = await pushed(operator, content, "r64.json")

    (check,) = await _checks(operator, operation_id)

    assert delivery["counts"]["accepted"] == 2
    assert (check["difference_wh"], check["verdict"]) == ("0.0", "agrees")
