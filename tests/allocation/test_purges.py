"""Curves that are too old are taken away, month by month; settlements stay."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text

from libs.common.events.community import PollOpened
from libs.common.rounds.rest import NO_REST
from services.allocation.commands.purging import Purger
from services.allocation.main import service
from services.allocation.store.stale import lock_operations
from services.allocation.workers import purge_old_month
from tests.allocation.noted_days import list_unlike
from tests.allocation.world import Allocation, Coop
from tests.support.alone import alone
from tests.support.clock import SetClock
from tests.support.waiting import until

_LAST_DAY_OF_OCTOBER_KEPT = datetime(2029, 10, 31, 22, tzinfo=UTC)
_FIRST_DAY_AFTER = datetime(2029, 10, 31, 23, tzinfo=UTC)
"""36 months on; in Paris it is past midnight."""


@pytest.fixture
async def allocation(database_url: str) -> AsyncIterator[Allocation]:
    """Alone, for what is purged is everybody's."""
    async with alone(service, database_url) as service_alone:
        yield Allocation(**vars(service_alone))


async def _purge(allocation: Allocation, now: datetime) -> int:
    """Returns how many rounds found something."""
    purger, rounds = Purger(36), 0
    async with allocation.platform.database("allocation", SetClock(now)) as database:
        while await purge_old_month(database, purger=purger) == NO_REST:
            rounds += 1
    return rounds


async def _reports(operator: httpx.AsyncClient, **params: str) -> list[dict[str, Any]]:
    answer = await operator.get("/allocation/purges", params=params)
    assert answer.status_code == 200, answer.text
    reports: list[dict[str, Any]] = answer.json()
    return reports


