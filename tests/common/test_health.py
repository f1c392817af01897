"""/health of a real service while its event log breaks and heals."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from sqlalchemy import text

from libs.common.app import create_app
from libs.common.database import Database
from libs.common.outgoing import open_client
from libs.common.ports import bound_socket, port_of
from services.allocation.main import service as allocation
from services.cli.running import running
from services.community.main import service as community
from tests.support.clock import CLOCK
from tests.support.databases import migrated_database
from tests.support.platform import settings_for_tests
from tests.support.waiting import until

_CUT_OFF = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'elocoop event log'
"""


async def test_health_is_green_again_after_an_outage_without_any_new_event(
    database_url: str,
) -> None:
    async with migrated_database(database_url) as url, _running(url) as client:
        await _until_green(client)

        await _execute(url, "ALTER TABLE eventlog.record RENAME TO record_away")
        await _execute(url, _CUT_OFF)  # whoever waits for records does not look
        # The probe of the log may notice it before the consumer does.
        await until(
            "health names the consumer",
            lambda: client.get("/health"),
            lambda answer: answer.status_code == 503 and "consumer: " in answer.text,
        )

        await _execute(url, "ALTER TABLE eventlog.record_away RENAME TO record")
        await _until_green(client)


@asynccontextmanager
async def _running(database_url: str) -> AsyncIterator[httpx.AsyncClient]:
    listener = bound_socket()
    settings = settings_for_tests(database_url=database_url, event_log_url="database:").model_copy(
        update={"auth_jwks_url": f"http://127.0.0.1:{port_of(listener)}/community/jwks.json"}
    )
    app = create_app(allocation, community, settings=settings, clock=CLOCK)
    async with (
        running(app, listener) as port,
        # /health waits for four seconds for a component, and five for what it reads.
        open_client(base_url=f"http://127.0.0.1:{port}", silence_s=20) as client,
    ):
        yield client


async def _until_green(client: httpx.AsyncClient) -> None:
    await until(
        "health is green",
        lambda: client.get("/health"),
        lambda answer: answer.status_code == 200,
    )


async def _execute(url: str, statement: str) -> None:
    database = Database(url, schema="postgres", pool_size=1)
    async with database.transaction() as session:
        await session.execute(text(statement))
    await database.close()
