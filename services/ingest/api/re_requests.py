"""Routes for readings that are late: what to ask the DSO for again, and what was asked."""

from uuid import UUID

from fastapi import APIRouter

from libs.common.auth import TokenFirstRoute
from libs.common.calendar import Month, MonthMalformed
from libs.common.clock import now_in
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.edge.days import MonthInQuery
from libs.common.edge.settings import CurrentSettings
from libs.common.http import problems
from libs.common.ids import OperationIdField
from services.ingest.api.dependencies import Session
from services.ingest.commands import re_requests as commands
from services.ingest.domain.problems import OperationUnknown, ReRequestUnknown
from services.ingest.schemas.re_requests import MissingOut, ReRequestOut
from services.ingest.store import re_requests as store

router = APIRouter(route_class=TokenFirstRoute)

_REFUSALS = problems(OperationUnknown, MonthMalformed)
_REFUSALS_OF_ONE = problems(ReRequestUnknown)


@router.get(
    "/operations/{operation_id}/re-requests",
    summary="List the late readings of a month and their re-requests",
    responses=_REFUSALS,
)
async def get_re_requests(
    *,
    operation_id: OperationIdField,
    month: MonthInQuery,
    caller: StaffOrOrganiser,
    session: Session,
    settings: CurrentSettings,
) -> MissingOut:
    """Days in a row by point, the flow they may come by, and the calls that ask for them.

    A day counts as missing after `READINGS_GRACE_DAYS` whole days; what ingest estimated is missing
    all the same. The flow goes by how the point's readings came last and by the age of the gap:
    `R50` and `R4Q` bring late files for 20 days, then `R63` on demand (1,500 points a demand, 24
    months back); `Data Connect` takes 7 days a call.
    """
    caller.check_may_run(operation_id)
    return await _list(session, operation_id, month, settings.readings_grace_days)


@router.post(
    "/operations/{operation_id}/re-requests",
    summary="Request late readings again",
    responses=_REFUSALS,
)
async def post_re_requests(
    *,
    operation_id: OperationIdField,
    month: MonthInQuery,
    caller: StaffOrOrganiser,
    session: Session,
    settings: CurrentSettings,
) -> MissingOut:
    """Days in a row that no re-request waits for yet become one that waits.

    It is done by itself once a day, for two months, unless `RE_REQUESTS_DAILY` is off; but days
    whose re-request was withdrawn or given up are asked for by people only. Whoever pulls from the
    DSO works them off; those that need a person can be asked on its portal.
    A re-request is `resolved` by itself once all its days have come, in whatever file.
    """
    caller.check_may_run(operation_id)
    await commands.ask_again(
        session,
        operation_id,
        month,
        grace_days=settings.readings_grace_days,
        asked_by=caller.subject,
        now=now_in(session),
    )
    return await _list(session, operation_id, month, settings.readings_grace_days)


@router.post(
    "/operations/{operation_id}/re-requests/{re_request_id}/attempts",
    summary="Record that the DSO was asked by hand",
    responses=_REFUSALS_OF_ONE,
)
async def post_attempt(
    operation_id: OperationIdField, re_request_id: UUID, caller: StaffOrOrganiser, session: Session
) -> ReRequestOut:
    """Counts an attempt and puts the next one off; of a closed re-request nothing changes."""
    caller.check_may_run(operation_id)
    return ReRequestOut.of(await commands.note_asked_by_hand(session, operation_id, re_request_id))


@router.delete(
    "/operations/{operation_id}/re-requests/{re_request_id}",
    summary="Stop a re-request",
    responses=_REFUSALS_OF_ONE,
)
async def delete_re_request(
    operation_id: OperationIdField, re_request_id: UUID, caller: StaffOrOrganiser, session: Session
) -> ReRequestOut:
    """It is `withdrawn` and stays in the list; one that is closed already stays as it is."""
    caller.check_may_run(operation_id)
    return ReRequestOut.of(await commands.withdraw_re_request(session, operation_id, re_request_id))


async def _list(
    session: Session, operation_id: OperationIdField, month: Month, grace_days: int
) -> MissingOut:
    lacks = await commands.list_missing(session, operation_id, month, grace_days=grace_days)
    rows = await store.list_in(
        session, operation_id, from_day=month.first_day, to_day=month.next_first_day
    )
    return MissingOut.of(operation_id, month, lacks, rows)
