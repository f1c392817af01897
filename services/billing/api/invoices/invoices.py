"""Routes about invoices."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import Field

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.calendar import MonthMalformed
from libs.common.edge.callers import AnyPerson, StaffOrOrganiser
from libs.common.edge.days import DayField, OptionalMonthInQuery
from libs.common.edge.pages import AfterId, Limit, LongLimit
from libs.common.http import problems
from libs.common.ids import OperationIdField
from services.billing import access
from services.billing.api.dependencies import Session
from services.billing.api.noting import note_invoices
from services.billing.commands.drafts import issuing
from services.billing.domain.books.ledger import FiscalYearClosed
from services.billing.domain.drafts.blockers import DraftsBlocked
from services.billing.domain.drafts.claims import BilledTwice
from services.billing.domain.drafts.issue_blockers import IssueBlocked
from services.billing.domain.drafts.issue_dates import (
    IssueDateBeforePeriodEnd,
    IssueDateInFuture,
    IssueDateNotChronological,
)
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.invoices.invoices import (
    CorrectionSplit,
    DraftsOutdated,
    InvoiceState,
)
from services.billing.domain.invoices.sought_numbers import SoughtNumbers
from services.billing.domain.payments.invoice_payments import PaymentState
from services.billing.schemas.invoices.invoices import InvoiceOut, IssueIn
from services.billing.schemas.invoices.summaries import InvoiceSummaryOut
from services.billing.store.invoices import invoices as store
from services.billing.store.invoices.filters import InvoiceFilter
from services.billing.store.invoices.invoices import InvoiceNotFound
from services.billing.store.payments.invoice_payments import map_payments

router = APIRouter(route_class=TokenFirstRoute)

_MOST_CENTS = 2**63 - 1
_Cents = Annotated[int, Field(ge=-_MOST_CENTS, le=_MOST_CENTS)]


async def _sought(
    number_or_reference: Annotated[
        str | None,
        Query(
            max_length=100,
            description="the number in any usual spelling, with or without its letter, such as"
            " `f 2026 12`, or the reference that its payer gives (RF…)",
        ),
    ] = None,
) -> SoughtNumbers | None:
    return None if number_or_reference is None else SoughtNumbers.parse(number_or_reference)


async def _filters(
    *,
    caller: AnyPerson,
    month: OptionalMonthInQuery,
    sought: Annotated[SoughtNumbers | None, Depends(_sought)],
    operation_id: OperationIdField | None = None,
    customer_id: Annotated[UUID | None, Query(description="the member who pays")] = None,
    issuer_id: Annotated[UUID | None, Query(description="the member who sells")] = None,
    from_day: Annotated[DayField | None, Query(description="for it or a later day")] = None,
    to_day: Annotated[DayField | None, Query(description="for a day before it")] = None,
    state: Annotated[InvoiceState | None, Query(description="`draft` or `issued`")] = None,
    kind: Annotated[DocumentKind | None, Query(description="invoice or credit note")] = None,
    is_corrective: Annotated[
        bool | None, Query(description="invoices that replace others or add to them")
    ] = None,
    least_cents: Annotated[_Cents | None, Query(description="of the total with VAT")] = None,
    most_cents: Annotated[_Cents | None, Query(description="of the total with VAT")] = None,
    payment_state: Annotated[
        list[PaymentState],
        Query(description="issued invoices of which `payment.state` is one of these"),
    ] = [],  # noqa: B006 - FastAPI copies it
) -> InvoiceFilter:
    """Return the requested filter, limited to the caller's rights. Raises Forbidden."""
    access.check_may_list(caller, operation_id)
    return InvoiceFilter(
        operation_id=operation_id,
        month=month,
        from_day=from_day,
        to_day=to_day,
        customer_id=customer_id,
        issuer_id=issuer_id,
        sought=sought,
        kind=kind,
        is_corrective=is_corrective,
        least_cents=least_cents,
        most_cents=most_cents,
        state=state,
        payment_states=payment_state,
        scope=caller.scope,
    )


_Filters = Annotated[InvoiceFilter, Depends(_filters)]


