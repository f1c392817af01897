"""Decides who may see which deliveries and readings; the routes say who may call at all."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import Principal, Role, log_refusal, refused
from libs.common.clock import today_in
from libs.common.curve_consents import Consent, ConsentMissing, Granularity, is_displayed
from libs.common.ids import Prm
from libs.common.logs.accesses import add_accesses
from libs.common.scopes import ALL_DAYS, EVERYTHING, PointScope, Scope
from services.ingest.domain.deliveries.deliveries import Organiser
from services.ingest.domain.privacy.consents import Purpose
from services.ingest.domain.problems import DeliveryUnknown, PointUnknown
from services.ingest.domain.readings.blocks import Block
from services.ingest.domain.readings.coverage import Participation
from services.ingest.store import perimeters as perimeter_store
from services.ingest.store import quarantine as quarantine_store
from services.ingest.store.deliveries import deliveries as delivery_store
from services.ingest.store.privacy import consents as consent_store
from services.ingest.store.readings import blocks as block_store
from services.ingest.tables import CurveAccessRow, DeliveryRow, QuarantinedRecordRow


def get_delivery_scope(caller: Principal) -> Scope:
    """Return all deliveries for staff, for others those that they sent."""
    return EVERYTHING if caller.is_staff else Scope(sender=caller.subject)


def find_organiser(caller: Principal) -> Organiser | None:
    """Return as whom an organiser pushes files; None for staff and feeds, who speak for the DSO."""
    if caller.is_staff or caller.is_feed:
        return None
    return Organiser(caller.subject, sorted(caller.own_operations))


async def get_visible_delivery(
    session: AsyncSession, caller: Principal, delivery_id: UUID
) -> DeliveryRow:
    """Return a delivery to staff and to its senders. Raises DeliveryUnknown, Forbidden."""
    delivery = await delivery_store.get_delivery(session, delivery_id)
    if not caller.is_staff and caller.subject not in delivery.senders:
        raise refused(caller, "Only staff and its sender may see a delivery.")
    return delivery


async def get_visible_content(session: AsyncSession, caller: Principal, sha256: str) -> DeliveryRow:
    """Return the delivery of these bytes to its senders; to staff that of the DSO's file.

    Raises DeliveryUnknown for all others, as if nobody had sent these bytes.
    """
    organiser = find_organiser(caller)
    delivery = await delivery_store.get_delivery_by_content(session, sha256, organiser)
    if not caller.is_staff and caller.subject not in delivery.senders:
        raise DeliveryUnknown("No delivery of yours has this content: push the file.")
    return delivery


async def get_scope(
    session: AsyncSession, caller: Principal, prm: Prm
) -> PointScope[Participation]:
    """Return the participations that let the caller see readings of this point.

    Raises PointUnknown for staff, Forbidden for others, who must not learn whether a point exists.
    """
    participations = await perimeter_store.list_participations(session, [prm])
    if caller.is_staff:
        if not participations and not await block_store.knows_point(session, prm):
            raise PointUnknown("No reading and no participation of this point is known.")
        return ALL_DAYS
    visible = [
        participation for participation in participations if _is_theirs(caller, participation)
    ]
    if not visible:
        raise refused(caller, "You may only see points of your own or of your operations.")
    return PointScope(visible)


def get_quarantine_scope(caller: Principal) -> Scope:
    """Return all quarantined records for staff; for feeds those that they sent.

    Organisers see those of points in their operations.
    """
    if caller.is_staff:
        return EVERYTHING
    sender = caller.subject if caller.is_feed else None
    return Scope(operations=caller.own_operations, sender=sender)


async def get_shared_scope(
    session: AsyncSession, caller: Principal, prm: Prm, granularity: Granularity
) -> PointScope[Participation]:
    """Do what ``get_scope`` does, for curves that the member shares.

    Organisers need the member's consent. Staff, who look after the readings, and members, for
    their own points, need none. Also raises ConsentMissing.
    """
    scope = await get_scope(session, caller, prm)
    visible = scope.participations
    if visible is None or all(_is_own(caller, participation) for participation in visible):
        return scope
    consents = await consent_store.list_consents(session, prm)
    ever = {
        participation.member_id
        for participation in await perimeter_store.list_participations(session, [prm])
    }
    today = today_in(session)
    shared = [
        participation
        for participation in visible
        if _is_own(caller, participation)
        or _is_shared(participation, consents, ever, granularity, today)
    ]
    if not shared:
        log_refusal(caller.subject, caller.roles)
        raise ConsentMissing(
            f"The member does not share this with the organiser: it takes a consent to `display` at"
            f" `{granularity}`. Another granularity may be open; monthly sums are.",
            purpose=Purpose.DISPLAY,
            granularity=granularity,
        )
    return PointScope(shared)


async def list_hidden(
    session: AsyncSession, caller: Principal, records: Sequence[QuarantinedRecordRow]
) -> Collection[int]:
    """Return the ids of the records whose values the caller may not see.

    These are records that an organiser sees by a participation whose member does not share the
    curve.
    """
    if caller.is_staff:
        return set()
    sent: Collection[UUID] = set()
    if caller.is_feed:
        deliveries = {record.delivery_id for record in records}
        sent = await quarantine_store.list_sent(session, deliveries, caller.subject)
    foreign = [record for record in records if record.delivery_id not in sent]
    prms = {record.prm for record in foreign if record.prm is not None}
    consents: dict[str, list[Consent]] = {}
    for said in await consent_store.list_consents_of(session, prms):
        consents.setdefault(said.prm, []).append(said)
    today = today_in(session)
    shared: dict[str, list[Participation]] = {}
    participations = await perimeter_store.list_participations(session, prms)
    ever: dict[str, set[UUID]] = {}
    for participation in participations:
        ever.setdefault(participation.prm, set()).add(participation.member_id)
    for participation in participations:
        if caller.may_run(participation.operation_id) and _is_shared(
            participation,
            consents.get(participation.prm, []),
            ever[participation.prm],
            Granularity.LOAD_CURVE,
            today,
        ):
            shared.setdefault(participation.prm, []).append(participation)
    return {
        record.id for record in foreign if not _is_covered(record, shared.get(record.prm or "", []))
    }


def _is_covered(record: QuarantinedRecordRow, participations: Collection[Participation]) -> bool:
    day = record.day
    return day is not None and any(
        participation.direction == record.direction and participation.takes_part(day)
        for participation in participations
    )


def _is_shared(
    participation: Participation,
    consents: Collection[Consent],
    ever: Collection[UUID],
    granularity: Granularity,
    today: date,
) -> bool:
    """Whether the member lets the organiser see this today.

    consents: those about the point. ever: its past and present members.
    """
    return is_displayed(
        consents,
        member_id=participation.member_id,
        ever=ever,
        granularity=granularity,
        day=today,
    )


async def get_own_scope(
    session: AsyncSession, caller: Principal, prm: Prm
) -> PointScope[Participation]:
    """Return the caller's participations as a member; everything for staff.

    Raises PointUnknown for staff, Forbidden for others.
    """
    scope = await get_scope(session, caller, prm)
    visible = scope.participations
    if visible is None:
        return scope
    participations = [participation for participation in visible if _is_own(caller, participation)]
    if not participations:
        raise refused(caller, "Only the point's member and staff may see this.")
    return PointScope(participations)


async def note_reading(
    session: AsyncSession,
    caller: Principal,
    scope: PointScope[Participation],
    *,
    prm: Prm,
    from_day: date,
    to_day: date,
    as_of: datetime | None = None,
) -> None:
    """Record who reads a curve, in the transaction that reads it, within this scope."""
    role = _reading_role(caller, scope)
    look = {"prm": prm, "from_day": from_day, "to_day": to_day, "as_of": as_of}
    await add_accesses(session, CurveAccessRow, caller, role, [look])


async def note_quarantined(
    session: AsyncSession, caller: Principal, records: Iterable[QuarantinedRecordRow]
) -> None:
    """Record who sees single readings of curves, in the transaction that shows them.

    records: those whose values the caller sees. One access per point, from its first day to its
    last.
    """
    days: dict[Prm, list[date]] = {}
    for record in records:
        if record.prm is not None and record.day is not None:
            days.setdefault(record.prm, []).append(record.day)
    role = caller.role_over_others
    assert role is not None  # its routes are not for members
    looks = (
        {"prm": prm, "from_day": min(record_days), "to_day": max(record_days) + timedelta(days=1)}
        for prm, record_days in days.items()
    )
    await add_accesses(session, CurveAccessRow, caller, role, looks)


def _reading_role(caller: Principal, scope: PointScope[Participation]) -> Role:
    if scope.participations is None:
        return Role.OPERATOR
    is_own = all(_is_own(caller, participation) for participation in scope.participations)
    return Role.MEMBER if is_own else Role.ORGANISER


def visible_blocks(blocks: Iterable[Block], scope: PointScope[Participation]) -> list[Block]:
    """Return the blocks in the scope."""
    if scope.participations is None:
        return list(blocks)
    return [
        block
        for block in blocks
        if any(participation.covers(block) for participation in scope.participations)
    ]


def _is_theirs(caller: Principal, participation: Participation) -> bool:
    return _is_own(caller, participation) or caller.may_run(participation.operation_id)


def _is_own(caller: Principal, participation: Participation) -> bool:
    return caller.is_member(participation.member_id)
