"""Record the content of a delivery's file."""

import asyncio
import time
from collections.abc import (
    Awaitable,
    Callable,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from functools import partial
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.beside import beside
from libs.common.ids import OperationId
from services.ingest.commands.deliveries.kept_out import KeptOut
from services.ingest.commands.deliveries.organisers import keep_to_own
from services.ingest.commands.deliveries.reading import ReadFile, ms_since
from services.ingest.commands.deliveries.recorded_readings import record_readings
from services.ingest.commands.deliveries.spool import Spool
from services.ingest.commands.facts.recording import (
    record_contract_events,
    record_indexes,
    record_invoiced,
)
from services.ingest.commands.results.recording import (
    record_dso_perimeters,
    record_result_energies,
    record_result_values,
)
from services.ingest.domain.deliveries.deliveries import DeliveryStatus, RecordCounts, RecordOutcome
from services.ingest.domain.deliveries.sequences import places_of
from services.ingest.domain.refusals import RefusedRecord
from services.ingest.formats import UNKNOWN, Parsed
from services.ingest.formats.parsed import FRAMES
from services.ingest.formats.publication import Publication
from services.ingest.store import perimeters as perimeter_store
from services.ingest.store.deliveries import deliveries as delivery_store
from services.ingest.store.deliveries import sequences as sequence_store
from services.ingest.tables import DeliveryRow

_Record = Callable[[AsyncSession, Sequence[Parsed], Publication, UUID], Awaitable[RecordOutcome]]

_KINDS: Mapping[str, _Record] = {
    "readings": record_readings,
    "indexes": record_indexes,
    "invoiced": record_invoiced,
    "contract_events": record_contract_events,
    "result_values": record_result_values,
    "result_energies": record_result_energies,
    "dso_points": record_dso_perimeters,
}
"""What a document may hold, in the order in which it is recorded: frames of ``Parsed``.

Each function is called once for every group of a spool that has such a frame: first with all that
is no reading and the readings of some days; for a large file then again, with those of other days.
"""
assert _KINDS.keys() == set(FRAMES)
_MOST_NOTES = 100  # of an archive; a document has few


async def record_read(session: AsyncSession, delivery_id: UUID, file: ReadFile) -> None:
    """Record what was read of a delivery's file, or that nothing of it can be read."""
    delivery = await delivery_store.get_delivery(session, delivery_id)
    read_at = delivery.first_read_at or await delivery_store.get_clock(session)
    begun_s = time.perf_counter()
    if file.refusal is not None:
        _refuse(delivery, file.refusal)
    else:
        is_again = delivery.counts.records > 0
        publication = Publication(
            delivery.file_name,
            read_at,
            is_again=is_again,
            is_from_organiser=delivery.organiser is not None,
        )
        counts = await _record(session, delivery, file.spool, publication)
        _describe(delivery, counts.after(delivery.counts), file.spool.documents)
        delivery.parsing_ms, delivery.recording_ms = file.parsing_ms, ms_since(begun_s)
    delivery.reread_asked_at = None
    delivery_store.note_recorded(delivery)


def _refuse(delivery: DeliveryRow, problem: str) -> None:
    if delivery.counts.records:
        # What was recorded when the file was read before is still true.
        delivery.status = DeliveryStatus.RECORDED
        delivery.problem = f"Not understood when it was read again: {problem}"
        return
    delivery.status = DeliveryStatus.REFUSED
    delivery.problem = problem


async def _record(
    session: AsyncSession, delivery: DeliveryRow, spool: Spool, publication: Publication
) -> RecordCounts:
    """Record group by group, reading the next one meanwhile: at most two are in memory."""
    await perimeter_store.lock_publishing(session)
    kept_out = KeptOut(session, delivery.id)
    await kept_out.begin(is_first=delivery.recorded_at is None)
    rejected = _rejected(spool.documents)
    await kept_out.add(rejected.refused)
    total = rejected.counts
    groups = spool.groups()
    group = await asyncio.to_thread(next, groups, None)
    while group is not None:
        recording = _record_group(session, group, publication, kept_out, delivery.operations)
        group, counts = await beside(partial(next, groups, None), recording)
        total += counts
    if delivery.organiser is not None:
        # An organiser's file does not show that the DSO's has come. And `outdated` would let them
        # find the DSO's values by trying.
        return total.without_outdated()
    # Several of the DSO's files may come in one archive that somebody made.
    understood = {document.member for document in spool.documents if document.format != UNKNOWN}
    await sequence_store.add_places(session, delivery.id, places_of(sorted(understood)))
    return total


async def _record_group(
    session: AsyncSession,
    group: Sequence[Parsed],
    publication: Publication,
    kept_out: KeptOut,
    operations: Sequence[OperationId] | None,
) -> RecordCounts:
    """Record some parts of a file, of which some are large.

    operations: those of the organiser who pushed it, of whose points readings are recorded and
    nothing else; None for a file of the DSO, of which everything is.
    """
    counts = RecordCounts()
    if operations is not None:
        group, outcome = await keep_to_own(session, group, operations)
        await kept_out.add(outcome.refused)
        counts += outcome.counts
    for record in _kinds_in(group):
        outcome = await record(session, group, publication, kept_out.delivery_id)
        await kept_out.add(outcome.refused)
        counts += outcome.counts
    return counts


def _kinds_in(documents: Iterable[Parsed]) -> Iterator[_Record]:
    for name, record in _KINDS.items():
        if any(getattr(document, name).height for document in documents):
            yield record


def _describe(delivery: DeliveryRow, counts: RecordCounts, documents: Iterable[Parsed]) -> None:
    delivery.status = DeliveryStatus.RECORDED
    delivery.problem = None
    delivery.counts = counts
    delivery.formats = sorted({document.format for document in documents})
    notes = sorted({note for document in documents for note in document.notes})
    delivery.notes = notes[:_MOST_NOTES]


def _rejected(documents: Iterable[Parsed]) -> RecordOutcome:
    """Return the outcome of the records that were rejected when the documents were read."""
    refused = list(_refusals(documents))
    return RecordOutcome(RecordCounts(records=len(refused), quarantined=len(refused)), refused)


def _refusals(documents: Iterable[Parsed]) -> Iterator[RefusedRecord]:
    for document in documents:
        for rejected in document.rejected:
            is_record = document.member and rejected.position != document.member
            position = f"{document.member} {rejected.position}" if is_record else rejected.position
            yield RefusedRecord(position, rejected.reason, rejected.record, rejected.code)
