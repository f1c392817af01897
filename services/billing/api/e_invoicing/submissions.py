"""Routes about submissions to platforms."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import AnyPerson, StaffOrOrganiser
from libs.common.edge.pages import AfterId, Limit
from libs.common.http import problems
from services.billing import access
from services.billing.api.dependencies import Session
from services.billing.api.noting import note_invoices
from services.billing.commands.e_invoicing import submissions as commands
from services.billing.domain.e_invoicing.submissions import (
    AlreadySubmitted,
    NothingToSubmit,
    SubmissionState,
)
from services.billing.domain.invoices.invoices import InvoiceNotIssued
from services.billing.schemas.e_invoicing.e_invoicing import SubmissionOut
from services.billing.store.e_invoicing import submissions as store
from services.billing.store.invoices import invoices as invoice_store
from services.billing.store.invoices.invoices import InvoiceNotFound
from services.billing.store.taxes.sellers import SellerUnknown, check_seller
from services.billing.tables import SubmissionRow

router = APIRouter(route_class=TokenFirstRoute)


@router.get(
    "/invoices/{invoice_id}/submissions",
    summary="List the submissions of a document and their status",
    responses=problems(InvoiceNotFound),
)
async def get_submissions(
    invoice_id: UUID, session: Session, caller: AnyPerson
) -> list[SubmissionOut]:
    """The submission with its history; none for a draft or where the customer is a household.

    Visible to those who keep the books of the seller, and the seller. One that is not due is
    listed with the reason.
    """
    invoice = await invoice_store.get_invoice(session, invoice_id)
    await access.check_may_read_books(session, caller, invoice.issuer_id)
    await note_invoices(session, caller, [invoice])
    row = await store.find_of_invoice(session, invoice_id)
    return await submissions_out(session, [row] if row else [])


@router.post(
    "/invoices/{invoice_id}/submissions",
    summary="Submit a document early, or submit it again",
    status_code=202,
    responses=problems(InvoiceNotFound, InvoiceNotIssued, NothingToSubmit, AlreadySubmitted),
)
async def post_submission(
    invoice_id: UUID, session: Session, caller: StaffOrOrganiser
) -> SubmissionOut:
    """A worker sends it. A document that is under way, or has arrived, is not sent again.

    For those who keep the books of the seller. An `unsure` one may or may not have arrived: check
    the platform first.
    """
    invoice = await invoice_store.get_invoice(session, invoice_id)
    await access.check_may_keep_books(session, caller, invoice.issuer_id)
    row = await commands.submit_document(session, invoice)
    return (await submissions_out(session, [row]))[0]


@router.get(
    "/issuers/{issuer_id}/submissions",
    summary="List the submissions of a seller",
    responses=problems(SellerUnknown),
)
async def list_submissions(
    *,
    issuer_id: UUID,
    session: Session,
    caller: AnyPerson,
    status: Annotated[
        SubmissionState | None, Query(description="in this state", examples=["rejected"])
    ] = None,
    after: AfterId = None,
    limit: Limit = 100,
) -> list[SubmissionOut]:
    """Documents and reports, by id, page by page; visible to readers of the seller's books."""
    await access.check_may_read_books(session, caller, issuer_id)
    await check_seller(session, issuer_id)
    rows = await store.list_of_issuer(session, issuer_id, state=status, after=after, limit=limit)
    return await submissions_out(session, rows)


async def submissions_out(
    session: AsyncSession, rows: Sequence[SubmissionRow]
) -> list[SubmissionOut]:
    """Return the submissions with their histories."""
    events = await store.list_events(session, [row.id for row in rows])
    return SubmissionOut.all_of(rows, events)
