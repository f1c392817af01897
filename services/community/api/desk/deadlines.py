"""The route that lists deadlines."""

from typing import Annotated

from fastapi import APIRouter, Query

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.calendar import local_day
from libs.common.clock import now_in
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.edge.days import DayField
from libs.common.edge.pages import Limit
from libs.common.ids import OperationIdField
from services.community.api.dependencies import Session
from services.community.commands.desk.deadlines import list_deadlines
from services.community.domain.messages.messages import Language
from services.community.schemas.desk.deadlines import DeadlineOut

router = APIRouter(prefix="/deadlines", route_class=TokenFirstRoute)


@router.get("", summary="List what is due")
async def get_deadlines(
    *,
    caller: StaffOrOrganiser,
    session: Session,
    operation_id: Annotated[
        OperationIdField | None, Query(description="only of this operation")
    ] = None,
    until: Annotated[
        DayField | None, Query(description="last due day; default: three months ahead")
    ] = None,
    language: Annotated[Language, Query(description="of `todo`")] = "fr",
    after: Annotated[
        str | None, Query(max_length=200, description="last id of the page before")
    ] = None,
    limit: Limit = 100,
) -> list[DeadlineOut]:
    """Entries and exits to declare, coefficients to send, months to close, papers to renew.

    By due day, missed ones first. Finished tasks disappear automatically. Staff see all
    operations, organisers their own.
    """
    now = now_in(session)
    scope = caller.get_run_scope(operation_id)
    deadlines = await list_deadlines(session, scope, now=now, until=until)
    page = [deadline for deadline in deadlines if after is None or deadline.id > after][:limit]
    return [DeadlineOut.of(deadline, language, today=local_day(now)) for deadline in page]
