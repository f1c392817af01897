"""Record what a delivery's file says."""

import asyncio
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import polars as pl
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.errors import Problem
from libs.common.ids import Direction
from services.ingest.commands.publishing import give_or_hold
from services.ingest.domain.blocks import Block
from services.ingest.domain.deliveries import Counts, DeliveryStatus
from services.ingest.domain.merging import Merge, merge, place
from services.ingest.domain.readings import READINGS
from services.ingest.domain.texts import one_line
from services.ingest.formats import Parsed, parse
from services.ingest.formats.publication import of_name
from services.ingest.store import blocks as block_store
from services.ingest.store import deliveries as delivery_store
from services.ingest.store import perimeters as perimeter_store

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


async def record_delivery(session: AsyncSession, delivery_id: UUID) -> None:
    """Read a delivery's file and record what it says; or refuse it, if nothing can be read."""
    delivery = await delivery_store.get_delivery(session, delivery_id)
    compressed = await delivery_store.get_compressed_content(session, delivery_id)
    recorded_at = await delivery_store.get_clock(session)
    delivery.recorded_at = recorded_at
    try:
        documents = await asyncio.to_thread(lambda: parse(zlib.decompress(compressed)))
    except Problem as refusal:
        delivery.status = DeliveryStatus.REFUSED
        delivery.problem = one_line(refusal.detail)
        return
    publication = _Publication(delivery.file_name, recorded_at)
    counts = await _record_documents(session, documents, publication, delivery_id)
    delivery.status = DeliveryStatus.RECORDED
    delivery.problem = None
    delivery.formats = sorted({document.format for document in documents})
    delivery.counts = counts
    delivery.notes = sorted({note for document in documents for note in document.notes})


async def _record_documents(
    session: AsyncSession,
    documents: Sequence[Parsed],
    publication: "_Publication",
    delivery_id: UUID,
) -> Counts:
    placed = await asyncio.to_thread(lambda: place(_readings(documents, publication)))
    await perimeter_store.lock_publishing(session)
    merged = await _merge(session, placed.readings)
    refused = [*_rejected(documents), *placed.refused.iter_rows(), *merged.refused.iter_rows()]
    await delivery_store.add_quarantined(session, delivery_id, refused)
    blocks = [_block(row) for row in merged.blocks.iter_rows()]
    await block_store.add_blocks(session, blocks, delivery_id=delivery_id)
    await block_store.confirm_blocks(session, merged.confirmed)
    is_held = await give_or_hold(session, blocks)
    return Counts(
        records=sum(document.record_count for document in documents),
        accepted=merged.accepted,
        superseding=merged.superseding,
        duplicate=merged.duplicate,
        outdated=merged.outdated,
        quarantined=len(refused),
        held=int(merged.blocks["accepted"].filter(pl.Series(is_held, dtype=pl.Boolean)).sum()),
    )


def _readings(documents: Sequence[Parsed], publication: "_Publication") -> pl.DataFrame:
    """All of them, in order; a position names its document if it came in an archive.

    Returns schema READINGS, and published_us i64.
    """
    empty = pl.DataFrame(schema=READINGS).with_columns(published_us=pl.lit(0, pl.Int64))
    frames = [
        document.readings.with_columns(
            position=pl.format("{} {}", pl.lit(document.member), "position")
            if document.member
            else "position",
            published_us=pl.lit(publication.of_us(document), pl.Int64),
        )
        for document in documents
    ]
    return pl.concat([empty, *frames])


@dataclass(frozen=True)
class _Publication:
    """When the documents of a delivery were published."""

    file_name: str
    recorded_at: datetime

    def of_us(self, document: Parsed) -> int:
        """Microseconds since 1970.

        A document that does not say counts as published when it was recorded: deliveries are
        recorded in the order in which they came. So does one from the future: its sender's clock
        must not outdate every correction to come.
        """
        published_at = document.published_at or of_name(self.file_name) or self.recorded_at
        return (min(published_at, self.recorded_at) - _EPOCH) // timedelta(microseconds=1)


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
