"""An API that answers none of our questions is seen in /health, which stays green, and a metric."""

from collections.abc import Mapping
from datetime import timedelta

import httpx
import pytest
from pydantic import SecretStr

from libs.common.settings import Settings
from services.ingest.commands.pulls.pulling import list_pull_warnings
from services.ingest.main import service
from tests.community.coop import new_prm
from tests.ingest.pulls.asking import CONSUMPTION, MORNING, TODAY, Asking
from tests.support.alone import alone
from tests.support.clock import SetClock
from tests.support.fake_enedis import CLIENT_ID, CLIENT_SECRET, fake_enedis
from tests.support.faults import Fault
from tests.support.waiting import until

_PART = "pull:data-connect"
_WITH_CREDENTIALS = Settings(
    data_connect_client_id=SecretStr(CLIENT_ID), data_connect_client_secret=SecretStr(CLIENT_SECRET)
)
_REFUSED = "The DSO does not accept our credentials (401): check DATA_CONNECT_CLIENT_ID"
_TOO_FAST = "The DSO asks us to be slower (429). Since 2026-10-27 08:00 UTC."


async def _warnings(
    asking: Asking, settings: Settings = _WITH_CREDENTIALS
) -> Mapping[str, str | None]:
    async with (
        asking.ingest.platform.database("ingest") as database,
        database.transaction() as session,
    ):
        return await list_pull_warnings(session, settings)


async def _silent(staff: httpx.AsyncClient) -> list[tuple[int, list[str]]]:
    """How many interfaces wait for staff today, and which."""
    kinds = (await staff.get("/ingest/today")).json()
    return [(kind["count"], kind["first"]) for kind in kinds if kind["kind"] == "sources_silent"]


async def test_refused_credentials_are_told_until_they_are_accepted(
    asking: Asking, staff: httpx.AsyncClient
) -> None:
    await asking.consumer()
    asking.enedis.token_faults.extend([Fault(401), Fault(401)])

    before = await _warnings(asking)
    await asking.pull()
    warnings = await _warnings(asking)
    silent = await _silent(staff)
    asking.clock.now += timedelta(minutes=1)
    await asking.pull()
    still = await _warnings(asking)
    asking.clock.now += timedelta(minutes=1)
    await asking.pull()

    assert before == {_PART: None}
    assert (warnings[_PART] or "").startswith(_REFUSED)
    # Since when it has been so, not when it was last tried.
    assert (warnings[_PART] or "").endswith(f"Since {MORNING:%Y-%m-%d %H:%M} UTC.")
    assert still == warnings
    assert CLIENT_SECRET not in str(warnings)
    assert await _warnings(asking) == {_PART: None}
    assert silent == [(1, ["data-connect"])]
    assert await _silent(staff) == []


@pytest.mark.parametrize("later", [Fault(500), Fault(503, body=b"down")], ids=["500", "503"])
async def test_a_quota_that_is_used_up_is_told_and_a_fault_does_not_say_that_it_is_over(
    asking: Asking, later: Fault
) -> None:
    await asking.consumer()
    asking.enedis.faults.extend([Fault(429), later])

    await asking.pull()
    warnings = await _warnings(asking)
    asking.clock.now += timedelta(minutes=1)
    await asking.pull()

    assert len(asking.enedis.calls) == 2
    assert warnings == await _warnings(asking) == {_PART: _TOO_FAST}


async def test_even_a_refused_question_shows_that_the_api_answers(asking: Asking) -> None:
    await asking.consumer()
    asking.enedis.faults.extend([Fault(429), Fault(400)])

    await asking.pull()
    asking.clock.now += timedelta(minutes=1)
    await asking.pull()

    assert await _warnings(asking) == {_PART: None}


@pytest.mark.parametrize("why", ["left", "does not consent"])
async def test_once_no_question_waits_any_more_nothing_is_told(asking: Asking, why: str) -> None:
    await asking.consumer()
    asking.enedis.faults.append(Fault(429))

    await asking.pull()
    warnings = await _warnings(asking)
    await asking.query("DELETE FROM participation" if why == "left" else "DELETE FROM consent")
    asking.clock.now += timedelta(minutes=1)
    await asking.pull()

    assert warnings == {_PART: _TOO_FAST}
    assert [job["state"] for job in await asking.jobs()] == ["withdrawn"]
    assert await _warnings(asking) == {_PART: None}


async def test_a_problem_is_told_again_once_another_question_waits(asking: Asking) -> None:
    prm = await asking.consumer()
    asking.enedis.faults.append(Fault(429))
    await asking.pull()
    await asking.query(
        "UPDATE pull_job SET state = 'withdrawn', closed_at = now(), next_attempt_at = NULL"
    )
    before = await _warnings(asking)

    await asking.ask([prm], TODAY - timedelta(days=9), TODAY - timedelta(days=8))

    assert (before, await _warnings(asking)) == ({_PART: None}, {_PART: _TOO_FAST})


async def test_an_api_that_is_no_longer_asked_is_not_told_of(asking: Asking) -> None:
    await asking.consumer()
    asking.enedis.token_faults.append(Fault(401))
    await asking.pull()

    assert await _warnings(asking, Settings()) == {}


async def test_health_is_degraded_but_not_red_and_the_metric_is_one(database_url: str) -> None:
    async with fake_enedis() as enedis:
        settings = {
            "enedis_url": enedis.url,
            "data_connect_client_id": SecretStr(CLIENT_ID),
            "data_connect_client_secret": SecretStr("an old secret"),
        }
        async with (
            alone(service, database_url, SetClock(MORNING), **settings) as ingest,
            ingest.platform.client() as client,
        ):
            healthy = await client.get("/health")
            asking, prm = Asking(ingest, enedis), new_prm()
            await asking.take_part((prm, CONSUMPTION))
            await asking.ask([prm], TODAY - timedelta(days=3), TODAY - timedelta(days=2))
            health = await until(
                "health is degraded",
                lambda: client.get("/health"),
                lambda answer: answer.json()["status"] != "ok",
            )
            metrics = await client.get("/metrics")

    assert (healthy.status_code, healthy.json()["services"]["ingest"]["warnings"]) == (200, [])
    assert (health.status_code, health.json()["status"]) == (200, "degraded")
    report = health.json()["services"]["ingest"]
    assert report["problems"] == []
    (warning,) = report["warnings"]
    assert warning.startswith(f"{_PART}: {_REFUSED}")
    assert "an old secret" not in health.text
    assert f'elocoop_degraded{{part="{_PART}",service="ingest"}} 1.0' in metrics.text
