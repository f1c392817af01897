"""What of an operation's readings has come, as its organiser sees it."""

import io
from datetime import timedelta

import httpx
import polars as pl
import pytest

from tests.community.coop import (
    enrol,
    given_member,
    given_operation,
    logged_in,
    new_operation_id,
    new_prm,
    participation,
    put,
)
from tests.ingest.delivering import pushed, until_covered
from tests.ingest.lacking import curve, day_of, given_point_with_curve, last_month
from tests.support.platform import Platform


def _path(operation_id: str, ending: str = "") -> str:
    return f"/ingest/operations/{operation_id}/completeness{ending}"


def _month() -> dict[str, str]:
    return {"month": str(last_month())}


async def test_days_are_counted_by_point_and_in_total(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    leaves = day_of(4)
    operation_id, prm = await given_point_with_curve(
        platform, operator, [day_of(1), day_of(2)], without=[5, 6], valid_to=f"{leaves}"
    )

    body = (await operator.get(_path(operation_id), params=_month())).json()

    (point,) = body["points"]
    counts = ["expected", "received", "estimated_by_dso", "estimated_by_us", "missing"]
    assert [[day[name] for name in counts] for day in point["days"]] == [
        [48, 46, 0, 0, 2],
        [48, 46, 0, 0, 2],
        [48, 0, 0, 0, 48],
    ]
    assert [day["covered_min"] for day in point["days"]] == [1380, 1380, 0]
    assert (point["prm"], point["direction"]) == (prm, "consumption")
    assert point["totals"] == body["totals"]
    assert [body["totals"][name] for name in counts] == [144, 92, 0, 0, 52]


async def test_the_operations_own_steps_are_counted_from_what_the_community_says(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = await given_operation(operator), new_prm()
    operation = (await operator.get(f"/community/operations/{operation_id}")).json()
    body = {name: operation[name] for name in ("name", "organiser_id", "valid_from")}
    changes = [{"valid_from": f"{day_of(2)}", "step_min": 15}]
    await put(
        operator, f"/operations/{operation_id}", body | {"step_min": 60, "step_changes": changes}
    )
    await put(operator, f"/points/{prm}", {"label": "École"})
    leaving = participation(prm, await given_member(operator), valid_to=f"{day_of(3)}")
    await enrol(operator, operation_id, leaving)
    await until_covered(platform, prm)
    await pushed(operator, curve(prm, [day_of(1), day_of(2)], without=[0]))

    (point,) = (await operator.get(_path(operation_id), params=_month())).json()["points"]

    assert [(day["step_min"], day["missing"]) for day in point["days"]] == [(60, 1), (15, 2)]


async def test_days_that_are_not_over_are_not_counted(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, _ = await given_point_with_curve(platform, operator, [])
    in_two_months = last_month().next_first_day + timedelta(days=70)

    answer = await operator.get(_path(operation_id), params={"month": f"{in_two_months:%Y-%m}"})

    assert answer.json()["totals"]["expected"] == 0
    assert answer.json()["points"] == []


async def test_the_same_is_a_picture_a_csv_and_a_parquet_file(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = await given_point_with_curve(platform, operator, [day_of(1)])

    svg, csv, parquet = [
        await operator.get(_path(operation_id, ending), params=_month())
        for ending in (".svg", ".csv", ".parquet")
    ]

    assert svg.headers["content-type"].startswith("image/svg+xml")
    assert f"{prm} consumes, {day_of(1)}: 48 of 48 steps received" in svg.text
    header, first, *_ = csv.text.splitlines()
    assert header == (
        "prm,direction,day,step_min,expected,received,estimated_by_dso,estimated_by_us,missing,"
        "covered_min"
    )
    assert first == f"{prm},consumption,{day_of(1)},30,48,48,0,0,0,1440"
    assert pl.read_parquet(io.BytesIO(parquet.content)).height == len(last_month().days)


@pytest.mark.parametrize("ending", ["", ".svg", ".csv", ".parquet"])
async def test_only_staff_and_the_organiser_see_it(
    platform: Platform, operator: httpx.AsyncClient, ending: str
) -> None:
    operation_id, _ = await given_point_with_curve(platform, operator, [])
    path, member_id = _path(operation_id, ending), await given_member(operator)

    async with logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser:
        own_answer = await organiser.get(path, params=_month())
    async with logged_in(platform, operator, "organiser", operations=["ACC99999999"]) as organiser:
        other = await organiser.get(path, params=_month())
    async with logged_in(platform, operator, "member", member_id=member_id) as member:
        members = await member.get(path, params=_month())

    assert [own_answer.status_code, other.status_code, members.status_code] == [200, 403, 403]


async def test_an_operation_that_is_not_known_is_said_to_be_so(
    operator: httpx.AsyncClient,
) -> None:
    answer = await operator.get(_path(new_operation_id()), params=_month())

    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/operation-unknown")


@pytest.mark.parametrize("month", ["2026-13", "0001-01", "9999-12", "last"])
async def test_what_is_no_month_is_refused(operator: httpx.AsyncClient, month: str) -> None:
    answer = await operator.get(_path(new_operation_id()), params={"month": month})

    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/month-malformed")
