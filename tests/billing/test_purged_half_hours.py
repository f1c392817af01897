"""Half-hours of old settlements are forgotten; what was billed stays."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx
import pytest

from services.billing.commands.purging import Purger
from services.billing.main import service
from services.billing.workers import purge_half_hours
from tests.billing.test_hour_prices import HOURS, MORNING, OFF_PEAK, PEAK, lines_of_anna
from tests.billing.world import Billing, Coop, issue
from tests.support.alone import alone


@pytest.fixture
async def billing(database_url: str) -> AsyncIterator[Billing]:
    """Alone, for what is purged is everybody's."""
    async with alone(service, database_url) as one:
        yield one


async def _purge(billing: Billing, now: datetime) -> None:
    async with billing.platform.database("billing") as database:
        assert not await purge_half_hours(database, purger=Purger(36), clock=lambda: now)


async def test_half_hours_go_with_the_curves_and_invoices_stay(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator, PEAK, OFF_PEAK, **HOURS)
    await billing.tell(*coop.details(MORNING))

    await _purge(billing, datetime(2029, 10, 31, 22, tzinfo=UTC))
    invoices = await coop.draft(operator)
    issued = await issue(operator, invoices)
    # In Paris it is November, 36 months on.
    await _purge(billing, datetime(2029, 10, 31, 23, tzinfo=UTC))

    answer = await operator.get(
        "/billing/invoices", params={"operation_id": coop.operation_id, "month": str(coop.month)}
    )
    assert lines_of_anna(answer.json(), coop) == lines_of_anna(issued.json(), coop)
    async with billing.platform.database("billing") as database, database.transaction() as session:
        left = await session.connection()
        rows = (await left.exec_driver_sql("SELECT 1 FROM settlement_detail")).all()
    assert rows == []
