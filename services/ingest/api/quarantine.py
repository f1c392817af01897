"""Routes for quarantined records: list, release, correct and discard them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import Staff, StaffOrganiserOrFeed
from libs.common.edge.pages import AfterNumber, LongLimit
from libs.common.http import problems
from libs.common.ids import PrmField
from services.ingest import access
from services.ingest.api.dependencies import Session
from services.ingest.commands import quarantine as commands
from services.ingest.domain.problems import (
    DeliveryUnknown,
    ReadingInvalid,
    RecordDecided,
    RecordNotReleasable,
    RecordUnknown,
)
from services.ingest.domain.quarantine import QuarantineDecision, QuarantineState
from services.ingest.schemas.quarantine import (
    CodeField,
    CorrectionIn,
    DecidedOut,
    DiscardAllIn,
    DiscardIn,
    QuarantineCountOut,
    QuarantinedOut,
    ReleaseAllIn,
    ReleaseIn,
    counts_out,
)
from services.ingest.store import quarantine as store
from services.ingest.store.deliveries import deliveries as delivery_store
from services.ingest.store.quarantine import QuarantineFilters

router = APIRouter(route_class=TokenFirstRoute)

Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
REFUSALS = (DeliveryUnknown, RecordUnknown, RecordDecided)


@router.get(
    "/quarantine",
    summary="List the quarantined records of all deliveries",
)
async def list_quarantine(
    *,
    delivery_id: UUID | None = None,
    code: CodeField | None = None,
    state: QuarantineState | None = None,
    prm: PrmField | None = None,
    after: Annotated[int, Query(ge=0, le=2**63 - 1, description="last id seen")] = 0,
    limit: LongLimit = 1000,
    caller: StaffOrganiserOrFeed,
    session: Session,
) -> list[QuarantinedOut]:
    """In order of arrival; all given filters apply.

    Staff see all, feeds those of their deliveries, organisers those that can be read as
    readings of a point on a day on which it takes part in their operations; values only where the
    member shares the load curve.
    """
    filters = QuarantineFilters(delivery_id=delivery_id, code=code, state=state, prm=prm)
    scope = access.get_quarantine_scope(caller)
    rows = await store.list_quarantined(session, filters, scope, after=after, limit=limit)
    hidden = await access.list_hidden(session, caller, rows)
    await access.note_quarantined(session, caller, [row for row in rows if row.id not in hidden])
    return [QuarantinedOut.of(row, is_hidden=row.id in hidden) for row in rows]


@router.get("/quarantine/counts", summary="Count the open quarantined records by code")
async def count_quarantine(
    *, delivery_id: UUID | None = None, caller: StaffOrganiserOrFeed, session: Session
) -> list[QuarantineCountOut]:
    """Count corrected, released and discarded records too, among those the caller may see.

    A delivery's own `counts` describe its records when it was recorded, and never change.
    """
    filters = QuarantineFilters(delivery_id=delivery_id)
    scope = access.get_quarantine_scope(caller)
    return counts_out(await store.count_by_code(session, filters, scope))


@router.get(
    "/deliveries/{delivery_id}/quarantine",
    summary="List the quarantined records of a delivery",
    responses=problems(DeliveryUnknown),
)
async def list_quarantine_of_delivery(
    *,
    delivery_id: UUID,
    code: CodeField | None = None,
    state: QuarantineState | None = None,
    after: AfterNumber = 0,
    limit: LongLimit = 1000,
    caller: StaffOrganiserOrFeed,
    session: Session,
) -> list[QuarantinedOut]:
    """Return records by number, each with its position and the reason; for staff and senders."""
    await access.get_visible_delivery(session, caller, delivery_id)
    filters = QuarantineFilters(delivery_id=delivery_id, code=code, state=state)
    rows = await store.list_of_delivery(session, filters, after=after, limit=limit)
    await access.note_quarantined(session, caller, rows)
    return [QuarantinedOut.of(row) for row in rows]


@router.post(
    "/deliveries/{delivery_id}/quarantine/{number}/release",
    summary="Release a quarantined record as it is",
    responses=problems(*REFUSALS, RecordNotReleasable),
)
async def release_record(
    delivery_id: UUID, number: Number, body: ReleaseIn, caller: Staff, session: Session
) -> DecidedOut:
    """For a reading that a rule held back, or that contradicts an earlier one of its file.

    It counts as published with its file, a contradiction just after the reading it contradicts.
    What the DSO has published since prevails, and the reading is then `outdated`.
    """
    decision = _decision(QuarantineState.RELEASED, caller, body.because)
    outcome = await commands.release(session, delivery_id, number, decision)
    return DecidedOut.model_validate(outcome)


@router.post(
    "/deliveries/{delivery_id}/quarantine/{number}/correction",
    summary="Replace a quarantined record by a corrected reading",
    responses=problems(*REFUSALS, ReadingInvalid),
)
async def correct_record(
    delivery_id: UUID, number: Number, body: CorrectionIn, caller: Staff, session: Session
) -> DecidedOut:
    """The new reading is `corrected`, is published now, and holds until the DSO publishes again."""
    decision = _decision(QuarantineState.CORRECTED, caller, body.because)
    outcome = await commands.correct(session, delivery_id, number, body.to_correction(), decision)
    return DecidedOut.model_validate(outcome)


@router.post(
    "/deliveries/{delivery_id}/quarantine/{number}/discard",
    summary="Discard a quarantined record",
    responses=problems(*REFUSALS),
)
async def discard_record(
    delivery_id: UUID, number: Number, body: DiscardIn, caller: Staff, session: Session
) -> DecidedOut:
    """It stays listed with the author and the reason."""
    decision = _decision(QuarantineState.DISCARDED, caller, body.because)
    outcome = await commands.discard(session, delivery_id, number, decision)
    return DecidedOut.model_validate(outcome)


@router.post(
    "/deliveries/{delivery_id}/quarantine/release",
    summary="Release all open records of a code as they are",
    responses=problems(DeliveryUnknown),
)
async def release_records(
    delivery_id: UUID, body: ReleaseAllIn, caller: Staff, session: Session
) -> DecidedOut:
    """Release the open records of one delivery.

    Records that are no readings stay open, as does the second of two for one step.
    """
    await delivery_store.get_delivery(session, delivery_id)
    decision = _decision(QuarantineState.RELEASED, caller, body.because)
    outcome = await commands.release_all(session, delivery_id, body.code, decision)
    return DecidedOut.model_validate(outcome)


@router.post(
    "/deliveries/{delivery_id}/quarantine/discard",
    summary="Discard all open records of a code",
    responses=problems(DeliveryUnknown),
)
async def discard_records(
    delivery_id: UUID, body: DiscardAllIn, caller: Staff, session: Session
) -> DecidedOut:
    """Discard the open records of one delivery; they stay listed."""
    await delivery_store.get_delivery(session, delivery_id)
    decision = _decision(QuarantineState.DISCARDED, caller, body.because)
    outcome = await commands.discard_all(session, delivery_id, body.code, decision)
    return DecidedOut.model_validate(outcome)


def _decision(state: QuarantineState, caller: Staff, because: str | None) -> QuarantineDecision:
    return QuarantineDecision(state, by=caller.subject, because=because)
