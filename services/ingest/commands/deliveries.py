"""Receive a file, and keep count of what its recording comes to."""

import asyncio
import hashlib
import zlib
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import ring_after_commit
from libs.common.decryption_keys import DecryptionKey
from services.ingest.domain.deliveries import (
    ATTEMPTS,
    ATTEMPTS_WITH_DEATHS,
    Channel,
    DeliveryStatus,
)
from services.ingest.domain.sequences import places_of
from services.ingest.domain.texts import storable
from services.ingest.formats import Decryption, check_supported
from services.ingest.formats.publication import of_name
from services.ingest.store import deliveries as delivery_store
from services.ingest.store import sequences as sequence_store
from services.ingest.tables import DeliveryRow

_FILE_NAME_CHARS = 255


async def receive_delivery(
    session: AsyncSession,
    *,
    content: bytes,
    file_name: str,
    sender: str,
    channel: Channel = Channel.PUSH,
    keys: tuple[DecryptionKey, ...] = (),
) -> tuple[DeliveryRow, bool]:
    """Keep a file until it is read; returns its delivery, and whether it was there already.

    It is kept as it came, encrypted if it was. A delivery that had failed is tried again.
    Raises FormatUnknown, FileTooLarge.
    """
    received_at = datetime.now(UTC)
    decryption = Decryption(keys, of_name(file_name) or received_at)
    sha256, compressed = await asyncio.to_thread(_check_and_compress, content, decryption)
    added = await delivery_store.add_delivery(
        session,
        sha256=sha256,
        file_name=storable(file_name)[:_FILE_NAME_CHARS],
        byte_count=len(content),
        compressed=compressed,
        sender=sender,
        channel=channel,
        received_at=received_at,
    )
    ring_after_commit(session)
    delivery = added or await delivery_store.get_delivery_for_update(session, sha256)
    # Under a second name too: the first may have been one of the sender's own.
    await sequence_store.add_places(session, delivery.id, places_of([file_name]))
    if added is not None:
        return added, False
    if sender not in delivery.senders:
        delivery.senders = [*delivery.senders, sender]
    if delivery.status == DeliveryStatus.FAILED:
        await _try_again(session, delivery, compressed)
    return delivery, True


async def _try_again(session: AsyncSession, delivery: DeliveryRow, compressed: bytes) -> None:
    # The file of an old one may have been purged.
    await delivery_store.keep_file(session, delivery.id, compressed)
    delivery.status = DeliveryStatus.RECEIVED
    delivery.attempts = 0
    delivery.problem = None


def _check_and_compress(content: bytes, decryption: Decryption) -> tuple[str, bytes]:
    check_supported(content, decryption)
    return hashlib.sha256(content).hexdigest(), zlib.compress(content, level=1)


async def begin_attempt(session: AsyncSession, delivery_id: UUID) -> bool:
    """Count an attempt at recording; False, and the delivery fails, if too many ended in death."""
    attempts = await delivery_store.count_attempt(session, delivery_id, by=1)
    if attempts <= ATTEMPTS_WITH_DEATHS:
        return True
    delivery = await delivery_store.get_delivery(session, delivery_id)
    delivery.status = DeliveryStatus.FAILED
    delivery.problem = "The process ended each time it recorded this file; it has been kept."
    return False


async def take_attempt_back(session: AsyncSession, delivery_id: UUID) -> None:
    """The network or the database is to blame, not the file."""
    await delivery_store.count_attempt(session, delivery_id, by=-1)


async def note_failure(session: AsyncSession, delivery_id: UUID, error: Exception) -> None:
    """Our code stumbled over a delivery: say so, and give up after three attempts."""
    delivery = await delivery_store.get_delivery(session, delivery_id)
    await session.refresh(delivery)
    delivery.problem = f"Our mistake, which has been logged ({type(error).__name__})."
    if delivery.attempts >= ATTEMPTS:
        delivery.status = DeliveryStatus.FAILED
