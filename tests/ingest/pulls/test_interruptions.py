"""Pullers die, and there may be several: every question is asked, none by two at once."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from services.ingest.commands.pulls.pulling import take_next
from services.ingest.domain.pulls.rate import CallRate
from tests.community.coop import new_prm
from tests.ingest.pulls.asking import CONSUMPTION, MORNING, TODAY, Asking
from tests.support.faults import Fault


async def _given_points(asking: Asking, count: int) -> Sequence[str]:
    prms = [new_prm() for _ in range(count)]
    await asking.take_part(*((prm, CONSUMPTION) for prm in prms))
    return prms


async def test_what_a_puller_left_when_it_died_is_asked_after_its_lease(asking: Asking) -> None:
    prm = await asking.consumer()
    await asking.ask([prm], TODAY - timedelta(days=9), TODAY - timedelta(days=8))
    async with asking.ingest.platform.database("ingest") as database:
        taken = await take_next(database, asking.puller())
    assert taken is not None

    await asking.query(
        "INSERT INTO pull_source VALUES ('data-connect', now(), now(), :day) "
        "ON CONFLICT (source) DO UPDATE SET planned_to = :day",
        day=TODAY,
    )
    await asking.pull()
    during = len(asking.enedis.calls)
    asking.clock.now = MORNING + timedelta(minutes=11)
    await asking.pull()

    assert (during, len(asking.enedis.calls)) == (0, 1)
    job = await asking.job(prm)
    assert (job["state"], job["attempts"]) == ("done", 2)


async def test_whoever_comes_back_after_its_lease_changes_nothing(asking: Asking) -> None:
    prm = await asking.consumer()

    async def another_asks_after_the_lease() -> None:
        asking.clock.now += timedelta(minutes=11)
        await asking.pull()

    asking.enedis.faults.append(Fault(400))
    asking.enedis.meanwhile = another_asks_after_the_lease
    await asking.pull()

    job = await asking.job(prm)
    assert (job["state"], job["attempts"]) == ("done", 2)
    assert len(asking.enedis.calls) == 2


async def test_several_pullers_ask_each_question_once(asking: Asking) -> None:
    prms = await _given_points(asking, 12)

    await asyncio.gather(*(asking.pull() for _ in range(3)))

    assert Counter(prm for prm, _, _ in asking.asked()) == Counter(prms)
    assert {(await asking.job(prm))["state"] for prm in prms} == {"done"}


async def test_no_second_sees_more_calls_than_the_dso_allows(asking: Asking) -> None:
    await _given_points(asking, 12)

    await asking.pull()

    moments = [call.at for call in asking.enedis.calls]
    assert len(moments) == 12
    for start in moments:
        assert start is not None
        within = [at for at in moments if at and start <= at < start + timedelta(seconds=1)]
        assert len(within) <= 5


async def test_once_the_hours_calls_are_used_up_the_rest_waits(asking: Asking) -> None:
    prms = await _given_points(asking, 6)
    puller = asking.puller(rate=CallRate(per_second=5, per_hour=4))

    await asking.pull(puller)
    first = len(asking.enedis.calls)
    for _ in range(8):
        asking.clock.now += timedelta(minutes=30)
        await asking.pull(puller)

    assert first == 2
    assert len(asking.enedis.calls) == len(prms)


async def test_a_day_that_two_pullers_plan_is_planned_once(asking: Asking) -> None:
    prm = await asking.consumer()

    await asyncio.gather(asking.pull(), asking.pull())

    days = [(job["from_day"], job["to_day"]) for job in await asking.jobs(prm)]
    assert days == [(date(2026, 10, 26), date(2026, 10, 27))]
