"""What is published of the coefficients that are to be deposited before a month."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.events.deposits import DepositMonthChanged
from libs.common.ports import free_port
from services.allocation.commands.coefficient_deposits.months import publish_deposit_months
from services.allocation.commands.coefficient_deposits.steps import record_deposit_submission
from services.allocation.main import service
from services.allocation.store.copies import get_perimeter
from tests.allocation.test_coefficient_deposits import BEFORE, choose, send_rules, url
from tests.allocation.world import MONTH, Allocation, Coop
from tests.support.alone import alone
from tests.support.clock import SetClock
from tests.support.platform import world_scope
from tests.support.waiting import until

NOW = datetime(2026, 9, 10, 8, tzinfo=UTC)
NOVEMBER = "2026-11"
Told = list[tuple[str, str, date | None]]


@pytest.fixture(scope=world_scope)
async def allocation(database_url: str) -> AsyncIterator[Allocation]:
    """In September 2026: the last day for the coefficients of October is the 16th."""
    silent_url = f"http://127.0.0.1:{free_port()}"
    async with alone(service, database_url, SetClock(NOW), pvgis_url=silent_url) as service_alone:
        yield Allocation(**vars(service_alone))


async def told(allocation: Allocation, coop: Coop, expected: Told) -> None:
    """Wait until exactly this was published, in order."""

    async def published() -> Told:
        events = await allocation.published(DepositMonthChanged, coop.operation_id)
        for month in {event.month for event in events}:
            revisions = [event.revision for event in events if event.month == month]
            assert revisions == list(range(1, len(revisions) + 1))
        return [(event.month, event.state, event.last_day) for event in events]

    await until("all of it is published", published, lambda events: len(events) >= len(expected))
    assert await published() == expected


async def test_each_change_of_the_months_to_come_is_published_once(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    october, november, december = date(2026, 9, 16), date(2026, 10, 17), date(2026, 11, 16)
    await coop.set_key(operator, type="dynamic")

    await choose(operator, coop, MONTH, **BEFORE)
    expected: Told = [
        (MONTH, "awaited", october),
        (NOVEMBER, "awaited", november),
        ("2026-12", "awaited", december),
    ]
    await told(allocation, coop, expected)

    assert (await send_rules(operator, coop, shares={coop.anna_home: "0.5"})).is_success
    expected.append((MONTH, "deposited", october))
    await told(allocation, coop, expected)

    assert (await operator.post(f"{url(coop)}/1/submission", json={})).is_success
    expected.append((MONTH, "submitted", october))
    await told(allocation, coop, expected)

    assert (await operator.post(f"{url(coop)}/1/withdrawal")).is_success
    expected.append((MONTH, "withdrawn", october))
    await told(allocation, coop, expected)

    await choose(operator, coop, MONTH, **BEFORE | {"regime": "after_the_month"})
    expected += [
        (MONTH, "not_taken", None),
        (NOVEMBER, "not_taken", None),
        ("2026-12", "not_taken", None),
    ]
    await told(allocation, coop, expected)


async def test_a_key_that_the_dso_applies_by_itself_leaves_nothing_to_deposit(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.set_key(operator, type="dynamic")
    await choose(operator, coop, "2026-12", **BEFORE)
    expected: Told = [("2026-12", "awaited", date(2026, 11, 16))]
    await told(allocation, coop, expected)

    await coop.set_key(operator, "2026-12-01", type="default_dynamic")

    await told(allocation, coop, [*expected, ("2026-12", "not_needed", None)])


async def test_nothing_is_published_of_months_that_are_set_after_them(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.set_key(operator, type="dynamic")
    await _looked_at(allocation, coop, NOW)

    assert await allocation.published(DepositMonthChanged, coop.operation_id) == []


async def test_a_last_day_that_is_over_is_published_on_the_next(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.set_key(operator, type="dynamic")
    await choose(operator, coop, "2026-12", **BEFORE)
    december, january = date(2026, 11, 16), date(2026, 12, 17)
    expected: Told = [("2026-12", "awaited", december)]
    await told(allocation, coop, expected)

    await _looked_at(allocation, coop, datetime(2026, 11, 16, 12, tzinfo=UTC))
    expected += [
        ("2027-01", "awaited", january),
        ("2027-02", "awaited", date(2027, 1, 17)),
    ]
    await told(allocation, coop, expected)

    await _looked_at(allocation, coop, datetime(2026, 11, 17, 12, tzinfo=UTC))
    await told(allocation, coop, [*expected, ("2026-12", "missed", december)])


async def _looked_at(allocation: Allocation, coop: Coop, instant: datetime) -> None:
    """As the service's own round does once a day, on this one."""
    async with _at(allocation, instant) as session:
        perimeter = await get_perimeter(session, coop.operation_id)
        await publish_deposit_months(session, perimeter)


@asynccontextmanager
async def _at(allocation: Allocation, instant: datetime) -> AsyncIterator[AsyncSession]:
    """Yield a transaction of this instant."""
    async with (
        allocation.platform.database("allocation", SetClock(instant)) as database,
        database.transaction() as session,
    ):
        yield session


async def test_what_is_as_it_was_is_published_once(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.set_key(operator, type="dynamic")
    await choose(operator, coop, "2026-12", **BEFORE)
    expected: Told = [("2026-12", "awaited", date(2026, 11, 16))]
    await told(allocation, coop, expected)

    for _ in range(3):
        await _looked_at(allocation, coop, NOW + timedelta(hours=1))

    await told(allocation, coop, expected)


async def test_what_was_to_be_done_is_published_however_late_it_is_done(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.set_key(operator, type="dynamic")
    await choose(operator, coop, MONTH, **BEFORE)
    assert (await send_rules(operator, coop, shares={coop.anna_home: "0.5"})).is_success

    async with _at(allocation, datetime(2027, 1, 4, 8, tzinfo=UTC)) as session:
        month = Month.parse(MONTH)
        await record_deposit_submission(session, coop.operation_id, month, 1, by="staff")
        await publish_deposit_months(session, await get_perimeter(session, coop.operation_id))

    events = await allocation.published(DepositMonthChanged, coop.operation_id)
    assert [event.state for event in events if event.month == MONTH][-1] == "submitted"


async def test_nothing_is_to_be_done_for_a_month_in_which_nobody_takes_part_any_more(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.set_key(operator, type="dynamic")
    await choose(operator, coop, "2026-12", **BEFORE)
    expected: Told = [("2026-12", "awaited", date(2026, 11, 16))]
    await told(allocation, coop, expected)

    leaving = [replace(point, valid_to=date(2026, 12, 1)) for point in coop.points]
    await allocation.tell(coop.perimeter(leaving, revision=2))
    await _looked_at(allocation, coop, NOW)

    await told(allocation, coop, [*expected, ("2026-12", "not_taken", None)])
