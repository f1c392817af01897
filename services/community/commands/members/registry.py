"""Change members, points, organisers and operations, and publish them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.clock import now_in, today_in
from libs.common.database import ring_after_commit
from libs.common.events.community import (
    MemberRecorded,
    ParticipationPart,
    PerimeterChanged,
    StepChangePart,
)
from libs.common.ids import Direction
from services.community import claims
from services.community.claims import Claimant
from services.community.commands.messages.messages import write_message
from services.community.domain.letters.access import write_notice
from services.community.domain.members.perimeter import Participation
from services.community.domain.members.registry import Member, Operation, Point
from services.community.domain.messages.messages import MessageKind
from services.community.domain.privacy.erasure import MemberErased
from services.community.domain.problems import PointBusy
from services.community.store.challenges import has_challenge
from services.community.store.members import organisers
from services.community.store.members import registry as store
from services.community.store.messages.messages import list_addresses
from services.community.tables import MemberRow, OperationRow, OrganiserRow, PointRow


async def record_member(session: AsyncSession, claimant: Claimant, member: Member) -> MemberRow:
    """Create or update the member, and publish any change.

    What an organiser's word is enough for is a claim (``claims``), asked once the row is locked.
    Raises Forbidden, MemberErased.
    """
    made_in = claimant.operations if not claimant.is_staff else ()
    row = await store.add_or_lock_member(
        session, member, made_in=made_in, made_on=today_in(session)
    )
    # Only once the row exists, so that of two callers with one id, one creates it.
    await claims.check_may_edit_member(session, claimant, member.id)
    if row.erased_at is not None:
        raise MemberErased
    if row.revision > 0 and row.email != member.email:
        await _write_to_former_address(session, row)
    if not _update(row, asdict(member)) and row.revision > 0:
        return row
    await publish_member(session, row)
    return row


async def _write_to_former_address(session: AsyncSession, row: MemberRow) -> None:
    """Write to the former address, so that a change diverts no letters unseen.

    Without a former address, write to those of the accounts that log in as the member, if any. See
    ``confirm_email_change``.
    """
    if await list_addresses(session, row):
        kind = MessageKind.EMAIL_CHANGED
        await write_message(session, write_notice(kind, row.language), to=row, kind=kind)


async def publish_member(session: AsyncSession, row: MemberRow) -> None:
    """Publish the member's next revision."""
    row.revision += 1
    await republish_member(session, row)


async def republish_member(session: AsyncSession, row: MemberRow) -> None:
    """Publish the last event again; services that have received it take it for a double."""
    event = MemberRecorded(
        time=now_in(session),
        member_id=row.id,
        revision=row.revision,
        kind=row.kind,
        name=row.name,
        address=row.address,
        siren=row.siren,
        vat_number=row.vat_number,
        language=row.language,
        delivery_address=row.delivery_address,
        is_erased=row.erased_at is not None,
    )
    await messaging.publish(session, event)


async def record_point(session: AsyncSession, claimant: Claimant, point: Point) -> PointRow:
    """Create or update the point, and publish any change of powers, kind, or a plant's name.

    What an organiser's word is enough for is a claim (``claims``).
    Raises Forbidden, PointBusy.
    """
    await claims.check_may_edit_point(session, claimant, point.prm)
    recorded = (await store.map_points(session, [point.prm])).get(point.prm)
    if recorded is None or recorded == point:
        return await store.save_point(session, point)
    # Operations before points, as an enrolment locks them, or the two could wait for each other.
    operations = {
        operation_id: await store.get_operation(session, operation_id, lock=True)
        for operation_id in await store.list_operations_of_point(session, point.prm)
    }
    row = await store.save_point(session, point)
    if not operations.keys() >= set(await store.list_operations_of_point(session, point.prm)):
        raise PointBusy("The point is being enrolled in an operation: try again.")
    for operation_id, operation in operations.items():
        participations = await store.list_participations(session, operation_id)
        if recorded.powers_and_kind != point.powers_and_kind or _is_plant(point, participations):
            await publish_perimeter(session, operation, participations)
    return row


def _is_plant(point: Point, participations: Sequence[Participation]) -> bool:
    return any(
        participation.prm == point.prm and participation.direction is Direction.PRODUCTION
        for participation in participations
    )


async def record_organiser(
    session: AsyncSession, organiser_id: UUID, *, name: str, address: str
) -> OrganiserRow:
    """Create or update the organiser, and publish a new name with its operations."""
    former_name = await organisers.find_organiser_name(session, organiser_id)
    row = await organisers.save_organiser(session, organiser_id, name=name, address=address)
    if former_name == name:
        return row
    for operation_id in await organisers.list_operations_of_organiser(session, organiser_id):
        operation = await store.get_operation(session, operation_id, lock=True)
        participations = await store.list_participations(session, operation_id)
        await publish_perimeter(session, operation, participations)
    return row


async def record_operation(session: AsyncSession, operation: Operation) -> OperationRow:
    """Create or update the operation, and publish any change.

    Raises OrganiserUnknown.
    """
    await store.get_organiser(session, operation.organiser_id)
    row = await store.add_or_lock_operation(session, operation)
    if not _update(row, store.operation_columns(operation)) and row.revision > 0:
        return row
    await publish_perimeter(session, row, await store.list_participations(session, row.id))
    return row


async def publish_perimeter(
    session: AsyncSession, operation: OperationRow, participations: Sequence[Participation]
) -> None:
    """Publish the operation's present perimeter."""
    operation.revision += 1
    organiser = await store.get_organiser(session, operation.organiser_id)
    points = await store.map_points(
        session, {participation.prm for participation in participations}
    )
    event = PerimeterChanged(
        time=now_in(session),
        operation_id=operation.id,
        revision=operation.revision,
        name=operation.name,
        organiser_id=operation.organiser_id,
        step_min=operation.step_min,
        step_changes=[
            StepChangePart.model_validate(step_change) for step_change in operation.step_changes
        ],
        participations=[
            ParticipationPart(
                **asdict(participation),
                power_limit_w=points[participation.prm].power_limit_w(participation.direction),
                production_kind=points[participation.prm].kind_of_plant(participation.direction),
                plant_name=points[participation.prm].name_of_plant(participation.direction),
            )
            for participation in participations
        ],
        organiser_name=organiser.name,
    )
    await messaging.publish(session, event)
    if await has_challenge(session, operation.id):
        ring_after_commit(session)  # the challenge follows the perimeter


def _update(row: MemberRow | OperationRow, content: Mapping[str, object]) -> bool:
    """Give the row this content; return whether anything changed."""
    changes = {name: value for name, value in content.items() if getattr(row, name) != value}
    for name, value in changes.items():
        setattr(row, name, value)
    return bool(changes)
