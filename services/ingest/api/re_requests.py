"""Routes for late readings: what to request from the DSO again, and what was requested."""

from uuid import UUID

from fastapi import APIRouter

from libs.common.auth.tokens import TokenFirstRoute
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
from services.ingest.schemas.gaps import frame_of
from services.ingest.schemas.re_requests import MissingOut, ReRequestIn, ReRequestOut
from services.ingest.store import re_requests as store

router = APIRouter(route_class=TokenFirstRoute)

_REFUSALS = problems(OperationUnknown, MonthMalformed)
_REFUSALS_OF_ONE = problems(ReRequestUnknown)

_EVERYTHING = ReRequestIn()


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
    """Consecutive days by point, the flow that may deliver them, and the calls that request them.

    A day counts as missing after `READINGS_GRACE_DAYS` whole days, even if ingest estimated it. The
    flow depends on how the point's readings came last and on the age of the gap: `R50` and `R4Q`
    bring late files for 20 days, then `R63` on demand (1,500 points a demand, 24 months back);
    `Data Connect` takes 7 days a call.
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
    body: ReRequestIn = _EVERYTHING,
) -> MissingOut:
    """Consecutive days without a pending re-request become one that is pending.

    This happens automatically once a day, for two months, unless `RE_REQUESTS_DAILY` is off; but
    days whose re-request was withdrawn or given up are requested by people only. Pulls from the
    DSO work them off; a person can ask for the others on the DSO's portal.
    A re-request is `resolved` automatically once all its days have arrived, in whatever file.
    """
    caller.check_may_run(operation_id)
    await commands.ask_again(
        session,
        operation_id,
        month,
        grace_days=settings.readings_grace_days,
        asked_by=caller.subject,
        now=now_in(session),
        only=frame_of(body.only),
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
    """Counts an attempt and postpones the next one; a closed re-request does not change."""
    caller.check_may_run(operation_id)
    return ReRequestOut.of(await commands.note_asked_by_hand(session, operation_id, re_request_id))


@router.delete(
    "/operations/{operation_id}/re-requests/{re_request_id}",
    summary="Withdraw a re-request",
    responses=_REFUSALS_OF_ONE,
)
async def delete_re_request(
    operation_id: OperationIdField, re_request_id: UUID, caller: StaffOrOrganiser, session: Session
) -> ReRequestOut:
    """It becomes `withdrawn` and stays in the list; a closed re-request does not change."""
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
