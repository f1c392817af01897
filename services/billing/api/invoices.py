"""Routes about invoices."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from libs.common.auth import Forbidden, Role, TokenFirstRoute, TokenRefused
from libs.common.calendar import MonthMalformed
from libs.common.http import problems
from libs.common.ids import OperationIdField
from services.billing import access
from services.billing.api.dependencies import MonthInQuery, Reader, Runner, Session
from services.billing.api.noting import note_invoices
from services.billing.commands import issuing
from services.billing.domain.blockers import DraftsBlocked
from services.billing.domain.claims import BilledTwice
from services.billing.domain.invoices import CorrectionSplit, DraftsOutdated
from services.billing.domain.issue_blockers import IssueBlocked
from services.billing.domain.issue_dates import (
    IssueDateBeforePeriodEnd,
    IssueDateInFuture,
    IssueDateNotChronological,
)
from services.billing.domain.ledger import FiscalYearClosed
from services.billing.schemas.invoices import InvoiceOut, IssueIn
from services.billing.store import invoices as store
from services.billing.store.invoices import InvoiceNotFound

router = APIRouter(route_class=TokenFirstRoute)


@router.get(
    "/invoices",
    summary="Invoices, by id",
    response_model_exclude_unset=True,
    responses=problems(TokenRefused, Forbidden, MonthMalformed),
)
async def list_invoices(
    *,
    session: Session,
    principal: Reader,
    month: MonthInQuery,
    operation_id: OperationIdField | None = None,
    after: Annotated[UUID | None, Query(description="last id of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 1000,
) -> list[InvoiceOut]:
    """Staff see all, organisers those of their operations, members their own issued ones.

    To the seller, `usage.points` is empty: what customers use in all is theirs. The `content_hash`
    is that of the whole content.
    """
    access.check_may_list(principal, operation_id)
    invoices = await store.list_invoices(
        session,
        operation_id=operation_id,
        month=month,
        operations=access.visible_operations(principal),
        member_id=principal.member_id if Role.MEMBER in principal.roles else None,
        after=after,
        limit=limit,
    )
    await note_invoices(session, principal, invoices)
    return [
        InvoiceOut.of(one.content, with_consumption=access.sees_consumption(principal, one))
        for one in invoices
    ]


@router.get(
    "/invoices/{invoice_id}",
    summary="One invoice",
    response_model_exclude_unset=True,
    responses=problems(TokenRefused, Forbidden, InvoiceNotFound),
)
async def get_invoice(invoice_id: UUID, session: Session, principal: Reader) -> InvoiceOut:
    """For staff, the organiser and, once it is issued, the issuer and the customer."""
    invoice = await store.get_invoice(session, invoice_id)
    access.check_may_see(principal, invoice)
    await note_invoices(session, principal, [invoice])
    with_consumption = access.sees_consumption(principal, invoice)
    return InvoiceOut.of(invoice.content, with_consumption=with_consumption)


@router.post(
    "/invoices/issue",
    summary="Number and freeze drafts",
    response_model_exclude_unset=True,
    responses=problems(
        TokenRefused,
        Forbidden,
        InvoiceNotFound,
        DraftsOutdated,
        DraftsBlocked,
        IssueBlocked,
        FiscalYearClosed,
        CorrectionSplit,
        BilledTwice,
        IssueDateInFuture,
        IssueDateBeforePeriodEnd,
        IssueDateNotChronological,
    ),
)
async def issue_invoices(body: IssueIn, session: Session, principal: Runner) -> list[InvoiceOut]:
    """All or none, by id; those issued already are returned as they are.

    Invoices (F2026-00001) and credit notes (A2026-00001) have a series each, without a gap within
    an issuer and year. Numbers follow issuer, customer name and id.
    The date may not be in the future, before the end of the period supplied, or before the last
    date of the issuer in any year. Refused with `drafts-outdated` when a settlement, price,
    participation, member, issuer profile, accise regime or credit note has changed since: make the
    drafts again. The documents that correct what one member bought of another are issued together,
    or `correction-split`. Refused with `issue-blocked` when something that the law wants on them is
    missing; its `blockers` are those that the drafts told.
    """
    ids = set(body.invoice_ids)
    for operation_id in await store.list_operations_of(session, ids):
        principal.check_may_run(operation_id)
    return InvoiceOut.all_of(await issuing.issue_invoices(session, ids, issue_date=body.issue_date))
