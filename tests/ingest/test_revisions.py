"""What was known when: revisions stay readable after they were corrected."""

from typing import Any

import httpx
import pytest

from tests.community.coop import given_member, logged_in, new_prm
from tests.ingest.delivering import given_participation, pushed, until_covered
from tests.ingest.formats.files import r63, r63_row
from tests.support.curves import SUMMER_DAY, curve_file
from tests.support.platform import Platform

_PERIOD = {"from_day": SUMMER_DAY, "to_day": "2026-07-03"}


async def _corrected_point(operator: httpx.AsyncClient) -> tuple[str, list[str]]:
    """A point and the two deliveries of its day: the first half-hour was 478, and became 9."""
    prm = new_prm()
    first = await pushed(operator, curve_file([prm], [SUMMER_DAY]))
    second = await pushed(operator, r63([r63_row("2026-07-01 00:30:00", "9", prm=prm)]))
    return prm, [first["id"], second["id"]]


async def _revisions(client: httpx.AsyncClient, prm: str) -> Any:  # noqa: ANN401 - JSON
    answer = await client.get(f"/ingest/points/{prm}/revisions", params=_PERIOD)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def _load_curve(
    client: httpx.AsyncClient, prm: str, as_of: str, ending: str = ""
) -> httpx.Response:
    path = f"/ingest/points/{prm}/load-curve{ending}"
    return await client.get(path, params=_PERIOD | {"as_of": as_of})


async def test_revisions_say_when_they_were_recorded_and_what_made_them(
    operator: httpx.AsyncClient,
) -> None:
    prm, deliveries = await _corrected_point(operator)

    first, second = await _revisions(operator, prm)

    assert [first["revision"], second["revision"]] == [1, 2]
    assert [first["delivery_id"], second["delivery_id"]] == deliveries
    assert first["recorded_at"] < second["recorded_at"]
    assert first["published_at"] < second["published_at"]
    assert first["estimation_id"] is None


async def test_the_curve_as_of_a_revision_is_what_was_known_then(
    operator: httpx.AsyncClient,
) -> None:
    prm, _ = await _corrected_point(operator)
    first, second = await _revisions(operator, prm)

    before, after = [
        (await _load_curve(operator, prm, delivery["recorded_at"])).json()["blocks"]
        for delivery in (first, second)
    ]

    assert [(block["revision"], block["power_w"][0]) for block in before] == [(1, 478)]
    assert [(block["revision"], block["power_w"][0]) for block in after] == [(2, 9)]


async def test_the_csv_knows_what_was_known_too(operator: httpx.AsyncClient) -> None:
    prm, _ = await _corrected_point(operator)
    first, _ = await _revisions(operator, prm)

    csv = (await _load_curve(operator, prm, first["recorded_at"], ".csv")).text.splitlines()

    assert csv[1] == f"{prm},consumption,2026-06-30T22:00:00Z,30,478,measured,0"


async def test_before_anything_came_nothing_was_known(operator: httpx.AsyncClient) -> None:
    prm, _ = await _corrected_point(operator)

    curve = await _load_curve(operator, prm, "2020-01-01T00:00:00Z")

    assert curve.json()["blocks"] == []


async def test_an_offset_may_have_a_plus_sign_that_is_not_escaped(
    operator: httpx.AsyncClient,
) -> None:
    prm, _ = await _corrected_point(operator)

    path = f"/ingest/points/{prm}/load-curve?from_day={SUMMER_DAY}&to_day=2026-07-03"
    answer = await operator.get(f"{path}&as_of=2020-01-01T00:00:00+01:00")

    assert answer.status_code == 200


@pytest.mark.parametrize(
    "as_of",
    ["2026-11-05T08:00:00", "yesterday", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"],
)
async def test_an_instant_without_an_offset_or_out_of_our_time_is_refused(
    operator: httpx.AsyncClient, as_of: str
) -> None:
    answer = await _load_curve(operator, new_prm(), as_of)

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


async def test_members_see_the_revisions_of_their_own_days(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    _, member_id = await given_participation(operator, prm, "2026-07-02", "2026-07-03")
    await until_covered(platform, prm)
    await pushed(operator, curve_file([prm], ["2026-07-01", "2026-07-02"]))
    stranger_id = await given_member(operator)

    async with logged_in(platform, operator, "member", member_id=member_id) as member:
        seen = await _revisions(member, prm)
    async with logged_in(platform, operator, "member", member_id=stranger_id) as stranger:
        refused = await stranger.get(f"/ingest/points/{prm}/revisions", params=_PERIOD)

    assert [block["day"] for block in seen] == ["2026-07-02"]
    assert refused.status_code == 403
