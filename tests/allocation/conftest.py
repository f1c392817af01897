"""The allocation service alone, on the real database and event log."""

from collections.abc import AsyncIterator

import httpx
import pytest

from libs.common.ports import free_port
from services.allocation.main import service
from tests.allocation.world import Allocation, Coop
from tests.support.alone import alone
from tests.support.platform import world_scope


@pytest.fixture(scope=world_scope)
async def allocation(database_url: str) -> AsyncIterator[Allocation]:
    # Whoever asks PVGIS gets no answer.
    silent_url = f"http://127.0.0.1:{free_port()}"
    async with alone(service, database_url, pvgis_url=silent_url) as service_alone:
        yield Allocation(**vars(service_alone))


@pytest.fixture
async def operator(allocation: Allocation) -> AsyncIterator[httpx.AsyncClient]:
    async with allocation.client("operator") as client:
        yield client


@pytest.fixture
async def coop(allocation: Allocation) -> Coop:
    """A co-op whose perimeter allocation knows; no key, no readings yet."""
    coop = Coop()
    await allocation.tell(coop.perimeter())
    return coop


@pytest.fixture
async def ready(allocation: Allocation, operator: httpx.AsyncClient, coop: Coop) -> Coop:
    """A co-op with every day of October allocated."""
    await coop.set_key(operator)
    await allocation.tell(*coop.month_of_readings())
    return coop


@pytest.fixture
async def of_dso(operator: httpx.AsyncClient, ready: Coop) -> Coop:
    """All days are allocated; settlements are to freeze the DSO's split."""
    answer = await operator.put(f"{ready.url}/policy", json={"settle_from": "dso_results"})
    assert answer.status_code == 200, answer.text
    return ready


@pytest.fixture
async def read_coop(allocation: Allocation, coop: Coop) -> Coop:
    """One day: 900 W made in each half-hour, Anna uses 400, Bruno 800."""
    await allocation.tell(coop.readings())
    return coop
