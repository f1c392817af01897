"""Background rounds: seal the polls that are over."""

from collections.abc import Mapping
from datetime import UTC, datetime

from libs.common.app import Worker
from libs.common.database import Database
from libs.common.settings import Settings
from services.community.commands.sealing import seal_next_poll


async def seal_closed_polls(database: Database) -> bool:
    async with database.transaction() as session:
        return await seal_next_poll(session, now=datetime.now(UTC))


def workers(_settings: Settings) -> Mapping[str, Worker]:
    return {"seal closed polls": seal_closed_polls}
