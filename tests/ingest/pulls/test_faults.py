"""The DSO's servers have bad days: nothing is lost, and nothing is taken for what it is not."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from tests.community.coop import new_prm
from tests.ingest.pulls.asking import CONSUMPTION, MORNING, Asking
from tests.support.fake_enedis import CLIENT_SECRET
from tests.support.faults import Fault

_SERVERS = "The DSO's servers have trouble"


@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        (Fault(500), f"{_SERVERS} (500)."),
        (Fault(503, body=b"<html>down</html>"), f"{_SERVERS} (503)."),
        (Fault(cut=True), "The DSO's answer was cut off: it is no whole JSON."),
        (Fault(body=b""), "The DSO's answer was cut off: it is no whole JSON."),
        (Fault(body=b"\xff\xfe"), "The DSO's answer was cut off: it is no whole JSON."),
    ],
    ids=lambda fault: str(fault)[:40],
)
async def test_after_a_fault_it_is_asked_again(asking: Asking, fault: Fault, problem: str) -> None:
    prm = await asking.consumer()
    asking.enedis.faults.append(fault)

    await asking.pull()
    failed = await asking.job(prm)
    await asking.pull()
    asking.clock.now = failed["next_attempt_at"]
    calls_before = len(asking.enedis.calls)
    await asking.pull()

    assert (failed["state"], failed["delivery_id"]) == ("waiting", None)
    assert failed["last_problem"] == f"{problem} It is asked again by itself."
    assert failed["next_attempt_at"] == MORNING + timedelta(seconds=30)
    assert calls_before == 1
    done = await asking.job(prm)
    assert (done["state"], done["attempts"], done["last_problem"]) == ("done", 2, None)


async def test_whoever_does_not_answer_is_asked_again(asking: Asking) -> None:
    prm = await asking.consumer()
    asking.enedis.faults.append(Fault(silent=True))
    puller = asking.puller()
    puller.gateway.silence_s = 1.0  # for its token, which comes, too

    await asking.pull(puller)
    failed = await asking.job(prm)
    asking.clock.now = failed["next_attempt_at"]
    await asking.pull()

    assert f"{_SERVERS} (ReadTimeout)." in failed["last_problem"]
    assert (await asking.job(prm))["state"] == "done"


async def test_a_gateway_that_is_away_is_asked_again(asking: Asking) -> None:
    prm = await asking.consumer()
    puller = asking.puller()
    puller.gateway.base_url = "http://127.0.0.1:1"

    await asking.pull(puller)

    failed = await asking.job(prm)
    assert failed["state"] == "waiting"
    assert f"{_SERVERS} (ConnectError)." in failed["last_problem"]


async def test_who_asks_too_fast_waits_as_long_as_the_dso_says(asking: Asking) -> None:
    prms = sorted([new_prm(), new_prm()])
    await asking.take_part(*((prm, CONSUMPTION) for prm in prms))
    asking.enedis.faults.append(Fault(429, headers={"Retry-After": "90"}))

    await asking.pull()
    asking.clock.now = MORNING + timedelta(seconds=88)
    await asking.pull()
    during = len(asking.enedis.calls)
    asking.clock.now = MORNING + timedelta(seconds=90)
    await asking.pull()

    assert during == 1
    assert [(await asking.job(prm))["state"] for prm in prms] == ["done", "done"]
    # Being too fast was not the question's fault.
    assert [(await asking.job(prm))["attempts"] for prm in prms] == [1, 1]


async def test_retry_after_may_be_a_date(asking: Asking) -> None:
    prm = await asking.consumer()
    until = datetime(2026, 10, 27, 8, 30, tzinfo=UTC)
    stamp = f"{until:%a, %d %b %Y %H:%M:%S} GMT"
    asking.enedis.faults.append(Fault(503, headers={"Retry-After": stamp}))

    await asking.pull()

    assert (await asking.job(prm))["next_attempt_at"] == until


async def test_after_a_day_of_faults_it_is_given_up_and_says_what_to_do(asking: Asking) -> None:
    prm = await asking.consumer()
    asking.enedis.faults.extend([Fault(500)] * 100)
    await asking.pull()

    while (job := (await asking.jobs(prm))[0])["state"] == "waiting":
        asking.clock.now = job["next_attempt_at"]
        await asking.pull()

    assert (job["state"], job["attempts"]) == ("failed", 12)
    assert job["last_problem"] == (
        f"{_SERVERS} (500). Given up after 12 attempts: POST /ingest/pulls asks again."
    )


async def test_without_consent_it_is_refused_and_not_planned_again_the_next_day(
    asking: Asking,
) -> None:
    prm, other = new_prm(), new_prm()
    await asking.take_part((prm, CONSUMPTION), (other, CONSUMPTION))
    asking.enedis.without_consent.add(prm)

    await asking.pull()
    asking.clock.now += timedelta(days=1)
    await asking.pull()

    job = await asking.job(prm)
    assert (job["state"], job["delivery_id"]) == ("refused", None)
    assert job["last_problem"] == (
        "The DSO may not answer (403 ADAM_DC_0008): consent or mandate is missing or over. "
        "Renew it, then pull again."
    )
    assert [other_job["state"] for other_job in await asking.jobs(other)] == ["done", "done"]


async def test_what_is_not_there_yet_is_asked_for_some_hours_later(asking: Asking) -> None:
    prm = await asking.consumer()
    asking.enedis.without_data.add(prm)

    await asking.pull()
    waiting = await asking.job(prm)
    asking.enedis.without_data.clear()
    asking.clock.now = waiting["next_attempt_at"]
    await asking.pull()

    assert waiting["next_attempt_at"] == MORNING + timedelta(hours=1)
    assert "nothing of these days yet (404 no_data_found)" in waiting["last_problem"]
    assert prm not in waiting["last_problem"]
    assert (await asking.job(prm))["state"] == "done"


async def test_an_answer_that_is_no_curve_is_refused_and_kept_out(asking: Asking) -> None:
    prm = await asking.consumer()
    asking.enedis.faults.append(Fault(body=b'{"welcome": "to the new API"}'))

    await asking.pull()

    job = await asking.job(prm)
    assert (job["state"], job["delivery_id"]) == ("refused", None)
    assert "The answer is no document that we read" in job["last_problem"]


async def test_an_answer_without_end_is_not_read_to_its_end(asking: Asking) -> None:
    prm = await asking.consumer()
    asking.enedis.faults.append(Fault(body=b"[" + b" " * 2 * 10**6 + b"]"))

    await asking.pull()

    assert (await asking.job(prm))["last_problem"] == (
        "The answer is too large: ask for fewer days."
    )


async def test_one_token_serves_many_calls_until_it_ends(asking: Asking) -> None:
    prms = [new_prm() for _ in range(4)]
    await asking.take_part(*((prm, CONSUMPTION) for prm in prms))
    puller = asking.puller()

    await asking.pull(puller)
    first = asking.enedis.tokens_given
    asking.clock.now += timedelta(days=1)
    await asking.pull(puller)

    assert len(asking.enedis.calls) == 8
    assert (first, asking.enedis.tokens_given) == (1, 2)


async def test_a_token_that_the_dso_withdraws_is_replaced(asking: Asking) -> None:
    prm = await asking.consumer()
    puller = asking.puller()
    await asking.pull(puller)
    asking.enedis.tokens.clear()

    asking.clock.now += timedelta(hours=1)
    await asking.ask([prm], MORNING.date() - timedelta(days=9), MORNING.date() - timedelta(days=8))
    await asking.pull(puller)
    asking.clock.now += timedelta(minutes=1)
    await asking.pull(puller)

    assert asking.enedis.tokens_given == 2
    assert [job["state"] for job in await asking.jobs(prm)] == ["done", "done"]


async def test_credentials_that_are_refused_say_which_settings_to_check(
    asking: Asking, staff: httpx.AsyncClient
) -> None:
    prm = await asking.consumer()
    asking.enedis.token_faults.append(Fault(401, body=b'{"error": "invalid_client"}'))

    await asking.pull()
    await asking.pull()

    assert asking.enedis.calls == []
    (pull,) = [pull for pull in (await staff.get("/ingest/pulls")).json() if pull["prm"] == prm]
    assert (pull["state"], pull["attempts"]) == ("waiting", 0)
    assert "check DATA_CONNECT_CLIENT_ID and DATA_CONNECT_CLIENT_SECRET" in pull["last_problem"]
    assert CLIENT_SECRET not in str(pull)
    asking.clock.now += timedelta(minutes=1)
    await asking.pull()
    assert (await asking.job(prm))["state"] == "done"


async def test_neither_points_nor_secrets_are_logged(
    asking: Asking, caplog: pytest.LogCaptureFixture
) -> None:
    prm = await asking.consumer()
    asking.enedis.faults.extend([Fault(500), Fault(429), Fault(401), Fault(400, body=prm.encode())])

    with caplog.at_level("DEBUG"):
        for _ in range(4):
            await asking.pull()
            asking.clock.now += timedelta(hours=1)

    assert (await asking.jobs(prm))[0]["state"] == "refused"
    # The fake is served by uvicorn; all other lines are the puller's and its libraries'.
    ours = [
        record.getMessage() for record in caplog.records if not record.name.startswith("uvicorn")
    ]
    assert sum("'event': 'pulled'" in line for line in ours) == 4
    for secret in (CLIENT_SECRET, prm, *asking.enedis.tokens):
        assert not any(secret in line for line in ours)
