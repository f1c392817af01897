"""The route that lists who read the curves of a point."""

from fastapi import APIRouter

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import StaffOrMember
from libs.common.edge.pages import BeforeNumber, Limit
from libs.common.http import problems
from libs.common.ids import PrmField
from services.ingest import access
from services.ingest.api.dependencies import Session
from services.ingest.domain.problems import PointUnknown
from services.ingest.schemas.privacy import CurveAccessOut
from services.ingest.store.privacy import curve_accesses as store

router = APIRouter(route_class=TokenFirstRoute)


@router.get(
    "/points/{prm}/accesses",
    summary="List the accesses to the curves of a point",
    responses=problems(PointUnknown),
)
async def list_accesses(
    *,
    prm: PrmField,
    caller: StaffOrMember,
    session: Session,
    before: BeforeNumber = None,
    limit: Limit = 100,
) -> list[CurveAccessOut]:
    """Accesses to its load curve, revisions, daily energies and quarantined records, newest first.

    Staff see all; members see accesses to days of their own participations, with the role of
    the reader but not the name. Kept for `RETENTION_ACCESS_LOG_MONTHS`.
    """
    scope = await access.get_own_scope(session, caller, prm)
    rows = await store.list_accesses(session, prm, scope, before=before, limit=limit)
    return [CurveAccessOut.of(row, caller) for row in rows]
