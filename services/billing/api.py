"""Billing's routes: price lists, drafts, invoices, producers' statements."""

from collections.abc import Iterable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth import Forbidden, Principal, Role, TokenFirstRoute, TokenRefused, require
from libs.common.calendar import Month, MonthMalformed
from libs.common.http import problems, session_of
from libs.common.ids import OperationId, OperationIdField
from services.billing import access, commands, store
from services.billing.domain.drafting import DraftsBlocked
from services.billing.domain.invoices import (
    DraftsOutdated,
    InvoiceState,
    IssueDateBeforePeriodEnd,
    IssueDateInFuture,
    IssueDateNotChronological,
)
from services.billing.domain.price_list import (
    PriceListInvalid,
    PriceListMalformed,
    PriceListOverlap,
    parse_price_list,
)
from services.billing.domain.statements import producer_statements
from services.billing.schemas import (
    InvoiceOut,
    IssueIn,
    MonthInvoicesOut,
    PriceListIn,
    PriceListOut,
    StatementOut,
)
from services.billing.store import InvoiceNotFound
from services.billing.tables import InvoiceRow


def _month(month: str) -> Month:
    return Month.parse(month)


def _optional_month(month: str | None = None) -> Month | None:
    return Month.parse(month) if month is not None else None


Session = Annotated[AsyncSession, Depends(session_of("billing"), scope="function")]
Runner = Annotated[Principal, Depends(require(Role.OPERATOR, Role.ORGANISER))]
Reader = Annotated[Principal, Depends(require(Role.OPERATOR, Role.ORGANISER, Role.MEMBER))]
MonthInPath = Annotated[Month, Depends(_month)]
MonthInQuery = Annotated[Month | None, Depends(_optional_month)]

router = APIRouter(route_class=TokenFirstRoute)


@router.put(
    "/operations/{operation_id}/prices",
    summary="Set the price list of an operation",
    responses=problems(
        TokenRefused, Forbidden, PriceListInvalid, PriceListOverlap, PriceListMalformed
    ),
)
async def put_prices(
    operation_id: OperationIdField, body: PriceListIn, session: Session, principal: Runner
) -> PriceListOut:
    """Replace the whole list; the same list again changes nothing.

    Prices are in €/kWh before VAT, over local days `[valid_from, valid_to)`. A producer's own
    price beats the one for all. Issued invoices never change; drafts made before are outdated.
    """
    principal.check_may_run(operation_id)
    prices = parse_price_list(body.model_dump(mode="json"))
    return PriceListOut.of(await commands.replace_prices(session, operation_id, prices))


@router.get(
    "/operations/{operation_id}/prices",
    summary="The price list of an operation",
    responses=problems(TokenRefused, Forbidden),
)
async def get_prices(
    operation_id: OperationIdField, session: Session, principal: Reader
) -> PriceListOut:
    """For staff, the organiser and the members of the operation; empty when none was set."""
    await access.check_takes_part(session, principal, operation_id)
    return PriceListOut.of(await store.list_prices(session, operation_id))


@router.post(
    "/operations/{operation_id}/months/{month}/drafts",
    summary="Draft the invoices of a month",
    responses=problems(TokenRefused, Forbidden, DraftsBlocked, MonthMalformed),
)
async def post_drafts(
    operation_id: OperationIdField, month: MonthInPath, session: Session, principal: Runner
) -> MonthInvoicesOut:
    """One invoice per selling and buying member, from the newest settlement of the month.

    Replaces the month's drafts; repeating it gives the same ones, and issued invoices stay.
    A member's own production that it used itself is told in `self_supplied`, in watt-minutes.

    Refused with `drafts-blocked`; each of its `blockers` has a `code` (`settlement-missing`,
    `operation-unknown`, `participation-unknown`, `member-unknown`, `price-missing`,
    `already-issued`), a `detail`, and the `producer`, `prm`, `member_id`, `invoice_id` or `days`
    concerned.
    """
    principal.check_may_run(operation_id)
    drafted = await commands.draft_invoices(session, operation_id, month)
    invoices = await store.list_invoices(session, operation_id=operation_id, month=month)
    return MonthInvoicesOut.of(operation_id, month, drafted, _out(invoices))


@router.get(
    "/operations/{operation_id}/months/{month}/statements",
    summary="What each producer sold in a month",
    responses=problems(TokenRefused, Forbidden, MonthMalformed),
)
async def get_statements(
    operation_id: OperationIdField, month: MonthInPath, session: Session, principal: Reader
) -> list[StatementOut]:
    """Energy sold (watt-minutes) and revenue before VAT (cents), by point, seller and state.

    Members see what they sold in issued invoices; staff and the organiser see all.
    """
    await access.check_takes_part(session, principal, operation_id)
    invoices = await store.list_invoices(session, operation_id=operation_id, month=month)
    own_only = not principal.may_run(operation_id)
    statements = producer_statements(
        store.read_content(one)
        for one in invoices
        if not own_only
        or (one.issuer_id == principal.member_id and one.state == InvoiceState.ISSUED)
    )
    return [StatementOut.model_validate(one) for one in statements]


@router.get(
    "/invoices",
    summary="Invoices, by id",
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
    """Staff see all, organisers those of their operations, members their own issued ones."""
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
    return _out(invoices)


@router.get(
    "/invoices/{invoice_id}",
    summary="One invoice",
    responses=problems(TokenRefused, Forbidden, InvoiceNotFound),
)
async def get_invoice(invoice_id: UUID, session: Session, principal: Reader) -> InvoiceOut:
    """For staff, the organiser and, once it is issued, the issuer and the customer."""
    invoice = await store.get_invoice(session, invoice_id)
    access.check_may_see(principal, invoice)
    return InvoiceOut.of(invoice.content)


@router.post(
    "/invoices/issue",
    summary="Number and freeze drafts",
    responses=problems(
        TokenRefused,
        Forbidden,
        InvoiceNotFound,
        DraftsOutdated,
        DraftsBlocked,
        IssueDateInFuture,
        IssueDateBeforePeriodEnd,
        IssueDateNotChronological,
    ),
)
async def issue_invoices(body: IssueIn, session: Session, principal: Runner) -> list[InvoiceOut]:
    """All or none, by id; those issued already are returned as they are.

    Numbers have no gap within an issuer and year. They follow issuer, customer name and id.
    The date may not be in the future, before the end of the period supplied, or before the last
    date of the issuer in any year. Refused with `drafts-outdated` when a settlement, price,
    participation or member has changed since: make the drafts again.
    """
    for invoice in await store.get_invoices(session, set(body.invoice_ids)):
        principal.check_may_run(OperationId(invoice.operation_id))
    return _out(
        await commands.issue_invoices(session, set(body.invoice_ids), issue_date=body.issue_date)
    )


def _out(invoices: Iterable[InvoiceRow]) -> list[InvoiceOut]:
    return [InvoiceOut.of(one.content) for one in invoices]
