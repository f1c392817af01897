"""Record the readings of a delivery: lay them over what is stored, give operations what is new."""

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import polars as pl
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import Direction
from services.ingest.commands.arrivals import fill_gaps
from services.ingest.commands.publishing import give_or_hold
from services.ingest.domain.blocks import Block
from services.ingest.domain.deliveries import Counts, Outcome
from services.ingest.domain.merging import BLOCKS, merge, place
from services.ingest.domain.readings import READINGS
from services.ingest.formats import Parsed
from services.ingest.formats.publication import Publication
from services.ingest.store import blocks as block_store
from services.ingest.store.added_blocks import add_block_frame


async def record_readings(
    session: AsyncSession,
    documents: Sequence[Parsed],
    publication: Publication,
    delivery_id: UUID,
) -> Outcome:
    """Keep what the documents' readings bring; the caller is alone to match them with perimeters.

    Returns what became of each of them.
    """
    placed = await asyncio.to_thread(lambda: place(_readings(documents, publication)))
    stored = await block_store.read_latest(session, placed.readings)
    merged = await asyncio.to_thread(merge, placed.readings, stored, is_again=publication.is_again)
    blocks = [_block(row) for row in merged.blocks.iter_rows()]
    await add_block_frame(session, merged.blocks.select(BLOCKS.names()), delivery_id=delivery_id)
    await block_store.confirm_blocks(session, merged.confirmed)
    is_held = await give_or_hold(session, blocks)
    await fill_gaps(session, blocks, delivery_id=delivery_id)
    refused = [*placed.refused.iter_rows(), *merged.refused.iter_rows()]
    counts = Counts(
        records=merged.accepted + merged.duplicate + len(refused),
        accepted=merged.accepted,
        superseding=merged.superseding,
        duplicate=merged.duplicate,
        outdated=merged.outdated,
        quarantined=len(refused),
        held=int(merged.blocks["accepted"].filter(pl.Series(is_held, dtype=pl.Boolean)).sum()),
    )
    return Outcome(counts, refused)


def _readings(documents: Sequence[Parsed], publication: Publication) -> pl.DataFrame:
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


def _block(row: tuple[Any, ...]) -> Block:
    prm, direction, *rest, _accepted = row
    return Block(prm, Direction(direction), *rest)
