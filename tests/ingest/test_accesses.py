"""Every reading of a curve is noted, and its member sees it."""

from typing import Any

import httpx
import pytest

from tests.community.coop import enrol, given_member, logged_in, new_prm, participation
from tests.ingest.delivering import given_participation, pushed, until_covered
from tests.support.curves import SUMMER_DAY, curve_file
from tests.support.platform import Platform
from tests.support.waiting import until

_JULY = {"from_day": "2026-07-01", "to_day": "2026-08-01"}
_AUGUST = {"from_day": "2026-08-01", "to_day": "2026-09-01"}
_POINT = "/ingest/points/{prm}"


async def _given_point(
    platform: Platform, operator: httpx.AsyncClient, valid_to: str | None = None
) -> tuple[str, str, str]:
    """Returns operation, member and point."""
    prm = new_prm()
    operation_id, member_id = await given_participation(operator, prm, valid_to=valid_to)
    await until_covered(platform, prm)
    return operation_id, member_id, prm


async def _accesses(client: httpx.AsyncClient, prm: str, **params: int) -> Any:  # noqa: ANN401 - JSON
    answer = await client.get(f"/ingest/points/{prm}/accesses", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def _read(client: httpx.AsyncClient, prm: str, what: str, **params: str) -> None:
    answer = await client.get(f"/ingest/points/{prm}/{what}", params=_JULY | params)
    assert answer.status_code == 200, answer.text


async def test_every_way_to_read_a_curve_leaves_a_line(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, member_id, prm = await _given_point(platform, operator)
    await pushed(operator, curve_file([prm], [SUMMER_DAY]))

    async with (
        logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser,
        logged_in(platform, operator, "member", member_id=member_id) as member,
    ):
        await _read(operator, prm, "load-curve")
        await _read(organiser, prm, "load-curve.csv")
        await _read(organiser, prm, "load-curve", as_of="2026-08-01T00:00:00Z")
        await _read(member, prm, "revisions")
        await _read(member, prm, "daily-energies")
        seen = await _accesses(member, prm)
        by_staff = await _accesses(operator, prm)

    assert [
        (access["role"], access["route"].removeprefix(_POINT)) for access in reversed(seen)
    ] == [
        ("operator", "/load-curve"),
        ("organiser", "/load-curve.csv"),
        ("organiser", "/load-curve"),
        ("member", "/revisions"),
        ("member", "/daily-energies"),
    ]
    assert {(access["from_day"], access["to_day"]) for access in seen} == {
        ("2026-07-01", "2026-08-01")
    }
    assert [access["as_of"] is not None for access in seen] == [False, False, True, False, False]
    # A member is told roles, and recognises themself; staff are told who.
    assert [access["is_you"] for access in seen] == [True, True, False, False, False]
    assert [access["subject"] is not None for access in seen] == [True, True, False, False, False]
    assert all(access["subject"] for access in by_staff)
    assert prm not in str(by_staff)


@pytest.mark.parametrize("what", ["load-curve", "load-curve.csv", "revisions", "daily-energies"])
async def test_a_reading_that_cannot_be_noted_is_not_answered(
    platform: Platform, operator: httpx.AsyncClient, what: str
) -> None:
    _, _, prm = await _given_point(platform, operator)
    await pushed(operator, curve_file([prm], [SUMMER_DAY]))
    await _refuse_to_note(platform, prm)

    answer = await operator.get(f"/ingest/points/{prm}/{what}", params=_JULY)

    assert answer.status_code == 500
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json().keys() <= {"type", "title", "detail", "status", "instance", "request_id"}
    assert await _accesses(operator, prm) == []


async def _refuse_to_note(platform: Platform, prm: str) -> None:
    """As late as can be: when the transaction is committed."""
    await platform.change(
        "ingest",
        f"""
        CREATE OR REPLACE FUNCTION refuse_{prm}() RETURNS trigger LANGUAGE plpgsql
        AS $$ BEGIN RAISE 'not noted'; END $$
        """,
    )
    await platform.change(
        "ingest",
        f"""
        CREATE CONSTRAINT TRIGGER refuse_{prm} AFTER INSERT ON curve_access
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.prm = '{prm}')
        EXECUTE FUNCTION refuse_{prm}()
        """,
    )


async def test_a_refused_reading_is_none(platform: Platform, operator: httpx.AsyncClient) -> None:
    _, member_id, prm = await _given_point(platform, operator)
    stranger = await given_member(operator)

    async with logged_in(platform, operator, "member", member_id=stranger) as other:
        answer = await other.get(f"/ingest/points/{prm}/load-curve", params=_JULY)
        accesses = await other.get(f"/ingest/points/{prm}/accesses")

    assert (answer.status_code, accesses.status_code) == (403, 403)
    async with logged_in(platform, operator, "member", member_id=member_id) as member:
        assert await _accesses(member, prm) == []


@pytest.mark.parametrize("role", ["organiser", "feed"])
async def test_the_log_is_for_staff_and_the_member(
    platform: Platform, operator: httpx.AsyncClient, role: str
) -> None:
    operation_id, _, prm = await _given_point(platform, operator)

    async with logged_in(platform, operator, role, operations=[operation_id]) as client:
        assert (await client.get(f"/ingest/points/{prm}/accesses")).status_code == 403


async def test_the_log_is_read_page_by_page(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    _, _, prm = await _given_point(platform, operator)
    for _ in range(5):
        await _read(operator, prm, "load-curve")

    pages: list[list[int]] = []
    before: dict[str, int] = {}
    while page := await _accesses(operator, prm, limit=2, **before):
        pages.append([row["number"] for row in page])
        before = {"before": page[-1]["number"]}

    assert [len(page) for page in pages] == [2, 2, 1]
    numbers = [number for page in pages for number in page]
    assert numbers == sorted(numbers, reverse=True)
    assert len(set(numbers)) == 5


async def test_a_member_sees_who_read_their_days_not_those_of_the_next(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, left, prm = await _given_point(platform, operator, valid_to="2026-08-01")
    came = await given_member(operator)
    await enrol(operator, operation_id, participation(prm, came, "2026-08-01"))
    async with (
        logged_in(platform, operator, "member", member_id=left) as before,
        logged_in(platform, operator, "member", member_id=came) as after,
    ):
        await _until_known(after, prm)
        await _read(operator, prm, "load-curve")
        answer = await operator.get(f"/ingest/points/{prm}/load-curve", params=_AUGUST)
        assert answer.status_code == 200

        theirs = [
            [access["from_day"] for access in await _accesses(client, prm)]
            for client in (before, after)
        ]

    assert theirs == [["2026-07-01"], ["2026-08-01"]]


async def _until_known(member: httpx.AsyncClient, prm: str) -> None:
    await until(
        "the member's point is known",
        lambda: member.get(f"/ingest/points/{prm}/accesses"),
        lambda answer: answer.status_code == 200,
    )
