"""What ingest does: receive deliveries, record their readings, give operations theirs."""

import asyncio
import hashlib
import zlib
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

import polars as pl
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.database import ring_after_commit
from libs.common.errors import Problem
from libs.common.events.community import PerimeterChanged
from libs.common.events.ingest import ReadingBlockPart, ReadingsRecorded
from libs.common.ids import Direction, OperationId
from services.ingest.domain.blocks import Block
from services.ingest.domain.coverage import Participation, match_operations
from services.ingest.domain.deliveries import (
    ATTEMPTS,
    ATTEMPTS_WITH_DEATHS,
    Counts,
    DeliveryStatus,
)
from services.ingest.domain.merging import Merge, merge, place
from services.ingest.domain.readings import READINGS
from services.ingest.formats import Parsed, check_supported, parse
from services.ingest.store import blocks as block_store
from services.ingest.store import deliveries as delivery_store
from services.ingest.store import perimeters as perimeter_store
from services.ingest.store import published as published_store
from services.ingest.tables import DeliveryRow

_FILE_NAME_CHARS = 255
_PROBLEM_CHARS = 300


async def receive_delivery(
    session: AsyncSession, *, content: bytes, file_name: str, sender: str
) -> tuple[DeliveryRow, bool]:
    """Keep a file until it is read; returns its delivery, and whether it was there already.

    A delivery that had failed is tried again. Raises FormatUnknown, FileTooLarge.
    """
    sha256, compressed = await asyncio.to_thread(_check_and_compress, content)
    added = await delivery_store.add_delivery(
        session,
        sha256=sha256,
        file_name=_storable(file_name)[:_FILE_NAME_CHARS],
        byte_count=len(content),
        compressed=compressed,
        sender=sender,
        received_at=datetime.now(UTC),
    )
    ring_after_commit(session)
    if added is not None:
        return added, False
    delivery = await delivery_store.get_delivery_for_update(session, sha256)
    if sender not in delivery.senders:
        delivery.senders = [*delivery.senders, sender]
    if delivery.status == DeliveryStatus.FAILED:
        delivery.status = DeliveryStatus.RECEIVED
        delivery.attempts = 0
        delivery.problem = None
    return delivery, True


def _check_and_compress(content: bytes) -> tuple[str, bytes]:
    check_supported(content)
    return hashlib.sha256(content).hexdigest(), zlib.compress(content, level=1)


async def record_delivery(session: AsyncSession, delivery_id: UUID) -> None:
    """Read a delivery's file and record what it says; or refuse it, if nothing can be read."""
    delivery = await delivery_store.get_delivery(session, delivery_id)
    compressed = await delivery_store.get_compressed_content(session, delivery_id)
    delivery.recorded_at = datetime.now(UTC)
    try:
        documents = await asyncio.to_thread(lambda: parse(zlib.decompress(compressed)))
    except Problem as refusal:
        delivery.status = DeliveryStatus.REFUSED
        delivery.problem = _one_line(refusal.detail)
        return
    counts = await _record_documents(session, documents, delivery)
    delivery.status = DeliveryStatus.RECORDED
    delivery.problem = None
    delivery.formats = sorted({document.format for document in documents})
    delivery.records, delivery.accepted = counts.records, counts.accepted
    delivery.duplicate, delivery.quarantined = counts.duplicate, counts.quarantined
    delivery.held = counts.held


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


async def record_perimeters(session: AsyncSession, events: Sequence[PerimeterChanged]) -> None:
    """Keep the last revision of each perimeter, and give operations what they now cover."""
    await perimeter_store.lock_publishing(session)
    newest = {event.operation_id: event for event in sorted(events, key=lambda one: one.revision)}
    known = await perimeter_store.map_revisions(session, list(newest))
    changed = [one for one in newest.values() if one.revision > known.get(one.operation_id, 0)]
    for event in changed:
        await perimeter_store.save_perimeter(
            session, event.operation_id, event.revision, _participations(event)
        )
    given = await published_store.list_unpublished(
        session, [event.operation_id for event in changed]
    )
    await _publish(session, given)
    await block_store.release(session, [block for _, block in given])


