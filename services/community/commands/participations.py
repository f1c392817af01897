"""Change participations, and tell the other services."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.events.ingest import PointLeft
from libs.common.ids import Direction, OperationId, Prm
from libs.common.principals import Principal
from services.community import claims, store
from services.community.commands.desk_letters import tell_organisers
from services.community.commands.feasibility import check_entries
from services.community.commands.messages import write_message
from services.community.commands.notifications import tell_of_departure
from services.community.commands.registry import tell_perimeter
from services.community.domain import perimeter
from services.community.domain.feasibility.perimeter import Breaches
from services.community.domain.letters.points import write_point_letter
from services.community.domain.messages import MessageKind
from services.community.domain.perimeter import Participation
from services.community.domain.problems import ParticipationEnrolled, ParticipationOverlap
from services.community.store.enrolments import list_enrolled
from services.community.store.ties import note_departure
from services.community.tables import OperationRow

_log = structlog.get_logger(__name__)


class ChangedPerimeter(NamedTuple):
    """An operation, its whole perimeter, and what the law does not allow of what is new in it."""

    operation: OperationRow
    participations: Sequence[Participation]
    breaches: Breaches | None


async def record_participations(
    session: AsyncSession,
    caller: Principal,
    operation_id: OperationId,
    changes: Sequence[Participation],
) -> ChangedPerimeter:
    """Note what is already so: as ``change_perimeter``, but for what an enrolment leads on.

    Raises ParticipationEnrolled, and what ``change_perimeter`` does.
    """
    caller.check_may_run(operation_id)
    await store.get_operation(session, operation_id, lock=True)
    known = set(await store.list_participations(session, operation_id))
    changed = [one for one in changes if one not in known]
    await _check_not_enrolled(session, operation_id, changed)
    return await change_perimeter(session, caller, operation_id, changes)


async def change_perimeter(
    session: AsyncSession,
    caller: Principal,
    operation_id: OperationId,
    changes: Sequence[Participation],
    *,
    vouched: Collection[Participation] = (),
) -> ChangedPerimeter:
    """Add participations, or replace those with the same prm, direction and valid_from.

    All or nothing. vouched: those of them that staff have looked at.
    Raises Forbidden, OperationUnknown, PointUnknown, MemberUnknown, ForStaffToRecord,
    ParticipationRepeated, ParticipationOverlap, PerimeterUnfit.
    """
    operation = await store.get_operation(session, operation_id, lock=True)
    current = await store.list_participations(session, operation_id)
    merged = perimeter.merge(current, changes)
    if merged == current:
        return ChangedPerimeter(operation, current, None)
    member_ids = {one.member_id for one in changes}
    await claims.check_may_enrol_members(session, caller, member_ids)
    await store.check_members_exist(session, member_ids)
    await store.lock_points(session, {one.prm for one in changes})
    # In order of first day, an earlier participation is ended before the next one begins.
    known = set(current)
    news = [one for one in merged if one not in known]
    claimed = [one for one in news if one not in vouched]
    await claims.check_may_claim(session, caller, operation, claimed, current=current)
    await _check_not_elsewhere(session, caller, operation_id, changes)
    found = await check_entries(session, operation_id, before=current, after=merged, changes=news)
    await store.save_participations(session, operation_id, news)
    await tell_perimeter(session, operation, merged)
    await _tell_of_passed_on(session, operation, current, news)
    return ChangedPerimeter(operation, merged, found)


async def _tell_of_passed_on(
    session: AsyncSession,
    operation: OperationRow,
    current: Sequence[Participation],
    news: Sequence[Participation],
) -> None:
    """Both members hear of days that were one's and are now recorded as the other's."""
    former = {one.key: one for one in current}
    passed_on = [
        (before, after)
        for after in news
        if (before := former.get(after.key)) and before.member_id != after.member_id
    ]
    points = await store.map_points(session, {after.prm for _, after in passed_on})
    for before, after in passed_on:
        facts = {
            "operation_name": operation.name,
            "label": points[after.prm].label,
            "valid_from": after.valid_from,
        }
        for member_id, kind in (
            (before.member_id, MessageKind.POINT_TAKEN),
            (after.member_id, MessageKind.POINT_GIVEN),
        ):
            member = await store.get_member(session, member_id)
            if member.erased_at is None:
                letter = write_point_letter(kind, facts, member.language)
                await write_message(session, letter, to=member, kind=kind)


async def cancel_participation(
    session: AsyncSession,
    caller: Principal,
    operation_id: OperationId,
    *,
    prm: Prm,
    valid_from: date,
    direction: Direction | None,
) -> tuple[OperationRow, list[Participation]]:
    """Undo a participation that was a mistake, as if it had never been, and tell the others.

    Returns the operation and the rest of its perimeter.
    Raises Forbidden, OperationUnknown, ParticipationUnknown, ParticipationAmbiguous,
    ParticipationEnrolled.
    """
    caller.check_may_run(operation_id)
    await store.get_operation(session, operation_id, lock=True)
    current = await store.list_participations(session, operation_id)
    mistaken = perimeter.find(current, prm, valid_from, direction)
    await _check_not_enrolled(session, operation_id, [mistaken])
    return await take_out_of_perimeter(session, operation_id, mistaken)


async def take_out_of_perimeter(
    session: AsyncSession, operation_id: OperationId, mistaken: Participation
) -> tuple[OperationRow, list[Participation]]:
    """As if it had never been; returns the operation and the rest of its perimeter."""
    operation = await store.get_operation(session, operation_id, lock=True)
    current = await store.list_participations(session, operation_id)
    await store.delete_participation(session, operation_id, mistaken)
    remaining = [one for one in current if one != mistaken]
    await tell_perimeter(session, operation, remaining)
    return operation, remaining


async def end_participations_of_left_point(session: AsyncSession, departure: PointLeft) -> None:
    """End what the DSO has ended, and tell the other services; nothing happens if it had ended."""
    operation = await store.get_operation(session, departure.operation_id, lock=True)
    current = await store.list_participations(session, operation.id)
    ended = perimeter.ended_by_departure(current, departure.prm, departure.left_on)
    if not ended:
        await note_departure(session, departure.prm, departure.left_on)
        return
    await store.save_participations(session, operation.id, ended)
    await note_departure(session, departure.prm, departure.left_on)
    await tell_perimeter(session, operation, perimeter.merge(current, ended))
    facts = {"operation_name": operation.name, "left_on": departure.left_on}
    await tell_organisers(
        session,
        operation.id,
        MessageKind.POINT_LEFT,
        facts,
        about_id=departure.id,
        link=f"/community/operations/{operation.id}",
    )
    await tell_of_departure(session, operation, departure, {one.member_id for one in ended})
    _log.info("participation ended by the DSO", operation_id=operation.id, reason=departure.reason)


async def _check_not_enrolled(
    session: AsyncSession, operation_id: OperationId, changes: Sequence[Participation]
) -> None:
    """What was declared step by step ends by steps too. Raises ParticipationEnrolled."""
    enrolled = await list_enrolled(session, operation_id)
    found = next((one for one in changes if one.key in enrolled), None)
    if found is not None:
        raise ParticipationEnrolled(
            f"Point {found.prm} takes part by an enrolment: take its next step instead.",
            prm=found.prm,
            enrolment_id=str(enrolled[found.key]),
        )


async def _check_not_elsewhere(
    session: AsyncSession,
    caller: Principal,
    operation_id: OperationId,
    changes: Sequence[Participation],
) -> None:
    """A point takes part in one operation at a time; the caller holds the points' locks.

    Raises ParticipationOverlap: which point; where and when, only to who may know it.
    """
    prms = {one.prm for one in changes}
    elsewhere = (
        row
        for row in await store.list_participations_of_points(session, prms)
        if row.operation_id != operation_id
        and any(one.meets(store.to_participation(row)) for one in changes)
    )
    other = next(elsewhere, None)
    if other is None:
        return
    if not caller.may_run(other.operation_id):
        detail = f"Point {other.prm} takes part elsewhere over a part of that time; ask staff."
        raise ParticipationOverlap(detail, prm=other.prm)
    until = f"until {other.valid_to}" if other.valid_to else "with no end"
    raise ParticipationOverlap(
        f"Point {other.prm} takes part in {other.operation_id} from {other.valid_from} {until}.",
        prm=other.prm,
        operation_id=other.operation_id,
        valid_from=other.valid_from.isoformat(),
        valid_to=other.valid_to and other.valid_to.isoformat(),
    )
