"""Pullers die, and there may be several: every question is asked, none by two at once."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta

import pytest

from libs.common.file_store import FileStore, IncomingFile, file_store
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


class _Stopped(Exception):
    pass


class _FilesOfThoseWhoStop:
    """A store of files whose user stops once it has received a delivery."""

    def __init__(self, files: FileStore) -> None:
        self._files = files

    def __getattr__(self, name: str) -> object:
        return getattr(self._files, name)

    @contextmanager
    def draft(self) -> Iterator[IncomingFile]:
        with self._files.draft() as draft:
            yield draft
        raise _Stopped


async def test_a_puller_that_stops_over_an_answer_leaves_neither_it_nor_its_state(
    asking: Asking,
) -> None:
    prm = await asking.consumer()
    files = file_store(asking.ingest.platform.settings)
    before = await _count_deliveries(asking)

    with pytest.raises(_Stopped):
        await asking.pull(asking.puller(files=_FilesOfThoseWhoStop(files)))
    job = await asking.job(prm)
    left = (job["state"], job["delivery_id"], await _count_deliveries(asking) - before)
    asking.clock.now += timedelta(minutes=11)
    await asking.pull()

    assert left == ("waiting", None, 0)
    assert (await asking.job(prm))["state"] == "done"
    assert await _count_deliveries(asking) - before == 1


async def _count_deliveries(asking: Asking) -> int:
    (row,) = await asking.query("SELECT count(*) AS count FROM delivery WHERE channel = 'pull'")
    count: int = row["count"]
    return count


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


async def test_several_processes_together_keep_to_the_limit_of_a_second(asking: Asking) -> None:
    prms = await _given_points(asking, 12)
    await _plan_only(asking)

    moments = await _take_together(asking, CallRate(per_second=5, per_hour=10_000))

    assert len(moments) == len(prms)
    for start in moments:
        assert sum(start <= at < start + timedelta(seconds=1) for at in moments) <= 5


async def test_several_processes_together_keep_to_the_limit_of_an_hour(asking: Asking) -> None:
    await _given_points(asking, 6)
    await _plan_only(asking)
    rate = CallRate(per_second=5, per_hour=4)

    moments = await _take_together(asking, rate)
    first = len(moments)
    for _ in range(8):  # nobody answers, so that each is asked again after its lease
        asking.clock.now += timedelta(minutes=30)
        moments += await _take_together(asking, rate)

    assert (first, len(moments)) == (2, 2 + 8)
    for start in moments:
        assert sum(start <= at < start + timedelta(hours=1) for at in moments) <= 4


async def _plan_only(asking: Asking) -> None:
    """Have the day's questions planned by a puller that may ask none of them yet."""
    await asking.query(
        "INSERT INTO pull_source VALUES ('data-connect', :later, :later, NULL)",
        later=MORNING + timedelta(minutes=5),
    )
    await asking.pull()
    await asking.query("UPDATE pull_source SET next_at = 'epoch', full_at = 'epoch'")


async def _take_together(asking: Asking, rate: CallRate) -> list[datetime]:
    """Have three processes take all the questions they may, and return the instant of each."""
    taken = await asyncio.gather(*(_take_all(asking, rate) for _ in range(3)))
    return [now for moments in taken for now in moments]


async def _take_all(asking: Asking, rate: CallRate) -> Sequence[datetime]:
    puller, moments = asking.puller(rate=rate), []
    async with asking.ingest.platform.database("ingest") as database:
        while leased_job := await take_next(database, puller):
            moments.append(leased_job[1])
    return moments


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
