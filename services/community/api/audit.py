"""The route of the audit log."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query

from libs.common import audit
from libs.common.auth import TokenFirstRoute
from libs.common.http import problems
from services.community.api.dependencies import ACCESS, Operator, Session
from services.community.schemas.audit import ChangeOut

router = APIRouter(route_class=TokenFirstRoute)

_WORD = r"^[^\x00-\x1f\x7f]+$"


@router.get(
    "/audit",
    summary="Who changed what, the newest first",
    response_model=list[ChangeOut],
    responses=problems(*ACCESS),
)
async def list_changes(
    *,
    _caller: Operator,
    session: Session,
    subject: Annotated[str | None, Query(max_length=200, pattern=_WORD)] = None,
    entity: Annotated[str | None, Query(max_length=63, pattern=r"^[a-z_]+$")] = None,
    entity_id: Annotated[str | None, Query(max_length=500, pattern=_WORD)] = None,
    request_id: Annotated[str | None, Query(pattern=r"^[A-Za-z0-9_-]{8,64}$")] = None,
    before: Annotated[
        int | None, Query(ge=1, lt=2**63, description="position of the last one of the page before")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> Sequence[audit.Change]:
    """Every change of what this service keeps, in the transaction that made it; operators only.

    Ballots are not in it. No line changes; they go after `RETENTION_AUDIT_MONTHS`.
    """
    return await audit.list_changes(
        session,
        subject=subject,
        entity=entity,
        entity_id=entity_id,
        request_id=request_id,
        before=before,
        limit=limit,
    )
