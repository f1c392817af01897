"""The route that lists who looked at an operation's shares and sums."""

from fastapi import APIRouter
from pydantic import Field

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.calendar import day_start
from libs.common.edge.access_routes import AccessOut
from libs.common.edge.callers import AnyPerson
from libs.common.edge.pages import BeforeNumber, Limit
from libs.common.http import problems
from libs.common.ids import OperationIdField, Prm
from services.allocation import access
from services.allocation.api.dependencies import Session
from services.allocation.store.copies import OperationUnknown
from services.allocation.store.privacy import accesses as store

router = APIRouter(route_class=TokenFirstRoute)


class ShareAccessOut(AccessOut):
    prm: Prm | None = Field(description="the point that was asked for; null is all of them")


@router.get(
    "/operations/{operation_id}/accesses",
    summary="List the accesses to the shares of all members",
    responses=problems(OperationUnknown),
)
async def list_accesses(
    *,
    operation_id: OperationIdField,
    session: Session,
    caller: AnyPerson,
    before: BeforeNumber = None,
    limit: Limit = 100,
) -> list[ShareAccessOut]:
    """Accesses of staff and organisers to shares, sums and explanations, newest first.

    Staff see the name, the organiser and members the role. Members see accesses from their own
    first day on, to all points or to their own. Kept for `RETENTION_ACCESS_LOG_MONTHS`.
    """
    scope = await access.get_scope(session, caller, operation_id)
    since = (
        None
        if scope.participations is None
        else day_start(min(participation.valid_from for participation in scope.participations))
    )
    about = None if scope.participations is None else scope.points
    rows = await store.list_accesses(
        session, operation_id, since=since, about=about, before=before, limit=limit
    )
    return [ShareAccessOut.of(row, caller) for row in rows]
