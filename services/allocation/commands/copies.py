"""Keep copies of what other services publish, and mark the days that depend on them."""

from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.calendar import steps_in_day
from libs.common.curve_consents import DISPLAY, Consent
from libs.common.database import ring_after_commit
from libs.common.events.community import (
    ConsentPart,
    ConsentsChanged,
    MemberRecorded,
    ParticipationPart,
    PerimeterChanged,
)
from libs.common.events.ingest import ReadingBlockPart, ReadingsRecorded
from libs.common.ids import OperationId
from services.allocation.domain.curves import Block
from services.allocation.domain.perimeter import (
    Participation,
    Perimeter,
    StepChange,
    changed_days,
)
from services.allocation.store import copies, members, stale
from services.allocation.store.privacy.consents import ConsentList, save_consents
from services.allocation.store.settlements import settlements, stale_settlements

_HOUR_MIN = 60


async def record_perimeters(session: AsyncSession, events: Sequence[PerimeterChanged]) -> None:
    """Keep the highest revision of each, and mark the days whose participants change.

    Only days with readings: the others are marked when their readings arrive.
    """
    latest_by_operation = {
        event.operation_id: event for event in sorted(events, key=lambda event: event.revision)
    }
    await stale.lock_operations(session, latest_by_operation)
    known_perimeters = await copies.list_perimeters(session, latest_by_operation)
    newer = [
        _perimeter(event)
        for operation_id, event in latest_by_operation.items()
        if operation_id not in known_perimeters
        or known_perimeters[operation_id].revision < event.revision
    ]
    await copies.save_perimeters(session, newer)
    is_any_new = any(perimeter.operation_id not in known_perimeters for perimeter in newer)
    if is_any_new and await stale.has_marks(session):
        ring_after_commit(session)  # days that were marked before waited for it
    await _mark_settlements(session, known_perimeters, newer)
    days = await copies.list_days_with_readings(
        session, [perimeter.operation_id for perimeter in newer]
    )
    await stale.mark_stale(
        session,
        (
            (perimeter.operation_id, day)
            for perimeter in newer
            for day in changed_days(
                known_perimeters.get(perimeter.operation_id),
                perimeter,
                days.get(perimeter.operation_id, []),
            )
        ),
    )


async def _mark_settlements(
    session: AsyncSession,
    known_perimeters: Mapping[OperationId, Perimeter],
    newer: Sequence[Perimeter],
) -> None:
    """Mark months, by days without readings too: such days block a month, or no longer do."""
    settled = await settlements.list_settled_months(
        session, [perimeter.operation_id for perimeter in newer]
    )
    await stale_settlements.mark_outdated(
        session,
        (
            (perimeter.operation_id, month)
            for perimeter in newer
            for month in settled.get(perimeter.operation_id, [])
            if changed_days(known_perimeters.get(perimeter.operation_id), perimeter, month.days)
        ),
    )


def _perimeter(event: PerimeterChanged) -> Perimeter:
    for step_min in (event.step_min, *(change.step_min for change in event.step_changes)):
        assert step_min > 0
        assert _HOUR_MIN % step_min == 0, "a step that does not divide the hour"
    return Perimeter(
        operation_id=event.operation_id,
        revision=event.revision,
        name=event.name,
        organiser_id=event.organiser_id,
        step_min=event.step_min,
        participations=[_participation(participation) for participation in event.participations],
        step_changes=[
            StepChange(change.valid_from, change.step_min) for change in event.step_changes
        ],
    )


def _participation(participation: ParticipationPart) -> Participation:
    return Participation(
        prm=participation.prm,
        direction=participation.direction,
        member_id=participation.member_id,
        valid_from=participation.valid_from,
        valid_to=participation.valid_to,
        power_limit_w=participation.power_limit_w,
        production_kind=participation.production_kind,
    )


async def record_members(session: AsyncSession, events: Sequence[MemberRecorded]) -> None:
    """Keep companies and public bodies with their name, households and erased members without."""
    erased = [event.key for event in events if event.is_erased]
    await messaging.forget_parked(session, MemberRecorded.topic, erased)
    await members.save_members(session, [_member(event) for event in events])


def _member(event: MemberRecorded) -> members.MemberCopy:
    # An erased member has an empty name.
    name = None if event.kind == "household" else event.name or None
    return members.MemberCopy(event.member_id, event.revision, event.kind, name)


async def record_readings(session: AsyncSession, events: Sequence[ReadingsRecorded]) -> None:
    """Keep the highest revision of each block, and mark the days of those that are new."""
    blocks = [_block(event, block) for event in events for block in event.blocks]
    changed = await copies.save_reading_blocks(session, blocks)
    await stale.mark_stale(session, changed)


def _block(event: ReadingsRecorded, block: ReadingBlockPart) -> copies.BlockCopy:
    # A breach of the contract is parked here: later it would stop the worker.
    assert len(block.power_w) == steps_in_day(event.day, block.step_min), "steps of another day"
    assert min((power for power in block.power_w if power is not None), default=0) >= 0
    assert set(block.estimated_steps) <= set(range(len(block.power_w))), "a step of another day"
    return copies.BlockCopy(
        operation_id=event.operation_id,
        day=event.day,
        prm=block.prm,
        direction=block.direction,
        revision=block.revision,
        block=Block(block.step_min, block.power_w, block.estimated_steps),
    )


async def record_consents(session: AsyncSession, events: Sequence[ConsentsChanged]) -> None:
    """Keep members' consents to be shown to the organiser; every later request applies them."""
    await save_consents(
        session,
        [
            ConsentList(
                event.member_id,
                event.revision,
                [
                    _consent(event, consent)
                    for consent in event.consents
                    if consent.purpose == DISPLAY
                ],
            )
            for event in events
        ],
    )


def _consent(event: ConsentsChanged, consent: ConsentPart) -> Consent:
    return Consent(
        member_id=event.member_id,
        prm=consent.prm,
        purpose=consent.purpose,
        granularity=consent.granularity,
        is_granted=consent.answer == "granted",
        valid_from=consent.valid_from,
        valid_to=consent.valid_to,
        withdrawn_on=consent.withdrawn_on,
    )
