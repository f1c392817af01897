"""Routes about billing runs."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.edge.pages import AfterId, Limit
from libs.common.edge.settings import CurrentSettings
from libs.common.http import problems
from libs.common.ids import OperationIdField
from libs.common.logs.accesses import note_access
from services.billing import access
from services.billing.api.dependencies import Session
from services.billing.api.noting import note_invoices
from services.billing.commands.drafts import preflight, runs
from services.billing.commands.invoices.mailings import mail_unsent
from services.billing.domain.drafts.anomalies import members_of
from services.billing.domain.drafts.runs import RunNotInReview, RunUnderWay
from services.billing.domain.invoices.periods import BillingPeriod, PeriodMalformed
from services.billing.schemas.drafts.runs import (
    PreflightOut,
    RunDetailOut,
    RunIn,
    RunIssueIn,
    RunMailedOut,
    RunOut,
)
from services.billing.store.drafts import runs as store
from services.billing.store.drafts.runs import RunNotFound
from services.billing.tables import RunRow

router = APIRouter(route_class=TokenFirstRoute)
_PeriodText = Annotated[str, Query(max_length=10, examples=["2026-10"])]


@router.get(
    "/operations/{operation_id}/preflight",
    summary="Preview a billing run",
    responses=problems(PeriodMalformed),
)
async def get_preflight(
    operation_id: OperationIdField,
    period: _PeriodText,
    session: Session,
    caller: StaffOrOrganiser,
    settings: CurrentSettings,
) -> PreflightOut:
    """Its documents and their anomalies, or everything that blocks it; nothing is kept.

    The run itself uses the same code when its drafts are made and when they are issued.
    """
    caller.check_may_run(operation_id)
    run_preview = await preflight.preview(
        session,
        operation_id,
        BillingPeriod.parse(period),
        unusual_ratio=settings.billing_unusual_ratio,
    )
    customers = [document.customer.member_id for document in run_preview.documents]
    anomalies = [anomaly.members for anomaly in run_preview.anomalies]
    await note_access(session, caller, [*customers, *members_of(anomalies)])
    return PreflightOut.of(run_preview)


@router.post(
    "/runs",
    summary="Start a billing run",
    status_code=202,
    responses=problems(PeriodMalformed),
)
async def post_run(body: RunIn, session: Session, caller: StaffOrOrganiser) -> RunOut:
    """Draft all documents of a month or a quarter of an operation, for review.

    A worker makes the drafts, which replace those of the same days; read the run until its `state`
    is `review` or `blocked`. An invoice of a quarter is for three settled months.
    """
    caller.check_may_run(body.operation_id)
    row = await runs.start_run(
        session, body.operation_id, BillingPeriod.parse(body.period), by=caller.subject
    )
    return await _run_out(session, caller, row)


@router.get(
    "/runs",
    summary="List billing runs",
    responses=problems(RunNotFound),
)
async def list_runs(
    *,
    operation_id: Annotated[OperationIdField, Query()],
    session: Session,
    caller: StaffOrOrganiser,
    after: AfterId = None,
    limit: Limit = 100,
) -> list[RunOut]:
    """The runs of an operation, newest first; the next page is `after` the last id."""
    caller.check_may_run(operation_id)
    rows = await store.list_runs(session, operation_id, after=after, limit=limit)
    await _note_anomalies(session, caller, rows)
    return [RunOut.of(row, await store.count_documents(session, row.document_ids)) for row in rows]


@router.get(
    "/runs/{run_id}",
    summary="Show a billing run",
    responses=problems(RunNotFound),
)
async def get_run(run_id: UUID, session: Session, caller: StaffOrOrganiser) -> RunDetailOut:
    """Its state, its documents with their anomalies, and how many are issued."""
    row = await access.get_run(session, caller, run_id)
    documents = await store.list_documents(session, row.document_ids)
    await note_invoices(session, caller, documents)
    await _note_anomalies(session, caller, [row])
    return RunDetailOut.of_documents(row, documents)


@router.post(
    "/runs/{run_id}/issue",
    summary="Issue a billing run",
    status_code=202,
    responses=problems(RunNotFound, RunNotInReview),
)
async def issue_run(
    run_id: UUID, body: RunIssueIn, session: Session, caller: StaffOrOrganiser
) -> RunOut:
    """Number and freeze all its documents; a worker does it, corrections first.

    If anything has changed since the drafts were made, the run is `failed`: run and review it
    again. Documents that are issued already stay issued.
    """
    row = await access.get_run(session, caller, run_id, lock=True)
    await runs.request_issue(session, row, body.issue_date)
    return await _run_out(session, caller, row)


@router.post(
    "/runs/{run_id}/again",
    summary="Run a billing run again",
    status_code=202,
    responses=problems(RunNotFound, RunUnderWay),
)
async def run_again(run_id: UUID, session: Session, caller: StaffOrOrganiser) -> RunOut:
    """Draft its unissued documents anew, if it was blocked, has failed or is in review."""
    row = await access.get_run(session, caller, run_id, lock=True)
    await runs.run_again(session, row)
    return await _run_out(session, caller, row)


@router.post(
    "/runs/{run_id}/mailings",
    summary="Send the documents of a run by e-mail",
    responses=problems(RunNotFound),
)
async def mail_run(run_id: UUID, session: Session, caller: StaffOrOrganiser) -> RunMailedOut:
    """Send the issued documents that were never sent, whatever the issuers' policies are.

    Use it for documents issued before their seller's were mailed automatically. Repeating it sends
    only what was issued since; send what failed or bounced again one by one.
    """
    row = await access.get_run(session, caller, run_id)
    return RunMailedOut(asked=await mail_unsent(session, row.document_ids))


async def _run_out(session: Session, caller: StaffOrOrganiser, row: RunRow) -> RunOut:
    await _note_anomalies(session, caller, [row])
    return RunOut.of(row, await store.count_documents(session, row.document_ids))


async def _note_anomalies(
    session: Session, caller: StaffOrOrganiser, rows: Sequence[RunRow]
) -> None:
    """Note whom anomalies name, who may have no document in the run."""
    anomalies = [anomaly for row in rows for anomaly in row.anomalies]
    await note_access(session, caller, members_of(anomalies))
