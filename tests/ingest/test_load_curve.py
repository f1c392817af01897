"""Who reads which load curve, and what it looks like."""

from uuid import UUID

import httpx
import pytest

from libs.common.auth.principals import Forbidden, Principal, Rights
from libs.common.ids import Prm
from services.ingest.access import get_scope
from tests.community.coop import given_member, logged_in, new_prm
from tests.ingest.delivering import given_participation, pushed, until_covered
from tests.ingest.formats.files import r63, r63_row
from tests.support.curves import MARCH_DAY, OCTOBER_DAY, SUMMER_DAY, curve_file
from tests.support.platform import Platform

_OCTOBER = {"from_day": OCTOBER_DAY, "to_day": "2026-10-26"}
_JULY = {"from_day": "2026-07-01", "to_day": "2026-08-01"}


def _path(prm: str, ending: str = "") -> str:
    return f"/ingest/points/{prm}/load-curve{ending}"


async def test_the_october_day_has_50_half_hours(operator: httpx.AsyncClient) -> None:
    prm = new_prm()
    await pushed(operator, curve_file([prm], [OCTOBER_DAY], power_w=lambda end: end.hour))

    curve = (await operator.get(_path(prm), params=_OCTOBER)).json()
    csv = await operator.get(_path(prm, ".csv"), params=_OCTOBER)

    (block,) = curve["blocks"]
    assert (block["day"], block["start"]) == (OCTOBER_DAY, "2026-10-24T22:00:00Z")
    assert (block["step_min"], block["revision"]) == (30, 1)
    assert len(block["power_w"]) == len(block["nature"]) == len(block["doubtful"]) == 50
    assert csv.headers["content-type"].startswith("text/csv")
    header, *rows = csv.text.splitlines()
    assert header == "prm,direction,start,step_min,power_w,nature,doubtful"
    assert len(rows) == 50
    assert rows[0] == f"{prm},consumption,2026-10-24T22:00:00Z,30,0,measured,0"
    assert rows[-1] == f"{prm},consumption,2026-10-25T22:30:00Z,30,0,measured,0"
    assert [int(row.split(",")[4]) for row in rows] == block["power_w"]


async def test_the_march_day_has_46_half_hours(operator: httpx.AsyncClient) -> None:
    prm = new_prm()
    await pushed(operator, curve_file([prm], [MARCH_DAY]))

    period = {"from_day": MARCH_DAY, "to_day": "2026-03-30"}
    curve = (await operator.get(_path(prm), params=period)).json()

    assert curve["blocks"][0]["power_w"] == [478] * 46


async def test_what_was_not_received_and_what_is_missing_are_told_apart(
    operator: httpx.AsyncClient,
) -> None:
    prm = new_prm()
    rows = [
        r63_row("2026-07-01 00:30:00", "100", prm=prm, nature="E", likelihood="1"),
        r63_row("2026-07-01 01:00:00", "", prm=prm),
        r63_row("2026-07-01 03:00:00", "300", prm=prm, step="PT60M"),
    ]
    await pushed(operator, r63(rows))

    curve = (await operator.get(_path(prm), params=_JULY)).json()
    csv = (await operator.get(_path(prm, ".csv"), params=_JULY)).text.splitlines()[1:]

    half_hours, hours = curve["blocks"]
    assert half_hours["nature"] == ["estimated", "missing", *[None] * 46]
    assert half_hours["doubtful"][:2] == [True, False]
    assert hours["power_w"] == [None, None, 300, *[None] * 21]
    assert csv == [
        f"{prm},consumption,2026-06-30T22:00:00Z,30,100,estimated,1",
        f"{prm},consumption,2026-06-30T22:30:00Z,30,,missing,0",
        f"{prm},consumption,2026-07-01T00:00:00Z,60,300,measured,0",
    ]


