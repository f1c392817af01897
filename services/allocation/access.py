"""Who may see which shares; what they may change is checked by the routes."""

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth import Principal, Role, refused
from libs.common.ids import OperationId, Prm
from services.allocation.domain.scope import EVERYTHING, Scope
from services.allocation.store import copies


async def get_scope(
    session: AsyncSession, principal: Principal, operation_id: OperationId
) -> Scope:
    """Everything for staff and the organiser, own participations for members.

    Raises Forbidden for others, OperationUnknown.
    """
    if principal.may_run(operation_id):
        await copies.get_perimeter(session, operation_id)
        return EVERYTHING
    own = []
    if Role.MEMBER in principal.roles and principal.member_id is not None:
        perimeters = await copies.list_perimeters(session, [operation_id])
        own = [
            one
            for perimeter in perimeters.values()
            for one in perimeter.participations
            if one.member_id == principal.member_id
        ]
    if not own:
        raise refused(
            principal, f"Only staff, the organiser and members of {operation_id} may see that."
        )
    return Scope(own)


def check_may_see_point(principal: Principal, scope: Scope, prm: Prm | None) -> None:
    """Raises Forbidden for a point of somebody else."""
    if prm is not None and not scope.may_see(prm):
        raise refused(principal, "Only the shares of your own points are yours to see.")
