"""The billing service alone, on the real database and event log."""

from collections.abc import AsyncIterator

import httpx
import pytest

from services.billing.main import service
from tests.billing.world import Billing, Coop
from tests.support.alone import alone


@pytest.fixture(scope="session")
async def billing(database_url: str) -> AsyncIterator[Billing]:
    async with alone(service, database_url) as billing:
        yield billing


@pytest.fixture
async def operator(billing: Billing) -> AsyncIterator[httpx.AsyncClient]:
    async with billing.client("operator") as client:
        yield client


@pytest.fixture
async def coop(billing: Billing, operator: httpx.AsyncClient) -> Coop:
    """A co-op of which billing knows members, perimeter, taxes and October; no price yet."""
    coop = Coop()
    await billing.tell(*coop.events())
    await coop.decide_taxes(operator)
    return coop
