"""The points of an operation, with what they are called and whose they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import Direction, OperationId, Prm
from services.community.domain.members.registry import ProductionKind
from services.community.tables.members.registry import MemberRow, ParticipationRow, PointRow


@dataclass(frozen=True)
class OperationPoint:
    """A participation, with its point and its member."""

    prm: Prm
    direction: Direction
    label: str
    subscribed_power_va: int | None
    installed_power_w: int | None
    production_kind: ProductionKind | None
    member_id: UUID
    member_name: str
    valid_from: date
    valid_to: date | None


async def list_operation_points(
    session: AsyncSession, operation_id: OperationId
) -> Sequence[OperationPoint]:
    """In order of prm, direction and valid_from, those that ended too."""
    participation, point, member = ParticipationRow, PointRow, MemberRow
    query = (
        select(
            participation.prm,
            participation.direction,
            point.label,
            point.subscribed_power_va,
            point.installed_power_w,
            point.production_kind,
            member.id,
            member.name,
            participation.valid_from,
            participation.valid_to,
        )
        .join(point, point.prm == participation.prm)
        .join(member, member.id == participation.member_id)
        .where(participation.operation_id == operation_id)
        .order_by(participation.prm, participation.direction, participation.valid_from)
    )
    return [
        OperationPoint(prm, Direction(direction), *others)
        for prm, direction, *others in await session.execute(query)
    ]
