"""A consuming point, as its member and staff may see it."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth import Principal, Role, refused
from libs.common.calendar import Month
from libs.common.database import begin_snapshot
from libs.common.errors import Problem
from libs.common.ids import Direction, OperationId, Prm
from services.allocation import access
from services.allocation.domain.perimeter import Perimeter
from services.allocation.domain.plants import is_production_told


class PointNotConsuming(Problem):
    status, slug, title = 404, "point-not-consuming", "The point consumes nothing here"
    example_detail = "It never took part in ACC00000101 as a consumer, as far as is known here."


@dataclass(frozen=True)
class ConsumingPoint:
    """A consuming point.

    perimeter: the whole one; own: with nothing but the point's participations that the caller may
    see; plants: with nothing but the plants. viewer: the member who looks; None: staff, who see
    all.
    """

    prm: Prm
    perimeter: Perimeter
    own: Perimeter
    plants: Perimeter
    viewer: UUID | None

    def days_in(self, month: Month) -> list[date]:
        return [day for day in month.days if self.own.participants_on(day)]

    def is_production_told(self, month: Month) -> bool:
        """Whether the viewer may see what all plants made, on every day of a month."""
        viewer = self.viewer
        return viewer is None or all(
            is_production_told(self.plants, day, viewer) for day in month.days
        )


async def find_point(
    session: AsyncSession, principal: Principal, operation_id: OperationId, prm: Prm
) -> ConsumingPoint:
    """Raises Forbidden for a point of somebody else, OperationUnknown, PointNotConsuming."""
    await begin_snapshot(session)
    _, perimeter = await access.get_noted_view(session, principal, operation_id)
    consuming = [
        stay
        for stay in perimeter.participations
        if stay.prm == prm and stay.direction == Direction.CONSUMPTION
    ]
    is_staff = Role.OPERATOR in principal.roles
    if not is_staff:
        consuming = [stay for stay in consuming if stay.member_id == principal.member_id]
    if not consuming and not is_staff:
        raise refused(principal, "Only your own points, while they are yours, are yours to see.")
    if not consuming:
        raise PointNotConsuming(f"It never took part in {operation_id} as a consumer.")
    plants = [stay for stay in perimeter.participations if stay.direction == Direction.PRODUCTION]
    return ConsumingPoint(
        prm,
        perimeter,
        own=replace(perimeter, participations=consuming),
        plants=replace(perimeter, participations=plants),
        viewer=None if is_staff else principal.member_id,
    )
