"""A consuming or producing point, as its member and staff may see it."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import Principal
from libs.common.calendar import Month
from libs.common.database import begin_snapshot
from libs.common.errors import Problem
from libs.common.ids import Direction, OperationId, Prm
from services.allocation import access
from services.allocation.domain.perimeter import Perimeter
from services.allocation.domain.plants import is_production_visible


class PointNotConsuming(Problem):
    status, slug, title = 404, "point-not-consuming", "The point consumes nothing here"
    example_detail = "It never took part in ACC00000101 as a consumer, as far as is known here."


class PointNotProducing(Problem):
    status, slug, title = 404, "point-not-producing", "The point produces nothing here"
    example_detail = "It never took part in ACC00000101 as a producer, as far as is known here."


@dataclass(frozen=True, kw_only=True)
class OwnPoint:
    """A point on one side of an operation.

    perimeter: the whole one; visible_perimeter: the point's participations that the caller may
    see. viewer: the calling member; None for staff, who see all.
    """

    prm: Prm
    perimeter: Perimeter
    visible_perimeter: Perimeter
    viewer: UUID | None

    def days_in(self, month: Month) -> list[date]:
        return [day for day in month.days if self.visible_perimeter.participants_on(day)]


@dataclass(frozen=True, kw_only=True)
class ConsumingPoint(OwnPoint):
    """plants: the perimeter reduced to its plants."""

    plants: Perimeter

    def is_production_visible(self, month: Month) -> bool:
        """Whether the viewer may see the production of all plants on every day of a month."""
        viewer = self.viewer
        return viewer is None or all(
            is_production_visible(self.plants, day, viewer) for day in month.days
        )


async def find_point(
    session: AsyncSession, caller: Principal, operation_id: OperationId, prm: Prm
) -> ConsumingPoint:
    """Raises Forbidden for a point of somebody else, OperationUnknown, PointNotConsuming."""
    point = await _find_point(session, caller, operation_id, prm, Direction.CONSUMPTION)
    perimeter = point.perimeter
    if not point.visible_perimeter.participations:
        raise PointNotConsuming(f"It never took part in {operation_id} as a consumer.")
    plants = [stay for stay in perimeter.participations if stay.direction == Direction.PRODUCTION]
    return ConsumingPoint(**vars(point), plants=replace(perimeter, participations=plants))


async def find_plant(
    session: AsyncSession, caller: Principal, operation_id: OperationId, prm: Prm
) -> OwnPoint:
    """Raises Forbidden for a plant of somebody else, OperationUnknown, PointNotProducing."""
    plant = await _find_point(session, caller, operation_id, prm, Direction.PRODUCTION)
    if not plant.visible_perimeter.participations:
        raise PointNotProducing(f"It never took part in {operation_id} as a producer.")
    return plant


async def _find_point(
    session: AsyncSession,
    caller: Principal,
    operation_id: OperationId,
    prm: Prm,
    direction: Direction,
) -> OwnPoint:
    """Return the point with the stays that the caller sees: for staff, perhaps none."""
    await begin_snapshot(session)
    _, perimeter = await access.get_noted_view(session, caller, operation_id)
    stays = [
        stay for stay in perimeter.participations if stay.prm == prm and stay.direction == direction
    ]
    scope = access.get_point_scope(caller, stays)
    visible_stays = [stay for stay in stays if scope.has_member(stay.member_id)]
    return OwnPoint(
        prm=prm,
        perimeter=perimeter,
        visible_perimeter=replace(perimeter, participations=visible_stays),
        viewer=scope.member_id,
    )
