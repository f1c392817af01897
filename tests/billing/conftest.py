"""The billing service alone, on the real database and event log."""

from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest

from services.billing.main import service
from tests.billing.mandates import Asker, asking
from tests.billing.runs import QUARTER, energies
from tests.billing.world import KWH_WMIN, Billing, Coop
from tests.support.alone import alone
from tests.support.platform import SECRET_KEY, world_scope


@pytest.fixture(scope=world_scope)
async def billing(database_url: str) -> AsyncIterator[Billing]:
    async with alone(service, database_url, secret_keys=SECRET_KEY) as billing:
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


@pytest.fixture
async def summer(billing: Billing, operator: httpx.AsyncClient) -> Coop:
    """A co-op whose third quarter is settled: 1, 2 and 3 kWh a day and buyer; 0.10 € the kWh."""
    coop = Coop(month=QUARTER[-1])
    await billing.tell(*coop.members(), coop.perimeter())
    for kwh, month in enumerate(QUARTER, start=1):
        of_month = replace(coop, month=month)
        await billing.tell(of_month.settlement(energies(coop, month, kwh * KWH_WMIN)))
    await coop.price(operator)
    await coop.decide_taxes(operator)
    return coop


@pytest.fixture
async def asker(billing: Billing, operator: httpx.AsyncClient, coop: Coop) -> AsyncIterator[Asker]:
    async with asking(billing, operator, coop) as member:
        yield member
