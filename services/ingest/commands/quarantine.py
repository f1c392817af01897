"""Decide on quarantined records: release, correct or discard them."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import get_shared_now
from services.ingest.commands.deliveries.laying import lay
from services.ingest.domain.problems import (
    ReadingInvalid,
    RecordDecided,
    RecordNotReleasable,
)
from services.ingest.domain.quarantine import (
    Correction,
    QuarantineDecision,
    QuarantineState,
    releasable,
)
from services.ingest.domain.readings.merging import Merge
from services.ingest.domain.readings.placing import place, take_on_grid
from services.ingest.domain.refusals import RefusedRecord
from services.ingest.store import perimeters as perimeter_store
from services.ingest.store import quarantine as store
from services.ingest.store.deliveries import deliveries as delivery_store
from services.ingest.tables import QuarantinedRecordRow


@dataclass(frozen=True, kw_only=True)
class Decided:
    """The number of records decided on, and the changes by their readings; see ``RecordCounts``."""

    decided: int
    accepted: int = 0
    superseding: int = 0
    duplicate: int = 0
    outdated: int = 0


async def release(
    session: AsyncSession, delivery_id: UUID, number: int, decision: QuarantineDecision
) -> Decided:
    """Take a record as it is.

    Raises RecordUnknown, RecordDecided, RecordNotReleasable.
    """
    await perimeter_store.lock_publishing(session)
    row = await _get_open(session, delivery_id, number)
    if row.prm is None:
        raise RecordNotReleasable(
            "It cannot be read as a reading: correct it, or discard it.", reason=row.reason
        )
    decided = await _release(session, delivery_id, [row], decision)
    if not decided.decided:
        raise RecordNotReleasable(
            "It has no place in its local day: correct it, or discard it.", reason=row.reason
        )
    return decided


async def release_all(
    session: AsyncSession, delivery_id: UUID, code: str, decision: QuarantineDecision
) -> Decided:
    """Take the open records of a code as they are; those that cannot be taken stay open."""
    await perimeter_store.lock_publishing(session)
    rows = await store.list_open_readings(session, delivery_id, code=code)
    return await _release(session, delivery_id, rows, decision)


async def correct(
    session: AsyncSession,
    delivery_id: UUID,
    number: int,
    correction: Correction,
    decision: QuarantineDecision,
) -> Decided:
    """Take another reading, published now, in place of a record.

    Raises RecordUnknown, RecordDecided, ReadingInvalid.
    """
    await perimeter_store.lock_publishing(session)
    await _get_open(session, delivery_id, number)
    now = await get_shared_now(session)
    placed = take_on_grid(place(correction.reading(published_at=now)))
    if not placed.refused.is_empty():
        raise ReadingInvalid(f"{placed.refused['reason'][0]}: correct start or step_min.")
    laid = await lay(session, placed.readings, delivery_id, by_person=True)
    count = await store.decide(
        session,
        delivery_id,
        decision,
        at=now,
        numbers=[number],
        replacement=correction.text,
    )
    return _decided(count, laid.merge)


async def discard(
    session: AsyncSession, delivery_id: UUID, number: int, decision: QuarantineDecision
) -> Decided:
    """Discard a record. Raises RecordUnknown, RecordDecided."""
    await _get_open(session, delivery_id, number)
    now = await get_shared_now(session)
    count = await store.decide(session, delivery_id, decision, at=now, numbers=[number])
    return Decided(decided=count)


async def discard_all(
    session: AsyncSession, delivery_id: UUID, code: str, decision: QuarantineDecision
) -> Decided:
    """Discard the open records of a code."""
    now = await get_shared_now(session)
    count = await store.decide(session, delivery_id, decision, at=now, code=code)
    return Decided(decided=count)


async def _get_open(session: AsyncSession, delivery_id: UUID, number: int) -> QuarantinedRecordRow:
    await delivery_store.get_delivery(session, delivery_id)
    row = await store.get_for_update(session, delivery_id, number)
    if row.state != QuarantineState.OPEN:
        raise RecordDecided(
            f"It has been {row.state} since {row.decided_at:%Y-%m-%d %H:%M} UTC.", state=row.state
        )
    return row


async def _release(
    session: AsyncSession,
    delivery_id: UUID,
    rows: Sequence[QuarantinedRecordRow],
    decision: QuarantineDecision,
) -> Decided:
    # The position is the record's number, which identifies those that the merge refuses again.
    records = [
        RefusedRecord(*(getattr(row, name) for name in RefusedRecord._fields))._replace(
            position=str(row.number)
        )
        for row in rows
    ]
    placed = await asyncio.to_thread(lambda: take_on_grid(place(releasable(records))))
    laid = await lay(session, placed.readings, delivery_id, by_person=True)
    refused = {
        int(position)
        for frame in (placed.refused, laid.merge.refused)
        for position in frame["position"]
    }
    numbers = [row.number for row in rows if row.number not in refused]
    now = await get_shared_now(session)
    count = await store.decide(session, delivery_id, decision, at=now, numbers=numbers)
    return _decided(count, laid.merge)


def _decided(count: int, merge: Merge) -> Decided:
    return Decided(
        decided=count,
        accepted=merge.accepted,
        superseding=merge.superseding,
        duplicate=merge.duplicate,
        outdated=merge.outdated,
    )
