"""Record what a delivery's file says."""

import asyncio
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.errors import Problem
from libs.common.file_store import FileStore
from services.ingest.commands.deliveries import kept_file
from services.ingest.commands.recorded_facts import (
    record_contract_events,
    record_indexes,
    record_invoiced,
)
from services.ingest.commands.recorded_readings import record_readings
from services.ingest.commands.spool import Spool
from services.ingest.domain.deliveries import Counts, DeliveryStatus, Outcome
from services.ingest.domain.texts import one_line
from services.ingest.formats import Parsed, parse_parts
from services.ingest.formats.publication import Publication
from services.ingest.store import deliveries as delivery_store
from services.ingest.store import perimeters as perimeter_store
from services.ingest.tables import DeliveryRow

_KINDS = (record_readings, record_indexes, record_invoiced, record_contract_events)
"""What a document may hold, in the order in which it is recorded.

Each is called once for every group of a spool: with all that is no reading, and the readings of
some days; for those of a large file then again, with nothing but the readings of other days.
"""


async def record_delivery(session: AsyncSession, files: FileStore, delivery_id: UUID) -> None:
    """Read a delivery's file and record what it says; or refuse it, if nothing can be read.

    All of it is read before anything is recorded: what makes a file unreadable may be at its end.
    """
    delivery = await delivery_store.get_delivery(session, delivery_id)
    recorded_at = await delivery_store.get_clock(session)
    with TemporaryDirectory() as folder:
        spool = Spool(Path(folder))
        try:
            async with kept_file(session, files, delivery) as file:
                await asyncio.to_thread(_read, file, spool)
        except Problem as refusal:
            _refuse(delivery, one_line(refusal.detail), recorded_at)
            return
        await perimeter_store.lock_publishing(session)
        counts = await _record(session, delivery, spool, recorded_at)
    documents = spool.documents
    delivery.counts = counts.after(delivery.counts)
    delivery.recorded_at = recorded_at
    delivery.reread_asked_at = None
    delivery.status = DeliveryStatus.RECORDED
    delivery.problem = None
    delivery.formats = sorted({document.format for document in documents})
    delivery.notes = sorted({note for document in documents for note in document.notes})


def _read(file: BinaryIO, spool: Spool) -> None:
    for part in parse_parts(file):
        spool.add(part)


def _refuse(delivery: DeliveryRow, problem: str, at: datetime) -> None:
    delivery.reread_asked_at = None
    if delivery.counts.records:
        # What was recorded when it was read before is still true.
        delivery.status = DeliveryStatus.RECORDED
        delivery.problem = f"Not understood when it was read again: {problem}"
        return
    delivery.status = DeliveryStatus.REFUSED
    delivery.problem = problem
    delivery.recorded_at = at


async def _record(
    session: AsyncSession, delivery: DeliveryRow, spool: Spool, recorded_at: datetime
) -> Counts:
    """Record group by group, so that no more than one of them is in memory."""
    publication = Publication(
        delivery.file_name,
        delivery.first_read_at or recorded_at,
        is_again=delivery.counts.records > 0,
    )
    await delivery_store.clear_quarantine(session, delivery.id)
    total = await _quarantine(session, delivery.id, _rejected(spool.documents), Counts())
    groups = spool.groups()
    while (group := await asyncio.to_thread(next, groups, None)) is not None:
        for record in _KINDS:
            outcome = await record(session, group, publication, delivery.id)
            total = await _quarantine(session, delivery.id, outcome, total)
    return total


async def _quarantine(
    session: AsyncSession, delivery_id: UUID, outcome: Outcome, so_far: Counts
) -> Counts:
    """Keep what is refused; returns the counts, this outcome's included."""
    await delivery_store.add_quarantined(
        session, delivery_id, outcome.refused, already=so_far.quarantined
    )
    return so_far + outcome.counts


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
