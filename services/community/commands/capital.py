"""Record movements of co-operative shares, cancel mistaken ones, and certify holdings."""

from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import local_day
from libs.common.clock import now_in
from services.community.documents.certificate import Certificate, CertificateEntry, NamedAddress
from services.community.domain.capital.problems import (
    CapitalDayToCome,
    CapitalHolderErased,
    CapitalMovementChanged,
    NoCapitalShares,
)
from services.community.domain.capital.register import (
    CapitalMovement,
    check_holding,
    check_nominal,
)
from services.community.domain.problems import MemberUnknown
from services.community.store import capital
from services.community.store.members import registry
from services.community.tables import CapitalMovementRow, MemberRow


async def record_movement(
    session: AsyncSession, movement: CapitalMovement, *, by: str
) -> tuple[CapitalMovementRow, bool]:
    """Enter a movement under the next number of its register; repeating it changes nothing.

    Returns the movement, and whether it is new.
    Raises OrganiserUnknown, MemberUnknown, CapitalMovementChanged, CapitalDayToCome,
    NominalDiffers, CapitalSharesMissing.
    """
    await capital.lock_register(session, movement.organiser_id)
    recorded = await capital.find_movement(session, movement.id)
    if recorded is not None:
        if capital.to_movement(recorded) != movement:
            raise CapitalMovementChanged("Cancel the movement, and record another one.")
        return recorded, False
    now = now_in(session)
    if movement.day > local_day(now):
        raise CapitalDayToCome(f"{movement.day} is to come: record it once it is done.")
    await registry.check_members_exist(session, _members(movement))
    nominal_cents = await capital.find_nominal(session, movement.organiser_id)
    check_nominal(movement, nominal_cents)
    for member_id in _members(movement):
        movements = await capital.list_counted_movements(session, movement.organiser_id, member_id)
        check_holding(member_id, [*movements, movement])
    return await capital.add_movement(session, movement, recorded_at=now, recorded_by=by), True


async def cancel_movement(
    session: AsyncSession, organiser_id: UUID, movement_id: UUID, *, reason: str, by: str
) -> CapitalMovementRow:
    """Stop counting a mistaken movement; it stays readable. Repeating it changes nothing.

    Raises OrganiserUnknown, CapitalMovementUnknown, CapitalHolderErased, CapitalSharesMissing.
    """
    await capital.lock_register(session, organiser_id)
    row = await capital.get_movement(session, organiser_id, movement_id)
    if row.cancelled_at is not None:
        return row
    movement = capital.to_movement(row)
    try:
        await registry.check_members_exist(session, _members(movement))
    except MemberUnknown as error:
        raise CapitalHolderErased from error
    for member_id in _members(movement):
        movements = await capital.list_counted_movements(session, organiser_id, member_id)
        check_holding(
            member_id,
            [other_movement for other_movement in movements if other_movement.id != movement_id],
        )
    await capital.cancel(session, row, at=now_in(session), by=by, reason=reason)
    return row


async def make_certificate(
    session: AsyncSession, member: MemberRow, organiser_id: UUID, *, day: date
) -> Certificate:
    """Certify the holding at the end of the day, for a person to sign.

    The SIREN is that of the member that the co-operative is, if it is recorded as one.
    Raises OrganiserUnknown, NoCapitalShares.
    """
    organiser = await registry.get_organiser(session, organiser_id)
    rows = [
        row
        for row in await capital.list_movements_of_member(session, member.id)
        if row.organiser_id == organiser_id and row.cancelled_at is None and row.day <= day
    ]
    entries = [_entry(row, member.id) for row in rows]
    if not sum(entry.change for entry in entries):
        raise NoCapitalShares(f"The member held no shares of this co-operative on {day}.")
    co_operative = await registry.find_member(session, organiser_id)
    siren = co_operative.siren if co_operative else None
    return Certificate(
        co_operative=NamedAddress(organiser.name, organiser.address, siren),
        member=NamedAddress(member.name, member.address),
        day=day,
        nominal_cents=rows[0].nominal_cents,
        entries=entries,
    )


def _entry(row: CapitalMovementRow, member_id: UUID) -> CertificateEntry:
    movement = capital.to_movement(row)
    return CertificateEntry(
        number=row.number,
        day=row.day,
        kind=movement.kind,
        change=movement.change_for(member_id),
        document_reference=row.document_reference,
    )


def _members(movement: CapitalMovement) -> list[UUID]:
    member_ids = (movement.from_member_id, movement.to_member_id)
    return [member_id for member_id in member_ids if member_id is not None]
