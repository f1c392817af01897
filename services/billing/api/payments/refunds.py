"""Routes about refunds: customers' credits that are paid back by transfer."""

from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Query

from libs.common.auth.step_up import needs_step_up
from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.edge.pages import AfterId, Limit
from libs.common.http import attachment, file_response, problems
from libs.common.logs.accesses import note_access
from services.billing.access import payments as access
from services.billing.api.dependencies import Session
from services.billing.api.responses import XmlResponse
from services.billing.commands.payments import refunds as commands
from services.billing.domain.payments.banking_days import NotABankingDay
from services.billing.domain.payments.creditors import CreditorMissing
from services.billing.domain.payments.payouts.payouts import PayoutTooSoon
from services.billing.domain.payments.refunds import NothingToRefund
from services.billing.schemas.payments.collections import RejectionIn
from services.billing.schemas.payments.refunds import (
    MadeRefundOut,
    RefundDetailOut,
    RefundIn,
    RefundItemOut,
    RefundOut,
    RefundPreviewOut,
)
from services.billing.store.payments import refunds as store
from services.billing.store.payments.refunds import RefundExecuted, RefundUnknown

router = APIRouter(route_class=TokenFirstRoute)

_EXAMPLE = (
    "<?xml version='1.0' encoding='UTF-8'?>\n"
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09">\n'
)


@router.put(
    "/issuers/{issuer_id}/refunds/{refund_id}",
    summary="Pay customers' credits back",
    responses=problems(
        CreditorMissing, RefundUnknown, PayoutTooSoon, NotABankingDay, NothingToRefund
    ),
)
@needs_step_up
async def put_refund(
    issuer_id: UUID, refund_id: UUID, body: RefundIn, session: Session, caller: StaffOrOrganiser
) -> MadeRefundOut:
    """Choose the id; the same id again returns the refund unchanged.

    Credits pay what their customers owe the same seller first; of the rest all of a customer are
    one transfer, to the account of their mandate in force, or to one from which they alone have
    paid. A credit that is being paid back pays nothing else meanwhile. `skipped` lists the others.
    """
    await access.check_may_collect(session, caller, issuer_id)
    row, plan = await commands.refund(
        session, issuer_id, refund_id, day=body.day, least_cents=body.least_cents
    )
    return MadeRefundOut.of(row, plan)


@router.get(
    "/issuers/{issuer_id}/refund-preview",
    summary="Preview a refund",
    responses=problems(CreditorMissing),
)
async def preview_refund(
    *,
    issuer_id: UUID,
    least_cents: Annotated[
        int, Query(ge=1, le=10**9, description="the least sum to pay back to a customer")
    ] = 1,
    session: Session,
    caller: StaffOrOrganiser,
) -> RefundPreviewOut:
    """Show which credits would be paid back to whom, and which would not. It makes nothing."""
    await access.check_may_collect(session, caller, issuer_id)
    plan = await commands.preview_refund(session, issuer_id, uuid4(), least_cents=least_cents)
    customers = {transfer.customer_id for transfer in plan.transfers}
    customers |= {skipped.credit.customer_id for skipped in plan.skipped}
    await note_access(session, caller, customers)
    return RefundPreviewOut.of(plan)


@router.get(
    "/issuers/{issuer_id}/refunds",
    summary="List the refunds of a creditor, newest day first",
    responses=problems(RefundUnknown),
)
async def list_refunds(
    *,
    issuer_id: UUID,
    session: Session,
    caller: StaffOrOrganiser,
    after: AfterId = None,
    limit: Limit = 100,
) -> list[RefundOut]:
    """Includes cancelled ones. One day's come by id; the next page is `after` the last id."""
    await access.check_may_collect(session, caller, issuer_id)
    rows = await store.list_refunds(session, issuer_id, after=after, limit=limit)
    return [RefundOut.model_validate(row) for row in rows]


@router.get(
    "/issuers/{issuer_id}/refunds/{refund_id}",
    summary="Show a refund and the status of each transfer",
    responses=problems(RefundUnknown),
)
async def get_refund(
    issuer_id: UUID, refund_id: UUID, session: Session, caller: StaffOrOrganiser
) -> RefundDetailOut:
    """Return the refund; the bank statements say which transfers were executed or returned."""
    await access.check_may_collect(session, caller, issuer_id)
    row = await store.get_refund(session, issuer_id, refund_id)
    items = await store.list_items_with_documents(session, refund_id)
    await note_access(session, caller, {document.customer_id for _, document in items})
    return RefundDetailOut.of(row, items)


@router.get(
    "/issuers/{issuer_id}/refunds/{refund_id}/pain.001.xml",
    summary="Download the file of refunds for the bank",
    response_class=XmlResponse,
    responses={
        **file_response(
            "pain.001 of the edition that the bank takes", {"application/xml": _EXAMPLE}
        ),
        **problems(RefundUnknown),
    },
)
async def get_refund_file(
    issuer_id: UUID, refund_id: UUID, session: Session, caller: StaffOrOrganiser
) -> XmlResponse:
    """The bytes are the same on every download. The file holds full IBANs."""
    await access.check_may_collect(session, caller, issuer_id)
    row = await store.get_refund(session, issuer_id, refund_id)
    items = await store.list_items_with_documents(session, refund_id)
    await note_access(session, caller, {document.customer_id for _, document in items})
    return XmlResponse(row.content, headers=attachment(f"{row.day}-{row.id.hex}.xml"))


@router.post(
    "/issuers/{issuer_id}/refunds/{refund_id}/items/{item_id}/rejection",
    summary="Record that the bank rejected a refund before it moved money",
    responses=problems(RefundUnknown, RefundExecuted),
)
async def reject_refund_item(
    *,
    issuer_id: UUID,
    refund_id: UUID,
    item_id: UUID,
    body: RejectionIn,
    session: Session,
    caller: StaffOrOrganiser,
) -> RefundItemOut:
    """For what the bank's report (pain.002) says. The customer has the credits again."""
    await access.check_may_collect(session, caller, issuer_id)
    await commands.reject_transfer(session, issuer_id, refund_id, item_id, reason=body.reason)
    items = await store.list_items_with_documents(session, refund_id)
    of_transfer = [(item, document) for item, document in items if item.transfer_id == item_id]
    return RefundItemOut.all_of(of_transfer)[0]


@router.post(
    "/issuers/{issuer_id}/refunds/{refund_id}/cancellation",
    summary="Cancel a refund that did not go to the bank",
    responses=problems(RefundUnknown, RefundExecuted),
)
async def cancel_refund(
    issuer_id: UUID, refund_id: UUID, session: Session, caller: StaffOrOrganiser
) -> RefundOut:
    """Record that the bank never got the file. The customers have their credits again."""
    await access.check_may_collect(session, caller, issuer_id)
    row = await commands.cancel_refund(session, issuer_id, refund_id)
    return RefundOut.model_validate(row)
