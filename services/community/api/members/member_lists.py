"""Routes that import members, their points and participations from a CSV file."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.http import problems
from libs.common.http.allowances import costs
from libs.common.ids import OperationIdField, Sha256Field
from services.community.api.dependencies import Session
from services.community.claims import Claimant
from services.community.commands.members import member_lists as commands
from services.community.domain.members.csv_lines import LinesRefused, PreviewOutdated
from services.community.domain.members.member_list import COLUMNS, MemberListUnreadable
from services.community.domain.problems import OperationUnknown
from services.community.schemas.members.member_lists import MemberListOut

router = APIRouter(prefix="/operations/{operation_id}/members", route_class=TokenFirstRoute)

_FILE = {
    "description": f"Columns {', '.join(COLUMNS)}",
    "required": True,
    "content": {"text/csv": {"schema": {"type": "string", "format": "binary"}}},
}


@router.post(
    "/preview",
    summary="Preview the import of a list of members",
    responses=problems(OperationUnknown, MemberListUnreadable),
    openapi_extra={"requestBody": _FILE},
)
@costs(5)
async def preview_members(
    request: Request, caller: StaffOrOrganiser, operation_id: OperationIdField, session: Session
) -> MemberListOut:
    """The effect of each line or why it is refused, and breaches of the law; nothing changes yet.

    For staff and the operation's organiser. CSV in UTF-8 with semicolons or commas, 500 lines at
    most; docs/use/members.md has its columns and an example. A column that the file does not have
    leaves what is recorded as it is; an empty cell empties it.

    Participations that begin before their member was recorded (of a new one, before today) are for
    staff to import: an organiser leaves those columns out, or gives a later day.
    """
    caller.check_may_run(operation_id)
    content = await request.body()
    preview, breaches = await commands.preview_members(
        session, Claimant.of(caller), operation_id, content
    )
    return MemberListOut.of(preview, breaches)


@router.post(
    "/import",
    summary="Import a list of members",
    responses=problems(OperationUnknown, MemberListUnreadable, PreviewOutdated, LinesRefused),
    openapi_extra={"requestBody": _FILE},
)
@costs(5)
async def import_members(
    request: Request,
    caller: StaffOrOrganiser,
    operation_id: OperationIdField,
    session: Session,
    preview: Annotated[Sha256Field, Query(description="of its preview", examples=["5e0f" * 16])],
) -> MemberListOut:
    """Record what the preview of the file showed, all or nothing.

    For staff and the operation's organiser, as far as they may record each member, point and
    participation alone: those that begin before their member was recorded are for staff. The same
    file again adds nothing. `breaches` as in the preview. `preview-outdated` if it would do
    something else by now; `lines-refused` if a line cannot be taken.
    """
    caller.check_may_run(operation_id)
    content = await request.body()
    imported, breaches = await commands.import_members(
        session, Claimant.of(caller), operation_id, content, preview_hash=preview
    )
    return MemberListOut.of(imported, breaches)
