"""The billing service alone, without workers, and Chorus Pro faked beside it."""

from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest

from services.billing.main import service
from tests.billing.einvoicing.sending import Sending
from tests.support.alone import Alone, alone
from tests.support.fake_chorus_pro import FakeChorusPro, fake_chorus_pro
from tests.support.platform import world_scope


@pytest.fixture(scope="session")
async def served_chorus_pro() -> AsyncIterator[FakeChorusPro]:
    async with fake_chorus_pro() as fake:
        yield fake


@pytest.fixture(scope=world_scope)
async def billing_without_workers(database_url: str) -> AsyncIterator[Alone]:
    async with alone(replace(service, workers=lambda _settings: {}), database_url) as service_alone:
        yield service_alone


@pytest.fixture
async def sending(billing_without_workers: Alone, served_chorus_pro: FakeChorusPro) -> Sending:
    served_chorus_pro.reset()
    sending = Sending(billing_without_workers, served_chorus_pro)
    await sending.forget()
    return sending


@pytest.fixture
async def staff(sending: Sending) -> AsyncIterator[httpx.AsyncClient]:
    async with sending.billing.client("operator") as client:
        yield client
