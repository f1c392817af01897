"""Forecasts that are deposited automatically before a month."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest

from libs.common.calendar import Month, days_between
from libs.common.ports import free_port
from services.allocation.commands.coefficient_deposits.automatic import (
    AutomaticDeposits,
    deposit_automatically,
)
from services.allocation.main import service
from services.allocation.workers import deposit_due_forecast
from tests.allocation.test_coefficient_deposits import BEFORE, choose, url
from tests.allocation.world import Allocation, Coop, get_json
from tests.support.alone import alone
from tests.support.clock import SetClock
from tests.support.platform import world_scope

NOVEMBER = "2026-11"
METERED = days_between(date(2026, 10, 3), date(2026, 10, 18))
NOT_YET = datetime(2026, 10, 19, 8, tzinfo=UTC)
DUE = datetime(2026, 10, 20, 8, tzinfo=UTC)
NEXT_DAY = datetime(2026, 10, 21, 8, tzinfo=UTC)
LAST_DAY = datetime(2026, 10, 27, 8, tzinfo=UTC)
DAY_AFTER = datetime(2026, 10, 28, 8, tzinfo=UTC)


@pytest.fixture(scope=world_scope)
async def allocation(database_url: str) -> AsyncIterator[Allocation]:
    """Whose own rounds have nothing to do: its clock stands still on the eve."""
    silent_url = f"http://127.0.0.1:{free_port()}"
    async with alone(
        service, database_url, SetClock(NOT_YET), pvgis_url=silent_url
    ) as service_alone:
        yield Allocation(**vars(service_alone))


@pytest.fixture
async def unmetered(operator: httpx.AsyncClient, coop: Coop) -> Coop:
    """A co-op that has chosen it for November, seven days before the last one, 27 October."""
    await coop.set_key(operator, type="dynamic")
    choice = {"deposit_days": 5, "automatic_deposit_days": 7}
    await choose(operator, coop, NOVEMBER, **BEFORE | choice)
    return coop


@pytest.fixture
async def automatic(allocation: Allocation, unmetered: Coop) -> Coop:
    await allocation.tell(*(unmetered.readings(day) for day in METERED))
    return unmetered


async def run_round(
    allocation: Allocation, instant: datetime, automatic: AutomaticDeposits | None = None
) -> None:
    """As the service's own round does at this instant."""
    automatic = automatic or AutomaticDeposits()
    async with allocation.platform.database("allocation", SetClock(instant)) as database:
        while await deposit_due_forecast(database, automatic=automatic):
            pass


async def list_entries(client: httpx.AsyncClient, coop: Coop) -> list[Any]:
    shown = await get_json(client, f"{coop.url}/coefficient-deposits?month={NOVEMBER}")
    return list(shown["deposits"])


async def test_a_forecast_is_deposited_once_its_day_has_come(
    allocation: Allocation, operator: httpx.AsyncClient, automatic: Coop
) -> None:
    await run_round(allocation, DUE)

    (entry,) = await list_entries(operator, automatic)
    assert (entry["kind"], entry["deposited_by"]) == ("forecast", "elocoop")
    # It is what whoever runs the operation would have got.
    by_hand = await operator.post(f"{url(automatic, NOVEMBER)}/forecast", json={"expected": {}})
    assert (by_hand.status_code, by_hand.json()["sha256"]) == (200, entry["sha256"])


async def test_nothing_is_deposited_before_that_day(
    allocation: Allocation, operator: httpx.AsyncClient, automatic: Coop
) -> None:
    choice = {"deposit_days": 5, "automatic_deposit_days": 6}
    await choose(operator, automatic, NOVEMBER, **BEFORE | choice)

    await run_round(allocation, DUE)
    assert await list_entries(operator, automatic) == []

    await run_round(allocation, NEXT_DAY)
    assert len(await list_entries(operator, automatic)) == 1


@pytest.mark.parametrize(("instant", "count"), [(LAST_DAY, 1), (DAY_AFTER, 0)])
async def test_a_deposit_is_made_up_for_until_the_last_day(
    allocation: Allocation,
    operator: httpx.AsyncClient,
    automatic: Coop,
    instant: datetime,
    count: int,
) -> None:
    await run_round(allocation, instant)

    assert len(await list_entries(operator, automatic)) == count


async def test_nothing_takes_the_place_of_what_somebody_deposited_or_withdrew(
    allocation: Allocation, operator: httpx.AsyncClient, automatic: Coop
) -> None:
    rules = {"shares": {automatic.anna_home: "0.5"}}
    deposits = url(automatic, NOVEMBER)
    assert (await operator.post(f"{deposits}/rules", json={"rules": rules})).status_code == 201
    assert not await _deposited(allocation, automatic)
    assert [entry["kind"] for entry in await list_entries(operator, automatic)] == ["calendar"]

    assert (await operator.post(f"{deposits}/1/withdrawal")).is_success
    assert not await _deposited(allocation, automatic)
    kinds = {entry["kind"] for entry in await list_entries(operator, automatic)}
    assert kinds == {"calendar", "withdrawal"}


async def _deposited(allocation: Allocation, coop: Coop) -> bool:
    """As where somebody was faster than a round that had found the month due."""
    async with (
        allocation.platform.database("allocation", SetClock(DUE)) as database,
        database.transaction() as session,
    ):
        return await deposit_automatically(session, coop.operation_id, Month.parse(NOVEMBER))


async def test_what_cannot_be_forecast_is_tried_again_on_the_next_day(
    allocation: Allocation, operator: httpx.AsyncClient, unmetered: Coop
) -> None:
    deposits = AutomaticDeposits()
    await run_round(allocation, DUE, deposits)
    await allocation.tell(*(unmetered.readings(day) for day in METERED))

    await run_round(allocation, DUE, deposits)
    assert await list_entries(operator, unmetered) == []

    await run_round(allocation, NEXT_DAY, deposits)
    assert len(await list_entries(operator, unmetered)) == 1


async def test_months_that_are_set_after_them_await_nothing(
    allocation: Allocation, operator: httpx.AsyncClient, automatic: Coop
) -> None:
    choice = {"regime": "after_the_month", "deposit_days": 5, "automatic_deposit_days": 7}
    await choose(operator, automatic, NOVEMBER, **BEFORE | choice)

    await run_round(allocation, DUE)

    assert await list_entries(operator, automatic) == []
