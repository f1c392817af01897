"""Remember what other services tell, and mark the days that depend on it."""

from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

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
from services.allocation.domain.perimeter import (
    Participation,
    Perimeter,
    StepChange,
    changed_days,
)
from services.allocation.store import copies, members, settlements, stale, stale_settlements
from services.allocation.store.consents import ConsentList, save_consents

_HOUR_MIN = 60


async def record_perimeters(session: AsyncSession, events: Sequence[PerimeterChanged]) -> None:
    """Keep the highest revision of each, and mark the days on which others take part than before.

    Only days with readings: the others are marked when their readings arrive.
    """
    told = {one.operation_id: one for one in sorted(events, key=lambda event: event.revision)}
    await stale.lock_operations(session, told)
    known = await copies.list_perimeters(session, told)
    newer = [
        _perimeter(event)
        for operation_id, event in told.items()
        if operation_id not in known or known[operation_id].revision < event.revision
    ]
    await copies.save_perimeters(session, newer)
    if any(one.operation_id not in known for one in newer) and await stale.has_marks(session):
        ring_after_commit(session)  # days that were marked before waited for it
    await _mark_settlements(session, known, newer)
    days = await copies.list_days_with_readings(session, [one.operation_id for one in newer])
    await stale.mark_stale(
        session,
        (
            (after.operation_id, day)
            for after in newer
            for day in changed_days(
                known.get(after.operation_id), after, days.get(after.operation_id, [])
            )
        ),
    )


async def _mark_settlements(
    session: AsyncSession, known: Mapping[OperationId, Perimeter], newer: Sequence[Perimeter]
) -> None:
    """Also days without readings matter here: they stand in the way of a month, or no longer do."""
    settled = await settlements.list_settled_months(session, [one.operation_id for one in newer])
    await stale_settlements.mark_outdated(
        session,
        (
            (after.operation_id, month)
            for after in newer
            for month in settled.get(after.operation_id, [])
            if changed_days(known.get(after.operation_id), after, month.days)
        ),
    )


def _perimeter(event: PerimeterChanged) -> Perimeter:
    for step_min in (event.step_min, *(one.step_min for one in event.step_changes)):
        assert step_min > 0
        assert _HOUR_MIN % step_min == 0, "a step that does not divide the hour"
    return Perimeter(
        operation_id=event.operation_id,
        revision=event.revision,
        name=event.name,
        organiser_id=event.organiser_id,
        step_min=event.step_min,
        participations=[_participation(part) for part in event.participations],
        step_changes=[StepChange(one.valid_from, one.step_min) for one in event.step_changes],
    )


def _participation(part: ParticipationPart) -> Participation:
    return Participation(
        prm=part.prm,
        direction=part.direction,
        member_id=part.member_id,
        valid_from=part.valid_from,
        valid_to=part.valid_to,
        power_limit_w=part.power_limit_w,
        production_kind=part.production_kind,
    )


async def record_members(session: AsyncSession, events: Sequence[MemberRecorded]) -> None:
    """Remember who is a company or public body, by name, and who is a household, without."""
    await members.save_members(session, [_member(event) for event in events])


def _member(event: MemberRecorded) -> members.ToldMember:
    # Of whom was erased, the name is empty.
    name = None if event.kind == "household" else event.name or None
    return members.ToldMember(event.member_id, event.revision, event.kind, name)


async def record_readings(session: AsyncSession, events: Sequence[ReadingsRecorded]) -> None:
    """Keep the highest revision of each block, and mark the days of those that are new."""
    blocks = [_block(event, part) for event in events for part in event.blocks]
    changed = await copies.save_reading_blocks(session, blocks)
    await stale.mark_stale(session, changed)


def _block(event: ReadingsRecorded, part: ReadingBlockPart) -> copies.ReadingBlock:
    # Whoever breaks the contract is parked here: later it would stop the worker.
    assert len(part.power_w) == steps_in_day(event.day, part.step_min), "steps of another day"
    assert min((power for power in part.power_w if power is not None), default=0) >= 0
    assert set(part.estimated_steps) <= set(range(len(part.power_w))), "a step of another day"
    return copies.ReadingBlock(
        event.operation_id,
        event.day,
        part.prm,
        part.direction,
        part.step_min,
        part.revision,
        part.power_w,
        part.estimated_steps,
    )


async def record_consents(session: AsyncSession, events: Sequence[ConsentsChanged]) -> None:
    """Keep what members say of being shown to the organiser; each look goes by it at once."""
    await save_consents(
        session,
        [
            ConsentList(
                event.member_id,
                event.revision,
                [_consent(event, part) for part in event.consents if part.purpose == DISPLAY],
            )
            for event in events
        ],
    )


def _consent(event: ConsentsChanged, part: ConsentPart) -> Consent:
    return Consent(
        member_id=event.member_id,
        prm=part.prm,
        purpose=part.purpose,
        granularity=part.granularity,
        is_granted=part.answer == "granted",
        valid_from=part.valid_from,
        valid_to=part.valid_to,
        withdrawn_on=part.withdrawn_on,
    )
