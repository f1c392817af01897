"""What is late is asked of Data Connect again, and the re-request is told what came of it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import httpx

from tests.community.coop import new_prm
from tests.ingest.delivering import settled
from tests.ingest.pulls.asking import CONSUMPTION, MORNING, TODAY, Asking


async def _given_re_request(
    asking: Asking, *, days: tuple[date, date], flow: str = "Data Connect"
) -> str:
    """Of a new point, which takes part; returns the point. Nothing else is planned."""
    prm = new_prm()
    operation_id = await asking.take_part((prm, CONSUMPTION))
    await asking.query(
        "INSERT INTO pull_source VALUES ('data-connect', '2026-01-01', '2026-01-01', :day)",
        day=TODAY,
    )
    await asking.query(
        "INSERT INTO re_request (id, operation_id, prm, direction, from_day, to_day, flow, status, "
        "asked_by, created_at, next_attempt_at) VALUES (:id, :operation_id, :prm, 'consumption', "
        ":from_day, :to_day, :flow, 'waiting', 'staff', :now, :now)",
        id=uuid4(),
        operation_id=operation_id,
        prm=prm,
        from_day=days[0],
        to_day=days[1],
        flow=flow,
        now=MORNING,
    )
    return prm


async def _re_request(asking: Asking, prm: str) -> Mapping[str, Any]:
    (row,) = await asking.query("SELECT * FROM re_request WHERE prm = :prm", prm=prm)
    return row


async def test_late_days_are_asked_for_in_calls_of_seven_and_resolve_it(
    asking: Asking, staff: httpx.AsyncClient
) -> None:
    prm = await _given_re_request(asking, days=(date(2026, 10, 1), date(2026, 10, 11)))

    await asking.pull()
    for job in await asking.jobs(prm):
        await settled(staff, str(job["delivery_id"]))

    assert sorted(asking.asked()) == [
        (prm, "2026-10-01", "2026-10-08"),
        (prm, "2026-10-08", "2026-10-11"),
    ]
    assert (await _re_request(asking, prm))["status"] == "resolved"


async def test_what_the_dso_refuses_is_told_to_the_re_request(asking: Asking) -> None:
    prm = await _given_re_request(asking, days=(date(2026, 10, 1), date(2026, 10, 2)))
    asking.enedis.without_consent.add(prm)

    await asking.pull()
    await asking.pull()

    re_request = await _re_request(asking, prm)
    assert (re_request["status"], re_request["attempts"]) == ("waiting", 1)
    assert "consent or mandate is missing" in re_request["last_problem"]
    assert re_request["next_attempt_at"] == MORNING + timedelta(hours=1)
    assert len(asking.enedis.calls) == 1


async def test_it_is_asked_for_again_after_its_own_pause(
    asking: Asking, staff: httpx.AsyncClient
) -> None:
    prm = await _given_re_request(asking, days=(date(2026, 10, 1), date(2026, 10, 2)))
    asking.enedis.without_consent.add(prm)
    await asking.pull()

    asking.enedis.without_consent.clear()
    asking.clock.now = MORNING + timedelta(hours=1)
    await asking.pull()
    (done,) = [job for job in await asking.jobs(prm) if job["state"] == "done"]
    await settled(staff, str(done["delivery_id"]))

    assert (await _re_request(asking, prm))["status"] == "resolved"


async def test_other_flows_are_left_to_others(asking: Asking) -> None:
    days = (date(2026, 10, 1), date(2026, 10, 2))
    prm = await _given_re_request(asking, days=days, flow="R63")

    await asking.pull()

    assert asking.enedis.calls == []
    assert (await _re_request(asking, prm))["attempts"] == 0


async def test_of_a_point_that_has_left_it_says_so(asking: Asking) -> None:
    prm = await _given_re_request(asking, days=(date(2026, 10, 1), date(2026, 10, 2)))
    await asking.query("DELETE FROM participation")

    await asking.pull()

    re_request = await _re_request(asking, prm)
    assert re_request["last_problem"] == (
        "The point takes no part on these days: withdraw the re-request."
    )
    assert asking.enedis.calls == []
