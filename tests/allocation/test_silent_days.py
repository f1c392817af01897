"""Days of which no reading came at all are looked at once they are late, and say what they lack."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import httpx
import pytest

from libs.common.events.allocation import DayHeldUp
from services.allocation.commands.silent_days import SilentDays
from services.allocation.main import service
from services.allocation.workers import mark_silent_days
from tests.allocation.world import OCTOBER, Allocation, Coop
from tests.support.alone import alone
from tests.support.clock import SetClock

GRACE_DAYS = 3
NOVEMBER_5 = datetime(2026, 11, 5, 11, tzinfo=UTC)


@pytest.fixture
async def allocation(database_url: str) -> AsyncIterator[Allocation]:
    """Alone, for what is looked at is everybody's."""
    async with alone(service, database_url) as service_alone:
        yield Allocation(**vars(service_alone))


async def look(
    allocation: Allocation, now: datetime = NOVEMBER_5, *, silent: SilentDays | None = None
) -> None:
    """All rounds of a day; by default of a process that has just started."""
    silent = silent or SilentDays(GRACE_DAYS)
    async with allocation.platform.database("allocation", SetClock(now)) as database:
        while await mark_silent_days(database, silent=silent):
            pass
    await allocation.settle()


async def held_up(allocation: Allocation, coop: Coop) -> list[DayHeldUp]:
    return list(await allocation.published(DayHeldUp, coop.operation_id))


async def test_late_days_without_any_reading_tell_what_they_lack_once(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    another = Coop()
    await allocation.tell(another.perimeter(), *coop.month_of_readings()[:-1])

    await look(allocation)
    await look(allocation)

    events = [event for event in await held_up(allocation, coop) if event.status == "incomplete"]
    assert [event.day for event in events] == [date(2026, 10, 31), date(2026, 11, 1)]
    last, _ = events
    assert {gap.prm: gap.steps for gap in last.missing} == dict.fromkeys(
        (coop.roof, coop.anna_home, coop.bruno_home), 48
    )
    day = await coop.day(operator, date(2026, 10, 31))
    assert (day["status"], len(day["missing"])) == ("incomplete", 3)
    assert len(await held_up(allocation, another)) == len(OCTOBER) + 1


async def test_what_is_not_late_yet_or_nobody_takes_part_in_is_left_alone(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await look(allocation, NOVEMBER_5 - timedelta(days=5))

    events = await held_up(allocation, coop)
    # 31 October: late are days up to the 27th. Nobody took part in September.
    assert [event.day for event in events] == list(OCTOBER[:27])
    assert (await coop.day(operator, OCTOBER[27]))["status"] == "no_readings"


async def test_a_day_whose_readings_come_after_all_is_allocated(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.set_key(operator)
    await look(allocation)

    await allocation.tell(coop.readings())

    assert (await coop.day(operator))["status"] == "allocated"
    last = (await held_up(allocation, coop))[-1]
    assert (last.day.isoformat(), last.status) == ("2026-10-12", "allocated")


async def test_a_process_looks_once_a_day(allocation: Allocation, coop: Coop) -> None:
    silent = SilentDays(GRACE_DAYS)
    await look(allocation, silent=silent)
    before = len(await held_up(allocation, coop))
    another = Coop()
    await allocation.tell(another.perimeter())

    await look(allocation, NOVEMBER_5 + timedelta(hours=11), silent=silent)
    assert (before, len(await held_up(allocation, another))) == (32, 0)

    await look(allocation, NOVEMBER_5 + timedelta(hours=12), silent=silent)
    assert len(await held_up(allocation, coop)) == len(await held_up(allocation, another)) == 33
