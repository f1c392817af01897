"""Record the readings of a delivery: lay them over what is stored, publish the changes."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

import polars as pl
from sqlalchemy.ext.asyncio import AsyncSession

from services.ingest.commands.deliveries.laying import lay
from services.ingest.domain.deliveries.deliveries import RecordCounts, RecordOutcome
from services.ingest.domain.readings.placing import PLACED, take_on_grid
from services.ingest.domain.refusals import RefusedRecord
from services.ingest.formats import Parsed
from services.ingest.formats.publication import Publication


async def record_readings(
    session: AsyncSession,
    documents: Sequence[Parsed],
    publication: Publication,
    delivery_id: UUID,
) -> RecordOutcome:
    """Record what the documents' readings change; return what became of each of them.

    The caller must be alone in matching points with perimeters.
    """
    placed = await asyncio.to_thread(lambda: take_on_grid(_readings(documents, publication)))
    laid = await lay(session, placed.readings, delivery_id, is_again=publication.is_again)
    merged = laid.merge
    refused = [
        RefusedRecord(*row)
        for frame in (placed.refused, merged.refused, laid.refused)
        for row in frame.iter_rows()
    ]
    counts = RecordCounts(
        records=merged.accepted + merged.duplicate + len(refused),
        accepted=merged.accepted,
        superseding=merged.superseding,
        duplicate=merged.duplicate,
        outdated=merged.outdated,
        quarantined=len(refused),
        held=laid.held,
    )
    return RecordOutcome(counts, refused)


def _readings(documents: Sequence[Parsed], publication: Publication) -> pl.DataFrame:
    """Return all readings, in order; a position names its document if that came in an archive.

    Schema PLACED, and published_us i64.
    """
    empty = pl.DataFrame(schema=PLACED).with_columns(published_us=pl.lit(0, pl.Int64))
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
