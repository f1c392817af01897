"""Change participations, and publish the perimeter."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.events.ingest import PointLeft
from libs.common.ids import Direction, OperationId, Prm
from services.community import claims
from services.community.claims import Claimant
from services.community.commands.feasibility.feasibility import check_entries
from services.community.commands.members.registry import publish_perimeter
from services.community.commands.messages.desk_letters import notify_organisers
from services.community.commands.messages.messages import write_message
from services.community.commands.messages.notifications import notify_of_departure
from services.community.domain.feasibility.perimeter import Breaches
from services.community.domain.letters.points import write_point_letter
from services.community.domain.members import perimeter
from services.community.domain.members.perimeter import Participation
from services.community.domain.messages.messages import MessageKind
from services.community.domain.problems import ParticipationEnrolled, ParticipationOverlap
from services.community.store.enrolments.enrolments import list_enrolled
from services.community.store.members import registry as store
from services.community.store.members.ties import note_departure
from services.community.tables import OperationRow

_log = structlog.get_logger(__name__)


class ChangedPerimeter(NamedTuple):
    """An operation, its whole perimeter, and new breaches of the law."""

    operation: OperationRow
    participations: Sequence[Participation]
    breaches: Breaches | None


async def record_participations(
    session: AsyncSession,
    claimant: Claimant,
    operation_id: OperationId,
    changes: Sequence[Participation],
) -> ChangedPerimeter:
    """Record existing participations, as ``change_perimeter`` does, but none that has an enrolment.

    Raises ParticipationEnrolled, and what ``change_perimeter`` does.
    """
    await store.get_operation(session, operation_id, lock=True)
    current = set(await store.list_participations(session, operation_id))
    new_ones = [participation for participation in changes if participation not in current]
    await _check_not_enrolled(session, operation_id, new_ones)
    return await change_perimeter(session, claimant, operation_id, changes)


async def change_perimeter(
    session: AsyncSession,
    claimant: Claimant,
    operation_id: OperationId,
    changes: Sequence[Participation],
    *,
    vouched: Collection[Participation] = (),
) -> ChangedPerimeter:
    """Add participations, or replace those with the same prm, direction and valid_from.

    All or nothing. vouched: those that staff have looked at.
    Raises Forbidden, OperationUnknown, PointUnknown, MemberUnknown, ForStaffToRecord,
    ParticipationRepeated, ParticipationOverlap, PerimeterUnfit.
    """
    operation = await store.get_operation(session, operation_id, lock=True)
    current = await store.list_participations(session, operation_id)
    merged = perimeter.merge(current, changes)
    if merged == current:
        return ChangedPerimeter(operation, current, None)
    member_ids = {participation.member_id for participation in changes}
    await claims.check_may_enrol_members(session, claimant, member_ids)
    await store.check_members_exist(session, member_ids)
    await store.lock_points(session, {participation.prm for participation in changes})
    # In order of first day: an earlier participation is ended before the next one begins.
    current_set = set(current)
    additions = [participation for participation in merged if participation not in current_set]
    claimed = [participation for participation in additions if participation not in vouched]
    await claims.check_may_claim(session, claimant, operation, claimed, current=current)
    await _check_not_elsewhere(session, claimant, operation_id, changes)
    breaches = await check_entries(
        session, operation_id, former=current, planned=merged, changes=additions
    )
    await store.save_participations(session, operation_id, additions)
    await publish_perimeter(session, operation, merged)
    await _notify_of_handovers(session, operation, current, additions)
    return ChangedPerimeter(operation, merged, breaches)


async def _notify_of_handovers(
    session: AsyncSession,
    operation: OperationRow,
    current: Sequence[Participation],
    additions: Sequence[Participation],
) -> None:
    """Notify both members of days that were one's and are now recorded as the other's."""
    current_by_key = {participation.key: participation for participation in current}
    handovers = [
        (former, later)
        for later in additions
        if (former := current_by_key.get(later.key)) and former.member_id != later.member_id
    ]
    points = await store.map_points(session, {later.prm for _, later in handovers})
    for former, later in handovers:
        facts = {
            "operation_name": operation.name,
            "label": points[later.prm].label,
            "valid_from": later.valid_from,
        }
        for member_id, kind in (
            (former.member_id, MessageKind.POINT_TAKEN),
            (later.member_id, MessageKind.POINT_GIVEN),
        ):
            member = await store.get_member(session, member_id)
            if member.erased_at is None:
                letter = write_point_letter(kind, facts, member.language)
                await write_message(session, letter, to=member, kind=kind)


async def cancel_participation(
    session: AsyncSession,
    operation_id: OperationId,
    *,
    prm: Prm,
    valid_from: date,
    direction: Direction | None,
) -> tuple[OperationRow, list[Participation]]:
    """Remove a mistaken participation, as if it had never been, and publish the perimeter.

    Returns the operation and the rest of its perimeter.
    Raises OperationUnknown, ParticipationUnknown, ParticipationAmbiguous,
    ParticipationEnrolled.
    """
    await store.get_operation(session, operation_id, lock=True)
    current = await store.list_participations(session, operation_id)
    mistaken = perimeter.find(current, prm, valid_from, direction)
    await _check_not_enrolled(session, operation_id, [mistaken])
    return await take_out_of_perimeter(session, operation_id, mistaken)


async def take_out_of_perimeter(
    session: AsyncSession, operation_id: OperationId, mistaken: Participation
) -> tuple[OperationRow, list[Participation]]:
    """Remove it as if it had never been; return the operation and the rest of its perimeter."""
    operation = await store.get_operation(session, operation_id, lock=True)
    current = await store.list_participations(session, operation_id)
    await store.delete_participation(session, operation_id, mistaken)
    remaining = [participation for participation in current if participation != mistaken]
    await publish_perimeter(session, operation, remaining)
    return operation, remaining


async def end_participations_of_left_point(session: AsyncSession, departure: PointLeft) -> None:
    """End what the DSO has ended, and publish that; nothing happens if it had ended already."""
    operation = await store.get_operation(session, departure.operation_id, lock=True)
    current = await store.list_participations(session, operation.id)
    ended = perimeter.ended_by_departure(current, departure.prm, departure.left_on)
    if not ended:
        await note_departure(session, departure.prm, departure.left_on)
        return
    await store.save_participations(session, operation.id, ended)
    await note_departure(session, departure.prm, departure.left_on)
    await publish_perimeter(session, operation, perimeter.merge(current, ended))
    facts = {"operation_name": operation.name, "left_on": departure.left_on}
    await notify_organisers(
        session,
        operation.id,
        MessageKind.POINT_LEFT,
        facts,
        about_id=departure.id,
        link=f"/community/operations/{operation.id}",
    )
    await notify_of_departure(
        session, operation, departure, {participation.member_id for participation in ended}
    )
    _log.info("participation ended by the DSO", operation_id=operation.id, reason=departure.reason)


async def _check_not_enrolled(
    session: AsyncSession, operation_id: OperationId, changes: Sequence[Participation]
) -> None:
    """A participation declared step by step ends by steps too. Raises ParticipationEnrolled."""
    enrolled = await list_enrolled(session, operation_id)
    conflict = next(
        (participation for participation in changes if participation.key in enrolled), None
    )
    if conflict is not None:
        raise ParticipationEnrolled(
            f"Point {conflict.prm} takes part by an enrolment: take its next step instead.",
            prm=conflict.prm,
            enrolment_id=str(enrolled[conflict.key]),
        )


async def _check_not_elsewhere(
    session: AsyncSession,
    claimant: Claimant,
    operation_id: OperationId,
    changes: Sequence[Participation],
) -> None:
    """A point takes part in one operation at a time; the caller holds the points' locks.

    Raises ParticipationOverlap, which names the point; the place and time only to those who may
    know.
    """
    prms = {participation.prm for participation in changes}
    elsewhere = (
        row
        for row in await store.list_participations_of_points(session, prms)
        if row.operation_id != operation_id
        and any(participation.meets(store.to_participation(row)) for participation in changes)
    )
    stay = next(elsewhere, None)
    if stay is None:
        return
    if not claimant.may_run(stay.operation_id):
        detail = f"Point {stay.prm} takes part elsewhere over a part of that time; ask staff."
        raise ParticipationOverlap(detail, prm=stay.prm)
    until = f"until {stay.valid_to}" if stay.valid_to else "with no end"
    raise ParticipationOverlap(
        f"Point {stay.prm} takes part in {stay.operation_id} from {stay.valid_from} {until}.",
        prm=stay.prm,
        operation_id=stay.operation_id,
        valid_from=stay.valid_from.isoformat(),
        valid_to=stay.valid_to and stay.valid_to.isoformat(),
    )
