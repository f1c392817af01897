"""Routes that import a perimeter from a CSV file."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.http import problems
from libs.common.http.body_limits import takes
from libs.common.ids import OperationIdField, Sha256Field
from services.community.api.dependencies import Session
from services.community.api.members.operations import changed_perimeter_out
from services.community.claims import Claimant
from services.community.commands.members import perimeter_files as commands
from services.community.domain.members.csv_lines import LinesRefused, PreviewOutdated
from services.community.domain.members.perimeter_file import (
    MAX_BYTES,
    PerimeterFileTooLarge,
    PerimeterFileUnreadable,
)
from services.community.domain.problems import (
    ForStaffToRecord,
    OperationUnknown,
    ParticipationOverlap,
    PerimeterUnfit,
    PointUnknown,
)
from services.community.schemas.members.perimeter_files import ChangedPerimeterOut, PreviewOut

router = APIRouter(prefix="/operations/{operation_id}/participations", route_class=TokenFirstRoute)

_REFUSALS = (OperationUnknown, PerimeterFileTooLarge, PerimeterFileUnreadable)
_FILE = {
    "description": "Columns prm, direction, member_id, valid_from, valid_to",
    "required": True,
    "content": {"text/csv": {"schema": {"type": "string", "format": "binary"}}},
}


@router.post(
    "/preview",
    summary="Preview the changes of a file of participations",
    responses=problems(*_REFUSALS),
    openapi_extra={"requestBody": _FILE},
)
@takes(MAX_BYTES, advice="Send the file in parts.")
async def preview(
    request: Request, caller: StaffOrOrganiser, operation_id: OperationIdField, session: Session
) -> PreviewOut:
    """Additions, changes, ends, refusals and breaches of the law; nothing is changed yet.

    For staff and the operation's organiser. CSV with semicolons or commas, in UTF-8 or Latin-1;
    days as `2026-01-31` or `31/01/2026`. Participations not in the file stay as they are.
    """
    caller.check_may_run(operation_id)
    content = await request.body()
    perimeter_preview = await commands.preview_file(
        session, Claimant.of(caller), operation_id, content
    )
    breaches = await commands.find_breaches(session, operation_id, perimeter_preview)
    return PreviewOut.of(perimeter_preview, breaches)


@router.post(
    "/import",
    summary="Import a file of participations",
    responses=problems(
        *_REFUSALS,
        PreviewOutdated,
        LinesRefused,
        PointUnknown,
        ForStaffToRecord,
        ParticipationOverlap,
        PerimeterUnfit,
    ),
    openapi_extra={"requestBody": _FILE},
)
@takes(MAX_BYTES, advice="Send the file in parts.")
async def import_file(
    request: Request,
    caller: StaffOrOrganiser,
    operation_id: OperationIdField,
    session: Session,
    preview: Annotated[Sha256Field, Query(description="of its preview", examples=["5e0f" * 16])],
) -> ChangedPerimeterOut:
    """Make the changes that the preview of the file showed, all or nothing; returns the perimeter.

    For staff and the operation's organiser. `preview-outdated` if the perimeter or the file has
    changed since; `lines-refused` if a line cannot be imported. `breaches` as in the preview.
    """
    caller.check_may_run(operation_id)
    content = await request.body()
    changed = await commands.import_file(
        session, Claimant.of(caller), operation_id, content, preview_hash=preview
    )
    return changed_perimeter_out(changed)
