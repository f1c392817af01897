"""The ingest service alone, and Enedis faked beside it."""

from collections.abc import AsyncIterator

import httpx
import pytest

from services.ingest.main import service
from tests.ingest.pulls.asking import Asking
from tests.support.alone import Alone, alone
from tests.support.fake_enedis import FakeEnedis, fake_enedis
from tests.support.platform import world_scope


@pytest.fixture(scope="session")
async def served_enedis() -> AsyncIterator[FakeEnedis]:
    async with fake_enedis() as fake:
        yield fake


@pytest.fixture(scope=world_scope)
async def ingest_without_credentials(database_url: str) -> AsyncIterator[Alone]:
    async with alone(service, database_url, re_requests_daily=False) as service_alone:
        yield service_alone


@pytest.fixture
async def asking(ingest_without_credentials: Alone, served_enedis: FakeEnedis) -> Asking:
    served_enedis.reset()
    asking = Asking(ingest_without_credentials, served_enedis)
    served_enedis.clock = lambda: asking.clock.now
    await asking.forget()
    return asking


@pytest.fixture
async def staff(asking: Asking) -> AsyncIterator[httpx.AsyncClient]:
    async with asking.ingest.client("operator") as client:
        yield client