async def test_a_month_is_purged_whole_once_it_is_too_old(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    november = ready.readings(date(2026, 11, 1))
    await allocation.tell(november)
    assert (await ready.close(operator)).status_code == 201

    assert await _purge(allocation, _LAST_DAY_OF_OCTOBER_KEPT) == 0
    assert len(await ready.shares(operator)) == 62
    insert = "INSERT INTO told_day SELECT operation_id, day, '{}' FROM day_status"
    await allocation.change(insert)
    assert await _purge(allocation, _FIRST_DAY_AFTER) == 1

    days = await ready.days(operator)
    assert {day["status"] for day in days.values()} == {"purged"}
    assert await list_unlike(allocation) == []
    assert {day["production_wmin"] for day in days.values()} == {None}
    assert await ready.shares(operator) == []
    (report,) = await _reports(operator, operation_id=ready.operation_id)
    del report["purged_at"]
    assert report == {
        "operation_id": ready.operation_id,
        "month": "2026-10",
        "readings": 93,
        "shares": 62,
        "dso_results": 0,
    }
    assert len(await allocation.query("SELECT day FROM told_day")) == 1
    left = await allocation.query("SELECT DISTINCT day FROM reading_block")
    assert [row["day"] for row in left] == [november.day]


async def test_a_purge_that_is_not_committed_has_neither_taken_nor_recorded_anything(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    clock = SetClock(_FIRST_DAY_AFTER)
    async with (
        allocation.platform.database("allocation", clock) as database,
        database.transaction() as session,
    ):
        is_purged = await Purger(36).purge_next_month(session, today=date(2029, 11, 1))
        counts = "SELECT (SELECT count(*) FROM purge), (SELECT count(*) FROM reading_block)"
        within = (await session.execute(text(counts))).one()
        await session.rollback()

    assert is_purged
    assert tuple(within) == (1, 0)
    assert await _reports(operator) == []
    assert len(await ready.shares(operator)) == 62
    assert {day["status"] for day in (await ready.days(operator)).values()} == {"allocated"}


async def test_a_settlement_outlives_its_curves(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    settled = (await ready.close(operator)).json()
    await _purge(allocation, _FIRST_DAY_AFTER)

    answer = await operator.get(
        f"/allocation/settlements/{ready.operation_id}/2026-10/1/verification"
    )
    again = await ready.close(operator)

    assert answer.status_code == 200, answer.text
    assert answer.json()["content_hash"] == settled["content_hash"]
    assert answer.json()["matches"]
    assert again.status_code == 409
    assert again.json()["type"] == "/problems/month-purged"


@pytest.mark.parametrize("missing_readings", ["refuse", "zero"])
async def test_what_comes_late_of_a_purged_month_changes_nothing(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop, missing_readings: str
) -> None:
    policy = await operator.put(f"{ready.url}/policy", json={"missing_readings": missing_readings})
    assert policy.status_code == 200, policy.text
    await allocation.settle()
    assert (await ready.close(operator)).status_code == 201
    await _purge(allocation, _FIRST_DAY_AFTER)

    await allocation.tell(ready.readings(anna=100, bruno=None, revision=2))

    assert (await ready.day(operator))["status"] == "purged"
    assert len(await ready.settlements(operator)) == 1
    assert await _purge(allocation, _FIRST_DAY_AFTER) == 1
    (report,) = await _reports(operator)
    assert (report["readings"], report["shares"]) == (95, 62)


async def test_an_operation_that_is_being_changed_is_purged_later(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    async with (
        allocation.platform.database("allocation") as database,
        database.transaction() as other,
    ):
        await lock_operations(other, [ready.operation_id])
        assert await _purge(allocation, _FIRST_DAY_AFTER) == 0

    assert await _reports(operator) == []
    assert await _purge(allocation, _FIRST_DAY_AFTER) == 1


async def test_a_day_is_looked_through_once(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    purger = Purger(36)

    async def purge(now: datetime) -> bool:
        async with allocation.platform.database("allocation", SetClock(now)) as database:
            rest = await purge_old_month(database, purger=purger)
        return rest == NO_REST

    assert not await purge(_FIRST_DAY_AFTER)
    await allocation.tell(coop.readings())

    assert not await purge(_FIRST_DAY_AFTER)
    assert await purge(_FIRST_DAY_AFTER.replace(year=2030))
    assert len(await _reports(operator)) == 1


async def test_what_a_draft_would_have_given_goes_six_months_after_the_poll_was_opened(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    draft = await ready.draft_key(operator, "2027-01-01")
    polls = [
        PollOpened(
            time=opened_at,
            poll_id=uuid4(),
            operation_id=ready.operation_id,
            key_id=UUID(key.rpartition("/")[2]),
            opened_at=opened_at,
            voters=[ready.anna],
        )
        for key, opened_at in (
            (draft, datetime(2030, 4, 30, 21, 59, tzinfo=UTC)),
            (await ready.draft_key(operator, "2027-02-01"), datetime(2030, 4, 30, 22, tzinfo=UTC)),
        )
    ]
    await allocation.tell(*polls)
    waiting = "SELECT key_id FROM key_preview WHERE waiting <> '{}'"
    await until("no draft waits", lambda: allocation.query(waiting), lambda rows: not rows)
    assert len(await allocation.query("SELECT key_id FROM key_preview")) == 2

    await _purge(allocation, datetime(2030, 11, 15, 12, tzinfo=UTC))

    for table in ("key_poll", "key_preview", "key_preview_part"):
        left = await allocation.query(f"SELECT DISTINCT key_id FROM {table}")
        assert [row["key_id"] for row in left] == [polls[1].key_id]
    assert (await operator.get(f"{ready.url}/keys/{polls[0].key_id}")).status_code == 200


@pytest.mark.parametrize("role", ["organiser", "member", "feed"])
async def test_purges_are_for_staff(allocation: Allocation, role: str) -> None:
    claims = {"operations": ["ACC00000001"], "member_id": str(uuid4())}
    async with allocation.client(role, **claims) as client:
        assert (await client.get("/allocation/purges")).status_code == 403
