"""Record what a delivery's file says."""

import asyncio
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.decryption_keys import DecryptionKey
from libs.common.errors import Problem
from services.ingest.commands.recorded_facts import (
    record_contract_events,
    record_indexes,
    record_invoiced,
)
from services.ingest.commands.recorded_readings import record_readings
from services.ingest.commands.recorded_results import (
    record_dso_perimeters,
    record_result_energies,
    record_result_values,
)
from services.ingest.domain.deliveries import Counts, DeliveryStatus, Outcome
from services.ingest.domain.refusals import Refused
from services.ingest.domain.sequences import places_of
from services.ingest.domain.texts import one_line
from services.ingest.formats import UNKNOWN, Decryption, Parsed, parse
from services.ingest.formats.publication import Publication, of_name
from services.ingest.store import deliveries as delivery_store
from services.ingest.store import perimeters as perimeter_store
from services.ingest.store import quarantine as quarantine_store
from services.ingest.store import sequences as sequence_store
from services.ingest.tables import DeliveryRow

_KINDS = (
    record_readings,
    record_indexes,
    record_invoiced,
    record_contract_events,
    record_result_values,
    record_result_energies,
    record_dso_perimeters,
)
"""What a document may hold, in the order in which it is recorded."""
_MOST_NOTES = 100  # of an archive; a document has few


async def record_delivery(
    session: AsyncSession, delivery_id: UUID, *, keys: tuple[DecryptionKey, ...] = ()
) -> None:
    """Read a delivery's file and record what it says; or refuse it, if nothing can be read."""
    delivery = await delivery_store.get_delivery(session, delivery_id)
    compressed = await delivery_store.get_compressed_content(session, delivery_id)
    read_at = await delivery_store.get_clock(session)
    decryption = Decryption(keys, of_name(delivery.file_name) or read_at)
    begun_s = time.perf_counter()
    try:
        documents = await asyncio.to_thread(lambda: parse(zlib.decompress(compressed), decryption))
    except Problem as refusal:
        delivery.status = DeliveryStatus.REFUSED
        delivery.problem = one_line(refusal.detail)
    else:
        delivery.parsing_ms = _ms_since(begun_s)
        await _record(session, delivery, documents, Publication(delivery.file_name, read_at))
        delivery.recording_ms = _ms_since(begun_s) - delivery.parsing_ms
    delivery.recorded_at = await delivery_store.get_clock(session)


async def _record(
    session: AsyncSession,
    delivery: DeliveryRow,
    documents: Sequence[Parsed],
    publication: Publication,
) -> None:
    await perimeter_store.lock_publishing(session)
    outcomes = [
        _rejected(documents),
        *[await record(session, documents, publication, delivery.id) for record in _KINDS],
    ]
    await quarantine_store.add_quarantined(
        session, delivery.id, [one for outcome in outcomes for one in outcome.refused]
    )
    # Several of the DSO's files may come in one archive that somebody made.
    understood = [document.member for document in documents if document.format != UNKNOWN]
    await sequence_store.add_places(session, delivery.id, places_of(understood))
    delivery.status = DeliveryStatus.RECORDED
    delivery.problem = None
    delivery.formats = sorted({document.format for document in documents})
    delivery.counts = sum((outcome.counts for outcome in outcomes), start=Counts())
    notes = sorted({note for document in documents for note in document.notes})
    delivery.notes = notes[:_MOST_NOTES]


def _ms_since(begun_s: float) -> int:
    return round((time.perf_counter() - begun_s) * 1000)


def _rejected(documents: Iterable[Parsed]) -> Outcome:
    """The records that were rejected when the documents were read."""
    refused = list(_refusals(documents))
    return Outcome(Counts(records=len(refused), quarantined=len(refused)), refused)


def _refusals(documents: Iterable[Parsed]) -> Iterator[Refused]:
    for document in documents:
        for one in document.rejected:
            is_record = document.member and one.position != document.member
            position = f"{document.member} {one.position}" if is_record else one.position
            yield Refused(position, one.reason, one.record, one.code)
