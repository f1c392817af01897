"""Record what a delivery's file says."""

import asyncio
import zlib
from collections.abc import Iterable, Iterator
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.errors import Problem
from services.ingest.commands.recorded_facts import (
    record_contract_events,
    record_indexes,
    record_invoiced,
)
from services.ingest.commands.recorded_readings import record_readings
from services.ingest.domain.deliveries import Counts, DeliveryStatus, Outcome
from services.ingest.domain.texts import one_line
from services.ingest.formats import Parsed, parse
from services.ingest.formats.publication import Publication
from services.ingest.store import deliveries as delivery_store
from services.ingest.store import perimeters as perimeter_store

_KINDS = (record_readings, record_indexes, record_invoiced, record_contract_events)
"""What a document may hold, in the order in which it is recorded."""
_MOST_NOTES = 100  # of an archive; a document has few


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
    publication = Publication(delivery.file_name, recorded_at)
    await perimeter_store.lock_publishing(session)
    outcomes = [
        _rejected(documents),
        *[await record(session, documents, publication, delivery_id) for record in _KINDS],
    ]
    await delivery_store.add_quarantined(
        session, delivery_id, [one for outcome in outcomes for one in outcome.refused]
    )
    delivery.status = DeliveryStatus.RECORDED
    delivery.problem = None
    delivery.formats = sorted({document.format for document in documents})
    delivery.counts = sum((outcome.counts for outcome in outcomes), start=Counts())
    notes = sorted({note for document in documents for note in document.notes})
    delivery.notes = notes[:_MOST_NOTES]


def _rejected(documents: Iterable[Parsed]) -> Outcome:
    """The records that were rejected when the documents were read."""
    refused = list(_refusals(documents))
    return Outcome(Counts(records=len(refused), quarantined=len(refused)), refused)


def _refusals(documents: Iterable[Parsed]) -> Iterator[tuple[str, str, str]]:
    for document in documents:
        for one in document.rejected:
            is_record = document.member and one.position != document.member
            position = f"{document.member} {one.position}" if is_record else one.position
            yield position, one.reason, one.record
