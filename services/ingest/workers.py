"""Background rounds: received deliveries are read and recorded, one after the other."""

from collections.abc import Mapping

import structlog

from libs.common.app import Worker
from libs.common.database import Database
from libs.common.file_store import file_store
from libs.common.messaging.consumer import is_fault
from libs.common.settings import Settings
from services.ingest.commands import deliveries, recording
from services.ingest.store import deliveries as store

_log = structlog.get_logger(__name__)


async def record_oldest_delivery(database: Database, settings: Settings) -> bool:
    """Record the delivery that waits longest; whatever kills us before the end leaves it waiting.

    One process at a time does this for the whole service: of two files about one point the one
    that came last must win, so they are recorded in the order in which they came.
    """
    async with database.transaction() as session:
        if not await store.try_lock_recording(session):
            return False
        delivery_id = await store.find_oldest_waiting(session)
        if delivery_id is None:
            return False
        # In a transaction of its own: a file that kills the process must not do so for ever.
        async with database.transaction() as counting:
            if not await deliveries.begin_attempt(counting, delivery_id):
                return True
        try:
            async with session.begin_nested():
                await recording.record_delivery(session, file_store(settings), delivery_id)
        except Exception as error:
            if is_fault(error):
                async with database.transaction() as counting:
                    await deliveries.take_attempt_back(counting, delivery_id)
                raise
            # A file on which our code stumbles must not stop those that come after it.
            _log.exception("delivery not recorded", delivery_id=str(delivery_id))
            await deliveries.note_failure(session, delivery_id, error)
    return True


WORKERS: Mapping[str, Worker] = {"recorder": record_oldest_delivery}