@router.get(
    "/invoices",
    summary="List invoices",
    response_model_exclude_unset=True,
    responses=problems(MonthMalformed, InvoiceNotFound),
)
async def list_invoices(
    *,
    session: Session,
    caller: AnyPerson,
    filters: _Filters,
    order: Annotated[
        Literal["id", "newest"],
        Query(description="`newest`: drafts first, then by date of issue, the newest first"),
    ] = "id",
    after: AfterId = None,
    limit: LongLimit = 1000,
) -> list[InvoiceOut]:
    """Staff see all, organisers those of their operations, members their own issued ones.

    For the seller, `usage.points` is empty: a customer's total consumption is private. The
    `content_hash` covers the whole content, which does not include `payment`.
    """
    lister = store.list_invoices if order == "id" else store.list_newest
    invoices = await lister(session, filters, after=after, limit=limit)
    payments = await map_payments(session, [invoice.id for invoice in invoices])
    await note_invoices(session, caller, invoices)
    return [
        InvoiceOut.of(
            invoice.content,
            payments.get(invoice.id),
            with_consumption=access.sees_consumption(caller, invoice),
        )
        for invoice in invoices
    ]


@router.get(
    "/invoice-summaries",
    summary="List summaries of invoices",
    responses=problems(MonthMalformed, InvoiceNotFound),
)
async def list_summaries(
    session: Session,
    caller: AnyPerson,
    filters: _Filters,
    after: AfterId = None,
    limit: Limit = 100,
) -> list[InvoiceSummaryOut]:
    """Return the invoices of `GET /invoices`, without their lines: drafts first, then the newest.

    An invoice meets all conditions. Each seller numbers its own invoices, so that several sellers
    may have the same number.
    """
    invoices = await store.list_newest(session, filters, after=after, limit=limit)
    payments = await map_payments(session, [invoice.id for invoice in invoices])
    await note_invoices(session, caller, invoices)
    return [InvoiceSummaryOut.of(invoice, payments.get(invoice.id)) for invoice in invoices]


@router.get(
    "/invoices/{invoice_id}",
    summary="Show an invoice",
    response_model_exclude_unset=True,
    responses=problems(InvoiceNotFound),
)
async def get_invoice(invoice_id: UUID, session: Session, caller: AnyPerson) -> InvoiceOut:
    """Visible to staff, the organiser and, once it is issued, the issuer and the customer.

    For the half-hours of a line, ask `GET /allocation/operations/{operation_id}/explanations` for
    each day from `valid_from` on and the `consumer`: it shows what the `producer` gave in each. A
    line with an `hour_class` consists of the half-hours that `hour_classes` puts in it.
    """
    invoice = await store.get_invoice(session, invoice_id)
    access.check_may_see(caller, invoice)
    payments = await map_payments(session, [invoice_id])
    await note_invoices(session, caller, [invoice])
    with_consumption = access.sees_consumption(caller, invoice)
    return InvoiceOut.of(
        invoice.content, payments.get(invoice_id), with_consumption=with_consumption
    )


@router.post(
    "/invoices/issue",
    summary="Issue drafts",
    response_model_exclude_unset=True,
    responses=problems(
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
async def issue_invoices(
    body: IssueIn, session: Session, caller: StaffOrOrganiser
) -> list[InvoiceOut]:
    """Issue all of these ids or none; those issued already are returned unchanged.

    Invoices (F2026-00001) and credit notes (A2026-00001) have a series each, without a gap within
    an issuer and year. Numbers follow issuer, customer name and id.
    The date may not be in the future, before the end of the period supplied, or before the last
    date of the issuer in any year. Refused with `drafts-outdated` when a settlement, price,
    participation, member, issuer profile, accise regime or credit note has changed since: make the
    drafts again. The documents that correct what one member bought of another are issued together,
    or `correction-split`. Refused with `issue-blocked` when something that the law wants on them is
    missing; its `blockers` are those shown with the drafts.
    """
    ids = set(body.invoice_ids)
    for operation_id in await store.list_operations_of(session, ids):
        caller.check_may_run(operation_id)
    invoices = await issuing.issue_invoices(session, ids, issue_date=body.issue_date)
    return InvoiceOut.all_of(invoices, await map_payments(session, ids))
