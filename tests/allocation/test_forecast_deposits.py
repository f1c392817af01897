"""Coefficients that are deposited from a forecast, through the API."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest

from libs.common.calendar import days_between
from libs.common.ports import free_port
from services.allocation.main import service
from tests.allocation.test_coefficient_deposits import BEFORE, choose, url
from tests.allocation.world import CONSUMPTION as CONSUMING
from tests.allocation.world import Allocation, Coop, Point, get_json
from tests.support.alone import alone
from tests.support.auditing import audit_lines
from tests.support.clock import SetClock
from tests.support.ids import new_prm
from tests.support.platform import world_scope

NOVEMBER = "2026-11"
METERED = days_between(date(2026, 10, 3), date(2026, 10, 20))


@pytest.fixture(scope=world_scope)
async def allocation(database_url: str) -> AsyncIterator[Allocation]:
    """On 20 October 2026: the last day for the coefficients of November is the 27th."""
    clock = SetClock(datetime(2026, 10, 20, 8, tzinfo=UTC))
    silent_url = f"http://127.0.0.1:{free_port()}"
    async with alone(service, database_url, clock, pvgis_url=silent_url) as service_alone:
        yield Allocation(**vars(service_alone))


@pytest.fixture
async def before(allocation: Allocation, operator: httpx.AsyncClient, coop: Coop) -> Coop:
    """A co-op with a dynamic key and some weeks of readings, that deposits from November on."""
    await coop.set_key(operator, type="dynamic")
    await choose(operator, coop, NOVEMBER, **BEFORE | {"deposit_days": 5})
    await allocation.tell(*(coop.readings(day) for day in METERED))
    return coop


async def deposit(
    client: httpx.AsyncClient, coop: Coop, expected: dict[str, Any] | None = None
) -> httpx.Response:
    body = {"expected": expected or {}}
    return await client.post(f"{url(coop, NOVEMBER)}/forecast", json=body)


async def rows_of(client: httpx.AsyncClient, coop: Coop, number: int = 1) -> dict[str, list[str]]:
    """The rows of the deposited file by their stamps, in the order of PRM."""
    file = await client.get(f"{url(coop, NOVEMBER)}/{number}/file")
    assert file.status_code == 200, file.text
    return {row[:16]: row.split(";")[1:] for row in file.text.split("\r\n")[1:] if row}


async def test_a_forecast_is_deposited_and_says_what_it_was_made_of(
    operator: httpx.AsyncClient, before: Coop
) -> None:
    answer = await deposit(operator, before)

    assert answer.status_code == 201, answer.text
    entry = answer.json()
    assert (entry["number"], entry["kind"], entry["rules"]) == (1, "forecast", None)
    # 400 and 800 W: the second in the order of PRM has the rest of 100 %.
    is_anna_first = before.anna_home < before.bruno_home
    row = ["33,33", "66,67"] if is_anna_first else ["66,66", "33,34"]
    rows = await rows_of(operator, before)
    assert len(rows) == 30 * 48
    assert all(cells == row for cells in rows.values())
    made_of = entry["forecast"]
    assert made_of["in_words"] == (
        "Readings of the days before 2026-10-20. Consumption: 2 by the mean of days like each day."
        " Production: 1 plant under 5 skies. Shared by: dynamic."
    )
    assert made_of["plants"] == [before.roof]
    homes = {consumer["prm"]: consumer for consumer in made_of["consumers"]}
    assert homes[before.anna_home] == {
        "prm": before.anna_home,
        "made_of": "readings",
        "past_days": 17,
        "first_day": "2026-10-03",
        "last_day": "2026-10-19",
        "annual_kwh": None,
        "profile": None,
    }
    shown = await get_json(operator, f"{url(before, NOVEMBER)}/1")
    assert shown == entry
    assert (await deposit(operator, before)).json() == entry
    assert (await deposit(operator, before)).status_code == 200


async def test_a_joiner_is_expected_by_a_profile_and_has_nothing_before_it_joins(
    allocation: Allocation, operator: httpx.AsyncClient, before: Coop
) -> None:
    home = new_prm()
    joiner = Point(home, CONSUMING, before.anna, valid_from=date(2026, 11, 16))
    await allocation.tell(before.perimeter([*before.points, joiner], revision=2))

    answer = await deposit(operator, before, {home: {"annual_kwh": "3504", "profile": None}})

    assert answer.status_code == 201, answer.text
    (consumer,) = (c for c in answer.json()["forecast"]["consumers"] if c["prm"] == home)
    assert (consumer["made_of"], consumer["annual_kwh"]) == ("shape_of_others", "3504")
    column = sorted([before.anna_home, before.bruno_home, home]).index(home)
    rows = await rows_of(operator, before)
    assert rows["15/11/2026 12:00"][column] == "0,00"
    # 3,504 kWh a year are 400 W, of 1,600 in all.
    assert rows["16/11/2026 12:00"][column] == "25,00"


async def test_who_has_readings_is_expected_by_them_alone(
    operator: httpx.AsyncClient, before: Coop
) -> None:
    answer = await deposit(operator, before, {before.anna_home: {"annual_kwh": "1"}})

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/coefficients-unfit"
    assert answer.json()["prms"] == [before.anna_home]


async def test_without_any_reading_nothing_is_deposited(
    operator: httpx.AsyncClient, allocation: Allocation, coop: Coop
) -> None:
    await allocation.settle()
    await coop.set_key(operator, type="dynamic")
    await choose(operator, coop, NOVEMBER, **BEFORE | {"deposit_days": 5})

    answer = await deposit(operator, coop)

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/nothing-forecast"


async def test_the_audit_log_has_what_a_forecast_was_made_of(
    operator: httpx.AsyncClient, before: Coop
) -> None:
    entry = (await deposit(operator, before)).json()

    (line,) = await audit_lines(
        operator,
        "allocation",
        entity="coefficient_deposit",
        entity_id=f"{before.operation_id}/{NOVEMBER}/1",
    )

    assert line["action"] == "insert"
    assert line["after"]["forecast"]["in_words"] == entry["forecast"]["in_words"]
