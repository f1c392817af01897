"""Who may see which deliveries and which readings; the routes say who may call at all."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth import Principal, Role, refused
from libs.common.ids import Prm
from services.ingest.domain.blocks import Block
from services.ingest.domain.coverage import Participation
from services.ingest.domain.problems import DeliveryUnknown, PointUnknown
from services.ingest.store import blocks as block_store
from services.ingest.store import deliveries as delivery_store
from services.ingest.store import perimeters as perimeter_store
from services.ingest.store.quarantine import Scope
from services.ingest.tables import DeliveryRow


def visible_sender(principal: Principal) -> str | None:
    """Whose deliveries the caller may list; None is everybody's."""
    return None if Role.OPERATOR in principal.roles else principal.subject


async def get_visible_delivery(
    session: AsyncSession, principal: Principal, delivery_id: UUID
) -> DeliveryRow:
    """For staff and whoever sent the file. Raises DeliveryUnknown, Forbidden."""
    delivery = await delivery_store.get_delivery(session, delivery_id)
    if Role.OPERATOR not in principal.roles and principal.subject not in delivery.senders:
        raise refused(principal, "Only staff and its sender may see a delivery.")
    return delivery


async def get_visible_content(
    session: AsyncSession, principal: Principal, sha256: str
) -> DeliveryRow:
    """The delivery of these bytes. Raises DeliveryUnknown, for others' too: it is not theirs."""
    delivery = await delivery_store.get_delivery_by_content(session, sha256)
    if Role.OPERATOR not in principal.roles and principal.subject not in delivery.senders:
        raise DeliveryUnknown("No delivery of yours has this content: push the file.")
    return delivery


async def find_visible_participations(
    session: AsyncSession, principal: Principal, prm: Prm
) -> Sequence[Participation] | None:
    """The participations that let the caller see readings of this point; None is all readings.

    Raises PointUnknown for staff, Forbidden for others: whether a point exists is not theirs.
    """
    participations = await perimeter_store.list_participations(session, [prm])
    if Role.OPERATOR in principal.roles:
        if not participations and not await block_store.knows_point(session, prm):
            raise PointUnknown("No reading and no participation of this point is known.")
        return None
    visible = [one for one in participations if _is_theirs(principal, one)]
    if not visible:
        raise refused(principal, "You may only see points of your own or of your operations.")
    return visible


def quarantine_scope(principal: Principal) -> Scope | None:
    """Whose quarantined records the caller may list; None is everybody's."""
    if Role.OPERATOR in principal.roles:
        return None
    is_sender, is_organiser = (role in principal.roles for role in (Role.FEED, Role.ORGANISER))
    return Scope(
        sender=principal.subject if is_sender else None,
        operations=principal.operations if is_organiser else frozenset(),
    )


def visible_blocks(
    blocks: Iterable[Block], participations: Sequence[Participation] | None
) -> list[Block]:
    """Those of days in a participation; of a whole point if there is no limit."""
    if participations is None:
        return list(blocks)
    return [block for block in blocks if any(one.covers(block) for one in participations)]


def _is_theirs(principal: Principal, participation: Participation) -> bool:
    is_own = Role.MEMBER in principal.roles and participation.member_id == principal.member_id
    return is_own or principal.may_run(participation.operation_id)
