"""Routes for purges of data that were too old."""

from fastapi import APIRouter

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import Staff
from libs.common.edge.pages import Limit
from libs.common.ids import OperationIdField
from services.allocation.api.dependencies import Session
from services.allocation.schemas.purges import PurgeOut
from services.allocation.store import purges

router = APIRouter(route_class=TokenFirstRoute)


@router.get("/purges", summary="List the months whose curves were purged")
async def list_purges(
    _caller: Staff,
    session: Session,
    operation_id: OperationIdField | None = None,
    limit: Limit = 100,
) -> list[PurgeOut]:
    """Latest first; staff only.

    Readings and shares by step are purged with ingest's load curves, whole months at a time;
    settlements and their inputs stay.
    """
    rows = await purges.list_purges(session, operation_id=operation_id, limit=limit)
    return [PurgeOut.model_validate(row) for row in rows]
