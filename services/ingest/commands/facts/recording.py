"""Record what a delivery says about points besides their readings."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

import polars as pl
from sqlalchemy.ext.asyncio import AsyncSession

from services.ingest.commands.facts.departures import publish_departures
from services.ingest.domain.deliveries.deliveries import RecordCounts, RecordOutcome
from services.ingest.domain.facts.contracts import CONTRACT_KEY, CONTRACT_VALUE
from services.ingest.domain.facts.facts import lay_over
from services.ingest.domain.facts.indexes import (
    INDEX_KEY,
    INDEX_VALUE,
    INVOICED_KEY,
    INVOICED_VALUE,
)
from services.ingest.formats import Parsed
from services.ingest.formats.publication import Publication
from services.ingest.store.facts import facts as store
from services.ingest.tables import Base, ContractEventRow, InvoicedQuantityRow, MeterIndexRow


async def record_indexes(
    session: AsyncSession,
    documents: Sequence[Parsed],
    publication: Publication,
    _delivery_id: UUID,
) -> RecordOutcome:
    """Record the indexes that counters showed."""
    facts = _published([(document, document.indexes) for document in documents], publication)
    return await _record(session, MeterIndexRow, facts, key=INDEX_KEY, value=INDEX_VALUE)


async def record_invoiced(
    session: AsyncSession,
    documents: Sequence[Parsed],
    publication: Publication,
    _delivery_id: UUID,
) -> RecordOutcome:
    """Record invoiced quantities; each states when it was made."""
    facts = _published([(document, document.invoiced) for document in documents], publication)
    made_us = pl.col("published_at").dt.epoch("us")
    facts = facts.with_columns(published_us=pl.coalesce(made_us, "published_us"))
    return await _record(
        session, InvoicedQuantityRow, facts, key=INVOICED_KEY, value=INVOICED_VALUE
    )


async def record_contract_events(
    session: AsyncSession,
    documents: Sequence[Parsed],
    publication: Publication,
    _delivery_id: UUID,
) -> RecordOutcome:
    """Record the events of contracts, and publish which points left their operations at them.

    The caller must be alone in matching points with perimeters.
    """
    facts = _published(
        [(document, document.contract_events) for document in documents], publication
    )
    outcome = await _record(
        session, ContractEventRow, facts, key=CONTRACT_KEY, value=CONTRACT_VALUE
    )
    await publish_departures(session, facts["prm"].unique().to_list())
    return outcome


def _published(
    documents: Sequence[tuple[Parsed, pl.DataFrame]], publication: Publication
) -> pl.DataFrame:
    """Return the facts of all documents, with published_us i64."""
    return pl.concat(
        [
            facts.with_columns(published_us=pl.lit(publication.of_us(document), pl.Int64))
            for document, facts in documents
        ]
    )


async def _record(
    session: AsyncSession,
    table: type[Base],
    facts: pl.DataFrame,
    *,
    key: Sequence[str],
    value: Sequence[str],
) -> RecordOutcome:
    if facts.is_empty():
        return RecordOutcome(RecordCounts(), [])
    stored = await store.read_facts(session, table, facts["prm"].unique().to_list())
    laid = await asyncio.to_thread(lay_over, facts, stored, key=key, value=value)
    await store.save_facts(session, table, laid.news)
    return RecordOutcome(laid.counts, [])
