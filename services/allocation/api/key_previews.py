"""The route that previews what a draft key would have given a member."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.calendar import Month
from libs.common.edge.callers import StaffOrMember
from libs.common.http import problems
from libs.common.ids import OperationIdField, PrmField
from services.allocation import access
from services.allocation.api.dependencies import Session, least_points_of
from services.allocation.api.points import (
    ConsumingPoint,
    PointNotConsuming,
    find_point,
)
from services.allocation.domain.key_previews import GroupPreview
from services.allocation.domain.months.point_months import is_group_visible
from services.allocation.schemas.key_previews import GroupPreviewOut, KeyPreviewOut
from services.allocation.store import key_previews as store
from services.allocation.store import policies
from services.allocation.store.copies import OperationUnknown
from services.allocation.store.key_previews import PreviewUnknown
from services.allocation.store.keys import keys
from services.allocation.store.keys.keys import KeyUnknown

router = APIRouter(route_class=TokenFirstRoute)


@router.get(
    "/operations/{operation_id}/keys/{key_id}/preview",
    summary="Preview what a draft key would have given a point",
    responses=problems(OperationUnknown, PointNotConsuming, KeyUnknown, PreviewUnknown),
)
async def get_key_preview(
    *,
    operation_id: OperationIdField,
    key_id: UUID,
    prm: Annotated[PrmField, Query(examples=["99220000000101"])],
    request: Request,
    session: Session,
    caller: StaffOrMember,
) -> KeyPreviewOut:
    """The point's energies in the last twelve months that were over when a poll on it opened.

    Computed once per poll, with the readings and real shares of that time; the latest is returned.
    A rewritten draft has none. Right after a poll opens, `preview-unknown` means that the event has
    not arrived here yet: ask again in a moment.
    Members see previews of their own points, while these were theirs; of a draft, if they are on
    the roll. `group` covers all consumers, by the rule of `/explanations`. Staff see all. Amounts
    are not shown: the energy is the difference, and `/billing` knows its worth.
    """
    point = await find_point(session, caller, operation_id, prm)
    version = await keys.get_key(session, operation_id, key_id)
    # First: who is on the roll and the preview come with one event, for which a page can wait.
    row = await store.get_preview(session, operation_id, key_id)
    await access.check_may_see_key(session, caller, version)
    months = await store.list_own_months(session, operation_id, key_id, prm, member_id=point.viewer)
    policy = await policies.get_policy(session, operation_id)
    group = await _group(session, point, key_id, least_points=least_points_of(request, policy))
    return KeyPreviewOut.of(row, prm, months, group)


async def _group(
    session: AsyncSession, point: ConsumingPoint, key_id: UUID, *, least_points: int
) -> GroupPreviewOut:
    operation_id = point.perimeter.operation_id
    months = await store.list_months(session, operation_id, key_id)
    group_months = [
        month for month in months if _is_visible(point, month, least_points=least_points)
    ]
    points = await store.list_points(session, operation_id, key_id, group_months)
    return GroupPreviewOut.of(GroupPreview(points), group_months, needs=least_points)


def _is_visible(point: ConsumingPoint, month: Month, *, least_points: int) -> bool:
    """Consumption by the rule of sums, and production, which is often all that was shared."""
    if point.viewer is None:
        return True
    is_consumption_visible = is_group_visible(
        point.perimeter, month.days, point.viewer, least_points=least_points
    )
    return is_consumption_visible and point.is_production_visible(month)
