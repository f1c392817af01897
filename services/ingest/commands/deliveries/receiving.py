"""Receive files, and keep count of the attempts to record them."""

import asyncio
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in
from libs.common.database import ring_after_commit
from libs.common.encryption.decryption_keys import DecryptionKey
from libs.common.file_store import FileStore, IncomingFile, unavailable
from services.ingest.domain.deliveries.deliveries import (
    ATTEMPTS,
    ATTEMPTS_WITH_DEATHS,
    Channel,
    DeliveryStatus,
    Organiser,
)
from services.ingest.domain.deliveries.sequences import places_of
from services.ingest.domain.problems import DeliveryUnknown
from services.ingest.domain.texts import storable
from services.ingest.formats import Decryption, check_supported
from services.ingest.formats.publication import of_name
from services.ingest.store.deliveries import deliveries as delivery_store
from services.ingest.store.deliveries import sequences as sequence_store
from services.ingest.tables import DeliveryRow

_FILE_NAME_CHARS = 255


async def receive_delivery(
    session: AsyncSession,
    files: FileStore,
    draft: IncomingFile,
    *,
    file_name: str,
    sender: str,
    channel: Channel = Channel.PUSH,
    keys: tuple[DecryptionKey, ...] = (),
    organiser: Organiser | None = None,
) -> tuple[DeliveryRow, bool]:
    """Keep a file, a draft of the store; return its delivery, and whether that existed before.

    It is kept as it came; no key opens an organiser's file. A failed delivery is tried again.
    Raises FormatUnknown, FileTooLarge, FilesUnavailable.
    """
    received_at = now_in(session)
    decryption = Decryption(() if organiser else keys, of_name(file_name) or received_at)
    await asyncio.to_thread(check_supported, draft.file, decryption)
    # First: a file without a delivery does no harm, a delivery without its file would be lost.
    await files.keep(draft)
    new_delivery = await delivery_store.add_delivery(
        session,
        sha256=draft.sha256,
        file_name=storable(file_name)[:_FILE_NAME_CHARS],
        byte_count=draft.byte_count,
        sender=sender,
        channel=channel,
        received_at=received_at,
        organiser=organiser,
    )
    ring_after_commit(session)
    delivery = new_delivery or await delivery_store.lock_delivery(session, draft.sha256, organiser)
    if new_delivery is None:
        await _receive_again(session, files, delivery, sender=sender, organiser=organiser)
    if organiser is None:
        # Under a second name too: the first may have been one of the sender's own.
        await sequence_store.add_places(session, delivery.id, places_of([file_name]))
    return delivery, new_delivery is None


async def _receive_again(
    session: AsyncSession,
    files: FileStore,
    delivery: DeliveryRow,
    *,
    sender: str,
    organiser: Organiser | None,
) -> None:
    await _note_repetition(files, delivery, sender)
    if organiser is not None:
        await _read_again(session, delivery, organiser)


async def _read_again(session: AsyncSession, delivery: DeliveryRow, organiser: Organiser) -> None:
    """Have an organiser's file read again: more points may take part in their operations now."""
    delivery.operations = list(organiser.operations)
    await session.flush()
    await delivery_store.ask_for_rereading(session, ids=[delivery.id], since=None)
    await session.refresh(delivery)


async def _note_repetition(files: FileStore, delivery: DeliveryRow, sender: str) -> None:
    """Note that the same bytes came again, and that their file is kept again if it had been purged.

    Raises FilesUnavailable if a purge removed the file after it was kept again and before the row
    was locked; once the row is locked, no purge removes it.
    """
    if not await files.has(delivery.sha256):
        raise unavailable()
    delivery.file_purged_at = None
    if sender not in delivery.senders:
        delivery.senders = [*delivery.senders, sender]
    if delivery.status == DeliveryStatus.FAILED:
        delivery.status = DeliveryStatus.RECEIVED
        delivery.attempts = 0
        delivery.problem = None


async def ask_for_rereading(
    session: AsyncSession, *, ids: Collection[UUID] | None = None, since: datetime | None = None
) -> int:
    """Have the files of deliveries read again, whatever their state; return their number.

    ids: only these; None is all. since: only those received then or later.
    Raises DeliveryUnknown, and then no file is read again.
    """
    if ids is not None:
        unknown = set(ids) - set(await delivery_store.list_known(session, ids))
        if unknown:
            raise DeliveryUnknown(f"No delivery has the id {min(unknown)}.")
    delivery_count = await delivery_store.ask_for_rereading(session, ids=ids, since=since)
    ring_after_commit(session)
    return delivery_count


async def begin_attempt(session: AsyncSession, delivery_id: UUID) -> bool:
    """Count an attempt at recording. Return False, and fail the delivery, after too many deaths."""
    attempts = await delivery_store.count_attempt(session, delivery_id, by=1)
    if attempts <= ATTEMPTS_WITH_DEATHS:
        return True
    delivery = await delivery_store.get_delivery(session, delivery_id)
    delivery.status = DeliveryStatus.FAILED
    delivery.problem = "The process ended each time it recorded this file; it has been kept."
    return False


async def take_attempt_back(session: AsyncSession, delivery_id: UUID) -> None:
    """Do not count this attempt: the network or the database is to blame, not the file."""
    await delivery_store.count_attempt(session, delivery_id, by=-1)


async def note_failure(session: AsyncSession, delivery_id: UUID, problem: str) -> None:
    """Record why a delivery could not be recorded; after three attempts it fails for good."""
    delivery = await delivery_store.get_delivery(session, delivery_id)
    await session.refresh(delivery)
    delivery.problem = problem
    if delivery.attempts >= ATTEMPTS:
        delivery.status = DeliveryStatus.FAILED