def _participations(event: PerimeterChanged) -> Iterator[Participation]:
    for part in event.participations:
        yield Participation(
            operation_id=event.operation_id,
            prm=part.prm,
            direction=part.direction,
            member_id=part.member_id,
            valid_from=part.valid_from,
            valid_to=part.valid_to,
        )


async def _record_documents(
    session: AsyncSession, documents: Sequence[Parsed], delivery: DeliveryRow
) -> Counts:
    placed = await asyncio.to_thread(lambda: place(_readings(documents)))
    await perimeter_store.lock_publishing(session)
    merged = await _merge(session, placed.readings)
    refused = [*_rejected(documents), *placed.refused.iter_rows(), *merged.refused.iter_rows()]
    await delivery_store.add_quarantined(session, delivery.id, refused)
    blocks = [_block(row) for row in merged.blocks.iter_rows()]
    await block_store.add_blocks(session, blocks, delivery_id=delivery.id)
    is_held = await _give_or_hold(session, blocks)
    return Counts(
        records=sum(document.record_count for document in documents),
        accepted=merged.accepted,
        duplicate=merged.duplicate,
        quarantined=len(refused),
        held=int(merged.blocks["accepted"].filter(pl.Series(is_held, dtype=pl.Boolean)).sum()),
    )


def _readings(documents: Sequence[Parsed]) -> pl.DataFrame:
    """All of them, in order; a position names its document if it came in an archive."""
    frames = [
        document.readings.with_columns(
            position=pl.format("{} {}", pl.lit(document.member), "position")
        )
        if document.member
        else document.readings
        for document in documents
    ]
    return pl.concat([pl.DataFrame(schema=READINGS), *frames])


def _rejected(documents: Sequence[Parsed]) -> Iterator[tuple[str, str, str]]:
    for document in documents:
        for one in document.rejected:
            is_record = document.member and one.position != document.member
            position = f"{document.member} {one.position}" if is_record else one.position
            yield position, one.reason, one.record


async def _merge(session: AsyncSession, readings: pl.DataFrame) -> Merge:
    stored = await block_store.read_latest(session, readings)
    return await asyncio.to_thread(merge, readings, stored)


def _block(row: tuple[Any, ...]) -> Block:
    prm, direction, *rest, _accepted = row
    return Block(prm, Direction(direction), *rest)


async def _give_or_hold(session: AsyncSession, blocks: Sequence[Block]) -> list[bool]:
    """Publish blocks to the operations that cover them; returns which ones none covers."""
    prms = {block.prm for block in blocks}
    participations = await perimeter_store.list_participations(session, prms)
    matches = list(match_operations(blocks, participations))
    await _publish(session, [(one, block) for block, found in matches for one in found])
    await block_store.hold(session, [block for block, found in matches if not found])
    return [not found for _, found in matches]


async def _publish(session: AsyncSession, given: Sequence[tuple[OperationId, Block]]) -> None:
    """One event per operation and day, whatever the order in which blocks are given."""
    ordered = sorted(
        given, key=lambda one: (one[0], one[1].day, one[1].prm, one[1].direction, one[1].step_min)
    )
    days = {
        day: [block for _, block in blocks]
        for day, blocks in groupby(ordered, key=lambda one: (one[0], one[1].day))
    }
    revisions = await published_store.count_days(session, list(days))
    events = await asyncio.to_thread(
        lambda: [_event(*day, revisions[day], blocks) for day, blocks in days.items()]
    )
    await messaging.publish(session, *events)
    await published_store.add_published(session, ordered)


def _event(
    operation_id: OperationId, day: date, revision: int, blocks: Sequence[Block]
) -> ReadingsRecorded:
    parts = [
        ReadingBlockPart(
            prm=block.prm,
            direction=block.direction,
            step_min=block.step_min,
            revision=block.revision,
            power_w=list(block.power_w),
        )
        for block in blocks
    ]
    return ReadingsRecorded(
        time=datetime.now(UTC), operation_id=operation_id, day=day, revision=revision, blocks=parts
    )


def _one_line(text: str) -> str:
    return _storable(next(iter(text.splitlines()), ""))[:_PROBLEM_CHARS]


def _storable(text: str) -> str:
    """Without NUL and halves of surrogate pairs, which PostgreSQL cannot keep."""
    return text.encode(errors="replace").decode().replace("\x00", "")
