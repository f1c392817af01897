"""Routes about corrections: policies, credit notes, and how documents hang together."""

from uuid import UUID

from fastapi import APIRouter, status

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.calendar import MonthMalformed
from libs.common.edge.callers import AnyPerson, StaffOrOrganiser
from libs.common.edge.days import MonthInPath
from libs.common.http import problems
from libs.common.ids import OperationId, OperationIdField
from services.billing import access
from services.billing.api.dependencies import Session
from services.billing.api.noting import note_invoices
from services.billing.commands.corrections import corrections, crediting
from services.billing.domain.corrections.credit_notes import CreditExceedsInvoice, NotCreditable
from services.billing.domain.invoices.invoices import InvoiceState
from services.billing.schemas.corrections.corrections import (
    CorrectionPolicyBody,
    CorrectionsOut,
    CreditNoteIn,
    LinkedDocumentOut,
    LinksOut,
    RevisionOut,
    WithheldOut,
)
from services.billing.schemas.invoices.invoices import InvoiceOut
from services.billing.store import copies
from services.billing.store.corrections import corrections as store
from services.billing.store.drafts import billed
from services.billing.store.invoices import invoices as invoice_store
from services.billing.store.invoices.filters import InvoiceFilter
from services.billing.store.invoices.invoices import InvoiceNotFound

router = APIRouter(route_class=TokenFirstRoute)


@router.put(
    "/operations/{operation_id}/correction-policy",
    summary="Choose how issued invoices are corrected",
)
async def put_policy(
    operation_id: OperationIdField,
    body: CorrectionPolicyBody,
    session: Session,
    caller: StaffOrOrganiser,
) -> CorrectionPolicyBody:
    """Corrections either replace an invoice or bill the difference.

    Corrections that are still drafts are made again; issued ones stay as they are.
    """
    caller.check_may_run(operation_id)
    await corrections.set_policy(session, operation_id, body.policy)
    return body


@router.get(
    "/operations/{operation_id}/correction-policy",
    summary="Show how issued invoices are corrected",
)
async def get_policy(
    operation_id: OperationIdField, session: Session, caller: StaffOrOrganiser
) -> CorrectionPolicyBody:
    """The policy is `replace` where the operation has chosen none."""
    caller.check_may_run(operation_id)
    return CorrectionPolicyBody(policy=await store.get_policy(session, operation_id))


@router.get(
    "/operations/{operation_id}/months/{month}/corrections",
    summary="List what revised settlements change in issued invoices",
    responses=problems(MonthMalformed),
)
async def get_corrections(
    operation_id: OperationIdField, month: MonthInPath, session: Session, caller: StaffOrOrganiser
) -> CorrectionsOut:
    """Each revision of the month's settlement, its outcome, and the drafts to review.

    Billing drafts corrections automatically once all events of the newest revision have arrived,
    for months with issued invoices.
    """
    caller.check_may_run(operation_id)
    newest = await copies.find_settlement_number(session, operation_id, month)
    revisions = await store.list_revisions(session, operation_id, month)
    invoices = await invoice_store.list_invoices(
        session, InvoiceFilter(operation_id=operation_id, month=month)
    )
    withheld = await store.list_withheld(session, operation_id, month)
    return CorrectionsOut(
        revisions=[RevisionOut.of(row, newest) for row in revisions],
        draft_ids=[
            row.id for row in invoices if row.state == InvoiceState.DRAFT and row.cause is not None
        ],
        withheld=WithheldOut.all_of(withheld),
    )


@router.post(
    "/invoices/{invoice_id}/credit-notes",
    summary="Draft a credit note",
    response_model_exclude_unset=True,
    status_code=201,
    responses=problems(InvoiceNotFound, NotCreditable, CreditExceedsInvoice),
)
async def post_credit_note(
    invoice_id: UUID, body: CreditNoteIn, session: Session, caller: StaffOrOrganiser
) -> InvoiceOut:
    """Credit the whole invoice, lines, or part of their energy; never more than is left of it.

    Repeating the request gives the same draft. Issue it like an invoice; an invoice has one such
    draft at a time. Credited energy is no longer billed: drafting the month again bills it anew,
    at today's prices where nothing is left of the line.
    """
    invoice = await invoice_store.get_invoice(session, invoice_id)
    caller.check_may_run(OperationId(invoice.operation_id))
    row = await crediting.draft_credit_note(
        session,
        invoice_id,
        {line.position: line.energy_wmin for line in body.lines},
        reason=body.reason,
    )
    return InvoiceOut.of(row.content)


@router.delete(
    "/invoices/{invoice_id}",
    summary="Withdraw the draft of a credit note",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(InvoiceNotFound, crediting.NotWithdrawable),
)
async def delete_draft(invoice_id: UUID, session: Session, caller: StaffOrOrganiser) -> None:
    """Withdraw a draft that a person asked for: one made from a settlement changes with it."""
    invoice = await invoice_store.get_invoice(session, invoice_id)
    caller.check_may_run(OperationId(invoice.operation_id))
    await crediting.withdraw_credit_note(session, invoice_id)


@router.get(
    "/invoices/{invoice_id}/links",
    summary="Show the links between a document and others",
    responses=problems(InvoiceNotFound),
)
async def get_links(invoice_id: UUID, session: Session, caller: AnyPerson) -> LinksOut:
    """Links in both directions: what it refers to, and the issued documents that refer to it.

    Visible to those who may see the document; linked documents have the same parties.
    """
    row = await invoice_store.get_invoice(session, invoice_id)
    access.check_may_see(caller, row)
    await note_invoices(session, caller, [row])
    referred = [reference.id for reference in invoice_store.read_content(row).refers_to]
    return LinksOut(
        refers_to=LinkedDocumentOut.all_of(await invoice_store.get_invoices(session, referred)),
        referred_by=LinkedDocumentOut.all_of(await billed.list_following(session, invoice_id)),
        left_cents=await billed.find_left_cents(session, invoice_id),
    )