async def test_a_curve_may_be_asked_for_one_direction(operator: httpx.AsyncClient) -> None:
    prm = new_prm()
    await pushed(operator, curve_file([prm], [SUMMER_DAY]))
    await pushed(operator, curve_file([prm], [SUMMER_DAY], direction="PROD", power_w=7))

    both = (await operator.get(_path(prm), params=_JULY)).json()["blocks"]
    answer = await operator.get(_path(prm), params=_JULY | {"direction": "production"})

    assert [block["direction"] for block in both] == ["consumption", "production"]
    assert [block["power_w"][0] for block in answer.json()["blocks"]] == [7]


async def test_a_member_sees_the_own_days_of_the_own_point(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    _, member_id = await given_participation(operator, prm, "2026-07-02", "2026-07-03")
    await until_covered(platform, prm)
    await pushed(operator, curve_file([prm], ["2026-07-01", "2026-07-02", "2026-07-03"]))

    async with logged_in(platform, operator, "member", member_id=member_id) as member:
        curve = await member.get(_path(prm), params=_JULY)
        csv = await member.get(_path(prm, ".csv"), params=_JULY)

    assert [block["day"] for block in curve.json()["blocks"]] == ["2026-07-02"]
    assert len(csv.text.splitlines()) == 1 + 48


async def test_a_member_may_not_see_the_curve_of_another(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm, unknown = new_prm(), new_prm()
    await given_participation(operator, prm)
    await until_covered(platform, prm)
    stranger = await given_member(operator)

    async with logged_in(platform, operator, "member", member_id=stranger) as member:
        answers = [
            await member.get(_path(point_prm, ending), params=_JULY)
            for point_prm in (prm, unknown)
            for ending in ("", ".csv")
        ]

    assert {answer.status_code for answer in answers} == {403}
    # Nothing tells a point that exists from one that does not.
    assert len({answer.json()["detail"] for answer in answers}) == 1


async def test_a_refusal_leaves_a_log_line_without_the_point(
    platform: Platform,
    operator: httpx.AsyncClient,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    prm = new_prm()
    await given_participation(operator, prm)
    await until_covered(platform, prm)
    stranger = Principal(subject="someone", **vars(Rights.of_member(UUID(int=1))))

    async with platform.database("ingest") as database, database.transaction() as session:
        with pytest.raises(Forbidden):
            await get_scope(session, stranger, Prm(prm))

    logged = caplog.text + "".join(capfd.readouterr())
    assert "access refused" in logged
    assert "someone" in logged
    assert prm not in logged


async def test_an_organiser_sees_the_points_of_the_own_operations(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm, elsewhere = new_prm(), new_prm()
    operation_id, _ = await given_participation(operator, prm)
    await given_participation(operator, elsewhere)
    await until_covered(platform, prm)
    await until_covered(platform, elsewhere)
    await pushed(operator, curve_file([prm], [SUMMER_DAY]))

    async with logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser:
        own_answer = await organiser.get(_path(prm), params=_JULY)
        other = await organiser.get(_path(elsewhere), params=_JULY)

    assert len(own_answer.json()["blocks"]) == 1
    assert other.status_code == 403


async def test_staff_is_told_that_a_point_is_unknown(operator: httpx.AsyncClient) -> None:
    answer = await operator.get(_path(new_prm()), params=_JULY)

    assert answer.status_code == 404
    assert answer.json()["type"] == "/problems/point-unknown"


@pytest.mark.parametrize(
    "period",
    [
        {"from_day": "2026-07-01", "to_day": "2026-07-01"},
        {"from_day": "2026-07-02", "to_day": "2026-07-01"},
        {"from_day": "2025-01-01", "to_day": "2026-07-01"},
        {"from_day": "yesterday", "to_day": "2026-07-01"},
        {"from_day": "0001-01-01", "to_day": "9999-12-31"},
        {},
    ],
)
async def test_an_impossible_period_is_refused(
    operator: httpx.AsyncClient, period: dict[str, str]
) -> None:
    answer = await operator.get(_path(new_prm()), params=period)

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_feed_reads_no_curve(platform: Platform, operator: httpx.AsyncClient) -> None:
    async with logged_in(platform, operator, "feed") as feed:
        answer = await feed.get(_path(new_prm()), params=_JULY)

    assert answer.status_code == 403
