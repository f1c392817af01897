"""The allocation service alone, on the real database and event log."""

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI
from joserfc.jwk import ECKey

from libs.common.app import create_app
from libs.common.eventlog.open import open_event_log
from libs.common.events.topics import ALL_TOPICS
from libs.common.settings import Settings
from services.allocation.main import service
from services.cli.processes import NAMES, free_port
from services.cli.running import running
from tests.allocation.world import ISSUER, Allocation, Coop
from tests.support.platform import Platform


@pytest.fixture(scope="session")
async def allocation(database_url: str) -> AsyncIterator[Allocation]:
    key = ECKey.generate_key("P-256", {"kid": "test"})
    issuer_port, port = free_port(), free_port()
    settings = Settings(
        database_url=database_url,
        event_log_partitions=4,
        auth_issuer=ISSUER,
        auth_jwks_url=f"http://127.0.0.1:{issuer_port}/jwks.json",
        log_level="WARNING",
    )
    platform = Platform(settings, database_url, dict.fromkeys(NAMES, port))
    async with (
        open_event_log(
            settings.event_log_url,
            database_url=database_url,
            topics=ALL_TOPICS,
            partitions=settings.event_log_partitions,
        ) as event_log,
        running(_issuer(key), port=issuer_port),
    ):
        await event_log.create_topics(ALL_TOPICS)
        async with running(create_app(service, settings=settings), port=port):
            yield Allocation(platform, event_log, key)


def _issuer(key: ECKey) -> FastAPI:
    issuer = FastAPI()

    @issuer.get("/jwks.json")
    async def jwks() -> dict[str, object]:
        return {"keys": [key.as_dict(private=False)]}

    return issuer


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
